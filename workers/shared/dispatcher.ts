/**
 * Sees to it that the queue holds a job for everything that the store says is unfinished.
 *
 * The store is the truth: a queue that was emptied, or that lost its last second, is filled again from it. Several
 * workers do this at the same time without knowing of each other, because a job that is there already stays as it is.
 */
import type { Log } from '../../model/log.ts';
import type { StoredScreening } from '../../model/service.ts';
import type { Store, UnfinishedWork } from '../../store/store.ts';
import { takeUpLetters } from './dead-letters.ts';
import { jobId, type QueuedJob } from './job-id.ts';
import type { JobQueue } from './job-queue.ts';
import { openOutageLog } from './outage-log.ts';

export interface Dispatcher {
  readonly close: () => Promise<void>;
}

const POLL_MS = 1000;
/** After this long a job is added again, in case the queue has lost it. */
const REPEAT_MS = 5000;
const LIMIT = 1000;

export function startDispatcher(store: Store, queue: JobQueue, log: Log): Dispatcher {
  const outage = openOutageLog('dispatching', log);
  const added = new Map<string, number>();
  let closed = false;
  let again = false;
  let running: Promise<void> | undefined;

  async function addOnce(jobs: readonly QueuedJob[]): Promise<void> {
    const now = Date.now();
    for (const [id, at] of added) if (now - at >= REPEAT_MS) added.delete(id);
    const fresh = jobs.filter((job) => !added.has(`${job.name} ${jobId(job)}`));
    if (fresh.length > 0) await queue.add(fresh);
    for (const job of fresh) added.set(`${job.name} ${jobId(job)}`, now);
  }

  async function pass(): Promise<void> {
    await takeUpLetters(store);
    // Counted first: folders only become fewer in the meantime, so that a queue with fewer jobs has lost some.
    const parseJobs = await queue.count('parse-calculation');
    const unfinished = await store.work.unfinished(LIMIT);
    const waiting = unfinished.reduce((sum, { screening }) => sum + waitingFolders(screening), 0);
    await addOnce(neededJobs(unfinished, waiting > parseJobs));
  }

  /** One pass at a time; whoever calls during one gets another one after it. */
  function wake(): void {
    again = true;
    running ??= (async () => {
      while (again && !closed) {
        again = false;
        await outage.watch(pass);
      }
      running = undefined;
    })();
  }

  // Not waited for: while the database is away that would hold up the start, and the end. It fails when the store closes.
  const listening = store.work.onNewWork(wake).catch(() => undefined);
  const timer = setInterval(wake, POLL_MS);
  wake();
  return {
    close: async () => {
      closed = true;
      clearInterval(timer);
      void listening.then((stop) => stop?.());
      await running;
    },
  };
}

function waitingFolders({ state, folders }: StoredScreening): number {
  return state === 'parsing' ? folders.waiting : 0;
}

function neededJobs(unfinished: readonly UnfinishedWork[], hasLostFolders: boolean): QueuedJob[] {
  const places = new Map<string, number>();
  return unfinished.flatMap(({ screening, rankings }) => {
    const place = (places.get(screening.project) ?? 0) + 1;
    places.set(screening.project, place);
    const wanted: QueuedJob[] = rankings.map(({ id, generation }) => ({
      name: 'rank-screening',
      payload: { screening: screening.id, generation, ranking: id },
    }));
    const next = nextJob(screening, { place, hasLostFolders });
    return next === undefined ? wanted : [...wanted, next];
  });
}

interface Situation {
  /** Of the screening in the line of its project: nobody's hundredth comes before another's first. */
  readonly place: number;
  readonly hasLostFolders: boolean;
}

/** Undefined when it is final, or its folders are being parsed as they should. */
function nextJob(screening: StoredScreening, { place, hasLostFolders }: Situation): QueuedJob | undefined {
  const payload = { screening: screening.id, generation: screening.generation };
  switch (screening.state) {
    case 'queued':
    case 'discovering':
      return { name: 'discover-folders', payload, priority: place };
    case 'parsing':
      if (screening.folders.waiting === 0) return { name: 'assemble-screening', payload };
      return hasLostFolders ? { name: 'discover-folders', payload, priority: place } : undefined;
    case 'assembling':
      return { name: 'assemble-screening', payload };
    case 'describing':
    case 'ranking':
      return { name: 'describe-screening', payload };
    default:
      return undefined;
  }
}
