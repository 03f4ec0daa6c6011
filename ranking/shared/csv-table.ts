/**
 * A table in a CSV file: comma, semicolon or tab between cells, quotes as in RFC 4180, any line end, a BOM or none.
 *
 * The mistake avoided here: a row with more cells than the header (a decimal comma in a comma-separated file) shifts
 * every value behind it into the wrong column, so none of its values is used.
 */
import { CsvError, parse } from 'csv-parse/sync';
import { AdatomError } from '../../model/errors.ts';
import { issue } from '../../model/issues.ts';
import type { RawTable, TableRow } from './raw-table.ts';

/** Before a text that a spreadsheet would take for a formula; our own tables have it too. */
const TEXT_MARK = /^'(?=[=+\-@])/;

const SEPARATORS = [',', ';', '\t'] as const;

/** Throws `AdatomError('request')` when quotes do not close or there is no header. */
export function csvTable(text: string, fileName: string): RawTable {
  // Line ends are made equal first, or the parser counts one inside quotes twice.
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const [header, ...records] = parseRecords(plain, fileName);
  if (header === undefined) {
    throw new AdatomError('request', `${fileName}: expected a header row, found an empty file`, {
      where: { file: fileName },
    });
  }
  return { columns: header.cells, rows: records.map((record) => rowOf(record, header.cells.length, fileName)) };
}

interface CsvRecord {
  readonly cells: readonly string[];
  /** Line on which the record ends. */
  readonly line: number;
}

function parseRecords(text: string, fileName: string): CsvRecord[] {
  const options = {
    relax_column_count: true,
    skip_records_with_empty_values: true,
    skip_empty_lines: true,
    trim: true,
  };
  try {
    // With `info` each record comes with its place, which the parser's types do not express.
    const records = parse(text, { ...options, delimiter: separatorOf(text), info: true }) as unknown as readonly {
      readonly record: readonly string[];
      readonly info: { readonly lines: number };
    }[];
    return records.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    // The parser places an open quote at the end of the file, which is where nobody finds it.
    const open = cause.code === 'CSV_QUOTE_NOT_CLOSED';
    const reason = open ? 'expected a closing quote, found the end of the file' : cause.message;
    throw new AdatomError('request', `${fileName}: ${reason}`, { where: { file: fileName }, cause });
  }
}

/** The separator that stands most often in the first line that is not blank, outside quotes; a comma when none does. */
function separatorOf(text: string): string {
  const header = (/^.*\S.*$/m.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (separator: string) => header.split(separator).length;
  return SEPARATORS.reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

function rowOf(record: CsvRecord, columns: number, fileName: string): TableRow {
  const where = { file: fileName, line: record.line };
  const surplus = record.cells.slice(columns).some((cell) => cell !== '');
  const cells = record.cells.slice(0, columns).map((content) => ({ content: content.replace(TEXT_MARK, '') }));
  const placeOf = (column: number, header: string) => ({ ...where, block: `column ${column + 1}, ${header}` });
  if (!surplus) return { where, cells, placeOf };
  const counts = { expected: `${columns} cells as in the header`, found: `${record.cells.length}` };
  return { where, cells, placeOf, fault: issue('E_SYNTAX', counts, where) };
}
