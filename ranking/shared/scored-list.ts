/**
 * Candidates of a matrix in the order of their scores.
 *
 * Rows come in the order of their ids and the sort is stable, so equal scores stay by id. Whoever lacks a value that keeps
 * its weight is placed by the lower bound of the score, among equal ones by the upper.
 */
import type { DecisionMatrix } from './decision-matrix.ts';
import type { MethodOf, ScoringMethod } from './scoring-method.ts';

export interface ScoredList {
  readonly methodOf: MethodOf;
  readonly method: ScoringMethod;
  /** By row: higher is better. */
  readonly order: Float64Array;
  /** By row: the same with the best that the missing values can be. */
  readonly bestOrder: Float64Array;
  /** Rows from the first rank on. */
  readonly rows: readonly number[];
}

export function scoredList(matrix: DecisionMatrix, methodOf: MethodOf): ScoredList {
  const method = methodOf(matrix);
  const order = new Float64Array(matrix.ids.length);
  method.order(matrix.values, order);
  const bestOrder = orderAtBest(matrix, methodOf) ?? order;
  const rows = matrix.ids
    .map((_, row) => row)
    .sort((a, b) => descending(order, a, b) || descending(bestOrder, a, b) || a - b);
  return { methodOf, method, order, bestOrder, rows };
}

/** Scores that rounding alone tells apart. */
const SAME_ORDER = 1e-12;

/** Whether rounding alone tells the scores of two rows apart; −∞ is the same as −∞. */
export function isSameOrder(order: Float64Array, a: number, b: number): boolean {
  const left = order[a] ?? 0;
  const right = order[b] ?? 0;
  return left === right || Math.abs(left - right) <= SAME_ORDER;
}

/** Not by subtraction: two scores of a geometric mean may both be −∞. */
function descending(order: Float64Array, a: number, b: number): number {
  const left = order[a] ?? 0;
  const right = order[b] ?? 0;
  return left === right ? 0 : left > right ? -1 : 1;
}

/** At its target every desirability is 1. Undefined when nothing is missing that has a weight. */
function orderAtBest(matrix: DecisionMatrix, methodOf: MethodOf): Float64Array | undefined {
  const { objectives, shares } = matrix;
  const values = matrix.values.slice();
  const known = matrix.known.slice();
  let isFilled = false;
  for (let at = 0; at < values.length; at += 1) {
    if (known[at] === 1 || shares[at] === 0) continue;
    values[at] = objectives[at % objectives.length]?.desirability.target ?? 0;
    known[at] = 1;
    isFilled = true;
  }
  if (!isFilled) return undefined;
  const order = new Float64Array(matrix.ids.length);
  methodOf({ ...matrix, values, known }).order(values, order);
  return order;
}
