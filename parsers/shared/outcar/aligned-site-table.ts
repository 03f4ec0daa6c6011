/**
 * A site table as VASP prints it: a ruler, rows that count up with their columns below each other, another ruler.
 *
 * Magnetic runs print these tables in every ionic step; read as text they cost more than everything else of the step.
 * Whatever is not as expected, down to the byte, is left to the reader of any table.
 */
import type { Place } from '../../../model/calculation.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { type RowLayout, readFixedRow, rowLayout } from './fixed-rows.ts';

export interface AlignedTable {
  /** Last column, one for each ion. */
  readonly totals: Float64Array;
  readonly place: Place;
}

/** ` magnetization (x)`, a blank line, the head line and the ruler. */
const HEAD_BYTES = 512;
const PIECE_BYTES = 8 * 1024;
const RULER = '\n-----';
const NEWLINE = 10;
const BLANK = 32;
const MINUS = 45;
const ZERO = 48;

/** Undefined when the table whose title stands at `title` is not printed so. */
export function readAlignedTable(
  scanner: ByteScanner,
  title: number,
  table: { readonly columns: number; readonly to: number },
): AlignedTable | undefined {
  const from = firstRow(scanner, title, table.to);
  if (from === undefined) return undefined;
  const totals: number[] = [];
  const values = new Float64Array(table.columns);
  const start = { row: 0, columns: 0 };
  let layout: RowLayout | undefined;
  let pieceStart = from;
  let piece: Uint8Array = scanner.bytes(from, Math.min(table.to, from + PIECE_BYTES));
  let at = 0;
  for (;;) {
    if (isRuler(piece, at)) break;
    layout ??= rowLayout(piece, table.columns);
    start.row = at;
    start.columns = behindIndex(piece, at, totals.length + 1);
    const next = layout === undefined || start.columns < 0 ? -1 : readFixedRow(piece, start, layout, values);
    if (next >= 0) {
      totals.push(values[table.columns - 1] as number); // one value for each column
      at = next;
    } else if (at > 0) {
      // The row may only be cut by the end of the piece.
      pieceStart += at;
      piece = scanner.bytes(pieceStart, Math.min(table.to, pieceStart + PIECE_BYTES));
      at = 0;
    } else return undefined;
  }
  const end = lastTextEnd(scanner, pieceStart + at);
  return totals.length === 0
    ? undefined
    : { totals: Float64Array.from(totals), place: { byteOffset: from, byteLength: end - from } };
}

/** Start of the line behind the ruler. */
function firstRow(scanner: ByteScanner, title: number, to: number): number | undefined {
  const head = scanner.text(title, Math.min(to, title + HEAD_BYTES));
  const ruler = head.indexOf(RULER);
  const next = ruler < 0 ? -1 : head.indexOf('\n', ruler + 1);
  return next < 0 ? undefined : title + next + 1;
}

/** A whole line of signs. */
function isRuler(view: Uint8Array, start: number): boolean {
  let at = start;
  while (view[at] === MINUS) at += 1;
  return at > start + 1 && (view[at] === NEWLINE || view[at] === 13);
}

/** Where the columns of row `number` begin; −1 when another number stands there. */
function behindIndex(view: Uint8Array, start: number, number: number): number {
  let at = start;
  while (view[at] === BLANK) at += 1;
  let index = 0;
  const digits = at;
  for (let digit = digitAt(view, at); digit >= 0 && at - digits < 9; digit = digitAt(view, at)) {
    index = index * 10 + digit;
    at += 1;
  }
  return index === number && view[at] === BLANK ? at : -1;
}

function digitAt(view: Uint8Array, at: number): number {
  const digit = (view[at] ?? 0) - ZERO;
  return digit <= 9 ? digit : -1;
}

/** End of the text of the line before `start`. */
function lastTextEnd(scanner: ByteScanner, start: number): number {
  return scanner.byte(start - 2) === 13 ? start - 2 : start - 1;
}
