/**
 * Reads many files at once, one file per thread at a time.
 *
 * Threads cost some forty milliseconds to start, so a few small files are read without any, and so is a single one: two
 * threads parsing one file were measured to be no faster than one, while hashing it beside takes no time of its own.
 */
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Piscina } from 'piscina';
import { isSystemError } from '../intake/system-error.ts';
import { type FileReading, type ReadOptions, readRecord } from './read-record.ts';
import { THREAD_HANDLER } from './thread-handler.ts';

export interface ParseTask {
  readonly paths: readonly string[];
  readonly options: ReadOptions;
}

export interface ParsePool {
  readonly threads: number;
  /** Reads the files of one task, in their order. */
  readonly read: (task: ParseTask) => Promise<readonly FileReading[]>;
  readonly close: () => Promise<void>;
}

const FEW_FILES = 4;
const SMALL_BYTES = 32 * 1024 * 1024;
/** While the only thread parses, Ctrl-C has to wait: some seconds for this size. */
const LARGEST_ALONE_BYTES = 4 * 1024 ** 3;
const GROUP_FILES = 32;
const GROUP_BYTES = 4 * 1024 * 1024;

/** `paths`: all that will be read, to choose between threads and none. Default: a thread per core. */
export function openParsePool(paths: readonly string[], threads = availableParallelism()): ParsePool {
  const sizes = paths.length <= FEW_FILES ? paths.map(sizeOf) : [];
  const alone = paths.length === 1 && (sizes[0] ?? 0) <= LARGEST_ALONE_BYTES;
  if (alone) return poolWithoutThreads(threads > 1 ? 'beside' : 'before');
  const few = paths.length <= FEW_FILES && sizes.every((size) => size <= SMALL_BYTES);
  return few ? poolWithoutThreads('before') : poolOfThreads(Math.min(threads, paths.length));
}

/** Tasks for all files, in their order: small files travel together, because a message costs as much as reading one. */
export function* groupedTasks(paths: readonly string[], options: ReadOptions): Generator<ParseTask> {
  let group: string[] = [];
  let groupBytes = 0;
  for (const path of paths) {
    group.push(path);
    groupBytes += sizeOf(path);
    if (group.length < GROUP_FILES && groupBytes < GROUP_BYTES) continue;
    yield { paths: group, options };
    group = [];
    groupBytes = 0;
  }
  if (group.length > 0) yield { paths: group, options };
}

/** Readings in the order of the tasks, while at most a few tasks per thread are under way. */
export async function* readInOrder(
  pool: ParsePool,
  tasks: Iterable<ParseTask>,
): AsyncGenerator<readonly FileReading[]> {
  const underWay: Promise<readonly FileReading[]>[] = [];
  for (const task of tasks) {
    const reading = pool.read(task);
    // Failures surface when their turn comes; until then they must not count as unhandled.
    reading.catch(() => undefined);
    underWay.push(reading);
    if (underWay.length < AHEAD_PER_THREAD * pool.threads) continue;
    const next = underWay.shift();
    if (next !== undefined) yield await next;
  }
  for (const next of underWay) yield await next;
}

/** Enough to keep the threads busy while the oldest task is the slowest one; what is ready waits in memory. */
const AHEAD_PER_THREAD = 4;

/** 0 for what cannot be looked at: reading it will tell what is wrong. */
function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch (error) {
    if (isSystemError(error)) return 0;
    throw error;
  }
}

function poolWithoutThreads(hash: 'beside' | 'before'): ParsePool {
  let previous: Promise<unknown> = Promise.resolve();
  const read = async ({ paths, options }: ParseTask): Promise<readonly FileReading[]> => {
    const readings: FileReading[] = [];
    for (const path of paths) readings.push(await readRecord(path, { hash, ...options }));
    return readings;
  };
  return {
    threads: 1,
    // One after another: open files and memory stay bounded.
    read: (task) => {
      const reading = previous.then(() => read(task));
      previous = reading.catch(() => undefined);
      return reading;
    },
    close: async () => undefined,
  };
}

function poolOfThreads(threads: number): ParsePool {
  let pool: Promise<Piscina> | undefined;
  const start = async (): Promise<Piscina> => {
    const { Piscina: Pool } = await import('piscina');
    const filename = new URL('./parse-thread.js', import.meta.url).href;
    return new Pool({ filename, name: THREAD_HANDLER, minThreads: threads, maxThreads: threads });
  };
  return {
    threads,
    read: async (task) => {
      pool ??= start();
      // `as`: what the thread's code returns.
      return (await (await pool).run(task)) as readonly FileReading[];
    },
    close: async () => {
      if (pool !== undefined) await (await pool).destroy();
    },
  };
}
