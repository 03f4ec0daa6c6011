/**
 * Mismatch of two lengths in the three conventions that are in use (SCIENCE §5.1).
 *
 * The mistake avoided here: "the mismatch is 8 %" without its denominator. Graphene on zinc (0001) is −7.7 % of the film
 * and +8.3 % of the substrate, with opposite signs.
 */
import type { PlaneLattice } from '../../../model/plane-lattice.ts';

export interface LengthMismatch {
  /** Textbooks: film minus substrate, per substrate. */
  readonly fSubFraction: number;
  /** Strain that the film must take; + = stretched. */
  readonly epsilonFilmFraction: number;
  /** Film minus substrate, per their mean. */
  readonly fAvgFraction: number;
}

/** Of n film lengths on m substrate lengths, each already multiplied. */
export function lengthMismatch(film: number, substrate: number): LengthMismatch {
  return {
    fSubFraction: (film - substrate) / substrate,
    epsilonFilmFraction: (substrate - film) / film,
    fAvgFraction: (2 * (film - substrate)) / (film + substrate),
  };
}

export interface OneDimensionalMismatch extends LengthMismatch {
  readonly filmMultiple: number;
  readonly substrateMultiple: number;
  readonly filmAngstrom: number;
  readonly substrateAngstrom: number;
}

/** Beyond it a whole multiple is no better story than cell by cell. */
const FITTING_FRACTION = 0.1;

/** Of the shortest vectors: n:1 or 1:m where a whole multiple fits within 10 %, else 1:1. */
export function oneDimensionalMismatch(film: PlaneLattice, substrate: PlaneLattice): OneDimensionalMismatch {
  return fittedMismatch(Math.hypot(...film[0]), Math.hypot(...substrate[0]));
}

/** Of one length each: n:1 or 1:m as above. */
export function fittedMismatch(filmAngstrom: number, substrateAngstrom: number): OneDimensionalMismatch {
  const filmMultiple = Math.max(1, Math.round(substrateAngstrom / filmAngstrom));
  const substrateMultiple = Math.max(1, Math.round(filmAngstrom / substrateAngstrom));
  const folded = lengthMismatch(filmMultiple * filmAngstrom, substrateMultiple * substrateAngstrom);
  const isFitting = Math.abs(folded.epsilonFilmFraction) <= FITTING_FRACTION;
  return {
    ...(isFitting ? folded : lengthMismatch(filmAngstrom, substrateAngstrom)),
    filmMultiple: isFitting ? filmMultiple : 1,
    substrateMultiple: isFitting ? substrateMultiple : 1,
    filmAngstrom,
    substrateAngstrom,
  };
}
