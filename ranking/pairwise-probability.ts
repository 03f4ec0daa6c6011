/**
 * With what probability the true value of A is below that of B, when both have normal errors:
 * P(A < B) = Φ((B − A)/√(σA² + σB² − 2ρσAσB)). Source: SCIENCE §10.5.
 *
 * The mistake avoided here: adding variances of errors that are shared. Of one functional the errors of A and B go
 * together; ρ takes what they share out of the difference.
 */

export interface NormalValue {
  readonly value: number;
  /** 1σ. */
  readonly uncertainty: number;
}

/** In [0, 1]; without any uncertainty of the difference 0, ½ (equal) or 1. */
export function probabilityBelow(a: NormalValue, b: NormalValue, correlation = 0): number {
  const difference = b.value - a.value;
  const shared = 2 * correlation * a.uncertainty * b.uncertainty;
  // Rounding can leave −1e−20 where two errors are one.
  const variance = Math.max(0, a.uncertainty ** 2 + b.uncertainty ** 2 - shared);
  if (variance === 0) return difference === 0 ? 0.5 : difference > 0 ? 1 : 0;
  return standardNormal(difference / Math.sqrt(variance));
}

/** Φ(z), to about 1e-15: series near 0, continued fraction of the tail (Abramowitz & Stegun 26.2.11, 26.2.14). */
export function standardNormal(z: number): number {
  const x = Math.abs(z);
  if (x > SURE) return z > 0 ? 1 : 0;
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  const upper = x < TAIL_FROM ? 0.5 - density * series(x) : density / tailFraction(x);
  return z > 0 ? 1 - upper : upper;
}

/** Beyond it the tail is below the smallest double. */
const SURE = 38.5;
const TAIL_FROM = 3;

/** x + x³/3 + x⁵/15 + … */
function series(x: number): number {
  let term = x;
  let sum = x;
  for (let odd = 3; term > sum * Number.EPSILON; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return sum;
}

/** x + 1/(x + 2/(x + 3/(x + …))), from 60 terms down: at x = 3 converged to the last digit. */
function tailFraction(x: number): number {
  let value = x;
  for (let k = 60; k > 0; k -= 1) value = x + k / value;
  return value;
}
