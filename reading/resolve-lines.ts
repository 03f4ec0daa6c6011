/**
 * Line numbers of byte offsets: all in one pass over the bytes before the last of them, or, where the newlines before
 * each block of the file are known, from the blocks in which the offsets lie.
 */
import type { LineCheckpoints } from '../intake/file-digest.ts';
import { type NewlineCounter, newlineCounter, scalarCounter } from '../intake/newline-counter.ts';
import type { ByteSource } from '../model/byte-source.ts';

/** Offset → line, counted from 1. An offset beyond the end of the file has none. */
export function lineNumbers(
  source: ByteSource,
  offsets: readonly number[],
  checkpoints?: LineCheckpoints,
): ReadonlyMap<number, number> {
  const lines = new Map<number, number>();
  if (offsets.length === 0) return lines;
  const sorted = [...new Set(offsets)].sort((a, b) => a - b);
  const counter = source.sizeBytes > WORTH_VECTORS_BYTES ? newlineCounter() : scalarCounter();
  const walk: Walk = { source, counter, start: 0, length: 0, counted: 0, line: 1 };
  for (const offset of sorted) {
    if (checkpoints !== undefined) skipTo(walk, offset, checkpoints);
    if (!countTo(walk, offset)) break;
    lines.set(offset, walk.line);
  }
  return lines;
}

/** WebAssembly takes a tenth of a millisecond to begin. */
const WORTH_VECTORS_BYTES = 256 * 1024;

interface Walk {
  readonly source: ByteSource;
  readonly counter: NewlineCounter;
  /** The bytes in the counter's window. */
  start: number;
  length: number;
  /** Up to here, from `start` on, newlines are in `line`. */
  counted: number;
  line: number;
}

/** Goes on with the block of the offset when that lies ahead. */
function skipTo(walk: Walk, offset: number, { blockBytes, newlinesBefore }: LineCheckpoints): void {
  const block = Math.min(Math.floor(offset / blockBytes), newlinesBefore.length - 1);
  const newlines = newlinesBefore[block];
  if (newlines === undefined || block * blockBytes <= walk.start + walk.counted) return;
  walk.start = block * blockBytes;
  walk.length = 0;
  walk.counted = 0;
  walk.line = 1 + newlines;
}

/** Whether there is such an offset. */
function countTo(walk: Walk, offset: number): boolean {
  const { source, counter } = walk;
  while (offset > walk.start + walk.length) {
    walk.line += counter.count(walk.counted, walk.length);
    walk.start += walk.length;
    walk.length = source.read(counter.window, walk.start);
    walk.counted = 0;
    if (walk.length === 0) return false;
  }
  walk.line += counter.count(walk.counted, offset - walk.start);
  walk.counted = offset - walk.start;
  return true;
}
