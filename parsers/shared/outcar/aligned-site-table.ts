/**
 * A site table as VASP prints it: a ruler, rows that count up with their columns below each other, another ruler.
 *
 * Magnetic runs print these tables in every ionic step; read as text they cost more than everything else of the step.
 * Whatever is not as expected, down to the byte, is left to the reader of any table.
 */
import type { Place } from '../../../model/calculation.ts';
import type { ByteScanner } from '../byte-scanner.ts';
import { readFixedRows, rowLayout } from './fixed-rows.ts';

export interface AlignedTable {
  /** Last column, one for each ion. */
  readonly totals: Float64Array;
  readonly place: Place;
}

/** ` magnetization (x)`, a blank line, the head line and the ruler. */
const HEAD_BYTES = 512;
const PIECE_BYTES = 16 * 1024;
const RULER = '\n-----';
const NEWLINE = 10;
const MINUS = 45;

/** Undefined when the table whose title stands at `title` is not printed so. */
export function readAlignedTable(
  scanner: ByteScanner,
  title: number,
  table: { readonly columns: number; readonly to: number },
): AlignedTable | undefined {
  const from = firstRow(scanner, title, table.to);
  if (from === undefined) return undefined;
  let piece: Uint8Array = scanner.bytes(from, Math.min(table.to, from + PIECE_BYTES));
  const layout = rowLayout(piece, table.columns);
  if (layout === undefined) return undefined;
  // All columns are read and go to one place: the last one stays.
  const offsets = new Array<number>(table.columns).fill(0);
  const target = { values: NO_VALUES, offsets, stride: 1, rows: 0, numbered: true, done: 0 };
  let at = from;
  for (;;) {
    target.rows = target.done + Math.floor(piece.length / layout.bytes);
    target.values = grown(target.values, target.rows);
    const behind = readFixedRows(piece, 0, layout, target);
    at += behind;
    if (isRuler(piece, behind)) break;
    if (behind === 0) return undefined;
    // The row may only be cut by the end of the piece.
    piece = scanner.bytes(at, Math.min(table.to, at + PIECE_BYTES));
  }
  if (target.done === 0) return undefined;
  return {
    totals: target.values.slice(0, target.done),
    place: { byteOffset: from, byteLength: lastTextEnd(scanner, at) - from },
  };
}

const NO_VALUES: Float64Array = new Float64Array(0);

function grown(values: Float64Array, length: number): Float64Array {
  const larger = new Float64Array(length);
  larger.set(values);
  return larger;
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

/** End of the text of the line before `start`. */
function lastTextEnd(scanner: ByteScanner, start: number): number {
  return scanner.byte(start - 2) === 13 ? start - 2 : start - 1;
}
