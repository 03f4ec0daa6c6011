/**
 * Rows of Fortran numbers whose decimal points stand below each other, as VASP prints coordinates, forces and moments.
 *
 * The mistake avoided here: trusting the columns. A row is taken only if nothing but blanks, one sign, digits and the
 * points in their columns stand in it; stars, glued digits, exponents and missing zeros send it to the general scanner,
 * which gives the same value for every row taken here: an integer of up to 15 digits divided by a power of ten is
 * rounded once.
 */

export interface RowLayout {
  /** Distance of each decimal point from the start of the row. */
  readonly points: readonly number[];
  /** Digits behind each point. */
  readonly decimals: readonly number[];
  /** 10 to the power of each number of decimals. */
  readonly divisors: readonly number[];
  /** With its line end. */
  readonly bytes: number;
}

/** Where the numbers go: column c of row r to `values[offsets[c] + r * stride]`. Columns of one place: the last one stays. */
export interface RowTarget {
  readonly values: Float64Array;
  readonly offsets: readonly number[];
  readonly stride: number;
  /** Rows of the table, as many as `values` can hold. */
  readonly rows: number;
  /** Each row begins with its number, which counts from 1. */
  readonly numbered: boolean;
  /** Rows that are there already; counts on as rows are read. */
  done: number;
}

const MAXIMUM_DIGITS = 15;
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const BLANK = 32;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;

/** Columns of the row at the start of `view`; undefined when it is no whole row of so many plain decimals. */
export function rowLayout(view: Uint8Array, columns: number): RowLayout | undefined {
  const points: number[] = [];
  const decimals: number[] = [];
  const divisors: number[] = [];
  const newline = view.indexOf(NEWLINE);
  for (let at = 0; at < newline; at += 1) {
    if (view[at] !== DOT) continue;
    let end = at + 1;
    while (isDigit(view[end])) end += 1;
    const count = end - at - 1;
    if (count < 1 || count >= MAXIMUM_DIGITS) return undefined;
    points.push(at);
    decimals.push(count);
    divisors.push(Number(`1e${count}`));
  }
  return points.length === columns ? { points, decimals, divisors, bytes: newline + 1 } : undefined;
}

/**
 * Reads rows from `start` on until one is not of this layout, the view ends or the table is full; returns where the
 * next row starts. Digits are tested all at once: `d | (9 - d)` is negative for what is none.
 */
export function readFixedRows(view: Uint8Array, start: number, layout: RowLayout, target: RowTarget): number {
  const { points, decimals, divisors, bytes } = layout;
  const { values, offsets, stride, rows, numbered } = target;
  const columns = points.length;
  let row = start;
  let done = target.done;
  for (; done < rows && row + bytes <= view.length; done += 1) {
    let at = numbered ? behindNumber(view, row, done + 1) : row;
    let wrong = at;
    for (let column = 0; column < columns && wrong >= 0; column += 1) {
      const point = row + (points[column] as number); // as many decimals, divisors and offsets as points
      const columnStart = at;
      while (view[at] === BLANK) at += 1;
      const first = view[at] as number; // a blank stops the loop or the row's end does
      if (first === MINUS) at += 1;
      else if (at === columnStart && column > 0) wrong = -1;
      const end = point + 1 + (decimals[column] as number);
      if (at >= point || end - at > MAXIMUM_DIGITS + 1 || view[point] !== DOT) wrong = -1;
      let whole = 0;
      for (; at < point; at += 1) {
        const digit = (view[at] as number) - ZERO; // inside the row
        wrong |= digit | (9 - digit);
        whole = whole * 10 + digit;
      }
      let fraction = 0;
      for (at = point + 1; at < end; at += 1) {
        const digit = (view[at] as number) - ZERO; // inside the row
        wrong |= digit | (9 - digit);
        fraction = fraction * 10 + digit;
      }
      const divisor = divisors[column] as number;
      const magnitude = (whole * divisor + fraction) / divisor;
      values[(offsets[column] as number) + done * stride] = first === MINUS ? -magnitude : magnitude;
    }
    if (wrong < 0) break;
    while (view[at] === BLANK || view[at] === CARRIAGE_RETURN) at += 1;
    if (view[at] !== NEWLINE || at + 1 !== row + bytes) break;
    row += bytes;
  }
  target.done = done;
  return row;
}

/** Where the columns behind the number of the row begin; −1 when another number stands there. */
function behindNumber(view: Uint8Array, start: number, number: number): number {
  let at = start;
  while (view[at] === BLANK) at += 1;
  let found = 0;
  const digits = at;
  while (at - digits < 9 && isDigit(view[at])) {
    found = found * 10 + (view[at] as number) - ZERO; // a digit
    at += 1;
  }
  return found === number && view[at] === BLANK ? at : -1;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= ZERO + 9;
}
