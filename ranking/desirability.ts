/**
 * Desirability: every objective on a common scale from 0 (unacceptable) to 1 (cannot get better), and their weighted
 * geometric mean as the score.
 *
 * The mistake avoided here: an arithmetic mean lets a superb barrier pay for an adsorption energy that is useless; in
 * the geometric mean one 0 makes the score 0. Bounds and directions come from the profile, never from the code.
 * Source: Derringer & Suich, J. Qual. Technol. 12, 214 (1980); SCIENCE §10.2.
 */
import type { Desirability } from '../model/profile.ts';

/** A desirability d in [0, 1] and the share of the weights it has; shares of one candidate add up to 1. */
export interface WeightedDesirability {
  readonly desirability: number;
  readonly share: number;
}

/** d of a value given in the unit of the objective's bounds: in [0, 1], 0 at and beyond the unacceptable bound. */
export function desirabilityOf(value: number, shape: Desirability): number {
  switch (shape.kind) {
    case 'max':
      return rise(value, shape.lower, shape.target, shape.exponent);
    case 'min':
      return fall(value, shape.target, shape.upper, shape.exponent);
    case 'target':
      return value <= shape.target
        ? rise(value, shape.lower, shape.target, shape.lowerExponent)
        : fall(value, shape.target, shape.upper, shape.upperExponent);
  }
}

/** D = Π dᵢ^shareᵢ in [0, 1]; 0 as soon as one d is 0. */
export function weightedGeometricMean(terms: readonly WeightedDesirability[]): number {
  let logarithm = 0;
  for (const term of terms) {
    if (term.desirability <= 0) return 0;
    logarithm += term.share * Math.log(term.desirability);
  }
  return Math.exp(logarithm);
}

/** 0 up to `lower`, 1 from `target` on. Equal bounds make a step: the first line keeps it from dividing by zero. */
function rise(value: number, lower: number, target: number, exponent: number): number {
  if (value >= target) return 1;
  if (value <= lower) return 0;
  return power((value - lower) / (target - lower), exponent);
}

/** 1 up to `target`, 0 from `upper` on. */
function fall(value: number, target: number, upper: number, exponent: number): number {
  if (value <= target) return 1;
  if (value >= upper) return 0;
  return power((upper - value) / (upper - target), exponent);
}

function power(base: number, exponent: number): number {
  return exponent === 1 ? base : base ** exponent;
}
