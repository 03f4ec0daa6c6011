/**
 * Rows `<v>      -0.00123   …  </v>` of one table, all printed alike: the first row shows where every number ends, the
 * others are read there after their form is checked. A row of another form is read field by field.
 */
import type { NumberRows } from './number-rows.ts';
import { isBlank, type XmlView } from './xml-view.ts';

const LESS = 60;
const GREATER = 62;
const SLASH = 47;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const BLANK = 32;
const MAXIMUM_ROW_BYTES = 64 * 1024;
/** Digits whose integer is exact, so that the one division rounds correctly. */
const EXACT_DIGITS = 15;
const POWERS = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, exponentOfTen) => Number(`1e${exponentOfTen}`));

/** Where the fields of a row end, counted from its `<`. */
interface RowForm {
  readonly tag: number;
  readonly dots: readonly number[];
  readonly ends: readonly number[];
  /** Start of `</v>`. */
  readonly tail: number;
}

export type RowsEnd = { readonly kind: 'end' | 'cut' | 'unknown'; readonly at: number };

/** Reads rows from `start` on, behind the start tag of their element, up to the end tag of that element. */
export function readRows(view: XmlView, start: number, rows: NumberRows): RowsEnd {
  let at = view.skipBlanks(start);
  let form: RowForm | undefined;
  for (;;) {
    if (at >= view.sizeBytes) return { kind: 'cut', at };
    const length = form === undefined ? MAXIMUM_ROW_BYTES : form.tail + 4;
    const index = view.show(at, Math.min(length, MAXIMUM_ROW_BYTES));
    if (form !== undefined && readAlike(view.bytes, index, form, rows)) {
      at = skipBlanks(view, at + form.tail + 4);
      continue;
    }
    const behind = readFirst(view, at, rows);
    if (behind.kind !== 'end') return behind;
    if (behind.at === at) return behind;
    form = formOf(view, at, behind.at, rows.width);
    at = view.skipBlanks(behind.at);
  }
}

function skipBlanks(view: XmlView, offset: number): number {
  const { bytes } = view;
  let index = offset - view.base;
  while (index < bytes.length && isBlank(bytes[index])) index += 1;
  return index < bytes.length ? view.base + index : view.skipBlanks(offset);
}

/** One row of any form; `at` unchanged when the end tag of the table stands here. */
function readFirst(view: XmlView, at: number, rows: NumberRows): RowsEnd {
  const index = view.show(at, MAXIMUM_ROW_BYTES);
  const { bytes } = view;
  const isCut = view.base + bytes.length >= view.sizeBytes;
  const unknown: RowsEnd = { kind: isCut && bytes.indexOf(GREATER, index) < 0 ? 'cut' : 'unknown', at };
  if (bytes[index] !== LESS) return { kind: 'unknown', at };
  if (bytes[index + 1] === SLASH) return { kind: 'end', at };
  const letter = bytes[index + 1];
  let open = index + 2;
  while (open < bytes.length && bytes[open] === BLANK) open += 1;
  if ((letter !== 118 && letter !== 114) || bytes[open] !== GREATER) return unknown;
  const close = bytes.indexOf(LESS, open);
  if (close < 0 || close + 4 > bytes.length) return { kind: isCut ? 'cut' : 'unknown', at };
  if (bytes[close + 1] !== SLASH || bytes[close + 2] !== letter || bytes[close + 3] !== GREATER)
    return { kind: 'unknown', at };
  if (bytes.subarray(open, close).includes(38)) return { kind: 'unknown', at };
  rows.add(bytes, open + 1, close, at);
  return { kind: 'end', at: at + close + 4 - index };
}

function formOf(view: XmlView, start: number, end: number, width: number): RowForm | undefined {
  const text = view.text(start, end);
  const match = /^<([vr]) *>/.exec(text);
  if (match === null) return undefined;
  const dots: number[] = [];
  const ends: number[] = [];
  for (const field of text.matchAll(/ +-?\d+\.(\d+)/g)) {
    dots.push(field.index + field[0].length - (field[1]?.length ?? 0) - 1);
    ends.push(field.index + field[0].length);
  }
  const tail = text.length - 4;
  const fits = width > 0 && ends.length === width && text.slice(ends.at(-1), tail).trim() === '';
  return fits ? { tag: match[0].length, dots, ends, tail } : undefined;
}

/** Reads the row at `index` if it is printed like the one the form is of; false, with nothing added, if not. */
function readAlike(bytes: Buffer, index: number, form: RowForm, rows: NumberRows): boolean {
  const { dots, ends, tail, tag } = form;
  const close = index + tail;
  if (close + 4 > bytes.length || bytes[index] !== LESS || bytes[index + tag - 1] !== GREATER) return false;
  const letter = bytes[index + 1];
  if (letter !== 118 && letter !== 114) return false;
  if (
    bytes[close] !== LESS ||
    bytes[close + 1] !== SLASH ||
    bytes[close + 2] !== letter ||
    bytes[close + 3] !== GREATER
  ) {
    return false;
  }
  for (let at = index + 2; at < index + tag - 1; at += 1) if (bytes[at] !== BLANK) return false;
  const values = rows.room();
  let base = rows.count * rows.width;
  let at = index + tag;
  for (let field = 0; field < ends.length; field += 1) {
    const dot = index + (dots[field] as number); // as many dots as ends
    const end = index + (ends[field] as number); // in range
    while (bytes[at] === BLANK) at += 1;
    const negative = bytes[at] === MINUS;
    if (negative) at += 1;
    if (at >= dot || end - at > EXACT_DIGITS + 1) return false;
    let mantissa = 0;
    for (; at < end; at += 1) {
      const digit = (bytes[at] as number) - ZERO; // at < end ≤ length
      if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
      else if (at !== dot || bytes[at] !== DOT) return false;
    }
    if (bytes[dot] !== DOT) return false;
    const magnitude = mantissa / (POWERS[end - dot - 1] as number); // fewer decimals than digits
    values[base] = negative ? -magnitude : magnitude;
    base += 1;
  }
  for (; at < close; at += 1) if (bytes[at] !== BLANK) return false;
  rows.count += 1;
  return true;
}
