/** Screenings as their submitters see them, and as the workers do: what is to be done and how far it is. Part of the contract in store.ts. */
import type {
  CompletedRequest,
  ScreeningState,
  StatedScreening,
  StoredRanking,
  StoredScreening,
  Submission,
  SubmissionSource,
} from '../model/service.ts';
import type { Page, PageRequest } from './page.ts';

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
