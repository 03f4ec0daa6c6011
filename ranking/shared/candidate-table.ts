/**
 * A table of candidates from any source, CSV or JSON: a row per candidate, a column per descriptor.
 *
 * A value is kept under every name its descriptor goes by, so a profile that says `binding-energy` finds a column
 * `E_ads` with the sign turned. Missing cells are missing with a reason; a text that is no number is an error with its
 * line and column; a column nobody knows is named. Two rows of one name would leave it open which one is ranked.
 */
import { AdatomError } from '../../model/errors.ts';
import { type Issue, issue, type Where } from '../../model/issues.ts';
import type { RankableCandidate, RankableValue } from '../../model/ranking.ts';
import { csvTable } from './csv-table.ts';
import { type ResolveName, underAllNames } from './descriptor-names.ts';
import { type DescriptorsAs, jsonTable } from './json-table.ts';
import type { TableRow } from './raw-table.ts';
import { cellNumber } from './table-cell.ts';
import { LABEL_HEADERS, readColumns, type ValueColumn } from './table-columns.ts';
import { unitConverter } from './unit-conversion.ts';

export interface CandidateTable {
  /** In the order of the file. */
  readonly candidates: readonly RankableCandidate[];
  readonly issues: readonly Issue[];
}

export interface TableReading {
  readonly resolve: ResolveName;
  /** Of a screening's own output: what is read in place of the descriptors of a candidate. */
  readonly descriptorsAs?: DescriptorsAs;
}

/** Throws `AdatomError('request')` for what is no table, for a unit that cannot be converted and for a name twice. */
export function readCandidateTable(
  text: string,
  fileName: string,
  format: 'csv' | 'json',
  { resolve, descriptorsAs }: TableReading,
): CandidateTable {
  const table = format === 'csv' ? csvTable(text, fileName) : jsonTable(text, fileName, descriptorsAs);
  const columns = readColumns(table.columns, resolve, fileName);
  const issues: Issue[] = [...columns.issues];
  const defaulted = new Map<ValueColumn, Where>();
  const places = new Map<string, Where>();
  const candidates = table.rows.map((row, index) => {
    const id = identify(row, columns.label, index, issues);
    refuseTwice(id, row.where, places);
    if (row.fault !== undefined) issues.push(row.fault);
    return { id, ...readRow(row, columns.values, { issues, defaulted }) };
  });
  for (const [{ header, descriptor }, where] of defaulted) {
    const { defaultUncertainty: value, unit } = descriptor;
    issues.push(issue('W_DEFAULT_UNCERTAINTY', { descriptor: header, value, unit }, where));
  }
  return { candidates, issues };
}

/** What reading the rows finds on its way. */
interface Findings {
  readonly issues: Issue[];
  /** Columns with a value that took the default uncertainty, and where the first one stands. */
  readonly defaulted: Map<ValueColumn, Where>;
}

function identify(row: TableRow, label: number | undefined, index: number, issues: Issue[]): string {
  const text = label === undefined ? '' : String(row.cells[label]?.content ?? '').trim();
  if (text !== '') return text;
  const used = `row-${index + 1}`;
  const expected = label === undefined ? `a column ${LABEL_HEADERS.join(', ')}` : 'a cell with its name';
  issues.push(issue('W_NO_CANDIDATE_ID', { expected, used }, row.where));
  return used;
}

function refuseTwice(id: string, where: Where, places: Map<string, Where>): void {
  const first = places.get(id);
  if (first !== undefined) {
    const message = `${where.file}: candidate "${id}" stands twice, at ${placeText(first)} and ${placeText(where)}; expected one row per candidate, told apart by a column id`;
    throw new AdatomError('request', message, { where });
  }
  places.set(id, where);
}

function placeText(where: Where): string {
  return where.line === undefined ? (where.block ?? 'an unknown place') : `line ${where.line}`;
}

function readRow(
  row: TableRow,
  columns: readonly ValueColumn[],
  findings: Findings,
): Pick<RankableCandidate, 'values' | 'missing'> {
  const values: Record<string, RankableValue> = {};
  const missing: Record<string, readonly Issue[]> = {};
  for (const column of columns) {
    const read = row.fault === undefined ? readValue(row, column, findings) : { reason: row.fault };
    if ('reason' in read) for (const { name } of column.descriptor.names) missing[name] = [read.reason];
    else Object.assign(values, underAllNames(column.descriptor.names, read));
  }
  return { values, missing };
}

/** The value in the unit and with the sign of the descriptor itself, whatever name its column has. */
function readValue(row: TableRow, column: ValueColumn, findings: Findings): RankableValue | { readonly reason: Issue } {
  const where = row.placeOf(column.index, column.header);
  const cell = row.cells[column.index] ?? {};
  const read = cellNumber(cell, column.header, where);
  if (read.value === undefined) {
    if (!read.empty) findings.issues.push(read.reason);
    return { reason: read.reason };
  }
  const { factor, unit } = column.descriptor;
  const convert = cell.unit === undefined ? column.convert : unitConverter(cell.unit, unit);
  if (convert === undefined) {
    const message = `${where.file}, ${where.block}: expected a unit that converts to ${unit}, found "${cell.unit}"`;
    throw new AdatomError('request', message, { where });
  }
  return {
    value: convert(read.value) / factor,
    uncertainty: readUncertainty(row, column, convert, findings),
    quality: cell.quality ?? qualityOf(row, column) ?? 'ok',
  };
}

function qualityOf(row: TableRow, column: ValueColumn): RankableValue['quality'] | undefined {
  const text = column.qualityIndex === undefined ? undefined : row.cells[column.qualityIndex]?.content;
  return QUALITIES.find((quality) => quality === text);
}

const QUALITIES: readonly RankableValue['quality'][] = ['ok', 'degraded', 'unreliable'];

function readUncertainty(
  row: TableRow,
  column: ValueColumn,
  convert: (value: number) => number,
  findings: Findings,
): number {
  const given = row.cells[column.index]?.uncertainty;
  const beside = column.uncertainty;
  const source =
    given === undefined && beside !== undefined
      ? { cell: row.cells[beside.index] ?? {}, ...beside }
      : { cell: given === undefined ? {} : { content: given }, ...column, convert };
  const where = row.placeOf(source.index, source.header);
  const read = cellNumber(source.cell, source.header, where);
  if (read.value !== undefined && read.value >= 0) {
    return source.convert(read.value) / Math.abs(source.descriptor.factor);
  }
  if (read.value !== undefined) {
    const found = String(read.value);
    findings.issues.push(issue('E_UNPARSEABLE', { expected: 'an uncertainty of 0 or more', found }, where));
  } else if (!read.empty) {
    findings.issues.push(read.reason);
  }
  if (!findings.defaulted.has(column)) findings.defaulted.set(column, row.placeOf(column.index, column.header));
  return column.descriptor.defaultUncertainty;
}
