/**
 * Elastic moduli of a polycrystal without texture: Voigt's upper and Reuss's lower bound, and Hill's mean of them
 * (SCIENCE §8; Hill, Proc. Phys. Soc. A 65, 349 (1952)).
 *
 * The mistake avoided here: Voigt's average alone, which is 13 GPa too stiff for the shear of a layered metal like zinc.
 */
import { solved } from './linear-solve.ts';

export interface Bounds {
  readonly voigtGpa: number;
  readonly reussGpa: number;
  readonly hillGpa: number;
}

export interface Polycrystal {
  readonly bulk: Bounds;
  readonly shear: Bounds;
  readonly youngModulusGpa: number;
  readonly poissonRatio: number;
  /** K/G; above 1.75 metals are ductile (Pugh 1954). */
  readonly pughRatio: number;
  /** 5G_V/G_R + K_V/K_R − 6; 0 = isotropic (Ranganathan & Ostoja-Starzewski 2008). */
  readonly universalAnisotropy: number;
}

export const PUGH_LIMIT = 1.75;

/** Of a symmetric, positive-definite matrix in Voigt's order. */
export function polycrystal(stiffnessGpa: readonly (readonly number[])[]): Polycrystal {
  const identity = stiffnessGpa.map((_, i) => stiffnessGpa.map((_row, j) => (i === j ? 1 : 0)));
  const compliance = solved(stiffnessGpa, identity);
  if (compliance === undefined) throw new Error('a positive-definite tensor has an inverse');
  const c = sums(stiffnessGpa);
  const s = sums(compliance);
  const bulk = bounds((c.axial + 2 * c.mixed) / 9, 1 / (s.axial + 2 * s.mixed));
  const shear = bounds((c.axial - c.mixed + 3 * c.shear) / 15, 15 / (4 * s.axial - 4 * s.mixed + 3 * s.shear));
  const [k, g] = [bulk.hillGpa, shear.hillGpa];
  return {
    bulk,
    shear,
    youngModulusGpa: (9 * k * g) / (3 * k + g),
    poissonRatio: (3 * k - 2 * g) / (6 * k + 2 * g),
    pughRatio: k / g,
    universalAnisotropy: (5 * shear.voigtGpa) / shear.reussGpa + bulk.voigtGpa / bulk.reussGpa - 6,
  };
}

/** Half the distance of the bounds: a real polycrystal lies between them. */
export function halfDistanceGpa({ voigtGpa, reussGpa }: Bounds): number {
  return Math.abs(voigtGpa - reussGpa) / 2;
}

function bounds(voigtGpa: number, reussGpa: number): Bounds {
  return { voigtGpa, reussGpa, hillGpa: (voigtGpa + reussGpa) / 2 };
}

function sums(matrix: readonly (readonly number[])[]): { axial: number; mixed: number; shear: number } {
  const at = (i: number, j: number): number => matrix[i]?.[j] ?? 0;
  return {
    axial: at(0, 0) + at(1, 1) + at(2, 2),
    mixed: at(0, 1) + at(0, 2) + at(1, 2),
    shear: at(3, 3) + at(4, 4) + at(5, 5),
  };
}
