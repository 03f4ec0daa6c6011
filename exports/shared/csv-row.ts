/** Rows of a CSV table. */
import type { TableColumn } from './parquet-table.ts';

/** Columns as CSV; an unknown value is an empty cell. */
export function* csvRows<Row>(columns: readonly TableColumn<Row>[], rows: Iterable<Row>): Generator<string> {
  yield csvRow(columns.map(({ name }) => name));
  for (const row of rows) yield csvRow(columns.map(({ cell }) => String(cell(row) ?? '')));
}

export function csvRow(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

/** RFC 4180. A leading `=`, `+`, `-` or `@` in text would run as a formula in a spreadsheet, also after a tab or line end. */
function quoted(cell: string): string {
  const numeric = cell !== '' && Number.isFinite(Number(cell));
  const safe = !numeric && /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
