/**
 * Hash and lines of a whole file, in one pass over its bytes; of a large file in a thread of its own, while another one
 * parses it.
 *
 * OpenSSL hashes a gigabyte in 0.65 s, which is as long as parsing it takes. Two threads on one file were measured to be
 * no faster than one for parsing; hashing beside it costs nothing where a processor is free.
 */
import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import { COUNTER_WINDOW_BYTES, newlineCounter } from './newline-counter.ts';

/** Of the file as it is stored (compressed, if it is). */
export interface ContentIdentity {
  readonly sha256: string;
  readonly bytes: number;
}

/** How many newlines stand before each block of a file: a line number is then found by reading one block. */
export interface LineCheckpoints {
  readonly blockBytes: number;
  readonly newlinesBefore: Float64Array;
}

export interface FileDigest {
  readonly identity: ContentIdentity;
  readonly lines: LineCheckpoints;
}

export interface DigestTask {
  readonly descriptor: number;
  /** What is appended to the file meanwhile belongs to the next look at it. */
  readonly sizeBytes: number;
}

const WINDOWS_PER_BLOCK = 4;
const BLOCK_BYTES = WINDOWS_PER_BLOCK * COUNTER_WINDOW_BYTES;

export function digestOf({ descriptor, sizeBytes }: DigestTask): FileDigest {
  const hash = createHash('sha256');
  const { window, count } = newlineCounter();
  const newlinesBefore = new Float64Array(Math.ceil(sizeBytes / BLOCK_BYTES));
  let newlines = 0;
  let bytes = 0;
  while (bytes < sizeBytes) {
    if (bytes % BLOCK_BYTES === 0) newlinesBefore[bytes / BLOCK_BYTES] = newlines;
    // Never across the start of a block, also after a short read.
    const wanted = Math.min(window.length - (bytes % window.length), sizeBytes - bytes);
    const length = readSync(descriptor, window, 0, wanted, bytes);
    if (length === 0) break;
    hash.update(window.subarray(0, length));
    newlines += count(0, length);
    bytes += length;
  }
  const identity = { sha256: hash.digest('hex'), bytes };
  // A file that was cut meanwhile has fewer blocks.
  const lines = { blockBytes: BLOCK_BYTES, newlinesBefore: newlinesBefore.subarray(0, Math.ceil(bytes / BLOCK_BYTES)) };
  return { identity, lines };
}

/** The descriptor must stay open until the answer is there. */
export function digestInThread(task: DigestTask): Promise<FileDigest> {
  return new Promise((resolve) => {
    const thread = new Worker(new URL('./file-digest-thread.js', import.meta.url), {
      workerData: task,
      env: SHARE_ENV,
      execArgv: [],
    });
    thread.once('message', resolve);
    // No thread, or one that failed: the same work is done here, and fails here if it must.
    thread.once('error', () => resolve(new Promise((retry) => retry(digestOf(task)))));
  });
}
