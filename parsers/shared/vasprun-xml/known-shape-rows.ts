/**
 * The rows of one table in the known shape, `<v>` or `<r>` only. A row that is not printed like the first one is read
 * field by field.
 */
import { areAlikeNumbers, layoutOf, type NumberLayout, type NumberTarget, readLayout } from './number-layout.ts';
import type { NumberRows } from './number-rows.ts';
import { isBlank, type XmlView } from './xml-view.ts';

const LESS = 60;
const GREATER = 62;
const SLASH = 47;
const BLANK = 32;
const AMPERSAND = 38;
const LETTER_V = 118;
const LETTER_R = 114;
const MAXIMUM_ROW_BYTES = 64 * 1024;

/** `end`: the end tag of the table stands at `at`; `row`: a row was read. */
export interface RowsEnd {
  readonly kind: 'end' | 'row' | 'cut' | 'unknown';
  readonly at: number;
}

/** The form that rows of a width had last: most tables of a file are printed alike. */
export type RowForms = (NumberLayout | undefined)[];
const WIDEST_KNOWN_FORM = 16;

/** Reads rows from `start` on, behind the start tag of their element, up to the end tag of that element. */
export function readRows(view: XmlView, start: number, rows: NumberRows, forms: RowForms): RowsEnd {
  let at = view.skipBlanks(start);
  let form = rows.width > 0 ? forms[rows.width] : undefined;
  for (;;) {
    if (at >= view.sizeBytes) return { kind: 'cut', at };
    if (form !== undefined) at = readAllAlike(view, at, form, rows);
    const found = readAny(view, at, rows);
    if (found.kind !== 'row') return found;
    form = found.at - at > MAXIMUM_ROW_BYTES ? undefined : rowForm(view, at, found.at, rows.width);
    if (form !== undefined && rows.width <= WIDEST_KNOWN_FORM) forms[rows.width] = form;
    at = view.skipBlanks(found.at);
  }
}

/** Start of the first row that is not of the form. */
function readAllAlike(view: XmlView, start: number, form: NumberLayout, rows: NumberRows): number {
  const target: NumberTarget = { values: rows.room(), base: rows.count * rows.width };
  let at = start;
  for (;;) {
    let index = view.show(at, form.length);
    const { bytes } = view;
    const last = bytes.length - form.length;
    const base = at - index;
    while (index <= last) {
      target.values = rows.room();
      if (!readLayout(view, index, form, target)) return base + index;
      rows.count += 1;
      target.base += rows.width;
      index += form.length;
      while (index < bytes.length && isBlank(bytes[index])) index += 1;
    }
    // The view ended; at the end of the file what is left is no whole row.
    at = view.skipBlanks(base + index);
    if (at + form.length > view.sizeBytes) return at;
  }
}

/** One row of any form, or the end tag of the table. */
function readAny(view: XmlView, at: number, rows: NumberRows): RowsEnd {
  const index = view.show(at, MAXIMUM_ROW_BYTES);
  const { bytes } = view;
  const unknown: RowsEnd = { kind: 'unknown', at };
  const cutOrUnknown: RowsEnd = view.base + bytes.length >= view.sizeBytes ? { kind: 'cut', at } : unknown;
  if (index >= bytes.length) return { kind: 'cut', at };
  if (bytes[index] !== LESS) return unknown;
  if (bytes[index + 1] === SLASH) return { kind: 'end', at };
  const letter = bytes[index + 1];
  let open = index + 2;
  while (open < bytes.length && bytes[open] === BLANK) open += 1;
  if (open >= bytes.length) return cutOrUnknown;
  if ((letter !== LETTER_V && letter !== LETTER_R) || bytes[open] !== GREATER) return unknown;
  const close = bytes.indexOf(LESS, open);
  if (close < 0 || close + 4 > bytes.length) return cutOrUnknown;
  if (bytes[close + 1] !== SLASH || bytes[close + 2] !== letter || bytes[close + 3] !== GREATER) return unknown;
  if (bytes.subarray(open, close).includes(AMPERSAND)) return unknown;
  rows.add(bytes, open + 1, close, at);
  return { kind: 'row', at: at + close + 4 - index };
}

/** The layout of a row of `width` numbers with the same decimals; undefined for any other row. */
function rowForm(view: XmlView, start: number, end: number, width: number): NumberLayout | undefined {
  const index = view.show(start, end - start);
  const row = view.bytes.subarray(index, index + end - start);
  const content = /^<[vr] *>([^<]*)<\/[vr]>$/.exec(row.toString('latin1'))?.[1] ?? '';
  return areAlikeNumbers(content, width) ? layoutOf(row) : undefined;
}
