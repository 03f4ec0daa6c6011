/**
 * Rows of numbers of a `<varray>` or `<set>`, one `<v> … </v>` or `<r> … </r>` a row.
 *
 * The mistakes avoided here: a row with stars that is shifted by a column, and memory by a count the file states
 * instead of by what it holds. A field that is no number is NaN; a row that cannot be split without doubt is all NaN.
 */
import { splitFixedColumns } from '../fixed-columns.ts';
import { type NumberCursor, readNumber } from '../fortran-number.ts';

const FIRST_CAPACITY_ROWS = 16;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** A table that is kept. */
export interface NumberTable {
  readonly count: number;
  readonly width: number;
  /** `width` numbers a row. */
  readonly values: Float64Array;
  /** Offset of the first row that holds a field that is no number; −1 when all are numbers. */
  readonly firstFault: number;
}

export class NumberRows {
  /** Numbers in a row; 0 until the first row is known. */
  width: number;
  count = 0;
  /** As in `NumberTable`. */
  firstFault = -1;
  #values: Float64Array;

  constructor(width: number) {
    this.width = width;
    this.#values = new Float64Array(FIRST_CAPACITY_ROWS * width);
  }

  /** Without rows again, keeping the memory. */
  clear(width: number): void {
    this.width = width;
    this.count = 0;
    this.firstFault = -1;
  }

  /** The array to write the next row to, at `count · width`. */
  room(): Float64Array {
    const needed = (this.count + 1) * this.width;
    if (needed > this.#values.length) {
      const larger = new Float64Array(Math.max(needed, 2 * this.#values.length));
      larger.set(this.#values);
      this.#values = larger;
    }
    return this.#values;
  }

  /** `width` numbers a row, and more behind the last one: valid until the next row. */
  get values(): Float64Array {
    return this.#values;
  }

  /** A copy of all rows. */
  table(): NumberTable {
    const { count, width, firstFault } = this;
    return { count, width, firstFault, values: this.#values.slice(0, count * width) };
  }

  at(row: number, column: number): number {
    return row < this.count && column < this.width ? (this.#values[row * this.width + column] as number) : Number.NaN; // in range
  }

  /** Adds the row whose numbers stand in [start, limit) of the bytes; `offset` is its place in the file. */
  add(bytes: Uint8Array, start: number, limit: number, offset: number): void {
    const found = rowOf(bytes, start, limit, this.width);
    if (this.width === 0) this.width = found.length;
    const values = this.room();
    const base = this.count * this.width;
    for (let column = 0; column < this.width; column += 1) {
      const value = found[column] ?? Number.NaN;
      values[base + column] = value;
      if (Number.isNaN(value) && this.firstFault < 0) this.firstFault = offset;
    }
    this.count += 1;
  }
}

/** The numbers of a row; NaN for each field that is none, for all when their number is not `width` (0 = any). */
export function rowOf(bytes: Uint8Array, start: number, limit: number, width: number): readonly number[] {
  const values: number[] = [];
  const cursor: NumberCursor = { end: start, value: 0 };
  for (;;) {
    while (cursor.end < limit && isLineEnd(bytes[cursor.end])) cursor.end += 1;
    if (!readNumber(bytes, cursor.end, limit, cursor)) {
      if (cursor.end >= limit) break;
    } else values.push(cursor.value);
  }
  if (width === 0 || values.length === width) return values;
  const text = Buffer.from(bytes.subarray(start, limit)).toString('latin1').replaceAll(/\s+/g, ' ');
  return splitFixedColumns(text, width) ?? new Array<number>(width).fill(Number.NaN);
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN;
}
