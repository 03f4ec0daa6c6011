/**
 * The answer to one submission: what was found, what it became, the ranking, and what could not be used and why.
 * Every calculation found is either behind a candidate or in `unused` with reasons.
 */
import type { Issue } from './issues.ts';
import type { RankedCandidate, UnrankedCandidate } from './ranking.ts';
import type { Candidate, PathReport, Role, RoleAssignment, System } from './system.ts';

export interface UnusedCalculation {
  readonly calculation: string;
  readonly role: Role | 'unreadable';
  readonly reasons: readonly Issue[];
}

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
  readonly ion: string;
  readonly protocol?: string;
  readonly seed: number;
  readonly calculations: ScreeningCounts;
  readonly roles: readonly RoleAssignment[];
  readonly systems: readonly System[];
  readonly paths: readonly PathReport[];
  readonly candidates: readonly Candidate[];
  readonly ranked: readonly RankedCandidate[];
  readonly unranked: readonly UnrankedCandidate[];
  readonly unused: readonly UnusedCalculation[];
  readonly issues: readonly Issue[];
}
