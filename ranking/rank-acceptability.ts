/**
 * Rank acceptability: how often a candidate takes each place, and whose order is not settled, if every value were drawn
 * again from its uncertainty.
 *
 * The mistake avoided here: errors of DFT energies from one functional go in the same direction for all candidates, so
 * independent errors overstate how easily two candidates swap. With correlation ρ a draw is
 * x = μ + σ(√ρ·z₀ + √(1−ρ)·z), z₀ shared by all candidates of the draw; descriptors are independent.
 * Source: SCIENCE §10.5; Lahdelma & Salminen, Oper. Res. 49, 444 (2001).
 */
import type { DecisionMatrix } from './shared/decision-matrix.ts';
import { type DrawnPlaces, drawnPlaces } from './shared/drawn-places.ts';
import { drawnOrders } from './shared/drawn-values.ts';
import type { ScoringMethod } from './shared/scoring-method.ts';

export interface DrawOptions {
  readonly seed: number;
  readonly draws: number;
  /** ρ by descriptor name; names that are absent take the defaults of §10.5. */
  readonly correlations: Readonly<Record<string, number>>;
}

export interface Acceptability {
  /** b^r: share of draws in which the candidate has place r, from the first on, as many as are kept. */
  readonly rankProbabilities: readonly number[];
  /** Probability that it beats the one below it in the list; equal scores count half. Undefined for the last. */
  readonly beatsNextProbability: number | undefined;
  /** Counts from 1 down the list. */
  readonly tieGroup: number;
}

export interface Acceptabilities {
  /** In the order of `list`. */
  readonly places: readonly Acceptability[];
  readonly draws: number;
}

/** Of more candidates fewer draws are kept: so many places in all, two bytes each. */
const MOST_PLACES = 50_000_000;
/** Places whose probabilities are told. */
export const PLACES_TOLD = 10;

/** Two neighbours are tied when the lower one beats the group's first with a probability strictly inside these. */
const TIE_LOW = 0.3;
const TIE_HIGH = 0.7;

/** `list`: rows of the matrix from the first rank to the last. */
export function rankAcceptability(
  matrix: DecisionMatrix,
  method: ScoringMethod,
  list: readonly number[],
  options: DrawOptions,
): Acceptabilities {
  const draws = Math.max(1, Math.min(options.draws, Math.floor(MOST_PLACES / Math.max(1, list.length))));
  const drawn = drawnPlaces(drawnOrders(matrix, method, options), {
    candidates: list.length,
    draws,
    placesTold: PLACES_TOLD,
  });
  const groups = tieGroups(list, drawn);
  return {
    draws,
    places: list.map((row, index) => {
      const next = list[index + 1];
      return {
        rankProbabilities: drawn.rankProbabilities(row),
        beatsNextProbability: next === undefined ? undefined : drawn.beatingProbability(row, next),
        tieGroup: groups[index] ?? 0,
      };
    }),
  };
}

function tieGroups(list: readonly number[], drawn: DrawnPlaces): number[] {
  let first = list[0];
  let group = 1;
  return list.map((row) => {
    const probability = first === undefined || first === row ? 0.5 : drawn.beatingProbability(row, first);
    if (probability <= TIE_LOW || probability >= TIE_HIGH) {
      group += 1;
      first = row;
    }
    return group;
  });
}
