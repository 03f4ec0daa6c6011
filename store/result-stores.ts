/** Results of screenings, as the stages save them and as they are asked for. Part of the contract in store.ts. */
import type { CandidateDetail, CandidatePage, CandidateQuery } from '../model/candidate-query.ts';
import type { Issue } from '../model/issues.ts';
import type { Ranking } from '../model/ranking.ts';
import type { DescriptorDescription, ScreeningCounts, UnusedCalculation } from '../model/screening.ts';
import type { CompletedRequest, StoredRanking } from '../model/service.ts';
import type { StructureDocument } from '../model/structure-document.ts';
import type { Candidate, PathReport, ProtocolVerdict, Relation, RoleAssignment, System } from '../model/system.ts';
import type { Page, PageRequest } from './page.ts';

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
  readonly relations: readonly Relation[];
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
  readonly description: {
    readonly candidates: readonly Candidate[];
    readonly protocolVerdicts?: readonly ProtocolVerdict[];
    readonly issues: readonly Issue[];
  };
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
  /**
   * Fills a ranking that was requested, writes the rows that candidates are queried by, and makes it current if wanted.
   * `asRanked`: a described candidate as the profile of the ranking wants it; without it rows hold what was described.
   */
  readonly saveRanking: (id: string, ranking: Ranking, asRanked?: (candidate: Candidate) => Candidate) => Promise<void>;
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
