/**
 * Rows of everything but screenings and their results: who asks, what was handed in, what happened.
 *
 * Times are read as ISO 8601 in UTC with milliseconds (store/pool.ts) and are kept with no more, so that a time that was
 * read finds its row again. `json` keeps a text as it is; values with undefined entries are written as JSON texts.
 */
import type { ColumnType, Generated } from 'kysely';
import type { DeadLetter, Scope, ScreeningEvent } from '../../model/service.ts';
import type { JobStatistic, StoredUpload } from '../store.ts';

/** Set by the database when a row is made. */
export type CreatedAt = ColumnType<string, string | undefined, string>;
/** A JSON document: written as its text, read as its value. */
export type Json<T> = ColumnType<T, string, string>;

export interface ServiceTables {
  readonly projects: {
    readonly id: Generated<string>;
    readonly name: string;
    readonly created_at: CreatedAt;
  };
  readonly api_keys: {
    readonly id: Generated<string>;
    readonly project: string;
    readonly name: string;
    readonly scopes: Scope[];
    readonly prefix: string;
    readonly secret_sha256: Buffer;
    readonly created_at: CreatedAt;
    readonly expires_at: string | null;
    readonly revoked_at: string | null;
    readonly last_used_at: string | null;
  };
  readonly audit: {
    readonly sequence: Generated<number>;
    readonly at: CreatedAt;
    readonly project: string;
    /** No foreign key: the entry outlives the key. */
    readonly key: string | null;
    readonly action: string;
    readonly subject: string;
    readonly request_id: string;
    readonly details: Json<Record<string, unknown>>;
  };
  readonly idempotency: {
    readonly project: string;
    readonly key: string;
    readonly fingerprint: string;
    /** Of the caller that works on it, so that its question can be asked twice. */
    readonly attempt: string;
    /** Id for what the request makes. That of the first attempt, also when others take it up. */
    readonly subject: string;
    /** Both null while the first request is under way. */
    readonly status: number | null;
    readonly body: string | null;
    readonly started_at: CreatedAt;
  };
  readonly uploads: {
    readonly id: Generated<string>;
    readonly project: string;
    readonly state: ColumnType<StoredUpload['state'], StoredUpload['state'] | undefined, StoredUpload['state']>;
    readonly file_name: string | null;
    readonly size_bytes: number | null;
    readonly received_bytes: Generated<number>;
    readonly failure: string | null;
    readonly created_at: CreatedAt;
    readonly moved_at: CreatedAt;
  };
  readonly upload_files: {
    readonly upload: string;
    readonly path: string;
    readonly sha256: string;
    readonly bytes: number;
  };
  readonly events: {
    readonly sequence: Generated<number>;
    readonly project: string;
    readonly screening: string;
    readonly type: ScreeningEvent['type'];
    readonly data: Json<Record<string, unknown>>;
    readonly at: CreatedAt;
  };
  readonly dead_letters: {
    readonly id: Generated<string>;
    readonly project: string;
    readonly screening: string;
    readonly job: DeadLetter['job'];
    readonly payload: Json<Record<string, unknown>>;
    /** The payload with sorted keys: one letter per job. */
    readonly payload_text: string;
    readonly error: string;
    readonly attempts: number;
    readonly state: ColumnType<DeadLetter['state'], DeadLetter['state'] | undefined, DeadLetter['state']>;
    /** Whether a worker has taken up the wish to run it again. */
    readonly taken: Generated<boolean>;
    readonly at: CreatedAt;
  };
  readonly job_statistics: {
    readonly job: JobStatistic['job'];
    readonly outcome: JobStatistic['outcome'];
    readonly count: number;
    readonly seconds: number;
    readonly bytes: number;
  };
}
