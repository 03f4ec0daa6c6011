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
import { type Front, frontOf } from './shared/dominance-front.ts';

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

/**
 * Front number (1 = not dominated) of every cost vector; all vectors have the same length, all costs are minimised.
 * Equal vectors do not dominate each other and share a front.
 */
export function paretoFronts(costs: readonly (readonly number[])[]): number[] {
  // In lexicographic order a vector can only be dominated by an earlier one.
  const order = costs.map((_, index) => index).sort((a, b) => compareVectors(costs[a] ?? [], costs[b] ?? []));
  const fronts: Front[] = [];
  const numbers = new Array<number>(costs.length).fill(0);
  let previous: readonly number[] | undefined;
  let previousFront = 0;
  for (const index of order) {
    const vector = costs[index] ?? [];
    if (previous === undefined || compareVectors(previous, vector) !== 0) {
      previousFront = firstUndominating(fronts, vector);
      const front = fronts[previousFront];
      if (front === undefined) fronts.push(frontOf(vector));
      else front.add(vector);
      previous = vector;
    }
    numbers[index] = previousFront + 1;
  }
  return numbers;
}

/**
 * Index of the first front without a member that dominates the vector; `fronts.length` when all have one.
 * If no member of a front dominates it, no member of a later front does, so bisection finds it (efficient
 * non-dominated sorting, Zhang et al., IEEE Trans. Evol. Comput. 19, 201 (2015)).
 */
function firstUndominating(fronts: readonly Front[], vector: readonly number[]): number {
  let low = 0;
  let high = fronts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fronts[middle]?.dominates(vector) === true) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compareVectors(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < left.length; index += 1) {
    const a = left[index] ?? 0;
    const b = right[index] ?? 0;
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}
