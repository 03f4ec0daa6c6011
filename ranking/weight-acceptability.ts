/**
 * Acceptability over weights (SMAA): how often a candidate would be first if nobody knew the weights.
 *
 * Weights are uniform on the simplex, wᵢ = −ln uᵢ/Σ −ln uⱼ, the score is Σ wᵢdᵢ of the desirabilities. The mistake avoided
 * here: the geometric mean for this question; there one d = 0 ends all weights' influence. What a candidate does not know
 * takes no part in its sum, or counts as the worst where its weight is kept. Ties share the draw.
 * Source: Lahdelma & Salminen, Oper. Res. 49, 444 (2001); SCIENCE §10.5.
 */
import { desirabilityOf } from './desirability.ts';
import { firstFront } from './first-front.ts';
import type { DecisionMatrix } from './shared/decision-matrix.ts';
import { DRAWS_AT_ONCE } from './shared/drawn-values.ts';
import { randomStreams } from './shared/normal-stream.ts';

/** Share of draws of the weights in which each row of the matrix is first. */
export function weightAcceptability(
  matrix: DecisionMatrix,
  { seed, draws }: { readonly seed: number; readonly draws: number },
): number[] {
  const desirabilities = desirabilitiesOf(matrix);
  const rows = contenders(matrix, desirabilities);
  const streams = randomStreams(
    matrix.objectives.map(({ descriptor }) => JSON.stringify([seed, 'weights', descriptor])),
  );
  const columns = matrix.objectives.map(() => new Float64Array(DRAWS_AT_ONCE));
  const weights = new Float64Array(columns.length);
  const scores = new Float64Array(rows.length);
  const firsts = new Float64Array(rows.length);
  for (let draw = 0; draw < draws; draw += 1) {
    if (draw % DRAWS_AT_ONCE === 0) for (const [stream, column] of columns.entries()) streams.uniforms(stream, column);
    // Scores are compared within one draw, so the sum of the weights need not be 1.
    columns.forEach((column, at) => {
      weights[at] = -Math.log(column[draw % DRAWS_AT_ONCE] ?? 1);
    });
    score({ matrix, rows, desirabilities, weights }, scores);
    share(scores, firsts);
  }
  const acceptabilities = matrix.ids.map(() => 0);
  rows.forEach((row, at) => {
    acceptabilities[row] = (firsts[at] ?? 0) / Math.max(1, draws);
  });
  return acceptabilities;
}

/** Who can be first at all: who is beaten in every respect by one and the same is so under any weights. */
function contenders({ ids, objectives, shares }: DecisionMatrix, desirabilities: Float64Array): Uint32Array {
  // Where some take no part in an objective, sums go over different ones: then nobody is left out.
  if (shares.includes(0)) return Uint32Array.from(ids, (_, row) => row);
  return firstFront(
    desirabilities.map((d) => -d),
    objectives.length,
  );
}

function desirabilitiesOf({ ids, objectives, values, known }: DecisionMatrix): Float64Array {
  const desirabilities = new Float64Array(values.length);
  for (let row = 0; row < ids.length; row += 1) {
    objectives.forEach(({ desirability }, column) => {
      const at = row * objectives.length + column;
      if (known[at] === 1) desirabilities[at] = desirabilityOf(values[at] ?? 0, desirability);
    });
  }
  return desirabilities;
}

interface Weighted {
  readonly matrix: DecisionMatrix;
  readonly rows: Uint32Array;
  readonly desirabilities: Float64Array;
  readonly weights: Float64Array;
}

function score({ matrix, rows, desirabilities, weights }: Weighted, scores: Float64Array): void {
  const { shares } = matrix;
  for (let index = 0; index < scores.length; index += 1) {
    let sum = 0;
    let weight = 0;
    for (let column = 0, at = (rows[index] ?? 0) * weights.length; column < weights.length; column += 1, at += 1) {
      if (shares[at] === 0) continue;
      weight += weights[column] ?? 0;
      sum += (weights[column] ?? 0) * (desirabilities[at] ?? 0);
    }
    scores[index] = weight > 0 ? sum / weight : 0;
  }
}

/** Scores that differ by rounding alone are equal. */
const SAME_SCORE = 1e-12;

function share(scores: Float64Array, firsts: Float64Array): void {
  let best = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < scores.length; row += 1) best = Math.max(best, scores[row] ?? best);
  let equal = 0;
  for (let row = 0; row < scores.length; row += 1) if ((scores[row] ?? 0) >= best - SAME_SCORE) equal += 1;
  for (let row = 0; row < scores.length; row += 1) {
    if ((scores[row] ?? 0) >= best - SAME_SCORE) firsts[row] = (firsts[row] ?? 0) + 1 / equal;
  }
}
