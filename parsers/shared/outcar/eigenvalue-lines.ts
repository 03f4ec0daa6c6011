/**
 * The lines of an eigenvalue section: ` spin component 1`, ` k-point     1 :  …`, `     17   2.3375   2.00000`.
 *
 * A section has megabytes, so its lines are taken from one view of the window at a time, no strings are made of rows, and
 * the rows of a k-point that are printed alike are one line here.
 */
import type { ByteScanner } from '../byte-scanner.ts';
import { type NumberCursor, readNumber } from '../fortran-number.ts';
import { type RowLayout, type RowTarget, readFixedRows, rowLayout } from './fixed-rows.ts';

interface Span {
  /** [start, end) in the file. */
  readonly start: number;
  readonly end: number;
}

export interface HeadingLine extends Span {
  readonly kind: 'spin' | 'kpoint';
  /** NaN where it overflowed its column. */
  readonly number: number;
  /** Of a heading that lost its number, for the message. */
  readonly text: string;
}

/** Whole rows of the bands `first` (counted from 0) to `behind`, numbered as they must be. */
export interface BandRows extends Span {
  readonly kind: 'rows';
  readonly first: number;
  readonly behind: number;
  /** Energy in eV and occupation of each band from 0 on; valid until the next line is asked for. */
  readonly levels: Float64Array;
}

export interface BandLine extends Span {
  readonly kind: 'band';
  readonly number: number;
  /** NaN where the field is no number or the row has not just three. */
  readonly energyEv: number;
  readonly occupation: number;
  /** Of a damaged row, for the message. */
  readonly text: string;
}

export type EigenvalueLine = HeadingLine | BandRows | BandLine;

const VIEW_BYTES = 64 * 1024;
/** No line of the section is longer. */
const MAXIMUM_LINE_BYTES = 256;
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const BLANK = 32;
const STAR = 42;
const ZERO = 48;
const NINE = 57;
/** The words name the line, whatever became of its number. */
const HEADING = /^ *(?:(spin component)|k-point)\b *(?:(\d+|\*+)(?: *:.*|\s*)$)?/;
/** `add alpha+bet to get absolut eigen values`, `band No.  band energies     occupation`, ` Fermi energy: …`. */
const REMARK = /^ *(?:add alpha|band No\.|Fermi energy:)/;

const COLUMNS_BEHIND_NUMBER = 2;
/** No run has more; a forged file of rows would be kept whole. */
const MOST_BANDS = 1_000_000;

/** The lines from `from` on, up to the first that belongs to something else; a torn line is not given. */
export function* eigenvalueLines(scanner: ByteScanner, from: number, to: number): Generator<EigenvalueLine> {
  const rows = alikeRows();
  let at = from;
  while (at < to) {
    const view = scanner.bytes(at, Math.min(to, at + VIEW_BYTES));
    let start = 0;
    for (;;) {
      const band = rows.read(view, start, at);
      if (band !== undefined) {
        yield band;
        start = band.end - at + 1;
        continue;
      }
      const newline = view.indexOf(NEWLINE, start);
      if (newline < 0) break;
      const line = lineOf(view, start, newline, at);
      if (line === 'other') return;
      if (line !== undefined) {
        rows.pass(line);
        yield line;
      }
      start = newline + 1;
    }
    if (start === 0) return;
    at += start;
  }
}

/** Reads the rows of a k-point as long as each is printed as the one before, down to the byte. */
function alikeRows() {
  let layout: RowLayout | undefined;
  const target: { -readonly [name in keyof RowTarget]: RowTarget[name] } = {
    values: new Float64Array(0),
    offsets: [0, 1],
    stride: COLUMNS_BEHIND_NUMBER,
    rows: 0,
    numbered: true,
    done: 0,
  };
  return {
    /** Undefined when the row at `start` is no such one. */
    read: (view: Uint8Array, start: number, base: number): BandRows | undefined => {
      if (view[start] !== BLANK || target.done >= MOST_BANDS) return undefined;
      layout ??= rowLayout(view.subarray(start, start + MAXIMUM_LINE_BYTES), COLUMNS_BEHIND_NUMBER);
      if (layout === undefined) return undefined;
      const first = target.done;
      target.rows = first + Math.floor((view.length - start) / layout.bytes);
      if (target.rows * COLUMNS_BEHIND_NUMBER > target.values.length) target.values = grown(target.values, target.rows);
      const end = readFixedRows(view, start, layout, target);
      if (target.done === first) return undefined;
      return {
        kind: 'rows',
        start: base + start,
        end: base + end - 1,
        first,
        behind: target.done,
        levels: target.values,
      };
    },
    /** A line that was read in another way. */
    pass: (line: HeadingLine | BandLine): void => {
      if (line.kind !== 'band') target.done = 0;
      else {
        target.done += 1;
        // The next row may be printed as this one: more digits, another layout.
        layout = undefined;
      }
    },
  };
}

function grown(values: Float64Array, rows: number): Float64Array {
  const larger = new Float64Array(2 * COLUMNS_BEHIND_NUMBER * rows);
  larger.set(values);
  return larger;
}

/** The line [start, newline) of the view; undefined for a blank one or a remark, `other` where the section is over. */
function lineOf(
  view: Uint8Array,
  start: number,
  newline: number,
  base: number,
): HeadingLine | BandLine | 'other' | undefined {
  const end = newline > start && view[newline - 1] === CARRIAGE_RETURN ? newline - 1 : newline;
  const first = firstOf(view, start, end);
  if (first >= end) return undefined;
  const byte = view[first];
  if (byte === STAR || isDigit(byte)) return bandLine(view, first, end, base);
  const text = end - start > MAXIMUM_LINE_BYTES ? '' : latin1(view, start, end);
  const heading = HEADING.exec(text);
  if (heading !== null) return headingLine(heading, base + start, base + end);
  return REMARK.test(text) ? undefined : 'other';
}

function bandLine(view: Uint8Array, start: number, end: number, base: number): BandLine {
  const cursor: NumberCursor = { end: start, value: 0 };
  readNumber(view, start, end, cursor);
  const number = cursor.value;
  const hasEnergy = readNumber(view, cursor.end, end, cursor);
  const energyEv = cursor.value;
  const hasOccupation = hasEnergy && readNumber(view, cursor.end, end, cursor);
  const isWhole = hasOccupation && firstOf(view, cursor.end, end) === end;
  const occupation = isWhole ? cursor.value : Number.NaN;
  const text = Number.isNaN(occupation + energyEv)
    ? latin1(view, start, Math.min(end, start + MAXIMUM_LINE_BYTES))
    : '';
  return { kind: 'band', start: base + start, end: base + end, number, energyEv, occupation, text };
}

function headingLine(heading: RegExpExecArray, start: number, end: number): HeadingLine {
  const [, spin, digits] = heading;
  const number = digits?.startsWith('*') === false ? Number(digits) : Number.NaN;
  const text = digits === undefined ? heading.input : '';
  return { kind: spin === undefined ? 'kpoint' : 'spin', start, end, number, text };
}

function firstOf(view: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && view[at] === BLANK) at += 1;
  return at;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

function latin1(view: Uint8Array, start: number, end: number): string {
  return Buffer.from(view.subarray(start, end)).toString('latin1');
}
