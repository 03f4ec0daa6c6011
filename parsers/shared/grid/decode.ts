/**
 * Numbers of a grid out of a window of bytes: VASP's columns (`1X,E17.11`, five or ten to a line) by their fixed places,
 * everything else field by field.
 *
 * The mistake avoided here: a parser that trusts the columns. Each byte of a field is checked; what is not exactly
 * `b±.dddddddddddE±dd` takes the way that looks for the ends of fields, and what is no number there becomes NaN.
 * Mantissa and power of ten are exact up to 10²²: the quotient is rounded once.
 */
import { type NumberCursor, readNumber } from '../fortran-number.ts';

/** `-.46163122510E+02` with the blank before it. */
export const FIELD_BYTES = 18;
const MANTISSA_DIGITS = 11;
const BLANK = 32;
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const MINUS = 45;
const PLUS = 43;
const DOT = 46;
const ZERO = 48;

/** 10^0 … 10^308. */
const POWERS = Float64Array.from({ length: 309 }, (_, exponentOfTen) => Number(`1e${exponentOfTen}`));

/**
 * Decodes `count` fixed fields from `at` on into `target` at `from`; false, with nothing promised about `target`, when
 * one of them is written in another way. The fields must lie in `bytes`.
 */
export function decodeFixedFields(
  bytes: Uint8Array,
  at: number,
  target: Float64Array,
  { from, count }: { readonly from: number; readonly count: number },
): boolean {
  let wrong = 0;
  for (let field = 0; field < count; field += 1) {
    const start = at + field * FIELD_BYTES;
    const sign = bytes[start + 1] as number; // all in range: the caller has seen that the line ends behind the fields
    const exponentSign = bytes[start + 15] as number;
    if (
      bytes[start] !== BLANK ||
      (sign !== MINUS && sign !== ZERO && sign !== BLANK) ||
      bytes[start + 2] !== DOT ||
      bytes[start + 14] !== 69 ||
      (exponentSign !== PLUS && exponentSign !== MINUS)
    ) {
      return false;
    }
    let high = 0;
    let low = 0;
    for (let index = start + 3; index < start + 8; index += 1) {
      const digit = (bytes[index] as number) - ZERO;
      wrong |= digit | (digit + 6);
      high = high * 10 + digit;
    }
    for (let index = start + 8; index < start + 14; index += 1) {
      const digit = (bytes[index] as number) - ZERO;
      wrong |= digit | (digit + 6);
      low = low * 10 + digit;
    }
    const tens = (bytes[start + 16] as number) - ZERO;
    const ones = (bytes[start + 17] as number) - ZERO;
    wrong |= tens | (tens + 6) | ones | (ones + 6);
    // A digit d has d and d + 6 below 16; every other byte sets a higher bit in one of them.
    if (wrong > 15 || wrong < 0) return false;
    const exponent = exponentSign === MINUS ? -(tens * 10 + ones) : tens * 10 + ones;
    const value = scaled(high * 1e6 + low, exponent - MANTISSA_DIGITS);
    target[from + field] = sign === MINUS ? -value : value;
  }
  return true;
}

/** Whether a line ends at `at`: the bytes of its end, 0 when it does not. */
export function lineEndBytes(bytes: Uint8Array, at: number): number {
  if (bytes[at] === NEWLINE) return 1;
  return bytes[at] === CARRIAGE_RETURN && bytes[at + 1] === NEWLINE ? 2 : 0;
}

/**
 * The number that starts at `at` (no blank there) and ends before `limit`, where its word is known to end; NaN when it is
 * none. `cursor.end` is behind it: a glued second number (`-1.0-2.0`) is left for the next call.
 */
export function decodeField(bytes: Uint8Array, at: number, limit: number, cursor: NumberCursor): void {
  if (!decodePlain(bytes, at, limit, cursor)) readNumber(bytes, at, limit, cursor);
}

/** Numbers of up to 15 digits followed by a blank or a line end; false leaves all others to the general scanner. */
function decodePlain(bytes: Uint8Array, start: number, limit: number, cursor: NumberCursor): boolean {
  let at = start;
  const negative = bytes[at] === MINUS;
  if (negative || bytes[at] === PLUS) at += 1;
  let mantissa = 0;
  let digits = 0;
  let decimals = 0;
  let dotted = false;
  for (; at < limit; at += 1) {
    const digit = (bytes[at] as number) - ZERO; // in range: at < limit
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits += 1;
      if (dotted) decimals += 1;
    } else if (digit === DOT - ZERO && !dotted) dotted = true;
    else break;
  }
  if (digits === 0 || digits > 15) return false;
  let exponent = 0;
  if (at < limit && (bytes[at] === 69 || bytes[at] === 68)) {
    at += 1;
    const exponentSign = bytes[at];
    if (exponentSign === MINUS || exponentSign === PLUS) at += 1;
    const first = at;
    for (; at < limit && at < first + 3; at += 1) {
      const digit = (bytes[at] as number) - ZERO; // in range: at < limit
      if (digit < 0 || digit > 9) break;
      exponent = exponent * 10 + digit;
    }
    if (at === first) return false;
    if (exponentSign === MINUS) exponent = -exponent;
  }
  if (at < limit && (bytes[at] as number) > BLANK) return false;
  const power = exponent - decimals;
  if (power > 290 || power < -290) return false;
  const value = scaled(mantissa, power);
  cursor.end = at;
  cursor.value = negative ? -value : value;
  return true;
}

function scaled(mantissa: number, power: number): number {
  return power < 0 ? mantissa / (POWERS[-power] as number) : mantissa * (POWERS[power] as number); // |power| ≤ 308
}
