/**
 * Lines from any place of a file that is otherwise read as a stream of numbers: heads of frames, lines between blocks.
 *
 * The mistake avoided here: a second scanner would read the bytes around each block twice.
 */
import type { ByteScanner } from '../byte-scanner.ts';
import type { LineReader, TextLine } from '../line-reader.ts';

/** A longer line is none of VASP's; it is handed out empty, so that no number of it is cut in two. */
const MAX_LINE_BYTES = 64 * 1024;

export interface LineCursor extends LineReader {
  /** Where the next line starts. */
  readonly at: () => number;
  /** Number of the next line, counted from 1. */
  readonly number: () => number;
}

/** Lines from `start` on, which is the start of line `number`. */
export function linesFrom(scanner: ByteScanner, start: number, number: number): LineCursor {
  let at = start;
  let next = number;
  let last: TextLine | undefined;
  return {
    at: () => at,
    number: () => next,
    last: () => last,
    next: () => {
      if (at >= scanner.sizeBytes) return undefined;
      const line = scanner.line(at);
      const text = line.end - line.start > MAX_LINE_BYTES ? '' : scanner.text(line.start, line.end);
      // A carriage return at the end of the file is half of a line end: what stands before it is whole.
      const halfEnd = !line.terminated && text.endsWith('\r');
      last = {
        text: halfEnd ? text.slice(0, -1) : text,
        number: next,
        start: line.start,
        end: halfEnd ? line.end - 1 : line.end,
        terminated: line.terminated || halfEnd,
      };
      at = line.next;
      next += 1;
      return last;
    },
  };
}
