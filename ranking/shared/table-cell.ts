/**
 * One cell of a table of candidates: a number, nothing, or something that is no number.
 *
 * The mistakes avoided here: `Number('')` is 0, and `Number('0x10')` is 16. Empty cells and the usual words for "no
 * value" are missing; any other text must be one decimal number, or it is an error with its place. A decimal comma is
 * refused rather than guessed: 3,400 is either 3.4 or 3400.
 */
import { type Issue, issue, type Where } from '../../model/issues.ts';
import type { TableCell } from './raw-table.ts';

export type CellNumber =
  | { readonly value: number }
  | { readonly value?: never; readonly reason: Issue; readonly empty: boolean };

const NO_VALUE = new Set(['', '-', '–', '—', 'na', 'n/a', 'nan', 'missing', 'none', 'null', 'unknown', '?']);
const DECIMAL_NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The number in a cell, or why there is none; `column` is its header. */
export function cellNumber(cell: Pick<TableCell, 'content' | 'absence'>, column: string, where: Where): CellNumber {
  const { content } = cell;
  if (typeof content === 'number') {
    return Number.isFinite(content) ? { value: content } : { reason: noNumber(String(content), where), empty: false };
  }
  const text = (content ?? '').trim();
  if (NO_VALUE.has(text.toLowerCase())) {
    const found = text === '' ? (cell.absence ?? 'the cell is empty') : `"${text}"`;
    return { reason: issue('E_NO_VALUE', { column, found }, where), empty: true };
  }
  // Typesetting programs and spreadsheets write a true minus sign.
  const plain = text.replace(/^[−–]/, '-');
  const value = DECIMAL_NUMBER.test(plain) ? Number(plain) : Number.NaN;
  return Number.isFinite(value) ? { value } : { reason: noNumber(`"${text}"`, where), empty: false };
}

function noNumber(found: string, where: Where): Issue {
  return issue('E_UNPARSEABLE', { expected: 'a number with a decimal point', found }, where);
}
