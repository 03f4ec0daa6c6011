/**
 * What is kept: one interface over one PostgreSQL schema, embedded or on a server. Only this folder knows SQL.
 *
 * Every method is one transaction. `project` in an argument narrows to that project: an id of another project is
 * answered like one that does not exist (`undefined`). Writing the same thing twice changes nothing.
 *
 * Failures: `AdatomError('transient')` when the database cannot be reached or a transaction must be repeated,
 * `AdatomError('request')` for values it refuses, anything else is a bug.
 */
import type { CandidateStore, ResultStore } from './result-stores.ts';
import type {
  AuditStore,
  DeadLetterStore,
  EventStore,
  IdempotencyStore,
  KeyStore,
  ProjectStore,
  StatisticStore,
  UploadStore,
} from './service-stores.ts';
import type { ReadingStore, ScreeningStore, WorkStore } from './work-stores.ts';

export type * from './page.ts';
export type * from './result-stores.ts';
export type * from './service-stores.ts';
export type * from './work-stores.ts';

export interface Store {
  readonly projects: ProjectStore;
  readonly keys: KeyStore;
  readonly audit: AuditStore;
  readonly idempotency: IdempotencyStore;
  readonly screenings: ScreeningStore;
  readonly work: WorkStore;
  readonly readings: ReadingStore;
  readonly results: ResultStore;
  readonly candidates: CandidateStore;
  readonly events: EventStore;
  readonly uploads: UploadStore;
  readonly deadLetters: DeadLetterStore;
  readonly statistics: StatisticStore;
  /** Throws `transient` when the database does not answer. */
  readonly ping: () => Promise<void>;
  readonly close: () => Promise<void>;
}
