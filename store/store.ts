/**
 * What is kept: one interface over one PostgreSQL schema, embedded or on a server. Only this folder knows SQL.
 *
 * Every method is one transaction. `project` in an argument narrows to that project: an id of another project is
 * answered like one that does not exist (`undefined`). Writing the same thing twice changes nothing.
 *
 * Failures: `AdatomError('transient')` when the database cannot be reached or a transaction must be repeated,
 * `AdatomError('request')` for values it refuses, anything else is a bug.
 */
import type { CandidateDetail, CandidatePage, CandidateQuery } from '../model/candidate-query.ts';
import type { Issue } from '../model/issues.ts';
import type { JobName } from '../model/job.ts';
import type { Ranking } from '../model/ranking.ts';
import type { DescriptorDescription, ScreeningCounts, UnusedCalculation } from '../model/screening.ts';
import type {
  ApiKey,
  AuditEntry,
  CompletedRequest,
  DeadLetter,
  Principal,
  Project,
  Scope,
  ScreeningEvent,
  ScreeningState,
  StatedScreening,
  StoredRanking,
  StoredScreening,
  Submission,
  SubmissionSource,
} from '../model/service.ts';
import type { StructureDocument } from '../model/structure-document.ts';
import type { Candidate, PathReport, RoleAssignment, System } from '../model/system.ts';

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

export interface Page<T> {
  readonly rows: readonly T[];
  readonly next?: string;
}

export interface PageRequest {
  readonly limit: number;
  readonly after?: string;
}

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

export interface NewScreening {
  /** When it exists in the project, it is the one that is answered, and nothing is stored. */
  readonly id?: string;
  readonly project: string;
  readonly stated: StatedScreening;
  readonly sources: readonly SubmissionSource[];
}

export interface ScreeningStore {
  /** Stored means acknowledged: workers find it here even when the queue is lost. */
  readonly create: (screening: NewScreening) => Promise<StoredScreening>;
  readonly get: (project: string, id: string) => Promise<StoredScreening | undefined>;
  /** Newest first. */
  readonly list: (
    project: string,
    page: PageRequest & { readonly state?: ScreeningState },
  ) => Promise<Page<StoredScreening>>;
  readonly submissions: (project: string, id: string) => Promise<readonly Submission[]>;
  /**
   * Starts the next generation. A running generation is finished first. `submission`: id of the first of them; when it
   * exists, nothing is added.
   */
  readonly addSources: (
    project: string,
    id: string,
    sources: readonly SubmissionSource[],
    submission?: string,
  ) => Promise<StoredScreening | undefined>;
  /** Sets `cancelled` unless it is final already; workers stop at the next job. */
  readonly cancel: (project: string, id: string) => Promise<StoredScreening | undefined>;
  /** Another order of the same candidates; `current` when it shall be the one that counts once it is done. */
  readonly requestRanking: (
    project: string,
    id: string,
    wanted: { readonly profile: StoredRanking['profile']; readonly seed: number; readonly current: boolean },
  ) => Promise<StoredRanking | undefined>;
  /** Newest first. */
  readonly rankings: (project: string, id: string) => Promise<readonly StoredRanking[]>;
  /** Folders of the project that wait for a worker. */
  readonly waitingFolders: (project: string) => Promise<number>;
  /** Screenings of the project that wait until their folders are looked for: how many those are, nobody knows yet. */
  readonly waitingScreenings: (project: string) => Promise<number>;
}

/** A folder as a unit of work. */
export interface FolderTask {
  readonly folder: string;
  /** Key of its reading: SHA-256 over the parsing code and the identity of its files. */
  readonly readingKey: string;
  /** What the parse job must know, e.g. the files with their real paths; made and read by workers. */
  readonly plan: Readonly<Record<string, unknown>>;
}

export interface UnfinishedWork {
  readonly screening: StoredScreening;
  /** Rankings of a finished generation that wait. */
  readonly rankings: readonly StoredRanking[];
}

/** The side of the workers: what is to be done, and how far it is. No method narrows to a project. */
export interface WorkStore {
  /** Screenings and rankings that are not final, oldest first: what the queue must hold jobs for. */
  readonly unfinished: (limit: number) => Promise<readonly UnfinishedWork[]>;
  /** Calls back soon after new work was stored; returns how to stop. A missed call costs time, never work. */
  readonly onNewWork: (wake: () => void) => Promise<() => Promise<void>>;
  readonly screening: (id: string) => Promise<StoredScreening | undefined>;
  readonly submissions: (id: string) => Promise<readonly Submission[]>;
  readonly ranking: (id: string) => Promise<StoredRanking | undefined>;
  /** The ranking by the profile of the request, made with the discovery; it becomes current when it is saved. */
  readonly ownRanking: (id: string, generation: number) => Promise<StoredRanking | undefined>;
  /** Moves on, unless the screening is final or of another generation; false then. Emits an event. */
  readonly setState: (id: string, generation: number, state: ScreeningState, failure?: string) => Promise<boolean>;
  /**
   * After discovery: the completed request, the found tree (any bytes), the folders. Replaces what is there; false when
   * the screening is not being discovered any more.
   */
  readonly saveDiscovery: (
    id: string,
    generation: number,
    discovery: {
      readonly request: CompletedRequest;
      readonly foundTree: Uint8Array;
      readonly folders: readonly FolderTask[];
    },
  ) => Promise<boolean>;
  readonly discovery: (
    id: string,
    generation: number,
  ) => Promise<{ readonly request: CompletedRequest; readonly foundTree: Buffer } | undefined>;
  readonly folder: (id: string, generation: number, folder: string) => Promise<FolderTask | undefined>;
  /** All folders with their reading keys, and whether each is done. */
  readonly folders: (
    id: string,
    generation: number,
  ) => Promise<readonly (FolderTask & { readonly state: 'waiting' | 'done' | 'failed'; readonly error?: string })[]>;
  /** Several at once: a job waits for the transaction its folder is in. Emits at most one progress event a second. */
  readonly finishFolders: (
    finished: readonly {
      readonly screening: string;
      readonly generation: number;
      readonly folder: string;
      /** Of what was read: a folder whose files are others by now goes on waiting. */
      readonly readingKey?: string;
      readonly error?: string;
    }[],
  ) => Promise<void>;
  /**
   * Start tags for `count` jobs of a project (start-time fair queueing): a project that has many jobs waiting gets later
   * tags than one that comes with few, so that both move on. Larger tags run later; bounded by 2^21.
   */
  readonly fairTags: (
    project: string,
    count: number,
    weight: number,
  ) => Promise<{ readonly first: number; readonly step: number }>;
}

