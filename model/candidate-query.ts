/**
 * Questions about candidates across screenings, and their answers.
 *
 * A field is the identifier of a descriptor, or one of `rank score front firstRankProbability tieGroup`. A candidate
 * without the field never satisfies a condition on it, and comes last in either order.
 */
import { z } from 'zod';
import type { Candidate } from './system.ts';

export const RANKING_FIELDS = ['rank', 'score', 'front', 'firstRankProbability', 'tieGroup'] as const;
export type RankingField = (typeof RANKING_FIELDS)[number];

export const OPERATORS = ['<', '<=', '>', '>=', '='] as const;

export const conditionSchema = z.strictObject({
  field: z.string().min(1),
  operator: z.enum(OPERATORS),
  value: z.number(),
});
export type Condition = z.output<typeof conditionSchema>;

export interface CandidateQuery {
  readonly project: string;
  /** Only candidates of this screening. */
  readonly screening?: string;
  /** Of this ranking instead of the current one of each screening; needs `screening`. */
  readonly ranking?: string;
  readonly ion?: string;
  /** Part of the label, any case. */
  readonly label?: string;
  readonly status?: 'ranked' | 'unranked';
  readonly where: readonly Condition[];
  /** First by this field; ties by screening and candidate, so that pages never overlap. Default: rank. */
  readonly sort?: { readonly field: string; readonly direction: 'asc' | 'desc' };
  readonly limit: number;
  /** `next` of the page before; refers to the same sort. */
  readonly after?: string;
}

export interface CandidateRow {
  readonly screening: string;
  readonly ranking: string;
  readonly id: string;
  readonly label: string;
  readonly ion: string;
  readonly rank?: number;
  readonly score?: number;
  readonly front?: number;
  readonly firstRankProbability?: number;
  readonly tieGroup?: number;
  /** Value by descriptor identifier; a missing key is an unavailable value. */
  readonly values: Readonly<Record<string, number>>;
}

export interface CandidatePage {
  readonly rows: readonly CandidateRow[];
  /** Cursor of the next page; absent on the last one. */
  readonly next?: string;
}

/** A candidate in full, with its place in one ranking. */
export interface CandidateDetail extends CandidateRow {
  readonly candidate: Candidate;
  /** The ranked or unranked entry as the ranking has it. */
  readonly placement: Readonly<Record<string, unknown>>;
}
