/**
 * What makes an order out of a decision matrix.
 *
 * `order` is asked anew for every draw, so it takes the values by themselves; the score that is shown may be another
 * scale of the same order (the geometric mean is compared by its logarithm).
 */
import type { RankingMethod } from '../../model/profile.ts';
import type { DecisionMatrix } from './decision-matrix.ts';

export interface ScoringMethod {
  /** Fills `order` with a number per row, higher = better. `values` stand where those of the matrix stand. */
  readonly order: (values: Float64Array, order: Float64Array) => void;
  /**
   * Where no other row has a say in a row's number: the same for `DRAWS_AT_ONCE` draws of one row. In `draws` stand all
   * draws of its first objective, then all of its second and so on.
   */
  readonly orderOfDraws?: (row: number, draws: Float64Array, order: Float64Array) => void;
  /** The score that is shown for a number of `order`. */
  readonly scoreOf: (order: number) => number;
  /** Objectives that tell no candidates apart and take no part, with the reason. */
  readonly skipped: readonly SkippedObjective[];
}

export interface SkippedObjective {
  readonly descriptor: string;
  readonly reason: string;
}

export type MethodOf = (matrix: DecisionMatrix) => ScoringMethod;

/** The methods whose scores are made of desirabilities: each row by itself, and a missing value has bounds. */
export function isMadeOfDesirabilities(method: RankingMethod, normalisation: string | undefined): boolean {
  return (
    method === 'desirability' || (method === 'weighted-sum' && (normalisation ?? 'desirability') === 'desirability')
  );
}
