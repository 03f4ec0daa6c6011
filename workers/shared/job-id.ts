/**
 * The id of a job in its queue, made of what the job is about. A job that ended leaves the queue, so an id that is there
 * means: still to be done; adding it again changes nothing.
 */
import { createHash } from 'node:crypto';
import type { JobName, JobPayload } from '../../model/job.ts';

/** A job with the name of its queue. Smaller priorities run earlier; without one it runs before all that have one. */
export type QueuedJob = {
  readonly [N in JobName]: { readonly name: N; readonly payload: JobPayload<N>; readonly priority?: number };
}[JobName];

/** No `:`, which separates parts of a key in Redis. */
export function jobId({ name, payload }: QueuedJob): string {
  const generation = `${payload.screening}.${payload.generation}`;
  if (name === 'parse-calculation') return `${generation}.${digest(payload.folder)}`;
  if (name === 'rank-screening') return `${generation}.${payload.ranking}`;
  return generation;
}

/** Names of folders may hold any character. */
function digest(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 32);
}
