/**
 * How many projected blocks stand behind the total density of states, and whether the last one is whole.
 *
 * Their numbers are not read: each begins with the same line as the first block, by which they are found, and has as
 * many rows.
 */
import { type ByteScanner, needle } from '../byte-scanner.ts';
import type { DoscarHead } from './head.ts';

export interface Projections {
  /** Whole blocks; all but the last one are taken to be whole. */
  readonly count: number;
  readonly isTorn: boolean;
  /** Where the last block begins, or where the first one should. */
  readonly lastStart: number;
}

/** Blocks behind `from`, the end of the total table; `rows` is the length of that table. */
export function countProjections(scanner: ByteScanner, head: DoscarHead, from: number, rows: number): Projections {
  const title = needle(`\n${head.text}`);
  let count = 0;
  let last = -1;
  for (let at = scanner.indexOf(title, from); at >= 0; at = scanner.indexOf(title, at + title.length)) {
    last = at;
    count += 1;
  }
  if (last < 0) return { count, isTorn: false, lastStart: from };
  const isTorn = wholeRows(scanner, scanner.line(last + 1).next, rows) < rows;
  return { count: isTorn ? count - 1 : count, isTorn, lastStart: last + 1 };
}

/** Rows from `start` on, at most `rows`; a last one without line end counts when it is as long as the one before it. */
function wholeRows(scanner: ByteScanner, start: number, rows: number): number {
  let length = -1;
  let at = start;
  for (let count = 0; count < rows; count += 1) {
    if (at >= scanner.sizeBytes) return count;
    const line = scanner.line(at);
    if (!line.terminated && line.end - line.start !== length) return count;
    length = line.end - line.start;
    at = line.next;
  }
  return rows;
}
