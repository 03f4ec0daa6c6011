/**
 * The whole lines behind a title, one after the other, for blocks that are small and read once.
 *
 * The mistake avoided here: a number at the end of a line that the end of the file cuts looks whole, so a torn line is
 * never handed out.
 */
import type { ByteScanner } from '../byte-scanner.ts';
import { boundedLine } from './labelled-value.ts';

export interface TextLine {
  readonly text: string;
  /** [start, end) of the text in the file. */
  readonly start: number;
  readonly end: number;
}

/** The lines from `from`, the start of a line, to `to`; they end before a line that is torn or longer than any of VASP's. */
export function* textLines(scanner: ByteScanner, from: number, to: number): Generator<TextLine> {
  let start = from;
  while (start < to) {
    const line = boundedLine(scanner, start, to);
    if (!line.terminated) return;
    yield { text: scanner.text(line.start, line.end), start: line.start, end: line.end };
    start = line.next;
  }
}

/** The lines behind the one in which `at` stands. */
export function linesBehind(scanner: ByteScanner, at: number, to: number): Generator<TextLine> {
  return textLines(scanner, boundedLine(scanner, at, to).next, to);
}
