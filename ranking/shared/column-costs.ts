import { costOf } from '../pareto.ts';
import type { DecisionMatrix } from './decision-matrix.ts';

/** Coordinates to minimise of one objective, one per row; all values must be known. */
export function columnCosts({ ids, objectives }: DecisionMatrix, values: Float64Array, column: number): Float64Array {
  const costs = new Float64Array(ids.length);
  const objective = objectives[column];
  if (objective === undefined) return costs;
  for (let row = 0; row < costs.length; row += 1)
    costs[row] = costOf(values[row * objectives.length + column], objective);
  return costs;
}
