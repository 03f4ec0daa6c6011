/**
 * TOPSIS: how near a candidate is to the best values that were found, and how far from the worst ones.
 *
 * Columns are divided by their length (Euclidean norm) and weighted; C = d⁻/(d⁺ + d⁻) with the distances to the worst and
 * to the best value of each column. A target counts as the distance |value − target|, to be minimised. The mistakes
 * avoided here: norms over candidates that are not ranked, and 0/0 where all are identical (C = 0.5 then). The scale is
 * made by all candidates together, so one who comes or goes may turn the order of two others.
 * Source: Hwang & Yoon, Multiple Attribute Decision Making (1981); SCIENCE §10.4.
 */
import { fittedLength } from './shared/column-length.ts';
import type { DecisionMatrix } from './shared/decision-matrix.ts';
import type { ScoringMethod } from './shared/scoring-method.ts';

export function topsis(matrix: DecisionMatrix): ScoringMethod {
  const count = matrix.objectives.length;
  const weights = Float64Array.from(matrix.objectives, (_, column) => matrix.shares[column] ?? 0);
  const column = new Float64Array(matrix.ids.length);
  const toBest = new Float64Array(matrix.ids.length);
  const toWorst = new Float64Array(matrix.ids.length);
  return {
    order: (values, order) => {
      toBest.fill(0);
      toWorst.fill(0);
      for (let at = 0; at < count; at += 1) {
        readColumn(matrix, values, { column, at });
        addDistances(column, weights[at] ?? 0, { toBest, toWorst });
      }
      for (let row = 0; row < order.length; row += 1) {
        order[row] = closeness(Math.sqrt(toBest[row] ?? 0), Math.sqrt(toWorst[row] ?? 0));
      }
    },
    scoreOf: (order) => order,
    skipped: matrix.objectives.flatMap(({ descriptor }, at) => {
      readColumn(matrix, matrix.values, { column, at });
      const isZero = column.length > 0 && column.every((entry) => entry === 0);
      return isZero ? [{ descriptor, reason: 'all its values are 0' }] : [];
    }),
  };
}

/** Benefits so that higher is better: −value for `min`, −|value − target| for a target. */
function readColumn(
  { objectives }: DecisionMatrix,
  values: Float64Array,
  into: { readonly column: Float64Array; readonly at: number },
): void {
  const shape = objectives[into.at]?.desirability;
  if (shape === undefined) return;
  const { column, at } = into;
  for (let row = 0; row < column.length; row += 1) {
    const value = values[row * objectives.length + at] ?? 0;
    column[row] = shape.kind === 'max' ? value : shape.kind === 'min' ? -value : -Math.abs(value - shape.target);
  }
}

interface SquaredDistances {
  readonly toBest: Float64Array;
  readonly toWorst: Float64Array;
}

function addDistances(column: Float64Array, weight: number, { toBest, toWorst }: SquaredDistances): void {
  const length = fittedLength(column);
  if (length === 0) return;
  let best = Number.NEGATIVE_INFINITY;
  let worst = Number.POSITIVE_INFINITY;
  for (let row = 0; row < column.length; row += 1) {
    const entry = column[row] ?? 0;
    if (entry > best) best = entry;
    if (entry < worst) worst = entry;
  }
  const scale = weight / length;
  for (let row = 0; row < column.length; row += 1) {
    const entry = column[row] ?? 0;
    toBest[row] = (toBest[row] ?? 0) + ((best - entry) * scale) ** 2;
    toWorst[row] = (toWorst[row] ?? 0) + ((entry - worst) * scale) ** 2;
  }
}

function closeness(toBest: number, toWorst: number): number {
  return toBest + toWorst === 0 ? 0.5 : toWorst / (toBest + toWorst);
}
