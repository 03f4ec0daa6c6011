/**
 * Rows `<v>      -0.00123456 …  </v>` that are printed alike: the first row of a table shows where every number ends, and
 * the others are read there after each of their bytes is checked.
 *
 * This is the inner loop of large files: no strings, no calls per number. The mistake avoided here: reading backwards
 * from the decimal point and not seeing that a digit in front was damaged.
 */
import type { NumberRows } from './number-rows.ts';

const LESS = 60;
const GREATER = 62;
const SLASH = 47;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
const BLANK = 32;
/** Digits before and behind the point whose integers are small enough to multiply as integers. */
const MAXIMUM_DIGITS = 9;
/** Digits of a number whose integer is exact, so that the one division rounds correctly. */
const EXACT_DIGITS = 15;

/** Where the parts of a row stand, counted from its `<`. */
export interface RowForm {
  /** `v` or `r`. */
  readonly letter: number;
  /** Behind the start tag. */
  readonly tag: number;
  /** Of each field: its decimal point. */
  readonly dots: Int32Array;
  readonly decimals: number;
  /** 10 to the power of `decimals`. */
  readonly scale: number;
  /** Start of the end tag, and the length of the row. */
  readonly tail: number;
  readonly length: number;
}

/** The form of a whole row of `width` numbers with the same number of decimals; undefined for any other row. */
export function rowForm(row: string, width: number): RowForm | undefined {
  const match = /^<([vr]) *>( +-?\d+\.\d+)+ *<\/[vr]>$/.exec(row);
  const letter = match?.[1];
  if (letter === undefined) return undefined;
  const points = [...row.matchAll(/\.(\d+)/g)];
  const decimals = points[0]?.[1]?.length ?? 0;
  const alike = points.length === width && points.every((point) => point[1]?.length === decimals);
  if (!alike || decimals > MAXIMUM_DIGITS) return undefined;
  return {
    letter: letter.charCodeAt(0),
    tag: row.indexOf('>') + 1,
    dots: Int32Array.from(points, (point) => point.index),
    decimals,
    scale: Number(`1e${decimals}`),
    tail: row.length - 4,
    length: row.length,
  };
}

/** Reads the row at `index` if it has the form; false, with nothing added, if not. The whole row must be in `bytes`. */
export function readAlike(bytes: Uint8Array, index: number, form: RowForm, rows: NumberRows): boolean {
  const { dots, decimals, scale } = form;
  const close = index + form.tail;
  if (!hasTags(bytes, index, form)) return false;
  const values = rows.room();
  let base = rows.count * rows.width;
  let at = index + form.tag;
  // All bytes read are inside the row, which is inside `bytes`: `as number` says so.
  for (let field = 0; field < dots.length; field += 1) {
    const dot = index + (dots[field] as number);
    while (bytes[at] === BLANK) at += 1;
    const negative = bytes[at] === MINUS;
    if (negative) at += 1;
    const digits = dot - at;
    if (digits < 1 || digits + decimals > EXACT_DIGITS || digits > MAXIMUM_DIGITS || bytes[dot] !== DOT) return false;
    let whole = 0;
    // Negative once a byte is no digit.
    let check = 0;
    for (; at < dot; at += 1) {
      const byte = bytes[at] as number;
      check |= (byte - ZERO) | (NINE - byte);
      whole = (whole * 10 + byte - ZERO) | 0;
    }
    let fraction = 0;
    const end = dot + decimals;
    while (at < end) {
      at += 1;
      const byte = bytes[at] as number;
      check |= (byte - ZERO) | (NINE - byte);
      fraction = (fraction * 10 + byte - ZERO) | 0;
    }
    if (check < 0) return false;
    at += 1;
    const magnitude = (whole * scale + fraction) / scale;
    values[base] = negative ? -magnitude : magnitude;
    base += 1;
  }
  for (; at < close; at += 1) if (bytes[at] !== BLANK) return false;
  rows.count += 1;
  return true;
}

function hasTags(bytes: Uint8Array, index: number, { letter, tag, tail }: RowForm): boolean {
  const close = index + tail;
  if (bytes[index] !== LESS || bytes[index + 1] !== letter || bytes[index + tag - 1] !== GREATER) return false;
  if (bytes[close] !== LESS || bytes[close + 1] !== SLASH || bytes[close + 2] !== letter) return false;
  for (let at = index + 2; at < index + tag - 1; at += 1) if (bytes[at] !== BLANK) return false;
  return bytes[close + 3] === GREATER;
}
