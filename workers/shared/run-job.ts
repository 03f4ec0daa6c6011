/**
 * One attempt at a job: what it is told is checked, how it ended is counted, and an error becomes either another attempt
 * or a dead letter together with the sentence that the submitter reads.
 */
import { UnrecoverableError } from 'bullmq';
import { JOB_SCHEMAS, type JobName, type JobPayload } from '../../model/job.ts';
import type { JobStatistic } from '../../store/store.ts';
import type { JobContext, JobDefinition } from './job-definition.ts';
import { ATTEMPTS, failureSentence, isWorthRetrying } from './retry-policy.ts';
import type { Statistics } from './statistics.ts';

export interface Attempt {
  readonly data: unknown;
  /** Attempts before this one. */
  readonly attemptsMade: number;
  /** Aborted once the job is given back: how it ends here is nobody's business then. */
  readonly limit: AbortSignal;
}

/** Throws what made it fail, to be tried again; an `UnrecoverableError` when it is given up. */
export async function runJob<N extends JobName>(
  definition: JobDefinition<N>,
  { data, attemptsMade, limit }: Attempt,
  context: JobContext,
  statistics: Statistics,
): Promise<void> {
  // `as`: the schema under this name gives out the payload of this name.
  const payload = JOB_SCHEMAS[definition.name].parse(data) as JobPayload<N>;
  const start = performance.now();
  const note = (outcome: JobStatistic['outcome'], bytes = 0): void =>
    statistics.note({ job: definition.name, outcome, seconds: (performance.now() - start) / 1000, bytes });
  try {
    note('completed', await definition.run(payload, context));
  } catch (error) {
    // Threads that are stopped make jobs fail that another worker does well.
    if (limit.aborted) throw error;
    const details = { job: definition.name, ...payload, error: failureSentence(error) };
    if (isWorthRetrying(error) && attemptsMade + 1 < ATTEMPTS) {
      context.log.warn(details, 'a job is tried again');
      note('retried');
      throw error;
    }
    context.log.error({ ...details, stack: error instanceof Error ? error.stack : undefined }, 'a job is given up');
    await giveUp(definition, payload, { error, attempts: attemptsMade + 1 }, context);
    note('failed');
    throw new UnrecoverableError(failureSentence(error));
  }
}

/** The letter first: when the database goes away between the two, the job is run again and writes both. */
export async function giveUp<N extends JobName>(
  definition: JobDefinition<N>,
  payload: JobPayload<N>,
  { error, attempts }: { readonly error: unknown; readonly attempts: number },
  context: JobContext,
): Promise<void> {
  const sentence = failureSentence(error);
  const letter = {
    screening: payload.screening,
    job: definition.name,
    payload: { ...payload },
    error: sentence,
    attempts,
  };
  await context.store.deadLetters.put(letter);
  await definition.fail(payload, sentence, context);
}