export interface ReadingStore {
  /** Which of the keys are kept. */
  readonly known: (keys: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Calls that come together are written together. */
  readonly put: (key: string, reading: Uint8Array) => Promise<void>;
  readonly get: (keys: readonly string[]) => Promise<ReadonlyMap<string, Buffer>>;
}

/** One calculation as a line of calculations.ndjson. */
export interface CalculationRow {
  readonly id: string;
  readonly folder: string;
  readonly role?: string;
  readonly parsed: boolean;
  /** Kept with its keys in their order: the line of the file is made from it again. */
  readonly line: Readonly<Record<string, unknown>>;
}

/** Where the bytes of a file lie: a real path, or `s3://bucket/key`. */
export interface StoredFile {
  /** As calculations and provenance name it. */
  readonly path: string;
  readonly location: string;
  readonly sha256?: string;
}

export interface AssemblyRows {
  readonly calculations: readonly CalculationRow[];
  readonly structures: readonly StructureDocument[];
  readonly files: readonly StoredFile[];
  readonly counts: ScreeningCounts;
  readonly roles: readonly RoleAssignment[];
  readonly systems: readonly System[];
  readonly paths: readonly PathReport[];
  readonly unused: readonly UnusedCalculation[];
  readonly issues: readonly Issue[];
  /** What the next stage needs, any bytes. */
  readonly state: Uint8Array;
}

/** Everything a ranking.json is made of, in its order. */
export interface StoredResult {
  readonly request: CompletedRequest;
  readonly assembly: Omit<AssemblyRows, 'calculations' | 'structures' | 'files' | 'state'>;
  readonly description: { readonly candidates: readonly Candidate[]; readonly issues: readonly Issue[] };
  readonly ranking: Ranking;
}

export interface ResultStore {
  readonly saveAssembly: (screening: string, generation: number, assembly: AssemblyRows) => Promise<void>;
  readonly assemblyState: (screening: string, generation: number) => Promise<Buffer | undefined>;
  readonly saveDescription: (
    screening: string,
    generation: number,
    description: StoredResult['description'],
  ) => Promise<void>;
  readonly description: (screening: string, generation: number) => Promise<StoredResult['description'] | undefined>;
  /** Fills a ranking that was requested, writes the rows that candidates are queried by, and makes it current if wanted. */
  readonly saveRanking: (id: string, ranking: Ranking) => Promise<void>;
  readonly failRanking: (id: string, failure: string) => Promise<void>;
  /** Undefined when there is no such ranking or it is not done. */
  readonly result: (project: string, ranking: string) => Promise<StoredResult | undefined>;
  /** Calculations of the last complete generation, by id. */
  readonly calculations: (
    project: string,
    screening: string,
    page: PageRequest & { readonly role?: string },
  ) => Promise<Page<CalculationRow> | undefined>;
  readonly calculation: (project: string, screening: string, id: string) => Promise<CalculationRow | undefined>;
  readonly structure: (project: string, screening: string, id: string) => Promise<StructureDocument | undefined>;
  /** By calculation. */
  readonly structures: (
    project: string,
    screening: string,
    page: PageRequest,
  ) => Promise<Page<StructureDocument> | undefined>;
  readonly file: (project: string, screening: string, path: string) => Promise<StoredFile | undefined>;
  readonly systems: (project: string, screening: string, page: PageRequest) => Promise<Page<System> | undefined>;
  readonly paths: (project: string, screening: string, page: PageRequest) => Promise<Page<PathReport> | undefined>;
  readonly issues: (
    project: string,
    screening: string,
    page: PageRequest & { readonly code?: string; readonly severity?: string },
  ) => Promise<Page<Issue> | undefined>;
}

export interface CandidateStore {
  /** Descriptors that can be queried, stored ones and those of the program. */
  readonly fields: () => readonly DescriptorDescription[];
  /** Throws `request` for an unknown field or a cursor that does not fit the sort. */
  readonly query: (query: CandidateQuery) => Promise<CandidatePage>;
  readonly get: (
    project: string,
    screening: string,
    id: string,
    ranking?: string,
  ) => Promise<CandidateDetail | undefined>;
  /** The place of a candidate in every ranking of its screening, newest first. */
  readonly history: (
    project: string,
    screening: string,
    id: string,
  ) => Promise<readonly { readonly ranking: StoredRanking; readonly rank?: number; readonly score?: number }[]>;
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
