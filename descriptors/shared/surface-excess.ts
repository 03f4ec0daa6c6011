/**
 * The energy of a slab above that of its atoms in the bulk, and areal energies in J/m² (SCIENCE §4.3).
 *
 * The mistake avoided here: a rounded factor such as 16.02 between eV/Å² and J/m², which shifts every surface energy.
 */
import { JOULE_PER_M2_PER_EV_PER_ANGSTROM2 } from '../../model/constants.ts';

export const SURFACE_UNIT = 'J/m²';
/** 1σ of a surface energy (§10.5). */
export const SURFACE_UNCERTAINTY_J_PER_M2 = 0.05;

export function jPerM2(evPerAngstrom2: number): number {
  return evPerAngstrom2 * JOULE_PER_M2_PER_EV_PER_ANGSTROM2;
}

export interface CutSlab {
  readonly bulkPerFormulaUnitEv: number;
  readonly formulaUnits: number;
  /** Anions that its formula units would have and the slab has not. */
  readonly missingAnions?: number | undefined;
  readonly anionChemicalPotentialEv?: number | undefined;
}

/** E − N·E_b + n·μ: above the same atoms in the bulk, and in the anion's reservoir, eV per cell. */
export function surfaceExcessEv(cut: CutSlab, slabEv: number): number {
  const anionsEv = (cut.missingAnions ?? 0) * (cut.anionChemicalPotentialEv ?? 0);
  return slabEv - cut.formulaUnits * cut.bulkPerFormulaUnitEv + anionsEv;
}
