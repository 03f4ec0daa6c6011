/**
 * Inputs that the descriptors of coincidence share: the limits of the search and lattices as text.
 */
import { z } from 'zod';
import { type CoincidenceLimits, DEFAULT_COINCIDENCE_LIMITS } from '../../../model/coincidence.ts';
import type { PlaneLattice } from '../../../model/plane-lattice.ts';
import { told } from '../inputs.ts';
import { LATTICE_FORMS, latticeOfText } from './lattice-text.ts';

/** 1σ of a strain, absolute (SCIENCE §10.5). */
export const STRAIN_UNCERTAINTY_FRACTION = 1e-3;

const tolerance = (symbol: string, description: string) => told(z.number().min(0).lt(1), symbol, '', description);

export const limitInputs = {
  maxAreaAngstrom2: told(z.number().positive(), 'A_max', 'Å²', 'largest supercell of either, inclusive').default(
    DEFAULT_COINCIDENCE_LIMITS.maxAreaAngstrom2,
  ),
  lengthTolerance: tolerance('t_l', 'relative, of each of the two lengths').default(
    DEFAULT_COINCIDENCE_LIMITS.lengthTolerance,
  ),
  angleTolerance: tolerance('t_a', 'relative, of the angle').default(DEFAULT_COINCIDENCE_LIMITS.angleTolerance),
  areaRatioTolerance: tolerance('t_r', 'of the ratio of areas against that of the multiples').default(
    DEFAULT_COINCIDENCE_LIMITS.areaRatioTolerance,
  ),
};

export function latticeText(symbol: string, description: string) {
  const forms = `${LATTICE_FORMS}; Å and degrees`;
  const schema = z.string().superRefine((text, context) => {
    const read = latticeOfText(text);
    if (!read.isLattice) context.addIssue({ code: 'custom', message: read.reason });
  });
  return told(schema, symbol, '', `${description}: ${forms}`);
}

/** Of a text that its schema has let through. */
export function latticeOf(text: string): PlaneLattice {
  const read = latticeOfText(text);
  if (!read.isLattice) throw new Error(read.reason);
  return read.lattice;
}

export function limitsOf(given: CoincidenceLimits): CoincidenceLimits {
  const { maxAreaAngstrom2, lengthTolerance, angleTolerance, areaRatioTolerance } = given;
  return { maxAreaAngstrom2, lengthTolerance, angleTolerance, areaRatioTolerance };
}
