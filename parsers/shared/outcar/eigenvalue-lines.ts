/**
 * The lines of an eigenvalue section: ` spin component 1`, ` k-point     1 :  …`, `     17   2.3375   2.00000`.
 *
 * A section has megabytes, so its lines are taken from one view of the window at a time and no strings are made of rows.
 */
import type { ByteScanner } from '../byte-scanner.ts';
import { type NumberCursor, readNumber } from '../fortran-number.ts';

interface Span {
  /** [start, end) in the file. */
  readonly start: number;
  readonly end: number;
  readonly number: number;
}

export interface HeadingLine extends Span {
  readonly kind: 'spin' | 'kpoint';
}

export interface BandLine extends Span {
  readonly kind: 'band';
  /** NaN where the field is no number or the row has not just three. */
  readonly energyEv: number;
  readonly occupation: number;
  /** Of a damaged row, for the message. */
  readonly text: string;
}

export type EigenvalueLine = HeadingLine | BandLine;

const VIEW_BYTES = 64 * 1024;
/** No line of the section is longer. */
const MAXIMUM_LINE_BYTES = 256;
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const BLANK = 32;
const STAR = 42;
const ZERO = 48;
const NINE = 57;
const HEADING = /^ *(?:(spin component)|k-point) *(\d+|\*+)(?: *:.*)?\s*$/;
/** `add alpha+bet to get absolut eigen values`, `band No.  band energies     occupation`, ` Fermi energy: …`. */
const REMARK = /^ *(?:add alpha|band No\.|Fermi energy:)/;

/** The lines from `from` on, up to the first that belongs to something else; a torn line is not given. */
export function* eigenvalueLines(scanner: ByteScanner, from: number, to: number): Generator<EigenvalueLine> {
  let at = from;
  while (at < to) {
    const lines = linesOfView(scanner.bytes(at, Math.min(to, at + VIEW_BYTES)), at);
    yield* lines.lines;
    if (lines.isOver || lines.next === at) return;
    at = lines.next;
  }
}

/** The lines of one view; `isOver`: behind the last of them stands something else. */
function linesOfView(view: Uint8Array, base: number) {
  const lines: EigenvalueLine[] = [];
  const cursor: NumberCursor = { end: 0, value: 0 };
  let start = 0;
  let newline = view.indexOf(NEWLINE);
  while (newline >= 0) {
    const end = newline > start && view[newline - 1] === CARRIAGE_RETURN ? newline - 1 : newline;
    const first = firstOf(view, start, end);
    const byte = view[first];
    if (first < end && (byte === STAR || isDigit(byte))) lines.push(bandLine(view, first, end, base, cursor));
    else if (first < end) {
      const text = end - start > MAXIMUM_LINE_BYTES ? '' : latin1(view, start, end);
      const heading = HEADING.exec(text);
      if (heading !== null) lines.push(headingLine(heading, base + start, base + end));
      else if (!REMARK.test(text)) return { lines, next: base + start, isOver: true };
    }
    start = newline + 1;
    newline = view.indexOf(NEWLINE, start);
  }
  return { lines, next: base + start, isOver: false };
}

function bandLine(view: Uint8Array, start: number, end: number, base: number, cursor: NumberCursor): BandLine {
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
  const number = heading[2]?.startsWith('*') === false ? Number(heading[2]) : Number.NaN;
  return { kind: heading[1] === undefined ? 'kpoint' : 'spin', start, end, number };
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
