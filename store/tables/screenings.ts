/** Rows of screenings, of the work on them and of their results, as migrations/0002-screenings.ts and later ones make them. */
import type { Generated } from 'kysely';
import type { Issue } from '../../model/issues.ts';
import type { Profile } from '../../model/profile.ts';
import type { Ranking } from '../../model/ranking.ts';
import type { ScreeningCounts, UnusedCalculation } from '../../model/screening.ts';
import type {
  CompletedRequest,
  ScreeningState,
  StatedScreening,
  StoredRanking,
  SubmissionSource,
} from '../../model/service.ts';
import type { StructureDocument } from '../../model/structure-document.ts';
import type {
  Candidate,
  Link,
  PathReport,
  ProtocolVerdict,
  Relation,
  RoleAssignment,
  System,
} from '../../model/system.ts';
import type { CreatedAt, Json } from './service.ts';

/** What every row of one pass is found by. */
interface OfGeneration {
  readonly screening: string;
  readonly generation: number;
  readonly position: number;
}

export interface ScreeningTables {
  readonly screenings: {
    readonly id: Generated<string>;
    readonly project: string;
    readonly stated: Json<StatedScreening>;
    readonly state: Generated<ScreeningState>;
    readonly generation: Generated<number>;
    /** Whose results are given out: that of the current ranking, before the first one the last that was assembled. */
    readonly shown_generation: number | null;
    readonly ranking: string | null;
    readonly failure: string | null;
    readonly folders_total: Generated<number>;
    readonly folders_waiting: Generated<number>;
    readonly folders_done: Generated<number>;
    readonly folders_failed: Generated<number>;
    /** Of the last progress event. */
    readonly progress_at: string | null;
    readonly created_at: CreatedAt;
    readonly updated_at: CreatedAt;
    readonly finished_at: string | null;
  };
  readonly submissions: {
    readonly id: Generated<string>;
    readonly screening: string;
    readonly generation: number;
    readonly source: Json<SubmissionSource>;
    readonly sequence: Generated<number>;
    readonly created_at: CreatedAt;
  };
  readonly generations: {
    readonly screening: string;
    readonly generation: number;
    readonly request: Json<CompletedRequest>;
    readonly found_tree: Buffer;
    readonly counts: Json<ScreeningCounts> | null;
    readonly assembly_state: Buffer | null;
    readonly assembled: Generated<boolean>;
    readonly described: Generated<boolean>;
    readonly protocol_verdicts: Json<readonly ProtocolVerdict[]> | null;
  };
  readonly folder_tasks: OfGeneration & {
    readonly folder: string;
    readonly reading_key: string;
    readonly plan: Json<Record<string, unknown>>;
    readonly state: Generated<'waiting' | 'done' | 'failed'>;
    readonly error: string | null;
  };
  readonly readings: { readonly key: string; readonly reading: Buffer; readonly created_at: CreatedAt };
  readonly fair_tags: { readonly project: string; readonly last_tag: number; readonly step: number };
  readonly calculations: OfGeneration & {
    readonly id: string;
    readonly folder: string;
    readonly role: string | null;
    readonly parsed: boolean;
    readonly line: Json<Record<string, unknown>>;
  };
  readonly structures: OfGeneration & { readonly calculation: string; readonly document: Json<StructureDocument> };
  readonly files: OfGeneration & {
    readonly path: string;
    readonly location: string;
    readonly sha256: string | null;
  };
  readonly roles: OfGeneration & {
    readonly calculation: string;
    readonly role: string;
    readonly document: Json<RoleAssignment>;
  };
  readonly systems: OfGeneration & {
    readonly id: string;
    readonly label: string;
    readonly formula: string;
    readonly document: Json<System>;
  };
  readonly links: OfGeneration & {
    readonly system: string;
    readonly kind: string;
    readonly from_calculation: string;
    readonly to_calculation: string;
    readonly stated: string;
    readonly document: Json<Link>;
  };
  readonly relations: OfGeneration & { readonly document: Json<Relation> };
  readonly paths: OfGeneration & { readonly id: string; readonly document: Json<PathReport> };
  readonly unused: OfGeneration & { readonly calculation: string; readonly document: Json<UnusedCalculation> };
  readonly candidates: OfGeneration & {
    readonly id: string;
    readonly label: string;
    readonly document: Json<Candidate>;
  };
  readonly descriptor_values: OfGeneration & {
    readonly candidate: string;
    readonly descriptor: string;
    /** Of the definition; null for a descriptor that this program does not define. */
    readonly version: number | null;
    readonly available: boolean;
    readonly value: number | null;
    readonly unit: string | null;
    readonly uncertainty: number | null;
    readonly quality: string | null;
    readonly inputs: Json<unknown> | null;
    readonly reasons: Json<unknown> | null;
  };
  readonly issues: {
    readonly screening: string;
    /** Null for an issue of a ranking, which outlives its generation. */
    readonly generation: number | null;
    /** 1 assembly, 2 description, 3 ranking: the order in which a result tells them. */
    readonly stage: number;
    readonly ranking: string | null;
    readonly position: number;
    readonly code: string;
    readonly severity: string;
    readonly document: Json<Issue>;
  };
  readonly rankings: {
    readonly id: Generated<string>;
    readonly project: string;
    readonly screening: string;
    readonly generation: number;
    readonly profile: Json<Profile>;
    /** The same ranking asked for twice is one. */
    readonly profile_text_sha256: Buffer;
    readonly seed: number;
    /** Made with the generation, by the profile of its request. */
    readonly own: boolean;
    readonly state: Generated<StoredRanking['state']>;
    readonly failure: string | null;
    readonly wants_current: boolean;
    readonly is_current: Generated<boolean>;
    /** The ranking without its entries. */
    readonly head: Json<Omit<Ranking, 'ranked' | 'unranked'>> | null;
    readonly candidate_count: Generated<number>;
    readonly sequence: Generated<number>;
    readonly created_at: CreatedAt;
    readonly finished_at: string | null;
  };
  readonly placements: {
    readonly ranking: string;
    readonly screening: string;
    /** Ranked entries first, each kind in its order. */
    readonly position: number;
    readonly candidate: string;
    readonly rank: number | null;
    readonly score: number | null;
    readonly entry: Json<Record<string, unknown>>;
  };
  /** And one column per descriptor (descriptor-columns.ts). */
  readonly candidate_rows: {
    readonly project: string;
    readonly screening: string;
    readonly ranking: string;
    readonly is_current: boolean;
    readonly id: string;
    readonly label: string;
    readonly ion: string;
    readonly rank: number | null;
    readonly score: number | null;
    readonly front: number | null;
    readonly first_rank_probability: number | null;
    readonly tie_group: number | null;
  };
}
