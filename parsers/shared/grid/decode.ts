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

/** `b0.`, `b-.`, `bb.`: the first three bytes of a field, the first one lowest. */
const POSITIVE_HEAD = 0x2e3020;
const NEGATIVE_HEAD = 0x2e2d20;
const BLANK_HEAD = 0x2e2020;
/** Three zeros and `E`. */
const DIGITS_AND_LETTER = 0x45303030;

/** Lines that were decoded, and the bytes they take with their ends. */
export interface DecodedLines {
  count: number;
  bytes: number;
}

/**
 * Decodes whole lines of `perLine` fixed fields from `at` on into `target` at `from`, at most `most` of them, and stops
 * before the first line that is written in another way or does not end in the view.
 *
 * Four digits are read as one integer: checked at once (a digit d has d and d + 6 below 16, every other byte sets a
 * higher bit in one of them) and folded twice.
 */
export function decodeFixedLines(
  view: DataView,
  at: number,
  { perLine, most }: { readonly perLine: number; readonly most: number },
  target: Float64Array,
  from: number,
): DecodedLines {
  const lineBytes = perLine * FIELD_BYTES;
  const limit = view.byteLength - 2 - lineBytes;
  let start = at;
  let line = 0;
  for (; line < most && start <= limit; line += 1) {
    const end = lineEndBytes(view, start + lineBytes);
    if (end === 0) break;
    const first = from + line * perLine;
    let field = 0;
    for (let byte = start; field < perLine; field += 1, byte += FIELD_BYTES) {
      const head = view.getInt32(byte, true) & 0xffffff;
      const digits1 = (view.getInt32(byte + 3, true) - 0x30303030) | 0;
      const digits2 = (view.getInt32(byte + 7, true) - 0x30303030) | 0;
      // Three digits and the letter, which is taken for a fourth digit 0.
      const digits3 = (view.getInt32(byte + 11, true) - DIGITS_AND_LETTER) | 0;
      const tail = view.getInt32(byte + 14, true);
      const sign = (tail >> 8) & 0xff;
      const tens = ((tail >> 16) & 0xff) - ZERO;
      const ones = (tail >>> 24) - ZERO;
      const wrong =
        (digits1 |
          ((digits1 + 0x06060606) | 0) |
          digits2 |
          ((digits2 + 0x06060606) | 0) |
          digits3 |
          ((digits3 + 0x060606) | 0)) &
        HIGH;
      const wrongExponent = (tens | (tens + 6) | ones | (ones + 6)) & ~15;
      const isNegative = head === NEGATIVE_HEAD;
      if (
        wrong !== 0 ||
        wrongExponent !== 0 ||
        !(isNegative || head === POSITIVE_HEAD || head === BLANK_HEAD) ||
        (digits3 & ~0xffffff) !== 0
      ) {
        break;
      }
      const ten = tens * 10 + ones;
      if (sign !== PLUS && sign !== MINUS) break;
      const power = (sign === MINUS ? -ten : ten) - MANTISSA_DIGITS;
      const mantissa = (fourDigits(digits1) * 10_000 + fourDigits(digits2)) * 1000 + fourDigits(digits3) / 10;
      const value = power < 0 ? mantissa / (POWERS[-power] as number) : mantissa * (POWERS[power] as number); // |power| ≤ 110
      target[first + field] = isNegative ? -value : value;
    }
    if (field < perLine) break;
    start += lineBytes + end;
  }
  return { count: line, bytes: start - at };
}

const HIGH = 0xf0f0f0f0 | 0;

/** Value of four digits, the first one in the lowest byte. */
function fourDigits(digits: number): number {
  const pairs = (digits & 0xf000f) * 10 + ((digits >> 8) & 0xf000f);
  return (pairs & 0xff) * 100 + (pairs >> 16);
}

/** Whether a line ends at `at`: the bytes of its end, 0 when it does not. */
function lineEndBytes(view: DataView, at: number): number {
  const byte = view.getUint8(at);
  if (byte === NEWLINE) return 1;
  return byte === CARRIAGE_RETURN && view.getUint8(at + 1) === NEWLINE ? 2 : 0;
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
