/**
 * Rows of Fortran columns that touch each other because a value fills its width: `0.000000000113.517567000`.
 *
 * All columns of such a row have the same number of decimals, so the last one tells where each number ends. A row with
 * anything else in it (`****`, a torn number) is refused as a whole: a number cut in two looks like two good ones.
 */
import { parseFortranNumber, readNumbers } from './fortran-number.ts';

/** No table of VASP is wider; longer rows are no rows. */
const MAXIMUM_ROW_CHARACTERS = 1024;

/** The first `count` numbers of the row, whether its columns touch or not; undefined when one of them is no number. */
export function rowNumbers(row: string, count: number): number[] | undefined {
  if (row.length > MAXIMUM_ROW_CHARACTERS) return undefined;
  const bytes = Buffer.from(row, 'latin1');
  const values = readNumbers(bytes, 0, bytes.length, count);
  return values.length === count && values.every(Number.isFinite) ? values : splitFixedColumns(row, count);
}

/** The numbers of the row, or undefined when it cannot be split without doubt. */
export function splitFixedColumns(row: string, count: number): number[] | undefined {
  if (row.length > MAXIMUM_ROW_CHARACTERS) return undefined;
  const decimals = /\.(\d+)\s*$/.exec(row)?.[1]?.length;
  if (decimals === undefined) return undefined;
  const fields = row.match(new RegExp(`[+-]?\\d*\\.\\d{${decimals}}`, 'g')) ?? [];
  const complete = fields.join('') === row.replaceAll(/\s+/g, '');
  if (!complete || fields.length !== count) return undefined;
  const values = fields.map(parseFortranNumber);
  return values.every(Number.isFinite) ? values : undefined;
}
