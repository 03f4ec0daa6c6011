/** Line numbers of byte offsets, all in one pass over the bytes before the last of them. */
import type { ByteSource } from '../model/byte-source.ts';

const WINDOW_BYTES = 128 * 1024;
const NEWLINE = 10;

/** Offset → line, counted from 1. */
export function lineNumbers(source: ByteSource, offsets: readonly number[]): ReadonlyMap<number, number> {
  const sorted = [...new Set(offsets)].sort((a, b) => a - b);
  const lines = new Map<number, number>();
  const window = Buffer.allocUnsafe(WINDOW_BYTES);
  let windowStart = 0;
  let line = 1;
  let next = 0;
  while (next < sorted.length) {
    const count = source.read(window, windowStart);
    const bytes = window.subarray(0, count);
    let counted = 0;
    for (let offset = sorted[next]; offset !== undefined && offset <= windowStart + count; offset = sorted[next]) {
      line += newlinesIn(bytes, counted, offset - windowStart);
      counted = offset - windowStart;
      lines.set(offset, line);
      next += 1;
    }
    line += newlinesIn(bytes, counted, count);
    windowStart += count;
    if (count === 0) break;
  }
  return lines;
}

function newlinesIn(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE, from); at >= 0 && at < to; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}
