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

/** The whole text as one Fortran number; NaN when it is anything else or too large for a double. */
export function parseFortranNumber(text: string): number {
  const match = NUMBER.exec(text.trim());
  if (match === null) return Number.NaN;
  const [, lettered, letteredExponent, bare, bareExponent] = match;
  const mantissa = lettered ?? bare;
  const exponent = letteredExponent ?? bareExponent;
  const value = Number(exponent === undefined ? mantissa : `${mantissa}e${exponent}`);
  return Number.isFinite(value) ? value : Number.NaN;
}

/** With or without an exponent letter, or with a bare three-digit exponent, which only a mantissa with a dot can have. */
const NUMBER = /^(?:([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:[EeDd]([+-]?\d+))?|([+-]?(?:\d+\.\d*|\.\d+))([+-]\d{3}))$/;

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
  const dotted = at < limit && bytes[at] === DOT;
  if (dotted) {
    at += 1;
    const fraction = at;
    while (at < limit && isDigit(bytes[at])) at += 1;
    digitCount += at - fraction;
  }
  if (digitCount === 0) return start;
  const lettered = letteredExponent(bytes, at, limit);
  const end = lettered === at && dotted ? bareExponent(bytes, at, limit) : lettered;
  // A number must be followed by a blank, a line end, a sign (glued column) or a closing mark; `12abc` is no number.
  if (end < limit && !endsField(bytes[end])) return start;
  return end;
}

/** End of `E+01`, `d-3` at `start`; `start` when there is none. */
function letteredExponent(bytes: Uint8Array, start: number, limit: number): number {
  const letter = start < limit ? bytes[start] : undefined;
  if (letter !== 69 && letter !== 101 && letter !== 68 && letter !== 100) return start;
  const sign = start + 1 < limit ? bytes[start + 1] : undefined;
  const digits = sign === MINUS || sign === PLUS ? start + 2 : start + 1;
  let at = digits;
  while (at < limit && isDigit(bytes[at])) at += 1;
  return at > digits ? at : start;
}

/**
 * End of the `-100` in `0.5-100` at `start`, an exponent whose letter Fortran dropped; `start` when there is none. It has
 * three digits, no dot, and follows a mantissa with a dot: `1.0-2.0`, `1.0-200.5` and `12-345` are two numbers.
 */
function bareExponent(bytes: Uint8Array, start: number, limit: number): number {
  const end = start + 4;
  if (end > limit || (bytes[start] !== MINUS && bytes[start] !== PLUS)) return start;
  for (let at = start + 1; at < end; at += 1) if (!isDigit(bytes[at])) return start;
  return end === limit || endsField(bytes[end]) ? end : start;
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
  return parseFortranNumber(Buffer.from(bytes.subarray(start, end)).toString('latin1'));
}
