/**
 * The nouns of the service: who asks, what was handed in, how far it is. Times are ISO 8601 in UTC, ids are UUIDs.
 * Every object belongs to one project, and no request crosses projects.
 */
import { z } from 'zod';
import type { JobName } from './job.ts';
import type { Manifest } from './manifest.ts';
import type { Profile } from './profile.ts';
import type { Protocol } from './protocol.ts';

/** `read` queries, `submit` also hands in and changes screenings, `admin` also manages keys and sees queues. */
export const SCOPES = ['read', 'submit', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
}

export interface ApiKey {
  readonly id: string;
  readonly project: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** First characters of the key, to recognise it by. */
  readonly prefix: string;
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly revokedAt?: string;
  readonly lastUsedAt?: string;
}

/** Who makes a request. Without `key`: the user of an embedded service on loopback. */
export interface Principal {
  readonly project: string;
  readonly projectName: string;
  readonly key?: string;
  readonly scopes: readonly Scope[];
}

export const submissionSourceSchema = z.discriminatedUnion('kind', [
  /** Folders on a file system that the API and all workers share; real paths inside allowed roots. */
  z.strictObject({ kind: z.literal('path'), paths: z.array(z.string().min(1)).min(1) }),
  /** Files handed in before, kept below the data folder; its id in small letters, as folders and rows have it. */
  z.strictObject({ kind: z.literal('upload'), upload: z.uuid().toLowerCase() }),
  z.strictObject({ kind: z.literal('s3'), bucket: z.string().min(1), prefix: z.string() }),
]);
export type SubmissionSource = z.output<typeof submissionSourceSchema>;

export interface Submission {
  readonly id: string;
  readonly screening: string;
  /** Generation that first includes it. */
  readonly generation: number;
  readonly source: SubmissionSource;
  readonly createdAt: string;
}

export const SCREENING_STATES = [
  'queued',
  'discovering',
  'parsing',
  'assembling',
  'describing',
  'ranking',
  'done',
  'failed',
  'cancelled',
] as const;
export type ScreeningState = (typeof SCREENING_STATES)[number];
/** States that nothing follows, unless folders are added. */
export const FINAL_STATES: readonly ScreeningState[] = ['done', 'failed', 'cancelled'];

export const PRIORITIES = ['low', 'normal', 'high'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What the submitter states; what is left out is completed by the manifest and the defaults when folders are found. */
export interface StatedScreening {
  readonly title: string;
  readonly ion?: string;
  /** A profile or protocol in full, or the name of one that comes with the program. Never a path on the server. */
  readonly profile?: Profile | string;
  readonly protocol?: Protocol | string;
  readonly manifest?: Manifest;
  readonly seed?: number;
  readonly priority: Priority;
}

export interface FolderCounts {
  readonly total: number;
  readonly waiting: number;
  readonly done: number;
  readonly failed: number;
}

export interface StoredScreening {
  readonly id: string;
  readonly project: string;
  readonly stated: StatedScreening;
  readonly state: ScreeningState;
  readonly generation: number;
  /** Why it failed; a sentence for its submitter. */
  readonly failure?: string;
  readonly folders: FolderCounts;
  /** The ranking that counts; absent until the first one is done. */
  readonly ranking?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly finishedAt?: string;
}

/** The parts of a request that were completed when its folders were found. */
export interface CompletedRequest {
  readonly ion: string;
  readonly profile: Profile;
  readonly protocol?: Protocol;
  readonly manifest?: Manifest;
  readonly seed: number;
}

/** One order of the candidates of one generation by one profile. */
export interface StoredRanking {
  readonly id: string;
  readonly screening: string;
  readonly generation: number;
  readonly profile: Profile;
  readonly seed: number;
  readonly state: 'queued' | 'done' | 'failed';
  readonly failure?: string;
  /** Whether queries about the screening mean this one. */
  readonly current: boolean;
  readonly createdAt: string;
  readonly finishedAt?: string;
}

/** Something that happened to a screening; `sequence` orders events and is the id of Server-Sent Events. */
export interface ScreeningEvent {
  readonly sequence: number;
  readonly screening: string;
  readonly type: 'state' | 'progress' | 'ranking';
  readonly data: Readonly<Record<string, unknown>>;
  readonly at: string;
}

/** A job that failed for good. It can be looked at and run again. */
export interface DeadLetter {
  readonly id: string;
  readonly project: string;
  readonly screening: string;
  readonly job: JobName;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly error: string;
  readonly attempts: number;
  readonly state: 'open' | 'rerun' | 'dismissed';
  readonly at: string;
}

export interface AuditEntry {
  readonly sequence: number;
  readonly at: string;
  readonly project: string;
  readonly key?: string;
  /** E.g. `screening.submit`, `key.create`. */
  readonly action: string;
  /** Id of the object. */
  readonly subject: string;
  readonly requestId: string;
  readonly details: Readonly<Record<string, unknown>>;
}
