/**
 * Searches many pairs of lattices at once, a few pairs per message to a thread.
 *
 * A result travels as its JSON: that is what is kept for the next scan, so that a result looks the same whether it was
 * found now or before, and on whichever thread.
 */
import { setImmediate } from 'node:timers/promises';
import type { Piscina } from 'piscina';
import { findBestCoincidences } from '../../descriptors/shared/coincidence/find-coincidences.ts';
import type { CoincidenceLimits } from '../../model/coincidence.ts';
import type { PlaneLattice } from '../../model/plane-lattice.ts';
import { THREAD_HANDLER } from '../../reading/thread-handler.ts';

export interface MatchTask {
  readonly film: PlaneLattice;
  readonly substrates: readonly PlaneLattice[];
  readonly limits: CoincidenceLimits;
}

export interface MatchPool {
  /** So many tasks at once keep it busy. */
  readonly atOnce: number;
  /** JSON of the best matches with each substrate, in their order. */
  readonly search: (task: MatchTask) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

/** Threads cost some forty milliseconds to start, in which so many pairs are searched. */
const FEW_PAIRS = 64;

export function openMatchPool(pairs: number, threads: number): MatchPool {
  return pairs <= FEW_PAIRS ? poolWithoutThreads() : poolOfThreads(threads);
}

export function searchTask({ film, substrates, limits }: MatchTask): string[] {
  return substrates.map((substrate) => JSON.stringify(findBestCoincidences(film, substrate, limits)));
}

function poolWithoutThreads(): MatchPool {
  const search = async (task: MatchTask): Promise<string[]> => {
    // Ctrl-C is heard between two tasks.
    await setImmediate();
    return searchTask(task);
  };
  return { atOnce: 1, search, close: async () => undefined };
}

function poolOfThreads(threads: number): MatchPool {
  let pool: Promise<Piscina> | undefined;
  const start = async (): Promise<Piscina> => {
    const { Piscina: Pool } = await import('piscina');
    const filename = new URL('./match-thread.js', import.meta.url).href;
    return new Pool({ filename, name: THREAD_HANDLER, minThreads: threads, maxThreads: threads });
  };
  return {
    atOnce: 2 * threads,
    search: async (task) => {
      pool ??= start();
      // `as`: what the thread's code returns.
      return (await (await pool).run(task)) as readonly string[];
    },
    close: async () => {
      if (pool !== undefined) await (await pool).destroy();
    },
  };
}
