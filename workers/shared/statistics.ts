/** How many jobs of each kind ended how, and how long they took; told to the store every few seconds. */
import type { JobName } from '../../model/job.ts';
import type { Log } from '../../model/log.ts';
import type { JobStatistic, Store } from '../../store/store.ts';

export interface Statistics {
  readonly note: (statistic: Omit<JobStatistic, 'count'>) => void;
  /** Tells what is left and stops. */
  readonly close: () => Promise<void>;
}

const INTERVAL_MS = 3000;

export function openStatistics(store: Store, log: Log): Statistics {
  let sums = new Map<`${JobName} ${JobStatistic['outcome']}`, JobStatistic>();
  let telling: Promise<void> = Promise.resolve();

  function note({ job, outcome, seconds, bytes }: Omit<JobStatistic, 'count'>, count = 1): void {
    const sum = sums.get(`${job} ${outcome}`) ?? { job, outcome, count: 0, seconds: 0, bytes: 0 };
    sums.set(`${job} ${outcome}`, {
      ...sum,
      count: sum.count + count,
      seconds: sum.seconds + seconds,
      bytes: sum.bytes + bytes,
    });
  }

  async function tell(): Promise<void> {
    if (sums.size === 0) return;
    const told = [...sums.values()];
    sums = new Map();
    try {
      await store.statistics.add(told);
    } catch (error) {
      // Told with the next ones; a count that is late harms nobody, a worker that ends does.
      log.debug({ error: String(error) }, 'statistics wait for the database');
      for (const statistic of told) note(statistic, statistic.count);
    }
  }

  const timer = setInterval(() => {
    telling = telling.then(tell);
  }, INTERVAL_MS);
  return {
    note,
    close: async () => {
      clearInterval(timer);
      await telling;
      await tell();
    },
  };
}
