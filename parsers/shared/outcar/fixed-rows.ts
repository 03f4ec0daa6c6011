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
}

const MAXIMUM_DIGITS = 15;
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const BLANK = 32;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;

/** Columns of the row at the start of `view`; undefined when it is no row of so many plain decimals. */
export function rowLayout(view: Uint8Array, columns: number): RowLayout | undefined {
  const points: number[] = [];
  const decimals: number[] = [];
  for (let at = 0; at < view.length && view[at] !== NEWLINE; at += 1) {
    if (view[at] !== DOT) continue;
    let end = at + 1;
    while (isDigit(view[end])) end += 1;
    points.push(at);
    decimals.push(end - at - 1);
  }
  const plain = points.length === columns && decimals.every((count) => count > 0 && count < MAXIMUM_DIGITS);
  return plain ? { points, decimals, divisors: decimals.map((count) => Number(`1e${count}`)) } : undefined;
}

export interface RowStart {
  /** Start of the row. */
  readonly row: number;
  /** Where its first column may begin: behind the number of the ion in tables that have one. */
  readonly columns: number;
}

/** Reads a row into `values`, one for each column; returns where the next row starts, −1 when it is not of this layout. */
export function readFixedRow(view: Uint8Array, start: RowStart, layout: RowLayout, values: Float64Array): number {
  const { points, decimals, divisors } = layout;
  let at = start.columns;
  for (let column = 0; column < points.length; column += 1) {
    const point = start.row + (points[column] as number); // as many decimals and divisors as points: rowLayout
    const end = point + 1 + (decimals[column] as number);
    if (end >= view.length) return -1;
    const columnStart = at;
    while (view[at] === BLANK) at += 1;
    const negative = view[at] === MINUS;
    if (negative) at += 1;
    else if (at === columnStart && column > 0) return -1;
    if (at >= point || end - at > MAXIMUM_DIGITS + 1) return -1;
    let mantissa = 0;
    for (; at < point; at += 1) {
      const digit = (view[at] as number) - ZERO; // below view.length
      if (digit < 0 || digit > 9) return -1;
      mantissa = mantissa * 10 + digit;
    }
    if (view[at] !== DOT) return -1;
    for (at += 1; at < end; at += 1) {
      const digit = (view[at] as number) - ZERO; // below view.length
      if (digit < 0 || digit > 9) return -1;
      mantissa = mantissa * 10 + digit;
    }
    const magnitude = mantissa / (divisors[column] as number);
    values[column] = negative ? -magnitude : magnitude;
  }
  while (view[at] === BLANK || view[at] === CARRIAGE_RETURN) at += 1;
  return view[at] === NEWLINE ? at + 1 : -1;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= ZERO + 9;
}
