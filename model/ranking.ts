/**
 * What a ranking takes and gives. A candidate is ranked, or listed as unranked with reasons; never dropped.
 */
import type { Issue } from './issues.ts';
import type { RankingMethod } from './profile.ts';

/** One descriptor value of a candidate, as ranking needs it. */
export interface RankableValue {
  readonly value: number;
  readonly uncertainty: number;
  readonly quality: 'ok' | 'degraded' | 'unreliable';
}

/** A value of a descriptor that the profile defines. */
export interface DefinedValue extends RankableValue {
  readonly unit: string;
}

export interface RankableCandidate {
  readonly id: string;
  /** By descriptor identifier. A missing key is a missing value. */
  readonly values: Readonly<Record<string, RankableValue>>;
  /** Why a value is missing, by descriptor identifier. */
  readonly missing: Readonly<Record<string, readonly Issue[]>>;
  /** Of the values those that the profile defines; absent when it defines none. */
  readonly defined?: Readonly<Record<string, DefinedValue>>;
}

/** How one objective contributes to a score. */
export interface Contribution {
  readonly value: number;
  readonly unit: string;
  readonly desirability: number;
  readonly weight: number;
  /** Its part of the score: the factor d^w of the geometric mean, the summand w·d of the weighted sum; else absent. */
  readonly effect?: number;
}

/** Scores between which the true one lies, whatever the values are that are missing. */
export interface ScoreInterval {
  readonly lower: number;
  readonly upper: number;
  /** Rank with the upper one, while all others stay as they are. */
  readonly bestRank: number;
}

/** What separates a candidate from the one above it. */
export interface NextPlace {
  readonly candidate: string;
  readonly scoreDifference: number;
  /** By descriptor; what is absent cannot close the gap by itself. */
  readonly neededChanges: Readonly<Record<string, { readonly change: number; readonly unit: string }>>;
  /** Probability that the one above is better in this objective alone, by descriptor; not for targets. */
  readonly aboveIsBetter: Readonly<Record<string, number>>;
  /** The smallest change of one weight that turns the order of the two; absent where none does. */
  readonly weightFlip?: WeightFlip;
}

export interface WeightFlip {
  readonly descriptor: string;
  /** −1 = the weight goes to 0, 0.5 = half as much again. */
  readonly relativeChange: number;
}

export interface RankedCandidate {
  readonly id: string;
  readonly rank: number;
  readonly score: number;
  readonly scoreInterval?: ScoreInterval;
  /** Pareto front over the objectives, 1 = not dominated; absent when a value is missing that was to be there. */
  readonly front?: number;
  /** Room on its front, for display; absent at an end of the front. */
  readonly crowdingDistance?: number;
  readonly contributions: Readonly<Record<string, Contribution>>;
  /** b¹: share of Monte Carlo draws in which the candidate is first. */
  readonly firstRankProbability: number;
  /** b^r of the first places, b¹ first. */
  readonly rankProbabilities: readonly number[];
  /** b¹ of at least 0.7. */
  readonly robust: boolean;
  /** Share of all weightings in which the candidate is first (SMAA). */
  readonly weightAcceptability: number;
  /** Probability that it beats the next in the list. */
  readonly beatsNextProbability?: number;
  /** Absent for the first of the list. */
  readonly nextPlace?: NextPlace;
  /** Neighbours in the list whose order the uncertainties do not settle share a group, from 1. */
  readonly tieGroup: number;
  /** By identifier, of descriptors that the profile defines. */
  readonly defined?: Readonly<Record<string, DefinedValue>>;
  readonly issues: readonly Issue[];
}

export interface UnrankedCandidate {
  readonly id: string;
  readonly reasons: readonly Issue[];
  readonly defined?: Readonly<Record<string, DefinedValue>>;
}

/** What a fifth more or less of one weight does. */
export interface WeightVariation {
  readonly descriptor: string;
  /** +0.2 or −0.2; the other weights give or take evenly. */
  readonly relativeChange: number;
  readonly first: string;
  /** Pairs of candidates that change their order. */
  readonly reversals: number;
  /** Among the first ten. */
  readonly moved: readonly { readonly candidate: string; readonly rank: number; readonly newRank: number }[];
}

/** A value that is missing, and what its calculation could do to the top of the list. */
export interface NextCalculation {
  readonly candidate: string;
  /** What must be calculated, all of it. */
  readonly descriptors: readonly string[];
  /** Share of the assumed outcomes after which the candidate would be first. */
  readonly firstProbability: number;
  /** Places by which the first ten move, together, on the average of the assumed outcomes. */
  readonly expectedRankChange: number;
  /** What was assumed for the missing values. */
  readonly assumed: string;
  /** Where it is to be run; absent for a table, which has no folders. */
  readonly folders?: readonly CalculationFolder[];
}

/** A folder of the tree, and whether the run in it is to be repeated or made. */
export interface CalculationFolder {
  readonly folder: string;
  readonly run: 'again' | 'new';
  /** Why there is no value yet. */
  readonly reason: string;
}

export interface Ranking {
  readonly profile: string;
  readonly profileVersion: number;
  readonly method: RankingMethod;
  readonly seed: number;
  readonly generator: string;
  readonly draws: number;
  readonly ranked: readonly RankedCandidate[];
  readonly unranked: readonly UnrankedCandidate[];
  readonly weightVariations: readonly WeightVariation[];
  /** The most valuable first. */
  readonly nextCalculations: readonly NextCalculation[];
  /** Of a screening: the same candidates under other profiles for the ion; absent where there are none. */
  readonly profileComparison?: ProfileComparison;
  readonly issues: readonly Issue[];
}

/** The same candidates under several profiles. */
export interface ProfileComparison {
  readonly profiles: readonly {
    readonly profile: string;
    readonly method: RankingMethod;
    readonly ranked: number;
    readonly unranked: number;
  }[];
  /** Ranks by profile, those that rank it; best first. */
  readonly candidates: readonly { readonly id: string; readonly ranks: Readonly<Record<string, number>> }[];
  /** Of every two profiles, over the candidates that both rank. */
  readonly agreements: readonly {
    readonly profiles: readonly [string, string];
    readonly candidates: number;
    /** τ-b, from −1 (reversed) to 1 (the same); absent below three candidates and where all scores are equal. */
    readonly kendallTau?: number;
  }[];
}
