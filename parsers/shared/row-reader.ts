/**
 * Rows of a table of numbers in a file of any size, as bytes; or as text where a header asks for it.
 *
 * The mistake avoided here: a string per row, which costs more than its numbers. A program writes all rows of a table
 * alike, so a last row without line end counts only when it is as long as the row before it: a shorter one is torn.
 */
import type { ByteSource } from '../../model/byte-source.ts';
import { ByteScanner } from './byte-scanner.ts';
import { type NumberCursor, readNumber } from './fortran-number.ts';
import type { LineReader, TextLine } from './line-reader.ts';
import type { ParseOptions } from './parser.ts';

/** Longer than the rows of any table; longer lines are found too, but slower. */
const USUAL_ROW_BYTES = 512;
const MAX_LINE_BYTES = 1024 * 1024;
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;

export interface RowReader extends LineReader {
  readonly scanner: ByteScanner;
  /** The next row without its end mark, valid until the next call; undefined at the end of the file. */
  readonly row: () => Uint8Array | undefined;
  /** Hands the row read last out once more. */
  readonly back: () => void;
  /** Offset of the row read last, of the byte behind its text, and its number from 1. */
  readonly start: () => number;
  readonly end: () => number;
  readonly lineNumber: () => number;
  /** Whether the row read last has its end, or is as long as the one before it. */
  readonly isWhole: () => boolean;
}

export function rowReader(source: ByteSource, options: ParseOptions = {}): RowReader {
  const scanner = new ByteScanner(source, options.windowBytes);
  let [start, end, following, previousLength, number] = [0, 0, 0, -1, 0];
  let terminated = true;
  const row = (): Uint8Array | undefined => {
    if (following >= scanner.sizeBytes) return undefined;
    previousLength = end - start;
    start = following;
    number += 1;
    const view = scanner.bytes(start, start + USUAL_ROW_BYTES);
    const newline = view.indexOf(NEWLINE);
    if (newline >= 0) {
      const length = newline > 0 && view[newline - 1] === CARRIAGE_RETURN ? newline - 1 : newline;
      [end, following, terminated] = [start + length, start + newline + 1, true];
      return view.subarray(0, length);
    }
    const line = scanner.line(start);
    [end, following, terminated] = [line.end, line.next, line.terminated];
    // A carriage return at the end of the file is half of a line end: what stands before it is whole.
    if (!terminated && scanner.byte(end - 1) === CARRIAGE_RETURN) [end, terminated] = [end - 1, true];
    return end - start > MAX_LINE_BYTES ? EMPTY : scanner.bytes(start, end);
  };
  const last = (): TextLine | undefined => {
    if (number === 0) return undefined;
    const text = end - start > MAX_LINE_BYTES ? '' : scanner.text(start, end);
    return { text, number, start, end, terminated };
  };
  return {
    scanner,
    row,
    next: () => (row() === undefined ? undefined : last()),
    last,
    back: () => {
      following = start;
      end = start + Math.max(0, previousLength);
      number -= 1;
    },
    start: () => start,
    end: () => end,
    lineNumber: () => number,
    isWhole: () => terminated || end - start === previousLength,
  };
}

const EMPTY = new Uint8Array(0);

export function isBlankRow(row: Uint8Array): boolean {
  return row.every((byte) => byte === 32 || byte === 9);
}

/**
 * The numbers of a row, written to `target`; returns how many fields there are, which may be more than `target` holds.
 * A field that is no number is NaN.
 */
export function readRow(row: Uint8Array, target: Float64Array): number {
  const cursor: NumberCursor = { end: 0, value: 0 };
  let fields = 0;
  while (fields <= target.length && readNumber(row, cursor.end, row.length, cursor)) {
    if (fields < target.length) target[fields] = cursor.value;
    fields += 1;
  }
  return fields;
}
