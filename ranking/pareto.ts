/**
 * Pareto fronts: which candidates no other one beats in every respect (front 1), which remain unbeaten once front 1 is
 * taken away (front 2), and so on. Source: SCIENCE §10.3.
 *
 * The mistake avoided here: comparing desirabilities. They are flat at 0 and 1, so different candidates would look
 * equal, and their bounds are opinions while a direction is not. Raw values are compared in the objective's direction,
 * for a target the distance |value − target|. A missing optional value counts as worse than any number: an incomplete
 * candidate may be placed too low, never above a complete one.
 */
import type { Objective } from '../model/profile.ts';
import type { DecisionMatrix } from './shared/decision-matrix.ts';
import { emptyFronts, type Fronts } from './shared/dominance-fronts.ts';
import { expectedFronts } from './shared/expected-fronts.ts';
import { equalsPrevious, rowsInOrder } from './shared/rows-in-order.ts';
import type { ScoringMethod } from './shared/scoring-method.ts';

/** The coordinate to minimise of one objective; `undefined` = missing value. */
export function costOf(value: number | undefined, objective: Objective): number {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  switch (objective.desirability.kind) {
    case 'min':
      return value;
    case 'max':
      return -value;
    case 'target':
      return Math.abs(value - objective.desirability.target);
  }
}

/** Coordinates of every row, row by row; a value that is missing costs ∞. */
export function rowCosts({ values, known, objectives }: DecisionMatrix): Float64Array {
  return values.map((value, at) => {
    const objective = objectives[at % objectives.length];
    return objective === undefined ? value : costOf(known[at] === 1 ? value : undefined, objective);
  });
}

/** As a method of its own: one front after the other, all of a front alike; the score is 1/front. */
export function paretoOrder(matrix: DecisionMatrix): ScoringMethod {
  return {
    order: (values, order) => {
      const fronts = paretoFronts(rowCosts({ ...matrix, values }), matrix.objectives.length);
      for (let row = 0; row < order.length; row += 1) order[row] = 1 / (fronts[row] ?? 1);
    },
    scoreOf: (order) => order,
    skipped: [],
  };
}

/**
 * Front number (1 = not dominated) of every row of `dimension` costs, which are all minimised. Equal rows do not dominate
 * each other and share a front.
 */
export function paretoFronts(costs: Float64Array, dimension: number): Uint32Array {
  // In lexicographic order a row can only be dominated by an earlier one.
  const { order, sorted } = rowsInOrder(costs, dimension);
  const fronts = emptyFronts(sorted, dimension);
  const expected = expectedFronts(sorted, dimension);
  const numbers = new Uint32Array(order.length);
  let count = 0;
  let front = 0;
  for (let row = 0; row < order.length; row += 1) {
    if (row === 0 || !equalsPrevious(sorted, dimension, row)) {
      front = firstUndominating(fronts, row, { count, expected: expected.near(row) });
      expected.found(row, front);
      fronts.add(front, row);
      if (front === count) count += 1;
    }
    numbers[order[row] ?? 0] = front + 1;
  }
  return numbers;
}

/**
 * The first of `count` fronts without a member that dominates the row; `count` when all have one.
 * If no member of a front dominates it, no member of a later front does, so bisection finds it (efficient
 * non-dominated sorting, Zhang et al., IEEE Trans. Evol. Comput. 19, 201 (2015)), here in steps that double from where
 * it is expected.
 */
function firstUndominating(
  fronts: Fronts,
  row: number,
  { count, expected }: { readonly count: number; readonly expected: number },
): number {
  let low = 0;
  let high = count;
  let step = 1;
  let middle = Math.min(expected, high - 1);
  while (low < high) {
    if (fronts.dominates(middle, row)) {
      low = middle + 1;
      middle = Math.min(middle + step, high - 1);
    } else {
      high = middle;
      middle = Math.max(middle - step, low);
    }
    step *= 2;
    if (2 * step > high - low) middle = (low + high) >> 1;
  }
  return low;
}
