/**
 * What became of a ranking: every candidate of two of them, and how many places of its change each cause explains.
 *
 * The mistake avoided here: a candidate that is ranked in only one of the two has no change of rank to divide; it has
 * reasons instead, and the causes that are enough to bring them about. Source of the parts: docs/science.md §10.9.
 */
import type { Issue } from './issues.ts';
import type { RankingMethod } from './profile.ts';
import type { RankableValue } from './ranking.ts';

/**
 * What can move a candidate. `values`: own and others' where they are not told apart; `together`: causes of which no
 * order keeps the candidate ranked on the way.
 */
export const CHANGE_CAUSES = [
  'ownValues',
  'otherValues',
  'values',
  'candidates',
  'rules',
  'weights',
  'method',
  'together',
] as const;

export type ChangeCause = (typeof CHANGE_CAUSES)[number];

/** By cause, those that differ between the two; what is absent has no part. */
export type CauseParts = Readonly<Partial<Record<ChangeCause, number>>>;

/** One of the two rankings. */
export interface ChangeEnd {
  readonly profile: string;
  readonly profileVersion: number;
  readonly method: RankingMethod;
  readonly seed: number;
  readonly draws: number;
  readonly ranked: number;
  readonly unranked: number;
}

/** A candidate in one of the two rankings in which it is ranked. */
export interface ChangePlace {
  readonly rank: number;
  readonly score: number;
  /** b¹ */
  readonly firstRankProbability: number;
  /** How many others have the same score, so that only names order them. */
  readonly equalScores: number;
}

export interface CandidateChange {
  readonly id: string;
  readonly status: 'ranked' | 'unranked' | 'became-ranked' | 'became-unranked' | 'came' | 'went';
  readonly before?: ChangePlace;
  readonly after?: ChangePlace;
  /** Places by which it went down the list; negative: up. Like `causes` only where it is ranked in both. */
  readonly rankChange?: number;
  /** They add up to `rankChange`. */
  readonly causes?: CauseParts;
  /** They add up to the change of the score; absent where another method makes it, whose scale is another. */
  readonly scoreCauses?: CauseParts;
  /** The causes that are `together`. */
  readonly together?: readonly ChangeCause[];
  /** Some combinations leave it unranked; the parts are averages over the orders of causes that do not. */
  readonly isRestricted?: true;
  /** Where it became ranked or unranked: the smallest sets of causes that are enough for it. */
  readonly sufficient?: readonly (readonly ChangeCause[])[];
  /** Why it was not ranked. */
  readonly reasonsBefore?: readonly Issue[];
  readonly reasonsAfter?: readonly Issue[];
}

/** A value that a profile uses and that differs; an absent side is missing there. */
export interface ValueChange {
  readonly id: string;
  readonly descriptor: string;
  readonly unit: string;
  readonly before?: RankableValue;
  readonly after?: RankableValue;
  readonly change?: number;
  /** |change| over the root of both variances; absent where both uncertainties are 0. */
  readonly combinedSigmas?: number;
  /** A new uncertainty moves only probabilities; a quality between ok and degraded nothing. */
  readonly affects: 'order' | 'probabilities' | 'nothing';
  /** Why it is missing on one side. */
  readonly reasons?: readonly Issue[];
}

/** One statement of a profile that differs; an absent side does not have it. */
export interface ProfileChange {
  /** `computation`: how values of a screening are computed; moves places as part of the rules, not those of another table. */
  readonly cause: 'rules' | 'weights' | 'method' | 'probabilities' | 'computation';
  /** Descriptor that it is about; absent of the profile as a whole. */
  readonly descriptor?: string;
  /** As in the profile: `weight`, `desirability.target`, `constraint maximum`. */
  readonly statement: string;
  readonly unit?: string;
  readonly before?: number | string | boolean;
  readonly after?: number | string | boolean;
  /** Of a weight: its share of all weights. */
  readonly shareBefore?: number;
  readonly shareAfter?: number;
}

/** A file that a value was made of, or made of no more; the same bytes under another path are no change. */
export interface InputChange {
  readonly fileBefore?: string;
  readonly sha256Before?: string;
  readonly fileAfter?: string;
  readonly sha256After?: string;
  readonly values: readonly { readonly id: string; readonly descriptor: string }[];
}

/** Where values come from, told where both tables are results of a screening. */
export interface OriginChanges {
  /** Present when it is another one. */
  readonly adatomVersion?: { readonly before: string; readonly after: string };
  /** Descriptors with another version of their definition; an absent side does not have the descriptor. */
  readonly definitionChanges: readonly {
    readonly descriptor: string;
    readonly before?: number;
    readonly after?: number;
  }[];
  readonly inputChanges: readonly InputChange[];
}

export interface RankingChange {
  readonly before: ChangeEnd;
  readonly after: ChangeEnd;
  /** By the better of both ranks, then by name; those that are ranked in neither last. */
  readonly changes: readonly CandidateChange[];
  readonly values: readonly ValueChange[];
  readonly profileChanges: readonly ProfileChange[];
  readonly cameCandidates: readonly string[];
  readonly wentCandidates: readonly string[];
  readonly issues: readonly Issue[];
}
