/**
 * What a job is. Each file directly in workers/ defines one; its name is the name of its queue.
 *
 * A job may be run twice, at the same time or after it was done: the queue promises "at least once". Every job
 * therefore looks at the store first and does nothing when its work is done or not wanted any more.
 */
import type { ObjectStorage } from '../../intake/object-storage.ts';
import type { JobName, JobPayload } from '../../model/job.ts';
import type { Log } from '../../model/log.ts';
import type { ServiceSettings } from '../../model/service-settings.ts';
import type { Store } from '../../store/store.ts';
import type { FolderWork } from './folder-work.ts';
import type { JobQueue } from './job-queue.ts';
import type { WorkThreads } from './work-threads.ts';

export interface JobContext {
  readonly store: Store;
  readonly settings: ServiceSettings;
  readonly log: Log;
  readonly objects: ObjectStorage;
  readonly threads: WorkThreads;
  readonly queue: JobQueue;
  readonly folders: FolderWork;
}

export interface JobDefinition<N extends JobName> {
  readonly name: N;
  /** Jobs under way at once in one worker process. */
  readonly parallel: (threads: number) => number;
  /** Returns the bytes of files that were read. */
  readonly run: (payload: JobPayload<N>, context: JobContext) => Promise<number>;
  /** Records in the store that the job will never succeed; `sentence` is for the submitter. */
  readonly fail: (payload: JobPayload<N>, sentence: string, context: JobContext) => Promise<void>;
}
