/**
 * Lines of a small text file, one after the other, with their numbers and byte offsets.
 *
 * The mistake avoided here: reading a "small" file whole. A file of gigabytes that is only named POSCAR costs one window
 * of memory, and a line longer than any real one is handed out empty, so that no number is cut in two.
 */
import type { ByteSource } from '../../model/byte-source.ts';
import type { Place } from '../../model/calculation.ts';
import type { Where } from '../../model/issues.ts';
import { ByteScanner } from './byte-scanner.ts';
import { type NumberCursor, readNumber } from './fortran-number.ts';
import type { ParseOptions } from './parser.ts';

const MAX_LINE_BYTES = 1024 * 1024;
/** How far a file is searched for the zero bytes that no text has. */
const BINARY_CHECK_BYTES = 4096;

export interface TextLine {
  /** Latin-1, so that its indices are byte offsets; without the line end. */
  readonly text: string;
  /** Counts from 1. */
  readonly number: number;
  /** First byte of the line, and the byte behind its text. */
  readonly start: number;
  readonly end: number;
  /** False for a last line without line end: it may be torn. */
  readonly terminated: boolean;
}

export interface LineReader {
  /** The next line each time it is called; undefined at the end of the file. */
  readonly next: () => TextLine | undefined;
  /** The line that was handed out last. */
  readonly last: () => TextLine | undefined;
}

export function lineReader(source: ByteSource, options: ParseOptions = {}): LineReader {
  const scanner = new ByteScanner(source, options.windowBytes);
  let at = 0;
  let last: TextLine | undefined;
  const next = (): TextLine | undefined => {
    if (at >= scanner.sizeBytes) return undefined;
    const line = scanner.line(at);
    at = line.next;
    const text = line.end - line.start > MAX_LINE_BYTES ? '' : scanner.text(line.start, line.end);
    // A carriage return at the end of the file is half of a line end: what stands before it is whole.
    const halfEnd = !line.terminated && text.endsWith('\r');
    last = {
      text: halfEnd ? text.slice(0, -1) : text,
      number: (last?.number ?? 0) + 1,
      start: line.start,
      end: halfEnd ? line.end - 1 : line.end,
      terminated: line.terminated || halfEnd,
    };
    return last;
  };
  return { next, last: () => last };
}

/** Why the bytes cannot be a text file; undefined when they can. */
export function notText(source: ByteSource): string | undefined {
  if (source.sizeBytes === 0) return 'the file is empty';
  const scanner = new ByteScanner(source, BINARY_CHECK_BYTES);
  return scanner.bytes(0, BINARY_CHECK_BYTES).includes(0) ? 'binary bytes where text was expected' : undefined;
}

export function whereOf(line: TextLine): Where {
  return { line: line.number, byteOffset: line.start };
}

/** From the start of one line to the end of the text of another. */
export function placeOf(first: TextLine, last: TextLine = first): Place {
  return { byteOffset: first.start, byteLength: last.end - first.start, line: first.number };
}

/** The text before a comment (`!` or `#`). */
export function withoutComment(text: string): string {
  const mark = text.search(/[!#]/);
  return mark < 0 ? text : text.slice(0, mark);
}

export interface LeadingNumbers {
  readonly values: readonly number[];
  /** [start, end) of each value in the text. */
  readonly spans: readonly (readonly [start: number, end: number])[];
  /** What stands behind the last value. */
  readonly rest: string;
}

/** Numbers at the beginning of the text, at most `count`; they end before the first field that is none. */
export function leadingNumbers(text: string, count: number): LeadingNumbers {
  // Fortran's list-directed reading takes commas for blanks.
  const bytes = Buffer.from(text.includes(',') ? text.replaceAll(',', ' ') : text, 'latin1');
  const cursor: NumberCursor = { end: 0, value: 0 };
  const values: number[] = [];
  const spans: (readonly [number, number])[] = [];
  let behind = 0;
  while (values.length < count && readNumber(bytes, cursor.end, bytes.length, cursor) && !Number.isNaN(cursor.value)) {
    let start = behind;
    while (bytes[start] === 32 || bytes[start] === 9) start += 1;
    values.push(cursor.value);
    spans.push([start, cursor.end]);
    behind = cursor.end;
  }
  return { values, spans, rest: text.slice(behind) };
}

/** What a message shows of a line: trimmed and not too long. */
export function quoted(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > 60 ? `"${trimmed.slice(0, 60)}…"` : `"${trimmed}"`;
}
