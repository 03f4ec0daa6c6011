/**
 * What a calculation says about its response to strain, field and displacement (IBRION 5–8, LEPSILON, LCALCEPS).
 *
 * Tensors are kept as VASP prints them, in VASP's order. The mistake avoided here: the rows of TOTAL ELASTIC MODULI are
 * XX YY ZZ XY YZ ZX, not Voigt's XX YY ZZ YZ ZX XY; descriptors permute, parsers do not (SCIENCE §8).
 */
import type { Matrix3 } from './lattice.ts';

export interface Response {
  /** `TOTAL ELASTIC MODULI`, 6 rows of 6, kBar; rows and columns XX YY ZZ XY YZ ZX. */
  readonly elasticModuliKbar?: readonly (readonly number[])[];
  /** ε∞ including local field effects; the last block counts. */
  readonly dielectricElectronic?: Matrix3;
  /** Ionic contribution alone: ε0 = ε∞ + this. */
  readonly dielectricIonic?: Matrix3;
  /** One 3×3 per atom, e; rows: field direction, columns: displacement. */
  readonly bornChargesE?: readonly Matrix3[];
  readonly vibrations?: VibrationalModes;
}

export interface VibrationalModes {
  /** In the file's order, cm⁻¹; an imaginary mode (`f/i`) is negative. */
  readonly wavenumbersPerCm: Float64Array;
  /** Same order, meV; imaginary negative. */
  readonly energiesMeV: Float64Array;
  /** Number of imaginary modes, by VASP's own mark. */
  readonly imaginaryCount: number;
  /** ½ Σ hν over the real modes, eV. */
  readonly zeroPointEnergyEv: number;
}
