/**
 * The state of a run after one ionic step, and what a band or a force field adds to it.
 *
 * The mistake avoided here: three energies under one name. Those of the ionic block have three, those of a force field
 * stand apart, and the forces of a band are not those of DFT (SCIENCE §1, §3.4).
 */
import type { Matrix3, Vector3 } from './lattice.ts';

/** State after one ionic step. Energies are those of the ionic block, never of the electronic lines. */
export interface IonicStep {
  /** 1-based number of the step in this run. */
  readonly index: number;
  /** F: `free  energy   TOTEN`, eV; consistent with the forces. Absent only when the field is no number. */
  readonly freeEnergyEv?: number;
  /** E: `energy  without entropy`, eV. */
  readonly energyWithoutEntropyEv?: number;
  /** E0: `energy(sigma->0)`, eV. */
  readonly energySigma0Ev?: number;
  /** `Edisp`, eV; already contained in F, E and E0. */
  readonly dispersionEnergyEv?: number;
  readonly fermiEnergyEv?: number;
  /** Total magnetisation of the last electronic step, µB; three components for non-collinear runs are in `magnetisationVectorBohr`. */
  readonly totalMagnetisationBohr?: number;
  readonly magnetisationVectorBohr?: Vector3;
  /** Largest |m| of an atom in the last `magnetization` tables, µB; of a non-collinear run the length of its vector. */
  readonly maxAtomMagnetisationBohr?: number;
  /** XX YY ZZ XY YZ ZX, kBar, VASP's sign (positive = wants to expand). */
  readonly stressKbar?: readonly number[];
  /** `external pressure`, kBar. */
  readonly pressureKbar?: number;
  readonly volumeAngstrom3?: number;
  readonly latticeAngstrom?: Matrix3;
  /** Length 3N, Å. */
  readonly cartesianAngstrom?: Float64Array;
  /** Length 3N, eV/Å: the plain DFT force of TOTAL-FORCE, also in NEB images. */
  readonly forcesEvPerAngstrom?: Float64Array;
  readonly electronicStepCount?: number;
  readonly electronic: 'reached' | 'notReached' | 'unknown';
  /** NEB lines of the step, when it is an image of a band. */
  readonly neb?: NebForces;
  /** Of a step that was not computed by DFT: it has no other energies and forces. */
  readonly machineLearned?: MachineLearnedValues;
  /** Instantaneous temperature of a molecular-dynamics step, K. */
  readonly temperatureKelvin?: number;
  /** `EKIN`, eV: of the ions of molecular dynamics; in none of the energies above. */
  readonly kineticEnergyEv?: number;
  /** `ETOTAL`, eV: F with the kinetic energies of ions and lattice and those of the thermostat, which the motion conserves. */
  readonly conservedEnergyEv?: number;
  /** Elapsed seconds of the step (`LOOP+: … real time`). */
  readonly elapsedSeconds?: number;
}

/** The last complete ionic step, with what needs more than one file to know. */
export interface FinalState extends IonicStep {
  /** max over atoms of |F|, eV/Å, all atoms. */
  readonly maxForceEvPerAngstrom?: number;
  /** The same without the components that selective dynamics fixes; absent when no flags are known. */
  readonly maxFreeForceEvPerAngstrom?: number;
}

/** What the VTST patch prints about the band in one step of an image; norms are over all 3N components. */
export interface NebForces {
  /** `projections on to tangent (spring, REAL)`, second number: F = −dE/ds, eV/Å. */
  readonly tangentForceEvPerAngstrom?: number;
  /** The same line, first number, eV/Å. */
  readonly springTangentForceEvPerAngstrom?: number;
  /** `FORCES: max atom`, eV/Å: largest NEB force on an atom. */
  readonly residualForceEvPerAngstrom?: number;
  /** `FORCES: max atom, RMS`, second number, eV/Å. */
  readonly residualRmsForceEvPerAngstrom?: number;
  /** `forces: par spring, perp REAL, dneb`: norm of the spring force along the tangent, eV/Å. */
  readonly parallelSpringForceEvPerAngstrom?: number;
  /** Norm of the DFT force perpendicular to the tangent, eV/Å. */
  readonly perpendicularForceEvPerAngstrom?: number;
  /** Norm of the double-nudging force, eV/Å; 0 without LDNEB. */
  readonly doubleNudgingForceEvPerAngstrom?: number;
  /** `distance to prev, next image`, Å, over all 3N coordinates. */
  readonly distanceToPreviousAngstrom?: number;
  readonly distanceToNextAngstrom?: number;
  /** `angle between` the segments, degrees: 180 on a straight path. */
  readonly angleDegrees?: number;
}

/** What a machine-learned force field says about a geometry: never an energy or a force of DFT. */
export interface MachineLearnedValues {
  /** `free  energy ML TOTEN`, eV. */
  readonly freeEnergyEv?: number;
  /** `ML energy  without entropy`, eV. */
  readonly energyWithoutEntropyEv?: number;
  /** `ML energy(sigma->0)`, eV. */
  readonly energySigma0Ev?: number;
  /** `TOTAL-FORCE (eV/Angst) (ML)`, length 3N. */
  readonly forcesEvPerAngstrom?: Float64Array;
  /** XX YY ZZ XY YZ ZX, kBar. */
  readonly stressKbar?: readonly number[];
}
