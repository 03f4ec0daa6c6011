/** Keys, audit, idempotency, events, uploads, dead letters and sums: what the service keeps beside its screenings. Part of the contract in store.ts. */
import type { JobName } from '../model/job.ts';
import type { ApiKey, AuditEntry, DeadLetter, Principal, Project, Scope, ScreeningEvent } from '../model/service.ts';
import type { Page, PageRequest } from './page.ts';

export interface ProjectStore {
  /** The project of that name, made when there is none. */
  readonly ensure: (name: string) => Promise<Project>;
  readonly list: () => Promise<readonly Project[]>;
}

export interface NewKey {
  readonly project: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: string;
}

export interface KeyStore {
  /** `secret` is shown once; only its SHA-256 is kept (256 random bits need no slow hash). */
  readonly create: (key: NewKey) => Promise<{ readonly key: ApiKey; readonly secret: string }>;
  /** Undefined for an unknown, expired or revoked key. Notes the use, at most once a minute. */
  readonly verify: (secret: string) => Promise<Principal | undefined>;
  /** The key that `verify` refused, when it is one that is over: its project learns that it was tried. */
  readonly ended: (secret: string) => Promise<ApiKey | undefined>;
  readonly list: (project: string) => Promise<readonly ApiKey[]>;
  readonly revoke: (project: string, id: string) => Promise<ApiKey | undefined>;
  /** A new secret under the same name and scopes; the old one ends after `graceSeconds`. */
  readonly rotate: (
    project: string,
    id: string,
    graceSeconds: number,
  ) => Promise<{ readonly key: ApiKey; readonly secret: string } | undefined>;
}

export interface AuditStore {
  readonly append: (entry: Omit<AuditEntry, 'sequence' | 'at'>) => Promise<void>;
  readonly list: (project: string, page: PageRequest) => Promise<Page<AuditEntry>>;
}

export interface KeptAnswer {
  readonly status: number;
  readonly body: string;
}

/** The caller does the work and then calls `finish`, `abandon` or `release`. */
export interface StartedRequest {
  /** Id for what the request makes: the same one for whoever does the work again. What has it is there already. */
  readonly subject: string;
}

export interface IdempotencyStore {
  /**
   * `KeptAnswer`: answer this again. `busy`: the first request is still under way, or its process died some seconds ago.
   * `mismatch`: the key was used for another request (`fingerprint`).
   */
  readonly begin: (
    project: string,
    key: string,
    fingerprint: string,
  ) => Promise<StartedRequest | 'busy' | 'mismatch' | KeptAnswer>;
  readonly finish: (project: string, key: string, answer: KeptAnswer) => Promise<void>;
  /** The work was refused and changed nothing: the key may be used for another request. */
  readonly abandon: (project: string, key: string) => Promise<void>;
  /** It is not known whether the work changed something: the same request may be repeated at once, and no other. */
  readonly release: (project: string, key: string) => Promise<void>;
}

export interface EventStore {
  /** In their order, those after `sequence`. */
  readonly list: (
    project: string,
    screening: string,
    after: number,
    limit: number,
  ) => Promise<readonly ScreeningEvent[]>;
  /** Calls back when a screening has new events; returns how to stop. All subscribers share one connection. */
  readonly subscribe: (screening: string, wake: () => void) => Promise<() => void>;
}

export interface StoredUpload {
  readonly id: string;
  readonly project: string;
  readonly state: 'open' | 'complete' | 'failed';
  /** Name of the archive, when one is handed in. */
  readonly fileName?: string;
  readonly sizeBytes?: number;
  readonly receivedBytes: number;
  readonly failure?: string;
  readonly createdAt: string;
}

export interface UploadFile {
  /** From the root of the upload, `/` between the parts. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface UploadStore {
  readonly create: (
    project: string,
    upload: { readonly fileName?: string; readonly sizeBytes?: number },
  ) => Promise<StoredUpload>;
  readonly get: (project: string, id: string) => Promise<StoredUpload | undefined>;
  /** Moves the received bytes from `from` to `to`; false when they are not at `from` any more. */
  readonly advance: (project: string, id: string, from: number, to: number) => Promise<boolean>;
  /** Files may come in several calls; a path that is there already is replaced. The upload has moved, also without any. */
  readonly addFiles: (project: string, id: string, files: readonly UploadFile[]) => Promise<void>;
  readonly files: (id: string) => Promise<readonly UploadFile[]>;
  /** The files of an upload that have this content. */
  readonly filesWith: (id: string, sha256: string) => Promise<readonly UploadFile[]>;
  readonly setState: (project: string, id: string, state: 'complete' | 'failed', failure?: string) => Promise<void>;
  /** Open uploads that have not moved since, to be thrown away. */
  readonly abandoned: (before: string) => Promise<readonly StoredUpload[]>;
  readonly remove: (id: string) => Promise<void>;
}

export interface DeadLetterStore {
  /** One per job: failing again raises its attempts. */
  readonly put: (letter: Omit<DeadLetter, 'id' | 'project' | 'state' | 'at'>) => Promise<void>;
  readonly list: (project: string, page: PageRequest) => Promise<Page<DeadLetter>>;
  readonly get: (project: string, id: string) => Promise<DeadLetter | undefined>;
  /** `rerun`: workers take it up again. */
  readonly setState: (project: string, id: string, state: 'rerun' | 'dismissed') => Promise<DeadLetter | undefined>;
  /** For workers: letters to be run again, of screenings that have ended; each is handed out until `taken` says so. */
  readonly toRerun: (limit: number) => Promise<readonly DeadLetter[]>;
  /**
   * Does what failed again: the next generation over the same submissions. It takes all letters of the screening that are
   * to be run again. Nothing happens while it runs; one that was cancelled stays so.
   */
  readonly passAgain: (screening: string) => Promise<void>;
  readonly taken: (id: string) => Promise<void>;
}

export interface JobStatistic {
  readonly job: JobName;
  readonly outcome: 'completed' | 'failed' | 'retried';
  readonly count: number;
  readonly seconds: number;
  /** Of files read. */
  readonly bytes: number;
}

export interface StatisticStore {
  /** Adds to the sums over all workers. */
  readonly add: (statistics: readonly JobStatistic[]) => Promise<void>;
  readonly sums: () => Promise<readonly JobStatistic[]>;
  /** Rows by table, to see growth. */
  readonly rowCounts: () => Promise<Readonly<Record<string, number>>>;
}
