/**
 * Bands and states of one calculation, as EIGENVAL, DOSCAR, vasprun.xml, vaspout.h5 and OUTCAR give them.
 *
 * Energies are absolute as VASP prints them, not relative to the Fermi energy. Occupations are scaled to 0…1: OUTCAR
 * prints 0…2 for ISPIN 1 collinear, the other files 0…1 (SCIENCE §7).
 */
import type { Vector3 } from './lattice.ts';

export interface Eigenvalues {
  readonly spinCount: 1 | 2;
  readonly kpointCount: number;
  readonly bandCount: number;
  /** Length spinCount·kpointCount·bandCount, band fastest, then k-point, then spin; eV. */
  readonly energiesEv: Float64Array;
  /** Same shape, 0…1; absent when the file prints none (EIGENVAL of VASP 4). */
  readonly occupations?: Float64Array;
  /** Fractional (reciprocal) coordinates, in the order of the k-points. */
  readonly kpointsFractional?: readonly Vector3[];
  /** Weights as printed (normalised to 1); zero for the extra points of a hybrid band structure. */
  readonly weights?: readonly number[];
}

/** Edge of a band: 0-based spin and k-point. */
export interface BandEdge {
  readonly energyEv: number;
  readonly spin: 0 | 1;
  readonly kpoint: number;
}

/** From occupations with threshold 0.5 over all k-points and spins; a negative gap counts as 0 and is a metal. */
export interface BandGap {
  readonly kind: 'metal' | 'insulator';
  readonly gapEv: number;
  /** Both edges at the same k-point. */
  readonly isDirect: boolean;
  readonly valenceBandMaximum: BandEdge;
  readonly conductionBandMinimum: BandEdge;
}

export interface DensityOfStates {
  readonly spinCount: 1 | 2;
  /** NEDOS energies, eV, absolute. */
  readonly energiesEv: Float64Array;
  /** Length spinCount·NEDOS, energy fastest; states/eV per cell. */
  readonly totalPerEv: Float64Array;
  /** Same shape; states per cell below that energy. */
  readonly integrated: Float64Array;
  readonly fermiEnergyEv?: number;
  /** Projected blocks behind the total of a DOSCAR, whose numbers are not kept. */
  readonly projectedBlockCount?: number;
}

/**
 * d states of each atom of a DOSCAR as moments of their density, both spins together: moments of several atoms add up, and
 * three numbers an atom are kept instead of its whole density. Energies are absolute.
 */
export interface DStates {
  /** ∫ρ_d dE, states; ∫E·ρ_d dE, eV; ∫E²·ρ_d dE, eV²; in the order of the atoms. */
  readonly states: Float64Array;
  readonly firstMomentsEv: Float64Array;
  readonly secondMomentsEv2: Float64Array;
  /** First and last energy of the table. */
  readonly fromEv: number;
  readonly toEv: number;
}

/** Beside the Fermi energy in OUTCAR: add α + β to an eigenvalue to get an absolute one (VASP's own remark). */
export interface PotentialReference {
  /** `XC(G=0)`: average exchange–correlation potential, eV. */
  readonly xcAtG0Ev: number;
  /** `alpha+bet`, eV. */
  readonly alphaPlusBetaEv: number;
}
