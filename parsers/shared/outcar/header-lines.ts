/**
 * The whole lines of a header, read in pieces: a file of gigabytes without any iteration costs no more memory than one
 * piece. A line without end mark is torn and not given; a line longer than any of VASP's is skipped.
 */
import type { ByteScanner } from '../byte-scanner.ts';

const PIECE_BYTES = 64 * 1024;
const CARRIAGE_RETURN = '\r';

/** Calls `take` with every line that begins and ends in [from, to) and with its offset. Latin-1: indices are byte offsets. */
export function forEachLine(
  scanner: ByteScanner,
  from: number,
  to: number,
  take: (line: string, offset: number) => void,
): void {
  let start = from;
  while (start < to) {
    const text = scanner.text(start, Math.min(to, start + PIECE_BYTES));
    let at = 0;
    let newline = text.indexOf('\n');
    while (newline >= 0) {
      const end = newline > at && text[newline - 1] === CARRIAGE_RETURN ? newline - 1 : newline;
      take(text.slice(at, end), start + at);
      at = newline + 1;
      newline = text.indexOf('\n', at);
    }
    // No line end in a whole piece: the line is too long to be one.
    start = at > 0 ? start + at : scanner.line(start, to).next;
  }
}
