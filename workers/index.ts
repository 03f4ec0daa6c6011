/** The jobs of the service, and what runs them. */
import { availableParallelism } from 'node:os';
import type { QueueView } from '../model/job.ts';
import type { Log } from '../model/log.ts';
import type { ServiceSettings } from '../model/service-settings.ts';
import type { Store } from '../store/store.ts';
import { assembleScreening } from './assemble-screening.ts';
import { describeScreening } from './describe-screening.ts';
import { discoverFolders } from './discover-folders.ts';
import { parseCalculation } from './parse-calculation.ts';
import { rankScreening } from './rank-screening.ts';
import { startDispatcher } from './shared/dispatcher.ts';
import { openFolderWork } from './shared/folder-work.ts';
import { objectStorageWhenNeeded } from './shared/object-storage-when-needed.ts';
import { connectQueues, type QueueConnection } from './shared/queue-connection.ts';
import { openQueueWorker } from './shared/queue-worker.ts';
import { openQueues } from './shared/queues.ts';
import { openStatistics } from './shared/statistics.ts';
import { openWorkThreads } from './shared/work-threads.ts';

export interface WorkersOptions {
  readonly store: Store;
  readonly settings: ServiceSettings;
  /** Of the store; the queue lives there too when there is no Redis. */
  readonly databaseUrl: string;
  readonly log: Log;
  /** Parse threads; default: one per core. */
  readonly concurrency?: number;
}

export interface Workers {
  readonly queueView: QueueView;
  /** Takes no more jobs, lets those under way finish for some seconds, gives the others back. */
  readonly stop: () => Promise<void>;
}

const LONGEST_STOP_MS = 20_000;

/** Throws `transient`, with nothing left behind, when PostgreSQL goes away before the queues in it stand. */
export async function startWorkers(options: WorkersOptions): Promise<Workers> {
  const { store, settings, log } = options;
  const connection = await connectQueues(placeOf(options), log);
  const queues = openQueues(connection);
  const parseThreads = options.concurrency ?? settings.ADATOM_CONCURRENCY ?? availableParallelism();
  const threads = openWorkThreads(parseThreads, settings.ADATOM_JOB_SECONDS);
  const folders = openFolderWork(store, queues.jobs);
  const statistics = openStatistics(store, log);
  const objects = objectStorageWhenNeeded(settings);
  const limit = new AbortController();
  const jobsPerSecond = settings.ADATOM_JOBS_PER_SECOND;
  const surroundings = {
    connection,
    context: { store, settings, log, objects, threads, queue: queues.jobs, folders },
    statistics,
    limit: limit.signal,
    ...(jobsPerSecond !== undefined && { jobsPerSecond }),
  };
  const workers = [
    openQueueWorker(discoverFolders, surroundings),
    openQueueWorker(parseCalculation, surroundings),
    openQueueWorker(assembleScreening, surroundings),
    openQueueWorker(describeScreening, surroundings),
    openQueueWorker(rankScreening, surroundings),
  ];
  const stopWorking = async (): Promise<void> => {
    const timer = setTimeout(() => limit.abort(), LONGEST_STOP_MS);
    await Promise.all(workers.map((worker) => worker.stop()));
    clearTimeout(timer);
    await statistics.close();
    await threads.close();
    objects.close();
    await queues.close();
    await connection.close();
  };
  await readyOr(stopWorking, connection);
  for (const worker of workers) worker.run();
  const dispatcher = startDispatcher(store, queues.jobs, log);
  return {
    queueView: queues.view,
    stop: async () => {
      await dispatcher.close();
      await stopWorking();
    },
  };
}

async function readyOr(close: () => Promise<void>, connection: QueueConnection): Promise<void> {
  try {
    await connection.ready();
  } catch (error) {
    await close();
    throw error;
  }
}

/** The queue to look at, in a process that runs no jobs. Throws as `startWorkers` does. */
export async function openQueueView(
  options: Omit<WorkersOptions, 'store' | 'concurrency'>,
): Promise<{ readonly queueView: QueueView; readonly close: () => Promise<void> }> {
  const connection = await connectQueues(placeOf(options), options.log);
  const queues = openQueues(connection);
  const close = async (): Promise<void> => {
    await queues.close();
    await connection.close();
  };
  await readyOr(close, connection);
  return { queueView: queues.view, close };
}

function placeOf({ settings, databaseUrl }: Pick<WorkersOptions, 'settings' | 'databaseUrl'>) {
  const redisUrl = settings.REDIS_URL;
  return { databaseUrl, ...(redisUrl !== undefined && { redisUrl }) };
}
