/**
 * The queues, one for each kind of job, as jobs and the dispatcher use them, and as the API may look at them.
 *
 * A job that ended is removed whatever its end: what it did is in the store, why it failed is a dead letter there.
 */
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { JobsOptions, Queue } from 'bullmq';
import { JOB_NAMES, type JobName, type QueueView } from '../../model/job.ts';
import { jobId, type QueuedJob } from './job-id.ts';
import type { JobQueue } from './job-queue.ts';
import type { QueueConnection } from './queue-connection.ts';
import { ATTEMPTS } from './retry-policy.ts';

export interface Queues {
  readonly jobs: JobQueue;
  readonly view: QueueView;
  readonly close: () => Promise<void>;
}

const OPTIONS: JobsOptions = {
  removeOnComplete: true,
  removeOnFail: true,
  attempts: ATTEMPTS,
  // The strategy is the workers' (retry-policy.ts).
  backoff: { type: 'adatom' },
};

export function openQueues(connection: QueueConnection): Queues {
  const queues = new Map(JOB_NAMES.map((name): [JobName, Queue] => [name, connection.open(name)]));
  const queueOf = (name: JobName): Queue => {
    const queue = queues.get(name);
    if (queue === undefined) throw new Error(`no queue ${name}`);
    return queue;
  };
  return {
    jobs: {
      add: async (jobs) => {
        for (const name of JOB_NAMES) {
          const own = jobs.filter((job) => job.name === name);
          if (own.length > 0) await queueOf(name).addBulk(own.map(entryOf));
        }
      },
      count: async (name) => {
        const counts = await queueOf(name).getJobCounts('waiting', 'prioritized', 'active', 'delayed');
        return Object.values(counts).reduce((sum, count) => sum + count, 0);
      },
    },
    view: {
      counts: async () => {
        const counts = await Promise.all(
          [...queues].map(async ([job, queue]) =>
            Object.entries(await queue.getJobCounts()).map(([state, count]) => ({ job, state, count })),
          ),
        );
        return counts.flat();
      },
      ping: connection.ping,
      boardQueues: [...queues.values()].map((queue) => new BullMQAdapter(queue)),
    },
    close: async () => {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}

function entryOf(job: QueuedJob): { name: string; data: unknown; opts: JobsOptions } {
  const { name, payload, priority } = job;
  return { name, data: payload, opts: { ...OPTIONS, jobId: jobId(job), ...(priority !== undefined && { priority }) } };
}
