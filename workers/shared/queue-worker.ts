/**
 * Takes the jobs of one queue and runs them. When it is stopped, jobs under way may finish; those that do not in time are
 * given back, so that another worker takes them at once instead of waiting for their locks.
 */
import { type Job, WaitingError } from 'bullmq';
import type { JobName, JobPayload } from '../../model/job.ts';
import { JOB_SCHEMAS } from '../../model/job.ts';
import type { JobContext, JobDefinition } from './job-definition.ts';
import type { QueueConnection } from './queue-connection.ts';
import { giveUp, runJob } from './run-job.ts';
import type { Statistics } from './statistics.ts';

export interface QueueWorker {
  /** Begins to take jobs; its connection must be ready. */
  readonly run: () => void;
  /** Takes no more jobs; resolves when those under way have ended or, once `limit` is aborted, are given back. */
  readonly stop: () => Promise<void>;
}

export interface WorkerSurroundings {
  readonly connection: QueueConnection;
  readonly context: JobContext;
  readonly statistics: Statistics;
  /** Jobs are given back from then on. */
  readonly limit: AbortSignal;
  /** Most jobs a second over all workers. */
  readonly jobsPerSecond?: number;
}

export function openQueueWorker<N extends JobName>(
  definition: JobDefinition<N>,
  { connection, context, statistics, limit, jobsPerSecond }: WorkerSurroundings,
): QueueWorker {
  // One listener for all jobs; each takes its own entry away again, so that nothing grows with their number.
  const underWay = new Set<() => void>();
  limit.addEventListener('abort', () => {
    for (const giveBack of underWay) giveBack();
  });
  const process = async (job: Job, token?: string): Promise<void> => {
    const attempt = { data: job.data, attemptsMade: job.attemptsMade, limit };
    const work = runJob(definition, attempt, context, statistics);
    let giveBack = (): void => undefined;
    const givenBack = new Promise<'given back'>((resolve) => {
      giveBack = () => resolve('given back');
    });
    underWay.add(giveBack);
    const end = await Promise.race([work, givenBack]).finally(() => underWay.delete(giveBack));
    if (end !== 'given back') return;
    work.catch((error: unknown) => context.log.debug({ error: String(error) }, 'ended after it was given back'));
    await job.moveToWait(token);
    throw new WaitingError();
  };
  const worker = connection.worker(definition.name, process, {
    concurrency: definition.parallel(context.threads.parseThreads),
    ...(jobsPerSecond !== undefined && { limiter: { max: jobsPerSecond, duration: 1000 } }),
  });
  worker.on('error', (error) => context.log.debug({ job: definition.name, error: error.message }, 'queue'));
  worker.on('failed', (job, error) => {
    if (job !== undefined && /stalled more than/.test(error.message)) lost(definition, job, context);
  });
  return {
    run: () => {
      worker
        .run()
        .catch((error: unknown) => context.log.error({ error: String(error) }, 'a worker of the queue ended'));
    },
    stop: () => worker.close(),
  };
}

/** Whoever worked on it was killed again and again: the job itself may be the reason. */
function lost<N extends JobName>(definition: JobDefinition<N>, job: Job, context: JobContext): void {
  // `as`: the schema under this name gives out the payload of this name.
  const payload = JOB_SCHEMAS[definition.name].parse(job.data) as JobPayload<N>;
  const error = new Error(`the worker ended ${job.stalledCounter} times while it worked on this`);
  giveUp(definition, payload, { error, attempts: job.stalledCounter }, context).catch((problem: unknown) =>
    // It is found again from the store, and ends here again.
    context.log.warn({ error: String(problem) }, 'a lost job could not be recorded'),
  );
}
