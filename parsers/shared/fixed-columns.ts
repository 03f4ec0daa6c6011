/**
 * Rows of Fortran columns that touch each other because a value fills its width: `0.000000000113.517567000`.
 *
 * All columns of such a row have the same number of decimals, so the last one tells where each number ends. A row with
 * anything else in it (`****`, a torn number) is refused as a whole.
 */
import { parseFortranNumber } from './fortran-number.ts';

/** The numbers of the row, or undefined when it cannot be split without doubt. */
export function splitFixedColumns(row: string, count: number): number[] | undefined {
  const decimals = /\.(\d+)\s*$/.exec(row)?.[1]?.length;
  if (decimals === undefined) return undefined;
  const fields = row.match(new RegExp(`[+-]?\\d*\\.\\d{${decimals}}`, 'g')) ?? [];
  const complete = fields.join('') === row.replaceAll(/\s+/g, '');
  if (!complete || fields.length !== count) return undefined;
  const values = fields.map(parseFortranNumber);
  return values.every(Number.isFinite) ? values : undefined;
}
