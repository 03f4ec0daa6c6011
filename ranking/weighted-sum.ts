/**
 * Weighted sum: S = Σ wᵢ·nᵢ, with values made comparable first in one of three stated ways.
 *
 * `desirability`: nᵢ = dᵢ of the profile's bounds. `min-max`: 0 for the worst and 1 for the best of the ranked candidates.
 * `vector`: −c/‖c‖, c the value in the direction that is minimised. The mistake avoided here: the last two are scales that
 * the candidates make together, so one who comes or goes may turn the order of two others (rank reversal; Belton & Gear,
 * Omega 11, 228 (1983)); bounds of a profile do not. A sum also lets a good value pay for a useless one.
 */
import type { Normalisation } from '../model/profile.ts';
import { desirabilityOf } from './desirability.ts';
import { columnCosts } from './shared/column-costs.ts';
import { fittedLength } from './shared/column-length.ts';
import type { DecisionMatrix } from './shared/decision-matrix.ts';
import type { ScoringMethod, SkippedObjective } from './shared/scoring-method.ts';

export function weightedSum(matrix: DecisionMatrix, normalisation: Normalisation): ScoringMethod {
  const columns = matrix.objectives.map((_, column) => column);
  return {
    order: (values, order) => {
      order.fill(0);
      for (const column of columns) addColumn({ matrix, values, order }, column, normalisation);
    },
    scoreOf: (order) => order,
    skipped: normalisation === 'desirability' ? [] : columns.flatMap((column) => alike(matrix, column, normalisation)),
  };
}

interface Sum {
  readonly matrix: DecisionMatrix;
  readonly values: Float64Array;
  readonly order: Float64Array;
}

function addColumn({ matrix, values, order }: Sum, column: number, normalisation: Normalisation): void {
  const { objectives, known, shares } = matrix;
  const objective = objectives[column];
  if (objective === undefined) return;
  const scale =
    normalisation === 'desirability' ? undefined : scaleOf(columnCosts(matrix, values, column), normalisation);
  for (let row = 0; row < order.length; row += 1) {
    const at = row * objectives.length + column;
    if (known[at] !== 1) continue;
    const value = values[at] ?? 0;
    const normalised = scale === undefined ? desirabilityOf(value, objective.desirability) : scale(row);
    order[row] = (order[row] ?? 0) + (shares[at] ?? 0) * normalised;
  }
}

/** A column that tells nobody apart adds nothing. */
function scaleOf(costs: Float64Array, normalisation: 'min-max' | 'vector'): (row: number) => number {
  if (normalisation === 'vector') {
    const length = fittedLength(costs);
    return (row) => (length > 0 ? -(costs[row] ?? 0) / length : 0);
  }
  const worst = costs.reduce((found, cost) => Math.max(found, cost), Number.NEGATIVE_INFINITY);
  const best = costs.reduce((found, cost) => Math.min(found, cost), Number.POSITIVE_INFINITY);
  return (row) => (worst > best ? (worst - (costs[row] ?? 0)) / (worst - best) : 0);
}

function alike(matrix: DecisionMatrix, column: number, normalisation: 'min-max' | 'vector'): SkippedObjective[] {
  const costs = columnCosts(matrix, matrix.values, column);
  const [first = 0] = costs;
  const descriptor = matrix.objectives[column]?.descriptor ?? '';
  if (costs.length === 0) return [];
  if (normalisation === 'vector') {
    return costs.every((cost) => cost === 0) ? [{ descriptor, reason: 'all its values are 0' }] : [];
  }
  return costs.every((cost) => cost === first) ? [{ descriptor, reason: 'all its values are equal' }] : [];
}
