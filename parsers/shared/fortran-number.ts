/**
 * Numbers as Fortran prints them, read from ASCII bytes.
 *
 * The mistake avoided here: `Number('')` is 0 and many fast parsers turn `********` into 0, which for a force means
 * "converged". A field that is no number gives NaN, and callers turn NaN into an issue, never into a value.
 * Understood: `-.111`, `1.`, `0.1D-02`, `1.5E+03`, `1.0-100` (exponent letter dropped by Fortran when it needs three
 * digits) and glued columns (`-1.0-2.0`, `0.1818-0.0000`), where a sign after a digit starts the next field.
 */

const MINUS = 45;
const PLUS = 43;
const DOT = 46;
const ZERO = 48;
const NINE = 57;

/** Result of reading one field; reused by the hot loops to avoid an allocation per number. */
export interface NumberCursor {
  /** Offset behind the field. */
  end: number;
  value: number;
}

/**
 * Reads the field that starts at or after `start` (blanks skipped, within the line) into `cursor`.
 * Returns false at the end of the line or of the bytes; a field that is no number sets NaN and is skipped to its end.
 */
export function readNumber(bytes: Uint8Array, start: number, limit: number, cursor: NumberCursor): boolean {
  let at = start;
  while (at < limit && isBlank(bytes[at])) at += 1;
  if (at >= limit || isLineEnd(bytes[at])) {
    cursor.end = at;
    cursor.value = Number.NaN;
    return false;
  }
  const end = fieldEnd(bytes, at, limit);
  if (end === at) {
    cursor.end = skipWord(bytes, at, limit);
    cursor.value = Number.NaN;
    return true;
  }
  cursor.end = end;
  cursor.value = fixedPoint(bytes, at, end);
  return true;
}

/** Up to `count` numbers of the line beginning at `start`; NaN where a field is no number, shorter when the line is. */
export function readNumbers(bytes: Uint8Array, start: number, limit: number, count: number): number[] {
  const cursor: NumberCursor = { end: start, value: 0 };
  const values: number[] = [];
  while (values.length < count && readNumber(bytes, cursor.end, limit, cursor)) values.push(cursor.value);
  return values;
}

/** The whole text as one Fortran number; NaN when it is anything else. */
export function parseFortranNumber(text: string): number {
  const trimmed = text.trim();
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[EeDd]([+-]?\d+)|([+-]\d{3}))?$/.exec(trimmed);
  if (match === null) return Number.NaN;
  const exponent = match[2] ?? match[3];
  return Number(exponent === undefined ? match[1] : `${match[1]}e${exponent}`);
}

/** Fortran logical: `T`, `.TRUE.`, `F`, `.FALSE.` and anything beginning so; undefined for other text. */
export function parseFortranLogical(text: string): boolean | undefined {
  const letter = /^\.?([TtFf])/.exec(text.trim())?.[1];
  return letter === undefined ? undefined : letter === 'T' || letter === 't';
}

function isBlank(byte: number | undefined): boolean {
  return byte === 32 || byte === 9;
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 10 || byte === 13;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

function skipWord(bytes: Uint8Array, start: number, limit: number): number {
  let at = start + 1;
  while (at < limit && !isBlank(bytes[at]) && !isLineEnd(bytes[at])) at += 1;
  return at;
}

/** End of the number that starts at `start`; `start` itself when no number starts there. */
function fieldEnd(bytes: Uint8Array, start: number, limit: number): number {
  let at = start;
  if (bytes[at] === MINUS || bytes[at] === PLUS) at += 1;
  const digits = at;
  while (at < limit && isDigit(bytes[at])) at += 1;
  let digitCount = at - digits;
  if (at < limit && bytes[at] === DOT) {
    at += 1;
    const fraction = at;
    while (at < limit && isDigit(bytes[at])) at += 1;
    digitCount += at - fraction;
  }
  if (digitCount === 0) return start;
  const exponentEnd = exponent(bytes, at, limit);
  const end = Math.max(exponentEnd, at);
  // A number must be followed by a blank, a line end, a sign (glued column) or a closing mark; `12abc` is no number.
  if (end < limit && !endsField(bytes[end])) return start;
  return end;
}

function exponent(bytes: Uint8Array, start: number, limit: number): number {
  const letter = bytes[start];
  const lettered = letter === 69 || letter === 101 || letter === 68 || letter === 100;
  let at = lettered ? start + 1 : start;
  const signed = bytes[at] === MINUS || bytes[at] === PLUS;
  if (!lettered && !signed) return start;
  if (signed) at += 1;
  const digits = at;
  while (at < limit && isDigit(bytes[at])) at += 1;
  const count = at - digits;
  if (lettered) return count > 0 ? at : start;
  // Without a letter only a three-digit exponent at the end of a field is one: `1.0-2.0` is two numbers.
  return count === 3 && (at >= limit || isBlank(bytes[at]) || isLineEnd(bytes[at])) ? at : start;
}

function endsField(byte: number | undefined): boolean {
  return (
    isBlank(byte) || isLineEnd(byte) || byte === MINUS || byte === PLUS || byte === 41 || byte === 44 || byte === 59
  );
}

/**
 * Value of the bytes of one number. Up to 15 significant digits an integer mantissa divided by a power of ten is
 * rounded exactly once, so the result equals the decimal literal's; longer or exponential fields take the general way.
 */
function fixedPoint(bytes: Uint8Array, start: number, end: number): number {
  const negative = bytes[start] === MINUS;
  let at = negative || bytes[start] === PLUS ? start + 1 : start;
  if (end - at > 16) return general(bytes, start, end);
  let mantissa = 0;
  let decimals = -1;
  for (; at < end; at += 1) {
    const byte = bytes[at] as number; // in range: at < end
    if (byte === DOT) decimals = 0;
    else if (byte >= ZERO && byte <= NINE) {
      mantissa = mantissa * 10 + (byte - ZERO);
      if (decimals >= 0) decimals += 1;
    } else return general(bytes, start, end);
  }
  const magnitude = decimals > 0 ? mantissa / (POWERS[decimals] as number) : mantissa; // decimals ≤ 15
  return negative ? -magnitude : magnitude;
}

const POWERS = Float64Array.from({ length: 17 }, (_, exponentOfTen) => Number(`1e${exponentOfTen}`));

function general(bytes: Uint8Array, start: number, end: number): number {
  return parseFortranNumber(String.fromCharCode(...bytes.subarray(start, end)));
}
