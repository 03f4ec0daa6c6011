/**
 * The answer to one submission: what was found, what it became, the ranking, and what could not be used and why.
 * Every calculation found is either behind a candidate or in `unused` with reasons.
 */
import type { CheckedClaims } from './claim-check.ts';
import type { DescriptorDefinition } from './descriptor.ts';
import type { Issue } from './issues.ts';
import type { RankingMethod } from './profile.ts';
import type {
  NextCalculation,
  ProfileComparison,
  RankedCandidate,
  UnrankedCandidate,
  WeightVariation,
} from './ranking.ts';
import type { Candidate, PathReport, ProtocolVerdict, Relation, Role, RoleAssignment, System } from './system.ts';

export interface UnusedCalculation {
  readonly calculation: string;
  readonly role: Role | 'unreadable';
  readonly reasons: readonly Issue[];
}

/** A descriptor definition without its code. */
export type DescriptorDescription = Pick<
  DescriptorDefinition,
  'identifier' | 'version' | 'symbol' | 'unit' | 'title' | 'sign' | 'formula' | 'reference'
>;

export interface ScreeningCounts {
  /** Runs found in the tree. */
  readonly found: number;
  /** Runs with at least one complete ionic step. */
  readonly parsed: number;
  readonly unreadable: number;
}

export interface ScreeningResult {
  readonly adatomVersion: string;
  readonly profile: string;
  readonly profileVersion: number;
  readonly method: RankingMethod;
  readonly ion: string;
  readonly protocol?: string;
  /** Seed and generator of the Monte Carlo draws, and their number. */
  readonly seed: number;
  readonly generator: string;
  readonly draws: number;
  /** What every descriptor of the candidates means, and the version of its definition. */
  readonly definitions: readonly DescriptorDescription[];
  readonly calculations: ScreeningCounts;
  readonly roles: readonly RoleAssignment[];
  readonly systems: readonly System[];
  /** Links outside the systems, by kind, then by calculation. */
  readonly relations: readonly Relation[];
  readonly paths: readonly PathReport[];
  readonly candidates: readonly Candidate[];
  /** Published claims held against the candidates; absent when none were asked for. */
  readonly claims?: CheckedClaims;
  /** Of references, bulks, images and whatever is no slab of a candidate; absent without a protocol. */
  readonly protocolVerdicts?: readonly ProtocolVerdict[];
  readonly ranked: readonly RankedCandidate[];
  readonly unranked: readonly UnrankedCandidate[];
  readonly weightVariations: readonly WeightVariation[];
  /** The most valuable first. */
  readonly nextCalculations: readonly NextCalculation[];
  /** The same candidates under every shipped profile for the ion; absent where there is no other one. */
  readonly profileComparison?: ProfileComparison;
  readonly unused: readonly UnusedCalculation[];
  readonly issues: readonly Issue[];
}
