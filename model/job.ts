/**
 * The jobs of the queue and what each is told.
 *
 *   discover-folders ─▶ parse-calculation, one per folder ─▶ assemble-screening ─▶ describe-screening ─▶ rank-screening
 *
 * A job carries names, never data: everything it works on is in the store or in the files. Its id is made of its
 * content, so that adding it twice changes nothing; the store is the truth, the queue can be rebuilt from it at any time.
 *
 * Words: a *generation* is one pass over all submissions of a screening, counted from 1; adding folders starts the next.
 */
import { z } from 'zod';

const uuid = z.uuid();
const generation = z.int().min(1);

export const JOB_SCHEMAS = {
  'discover-folders': z.strictObject({ screening: uuid, generation }),
  /** `folder`: relative, as the found tree names it. */
  'parse-calculation': z.strictObject({ screening: uuid, generation, folder: z.string().min(1) }),
  'assemble-screening': z.strictObject({ screening: uuid, generation }),
  'describe-screening': z.strictObject({ screening: uuid, generation }),
  /** One ranking of one generation; a re-rank is this job alone. */
  'rank-screening': z.strictObject({ screening: uuid, generation, ranking: uuid }),
} as const;

export type JobName = keyof typeof JOB_SCHEMAS;
export type JobPayload<N extends JobName> = z.output<(typeof JOB_SCHEMAS)[N]>;

/** The keys of the schemas are exactly the names. */
export const JOB_NAMES = Object.keys(JOB_SCHEMAS) as readonly JobName[];

/** What the API may know of the queue; workers/ makes it, cli/ hands it over. */
export interface QueueView {
  /** Jobs by name and state: `waiting`, `active`, `delayed`, `failed`, … */
  readonly counts: () => Promise<readonly { readonly job: JobName; readonly state: string; readonly count: number }[]>;
  readonly ping: () => Promise<void>;
  /** What a queue page lists; opaque here, Bull Board's queue adapters in truth. */
  readonly boardQueues: readonly unknown[];
}
