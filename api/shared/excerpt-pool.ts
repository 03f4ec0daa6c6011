/** Excerpts from files, read in a thread, within a time, and only so many at once. */
import { Piscina } from 'piscina';
import { THREAD_HANDLER } from '../../reading/thread-handler.ts';
import { Problem, tryLater } from '../problem.ts';
import type { ExcerptReading, ExcerptTask } from './read-excerpt.ts';

export interface ExcerptPool {
  /** Throws 503 when too many wait, 422 when it takes too long. */
  readonly read: (task: ExcerptTask) => Promise<ExcerptReading>;
  readonly close: () => Promise<void>;
}

const WAITING = 32;
const LONGEST_SECONDS = 60;
const BUSY_RETRY_SECONDS = 2;

export function openExcerptPool(): ExcerptPool {
  let pool: Piscina | undefined;
  const opened = (): Piscina => {
    pool ??= new Piscina({
      filename: threadFile(),
      name: THREAD_HANDLER,
      minThreads: 0,
      maxThreads: 1,
      maxQueue: WAITING,
    });
    return pool;
  };
  return {
    read: async (task) => {
      const threads = opened();
      if (threads.queueSize >= WAITING) {
        throw tryLater(503, 'excerpts-busy', 'too many excerpts wait', BUSY_RETRY_SECONDS);
      }
      const signal = AbortSignal.timeout(LONGEST_SECONDS * 1000);
      try {
        return (await threads.run(task, { signal })) as ExcerptReading; // what the thread's code returns
      } catch (error) {
        if (!signal.aborted) throw error;
        throw new Problem(422, 'excerpt-too-long', `the file could not be read within ${LONGEST_SECONDS} s`);
      }
    },
    close: async () => pool?.destroy(),
  };
}

/** Threads run from the built program, also when the sources are run. */
function threadFile(): string {
  const inSources = import.meta.url.endsWith('.ts');
  return new URL(inSources ? '../../dist/api/shared/excerpt-thread.js' : './excerpt-thread.js', import.meta.url).href;
}
