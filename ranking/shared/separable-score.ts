/**
 * Scores that are a sum over the objectives of one candidate: Σ wᵢtᵢ/Σ wᵢ with t = ln d (geometric mean) or t = d (sum).
 *
 * In this form a question about one weight or one value has a closed answer.
 */
import { desirabilityOf } from '../desirability.ts';
import type { DecisionMatrix } from './decision-matrix.ts';

/** Terms of a row; undefined = takes no part. */
export type Terms = readonly (number | undefined)[];

export function termsOf(matrix: DecisionMatrix, row: number, isGeometric: boolean): Terms {
  const { objectives, known, shares, values } = matrix;
  return objectives.map(({ desirability }, column) => {
    const at = row * objectives.length + column;
    if (shares[at] === 0) return undefined;
    const d = known[at] === 1 ? desirabilityOf(values[at] ?? 0, desirability) : 0;
    return isGeometric ? Math.log(d) : d;
  });
}

/**
 * The smallest relative change of weight `column` at which a and b have equal scores; undefined when the weight, from 0
 * upwards, cannot do it.
 */
export function weightChangeToTie(a: Terms, b: Terms, weights: readonly number[], column: number): number | undefined {
  const withoutA = sums(a, weights, column);
  const withoutB = sums(b, weights, column);
  if (!Number.isFinite(withoutA.terms) || !Number.isFinite(withoutB.terms)) return undefined;
  const termA = a[column];
  const termB = b[column];
  const isEndless = termA === Number.NEGATIVE_INFINITY || termB === Number.NEGATIVE_INFINITY;
  if (isEndless)
    return termA === termB ? undefined : changeToNothing(withoutA, withoutB, termA === Number.NEGATIVE_INFINITY);
  // (A + w·tA)/(WA + w·kA) = (B + w·tB)/(WB + w·kB), k = 1 where the term takes part.
  const kA = termA === undefined ? 0 : 1;
  const kB = termB === undefined ? 0 : 1;
  const tA = termA ?? 0;
  const tB = termB ?? 0;
  const quadratic = tA * kB - tB * kA;
  const linear = withoutA.terms * kB + tA * withoutB.weight - withoutB.terms * kA - tB * withoutA.weight;
  const constant = withoutA.terms * withoutB.weight - withoutB.terms * withoutA.weight;
  const weight = weights[column] ?? 0;
  const changes = roots(quadratic, linear, constant)
    .filter((root) => root >= 0 && withoutA.weight + root * kA > 0 && withoutB.weight + root * kB > 0)
    .map((root) => root / weight - 1);
  return changes.reduce<number | undefined>(
    (best, each) => (best === undefined || Math.abs(each) < Math.abs(best) ? each : best),
    undefined,
  );
}

interface Sums {
  readonly terms: number;
  readonly weight: number;
}

function sums(terms: Terms, weights: readonly number[], without: number): Sums {
  let sum = 0;
  let weight = 0;
  terms.forEach((term, column) => {
    if (term === undefined || column === without) return;
    sum += (weights[column] ?? 0) * term;
    weight += weights[column] ?? 0;
  });
  return { terms: sum, weight };
}

/** A value without any desirability counts until its weight is 0: then the order may turn, and only then. */
function changeToNothing(a: Sums, b: Sums, isWorseA: boolean): number | undefined {
  if (a.weight === 0 || b.weight === 0) return undefined;
  const difference = a.terms / a.weight - b.terms / b.weight;
  return (isWorseA ? difference > 0 : difference < 0) ? -1 : undefined;
}

/** Real roots of q·x² + l·x + c = 0. */
function roots(q: number, l: number, c: number): number[] {
  if (q === 0) return l === 0 ? [] : [-c / l];
  const discriminant = l * l - 4 * q * c;
  if (discriminant < 0) return [];
  // The form without cancellation: the larger root first, the other from their product.
  const half = -(l + (l < 0 ? -1 : 1) * Math.sqrt(discriminant)) / 2;
  return half === 0 ? [0] : [half / q, c / half];
}
