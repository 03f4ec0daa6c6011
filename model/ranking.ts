/**
 * What a ranking takes and gives. A candidate is ranked, or listed as unranked with reasons; never dropped.
 */
import type { Issue } from './issues.ts';

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
}

export interface RankedCandidate {
  readonly id: string;
  readonly rank: number;
  readonly score: number;
  /** Pareto front over the objectives, 1 = not dominated. */
  readonly front: number;
  readonly contributions: Readonly<Record<string, Contribution>>;
  /** b¹: share of Monte Carlo draws in which the candidate is first. */
  readonly firstRankProbability: number;
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

export interface Ranking {
  readonly profile: string;
  readonly profileVersion: number;
  readonly seed: number;
  readonly generator: string;
  readonly draws: number;
  readonly ranked: readonly RankedCandidate[];
  readonly unranked: readonly UnrankedCandidate[];
  readonly issues: readonly Issue[];
}
