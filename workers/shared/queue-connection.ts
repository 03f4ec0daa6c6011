/**
 * Where the queues live: on Redis when there is an address, else in PostgreSQL beside the results.
 *
 * A connection that is lost comes back by itself; commands wait for it. A Redis that may throw keys away, or that keeps
 * nothing over a restart, works too, because the store is the truth, but work is done again: that is worth a warning.
 */
import { createPostgresBackend, type Processor, Queue, Worker, type WorkerOptions } from 'bullmq';
import { Redis } from 'ioredis';
import type { JobName } from '../../model/job.ts';
import type { Log } from '../../model/log.ts';
import { databaseError } from '../../store/database-errors.ts';
import { ClientThatMayBreak } from '../../store/pool.ts';
import { openOutageLog } from './outage-log.ts';
import { pauseMs } from './retry-policy.ts';

export interface QueuePlace {
  readonly redisUrl?: string;
  readonly databaseUrl: string;
}

export interface QueueConnection {
  readonly open: (name: JobName) => Queue;
  /** Takes jobs once it is told to run. */
  readonly worker: (name: JobName, process: Processor, options: WorkingOptions) => Worker;
  /**
   * Resolves when all that was opened can be used; no worker may run before. Throws `transient` when PostgreSQL went away
   * meanwhile: BullMQ remembers for ever that the first connection failed, and a worker of it would ask for jobs without
   * a pause. Close it all and open it anew then.
   */
  readonly ready: () => Promise<void>;
  readonly ping: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface WorkingOptions {
  /** Jobs under way at once. */
  readonly concurrency: number;
  readonly limiter?: { readonly max: number; readonly duration: number };
}

/** All queues lie under this name. */
const PREFIX = 'adatom';
const SCHEMA = 'adatom_queue';

/** A worker that was killed gives its jobs up within LOCK + two looks. */
const LOCK_MS = 5000;
const LOOK_FOR_STALLED_MS = 2000;
/** A job may be in the hands of many workers that are killed; one that kills them itself must end. */
const MOST_STALLS = 50;

const WORKING = {
  lockDuration: LOCK_MS,
  lockRenewTime: LOCK_MS / 3,
  stalledInterval: LOOK_FOR_STALLED_MS,
  maxStalledCount: MOST_STALLS,
  runRetryDelay: 500,
  drainDelay: 2,
  autorun: false,
  settings: { backoffStrategy: pauseMs },
} as const satisfies Partial<WorkerOptions>;

export async function connectQueues(place: QueuePlace, log: Log): Promise<QueueConnection> {
  return place.redisUrl === undefined ? inPostgres(place.databaseUrl, log) : onRedis(place.redisUrl, log);
}

async function onRedis(redisUrl: string, log: Log): Promise<QueueConnection> {
  const outage = openOutageLog('redis', log);
  const connection = new Redis(redisUrl, {
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(50 * times, 1000),
  });
  connection.on('error', outage.failed);
  connection.on('ready', outage.succeeded);
  await warnOfLoss(connection, log);
  return {
    open: (name) => quiet(new Queue(name, { connection, prefix: PREFIX }), outage.failed),
    worker: (name, process, options) =>
      new Worker(name, process, { ...WORKING, ...options, connection, prefix: PREFIX }),
    // Commands wait for the one connection, however often it was lost.
    ready: async () => {},
    ping: async () => {
      await connection.ping();
    },
    close: async () => connection.disconnect(),
  };
}

async function warnOfLoss(connection: Redis, log: Log): Promise<void> {
  const [memory, persistence] = [await connection.info('memory'), await connection.info('persistence')];
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1];
  if (policy !== undefined && policy !== 'noeviction') {
    log.warn({ policy }, 'Redis may throw jobs away when its memory is full: set maxmemory-policy noeviction');
  }
  if (/^aof_enabled:0/m.test(persistence)) {
    log.warn({}, 'Redis keeps no append-only file: after a restart all waiting jobs are found again from the database');
  }
}

async function inPostgres(databaseUrl: string, log: Log): Promise<QueueConnection> {
  const outage = openOutageLog('queue in PostgreSQL', log);
  const connection = {
    connectionString: databaseUrl,
    schema: SCHEMA,
    connectionTimeoutMillis: 10_000,
    Client: ClientThatMayBreak,
  };
  const opened: Pick<Queue | Worker, 'waitUntilReady'>[] = [];
  const open = (name: JobName, migrate: boolean): Queue => {
    const options = { connection: { ...connection, max: 2, migrate } };
    // `as`: the same queue; which kind of server it lives on is a parameter of its type.
    const queue = quiet(new Queue(name, options, createPostgresBackend) as unknown as Queue, outage.failed);
    opened.push(queue);
    return queue;
  };
  const first = open('discover-folders', true);
  try {
    await first.waitUntilReady();
  } catch (error) {
    await first.close();
    throw databaseError(error);
  }
  return {
    open: (name) => open(name, false),
    worker: (name, process, options) => {
      const placed = { ...WORKING, ...options, connection: { ...connection, max: Math.min(options.concurrency, 6) } };
      // `as`: see above.
      const worker = new Worker(name, process, placed, createPostgresBackend) as unknown as Worker;
      opened.push(worker);
      return worker;
    },
    ready: async () => {
      const ends = await Promise.allSettled(opened.map((each) => each.waitUntilReady()));
      for (const end of ends) if (end.status === 'rejected') throw databaseError(end.reason);
    },
    ping: async () => {
      await first.getJobCounts('waiting');
    },
    close: () => first.close(),
  };
}

/** Errors of a connection are told by its log, and must not end the process. */
function quiet(queue: Queue, failed: (error: unknown) => void): Queue {
  return queue.on('error', failed);
}
