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
const NINE = 57;
const BLANK = 32;
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
  readonly length: number;
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
  return { count: places.length / 4, places: Int32Array.from(places), template, length: template.length };
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
 * nothing. All of it must be in `bytes`.
 */
export function readLayout(bytes: Buffer, index: number, layout: NumberLayout, target: NumberTarget): boolean {
  const { count, places, template, length } = layout;
  const { values, base } = target;
  // Everything read is inside the layout, which is inside `bytes`: `as number` says so.
  for (let field = 0; field < count; field += 1) {
    const place = field << 2;
    const start = places[place + 1] as number;
    for (let at = places[place] as number; at < start; at += 1) if (bytes[index + at] !== template[at]) return false;
    const dot = index + (places[place + 2] as number);
    const end = index + (places[place + 3] as number);
    let at = index + start;
    while (bytes[at] === BLANK) at += 1;
    const negative = bytes[at] === MINUS;
    if (negative) at += 1;
    const digits = dot - at;
    const decimals = end - dot - 1;
    if (digits < 1 || digits > MAXIMUM_DIGITS || digits + decimals > EXACT_DIGITS || bytes[dot] !== DOT) return false;
    let whole = 0;
    // Negative once a byte is no digit.
    let check = 0;
    for (; at < dot; at += 1) {
      const byte = bytes[at] as number;
      check |= (byte - ZERO) | (NINE - byte);
      whole = (whole * 10 + byte - ZERO) | 0;
    }
    let fraction = 0;
    for (at = dot + 1; at < end; at += 1) {
      const byte = bytes[at] as number;
      check |= (byte - ZERO) | (NINE - byte);
      fraction = (fraction * 10 + byte - ZERO) | 0;
    }
    if (check < 0) return false;
    const scale = POWERS[decimals] as number;
    const magnitude = (whole * scale + fraction) / scale;
    values[base + field] = negative ? -magnitude : magnitude;
  }
  const tail = count === 0 ? 0 : (places[4 * count - 1] as number);
  for (let at = tail; at < length; at += 1) if (bytes[index + at] !== template[at]) return false;
  return true;
}
