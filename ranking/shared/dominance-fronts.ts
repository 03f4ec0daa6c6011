/**
 * Pareto fronts under construction, numbered from 0: answers "does a member of this front dominate that row?" for rows
 * that arrive in lexicographic order, each different from all before. The first cost of a later row is never smaller, so
 * only the others decide.
 *
 * Up to three objectives staircases answer by bisection. With more, a row is compared with every member when there are
 * few rows, and looked up in a tree when there are many.
 */
import { dominanceTrees } from './dominance-tree.ts';
import { staircases } from './staircase.ts';

export interface Fronts {
  /** False of a front that has no member yet. */
  readonly dominates: (front: number, row: number) => boolean;
  readonly add: (front: number, row: number) => void;
}

/** Below it the members are compared one by one: there is nothing to win with a tree. */
const FEW_ROWS = 2000;

/** None yet, over rows of `dimension` costs. */
export function emptyFronts(costs: Float64Array, dimension: number): Fronts {
  if (dimension <= 3) return staircases(costs, dimension);
  return costs.length / dimension < FEW_ROWS ? lists(costs, dimension) : dominanceTrees(costs, dimension);
}

/** Members are compared newest first: their costs are the nearest. */
function lists(costs: Float64Array, dimension: number): Fronts {
  const members: number[][] = [];
  return {
    dominates: (front, row) => {
      const rows = members[front] ?? [];
      for (let at = rows.length - 1; at >= 0; at -= 1) {
        const member = (rows[at] ?? 0) * dimension;
        let column = 1;
        while (column < dimension && (costs[member + column] ?? 0) <= (costs[row * dimension + column] ?? 0))
          column += 1;
        if (column === dimension) return true;
      }
      return false;
    },
    add: (front, row) => {
      const rows = members[front];
      if (rows === undefined) members[front] = [row];
      else rows.push(row);
    },
  };
}
