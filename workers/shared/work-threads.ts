/**
 * The threads of one worker process: some that parse, two for the other stages. They live as long as the process;
 * starting one costs more than parsing a small folder.
 *
 * The main thread must stay free: a queue takes a job away from a worker that does not renew its lock in time. It renews
 * the lock of a thread that hangs as well, so that only a limit ends such a job.
 */
import { Piscina } from 'piscina';
import { AdatomError } from '../../model/errors.ts';
import { THREAD_HANDLER } from '../../reading/thread-handler.ts';
import type { FolderReading, FolderReadTask } from './read-folder-thread.ts';
import type { StageName, StageResults, StageTasks } from './stage-thread.ts';
import { answered, type ThreadAnswer } from './thread-answer.ts';

export interface WorkThreads {
  readonly parseThreads: number;
  readonly readFolder: (task: FolderReadTask) => Promise<FolderReading>;
  readonly runStage: <S extends StageName>(stage: S, task: StageTasks[S]) => Promise<StageResults[S]>;
  readonly close: () => Promise<void>;
}

const STAGE_THREADS = 2;
const STAGE_IDLE_MS = 30_000;

/** A task that takes longer than `limitSeconds` is given up, and its thread ended. */
export function openWorkThreads(parseThreads: number, limitSeconds: number): WorkThreads {
  const parsing = openThreads('./read-folder-thread.js', { least: 1, most: parseThreads, limitSeconds });
  const stages = openThreads('./stage-thread.js', { least: 0, most: STAGE_THREADS, limitSeconds });
  return {
    parseThreads,
    // `as`: what the threads' code returns.
    readFolder: async (task) => answered((await parsing.run(task)) as ThreadAnswer<FolderReading>),
    runStage: async <S extends StageName>(stage: S, task: StageTasks[S]) =>
      answered((await stages.run({ stage, task })) as ThreadAnswer<StageResults[S]>),
    close: async () => {
      await Promise.all([parsing.close(), stages.close()]);
    },
  };
}

interface Threads {
  readonly run: (task: unknown) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

interface ThreadOptions {
  readonly least: number;
  readonly most: number;
  readonly limitSeconds: number;
}

/** Tasks wait here and not in the pool, so that their time counts from when a thread has them. */
function openThreads(file: string, { least, most, limitSeconds }: ThreadOptions): Threads {
  const pool = new Piscina({
    filename: new URL(file, import.meta.url).href,
    name: THREAD_HANDLER,
    minThreads: least,
    maxThreads: most,
    idleTimeout: STAGE_IDLE_MS,
  });
  const waiting: (() => void)[] = [];
  let free = most;

  async function run(task: unknown): Promise<unknown> {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), 1000 * limitSeconds);
    try {
      return await pool.run(task, { signal: limit.signal });
    } catch (error) {
      if (!limit.signal.aborted) throw error;
      throw new AdatomError('unanswerable', `not done within ${limitSeconds} s, the longest that a job may take`);
    } finally {
      clearTimeout(timer);
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  }

  return { run, close: () => pool.destroy() };
}
