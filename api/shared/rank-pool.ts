/**
 * Rankings that are computed for one request: in a thread, within a time, and only a few at once. A profile that asks
 * for a million draws over thousands of candidates would otherwise stop every other request.
 */
import { Piscina } from 'piscina';
import type { Ranking } from '../../model/ranking.ts';
import type { Candidate } from '../../model/system.ts';
import type { RankOptions } from '../../pipeline/rank-screening.ts';
import { THREAD_HANDLER } from '../../reading/thread-handler.ts';
import { Problem, tryLater } from '../problem.ts';
import type { ApiLimits } from './limits.ts';

export interface RankTask {
  readonly candidates: readonly Candidate[];
  readonly options: RankOptions;
}

export interface RankPool {
  /** Throws 503 when too many wait, 422 when it takes too long. */
  readonly rank: (task: RankTask) => Promise<Ranking>;
  readonly close: () => Promise<void>;
}

const BUSY_RETRY_SECONDS = 5;

export function openRankPool({ whatIfSeconds, whatIfWaiting }: ApiLimits): RankPool {
  let pool: Piscina | undefined;
  const opened = (): Piscina => {
    pool ??= new Piscina({
      filename: threadFile(),
      name: THREAD_HANDLER,
      minThreads: 0,
      maxThreads: 1,
      maxQueue: whatIfWaiting,
    });
    return pool;
  };
  return {
    rank: async (task) => {
      const threads = opened();
      if (threads.queueSize >= whatIfWaiting) {
        throw tryLater(503, 'what-if-busy', 'too many what-if rankings wait', BUSY_RETRY_SECONDS);
      }
      const signal = AbortSignal.timeout(whatIfSeconds * 1000);
      try {
        return (await threads.run(task, { signal })) as Ranking; // what the thread's code returns
      } catch (error) {
        if (!signal.aborted) throw error;
        throw new Problem(
          422,
          'what-if-too-long',
          `the ranking took longer than ${whatIfSeconds} s; request a kept one`,
        );
      }
    },
    close: async () => pool?.destroy(),
  };
}

/** Threads run from the built program, also when the sources are run. */
function threadFile(): string {
  const inSources = import.meta.url.endsWith('.ts');
  return new URL(inSources ? '../../dist/api/shared/rank-thread.js' : './rank-thread.js', import.meta.url).href;
}
