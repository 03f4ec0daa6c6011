/** What jobs and the dispatcher may do with the queue: add, and count. */
import type { JobName } from '../../model/job.ts';
import type { QueuedJob } from './job-id.ts';

export interface JobQueue {
  /** Jobs that are there already, waiting or under way, stay as they are. */
  readonly add: (jobs: readonly QueuedJob[]) => Promise<void>;
  /** Jobs that have not ended. */
  readonly count: (name: JobName) => Promise<number>;
}
