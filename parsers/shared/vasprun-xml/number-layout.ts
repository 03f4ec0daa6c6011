/**
 * Markup that is printed alike again and again, with other numbers at the same places: a row of a table, an electronic
 * step, all that follows the electronic steps of an ionic one. The first is looked at, the others are compared with it
 * byte by byte and their numbers read where its numbers stand.
 *
 * This is the inner loop of large files: no strings, no calls. The mistake avoided here: reading backwards from the
 * decimal point and not seeing that a digit in front was damaged.
 */

const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const BLANK = 32;
/** Bytes that are looked at together. */
const WORD = 4;
const FOUR_BLANKS = 0x20202020;
const FOUR_ZEROS = 0x30303030;
/** What is added to a digit stays below 128, and to anything larger not. */
const TO_SIGN = 0x76767676;
const SIGNS = 0x80808080 | 0;
/** Digits before and behind the point whose integers are small enough to multiply as integers. */
const MAXIMUM_DIGITS = 9;
/** Digits of a number whose integer is exact, so that the one division rounds correctly. */
const EXACT_DIGITS = 15;
const POWERS = Float64Array.from({ length: MAXIMUM_DIGITS + 1 }, (_, exponentOfTen) => Number(`1e${exponentOfTen}`));

export interface NumberLayout {
  /** How many numbers. */
  readonly count: number;
  /** Of each number: where the markup before it begins and ends, its decimal point, and its end, from the start on. */
  readonly places: Int32Array;
  readonly template: Buffer;
  /** The same, four bytes at a time. */
  readonly words: DataView;
  readonly length: number;
}

/** What is looked at, byte by byte and four at a time. */
export interface Shown {
  readonly bytes: Buffer;
  readonly words: DataView;
}

/** Where the numbers are put. */
export interface NumberTarget {
  values: Float64Array;
  /** Of the first one. */
  base: number;
}

const NUMBERS = /^(?: +-?\d+\.\d+)+\s*$/;
const NUMBER = / +-?\d+\.(\d+)/g;

/** The layout of a whole number of elements, or of a row. */
export function layoutOf(markup: Buffer): NumberLayout {
  const text = markup.toString('latin1');
  const places: number[] = [];
  let markupStart = 0;
  for (const { 1: content = '', index } of text.matchAll(/>([^<>]*)(?=<)/g)) {
    if (!areAlikeNumbers(content)) continue;
    let start = index + 1;
    for (const field of content.matchAll(NUMBER)) {
      const end = start + field[0].length;
      places.push(markupStart, start, end - (field[1]?.length ?? 0) - 1, end);
      markupStart = end;
      start = end;
    }
  }
  const template = Buffer.from(markup);
  const words = new DataView(template.buffer, template.byteOffset, template.length);
  return { count: places.length / 4, places: Int32Array.from(places), template, words, length: template.length };
}

/** Whether a text is numbers with the same decimals and nothing else, `count` of them where that is told. */
export function areAlikeNumbers(text: string, count?: number): boolean {
  if (!NUMBERS.test(text)) return false;
  const decimals = Array.from(text.matchAll(NUMBER), ([, digits = '']) => digits.length);
  const [first = 0] = decimals;
  return (
    first <= MAXIMUM_DIGITS &&
    decimals.every((length) => length === first) &&
    decimals.length === (count ?? decimals.length)
  );
}

/** Which number has the blanks before it begin at `start`; −1 if none. */
export function numberAt(places: Int32Array, start: number): number {
  for (let field = 0; 4 * field < places.length; field += 1) if (places[4 * field + 1] === start) return field;
  return -1;
}

/**
 * Reads the numbers of what stands at `index` if it has the layout; false when it has not, and `target` then holds
 * nothing. All of it must be shown.
 */
export function readLayout(
  { bytes, words }: Shown,
  index: number,
  layout: NumberLayout,
  target: NumberTarget,
): boolean {
  const { count, places, template, words: known, length } = layout;
  const { values, base } = target;
  // Everything read is inside the layout, which is inside `bytes`: `as number` says so.
  for (let field = 0; field < count; field += 1) {
    const place = field << 2;
    const start = places[place + 1] as number;
    const dot = index + (places[place + 2] as number);
    const end = index + (places[place + 3] as number);
    let at = places[place] as number;
    for (; at + WORD <= start; at += WORD) if (words.getInt32(index + at) !== known.getInt32(at)) return false;
    for (; at < start; at += 1) if (bytes[index + at] !== template[at]) return false;
    at += index;
    if (at + WORD < dot && words.getInt32(at) === FOUR_BLANKS) at += WORD;
    while (bytes[at] === BLANK) at += 1;
    const negative = bytes[at] === MINUS;
    if (negative) at += 1;
    const digits = dot - at;
    const decimals = end - dot - 1;
    if (digits < 1 || digits > MAXIMUM_DIGITS || digits + decimals > EXACT_DIGITS || bytes[dot] !== DOT) return false;
    // One of SIGNS is set once a byte is no digit.
    let check = 0;
    let whole = 0;
    for (; at < dot; at += 1) {
      const digit = ((bytes[at] as number) - ZERO) | 0;
      check |= digit | (9 - digit);
      whole = (Math.imul(whole, 10) + digit) | 0;
    }
    let fraction = 0;
    for (at = dot + 1; at + WORD <= end; at += WORD) {
      // Four digits at once, the first in the lowest byte.
      const four = words.getInt32(at, true) ^ FOUR_ZEROS;
      check |= (four | ((four + TO_SIGN) | 0)) & SIGNS;
      const pairs = (Math.imul(four, 10) + (four >>> 8)) | 0;
      fraction = (Math.imul(fraction, 10_000) + Math.imul(pairs & 255, 100) + ((pairs >>> 16) & 255)) | 0;
    }
    for (; at < end; at += 1) {
      const digit = ((bytes[at] as number) - ZERO) | 0;
      check |= digit | (9 - digit);
      fraction = (Math.imul(fraction, 10) + digit) | 0;
    }
    if ((check & SIGNS) !== 0) return false;
    const scale = POWERS[decimals] as number;
    const magnitude = (whole * scale + fraction) / scale;
    values[base + field] = negative ? -magnitude : magnitude;
  }
  const tail = count === 0 ? 0 : (places[4 * count - 1] as number);
  for (let at = tail; at < length; at += 1) if (bytes[index + at] !== template[at]) return false;
  return true;
}
