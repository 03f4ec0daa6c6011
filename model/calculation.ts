/**
 * A calculation: one VASP run in one folder, as its files tell it.
 *
 * A parser fills a `FileRecord` from the bytes of one file; the pipeline merges the records of one run into a
 * `Calculation`. Neither judges: roles, verdicts and references are assembly's. The three energies of an ionic step
 * have three names and are never called just "energy" (SCIENCE §1).
 */
import type { CompanionValues } from './companion-values.ts';
import type { BandGap, DensityOfStates, DStates, Eigenvalues, PotentialReference } from './electronic.ts';
import type { GridSummary } from './grid.ts';
import type { FinalState, IonicStep } from './ionic-step.ts';
import type { Issue } from './issues.ts';
import type { Matrix3, Vector3 } from './lattice.ts';
import type { MolecularDynamicsStep } from './molecular-dynamics.ts';
import type { NebTables } from './neb-tables.ts';
import type { ImageTableRow, PathExtremum, PathSplinePoint, PathTableRow } from './path-table.ts';
import type { Response } from './response.ts';
import type { BaderCharges, SiteTables } from './sites.ts';
import type { Structure } from './structure.ts';

export type { FinalState, IonicStep, MachineLearnedValues, NebForces } from './ionic-step.ts';
export type { NebTables, StockChain } from './neb-tables.ts';
export type { PathTableRow } from './path-table.ts';

export type Completeness = 'complete' | 'truncated' | 'running' | 'unreadable';
export type FileFormat =
  | 'outcar'
  | 'vasprun-xml'
  | 'vaspout-h5'
  | 'oszicar'
  | 'poscar'
  | 'incar'
  | 'kpoints'
  | 'ibzkpt'
  | 'xdatcar'
  | 'doscar'
  | 'eigenval'
  | 'locpot'
  | 'chgcar'
  | 'acf'
  | 'report'
  | 'neb-dat'
  | 'nebef-dat'
  | 'spline-dat'
  | 'exts-dat'
  | 'cif'
  | 'pymatgen-json';

/** Byte range of a value in the decompressed file; the line counts from 1 and is resolved on request. */
export interface Place {
  readonly byteOffset: number;
  readonly byteLength: number;
  readonly line?: number;
  /** Path of the dataset inside an HDF5 file, whose bytes are then the whole file. */
  readonly dataset?: string;
  /** In a calculation: path of the file, when it is another one than the calculation is known by. */
  readonly file?: string;
}

export type SettingValue = number | string | boolean | readonly number[];
/** VASP tags as VASP spells them. */
export type Settings = Readonly<Record<string, SettingValue>>;

export interface Potcar {
  /** Full TITEL, e.g. `PAW_PBE Zn 06Sep2000`. Nothing else of a POTCAR is kept: it is licensed. */
  readonly title: string;
  /** ZVAL, electrons. */
  readonly valence?: number;
}

/** Dipole of a slab or molecule (IDIPOL) in the last complete step. */
export interface DipoleCorrection {
  /** `dipolmoment`, e·Å; components that IDIPOL does not correct are 0. */
  readonly momentElectronAngstrom?: Vector3;
  /** `dipol+quadrupol energy correction`, eV. */
  readonly energyEv?: number;
  /** `energy correction for charged system`, eV. */
  readonly chargedSystemEnergyEv?: number;
  /** `adding dipol energy to TOTEN NOW`: contained in the energies of the ionic block alone; false: in the SCF already (LDIPOL). */
  readonly addedBehindLoop: boolean;
}

/** Atoms of a file that names no elements (VASP 4 POSCAR): blocks of one kind each, without their names. */
export interface UnnamedStructure extends Omit<Structure, 'species'> {
  /** Atoms of each block, in the file's order. */
  readonly counts: readonly number[];
}

export interface KPoints {
  /** Fractional coordinates of the irreducible points, when listed. */
  readonly fractional?: readonly Vector3[];
  readonly weights?: readonly number[];
  /** Subdivisions of an automatic mesh. */
  readonly mesh?: readonly [number, number, number];
  readonly scheme?: 'gamma' | 'monkhorst-pack' | 'explicit' | 'line' | 'automatic';
  /** Shift of an automatic mesh, in units of a subdivision. */
  readonly shift?: Vector3;
  /** Length R of the fully automatic scheme, Å: N_i = max(1, ⌊R·|b_i| + ½⌋), |b_i| without 2π. */
  readonly automaticLengthAngstrom?: number;
}

export interface Convergence {
  readonly electronic: 'reached' | 'notReached' | 'unknown';
  readonly ionic: 'reached' | 'notReached' | 'notApplicable' | 'unknown';
}

/** What a run was computed with and needed. */
export interface Computing {
  /** `running on N total cores`, `running N mpi-ranks`. */
  readonly processCount?: number;
  /** `with M threads/rank`, from VASP 6 on. */
  readonly threadsPerProcess?: number;
  /** `Maximum memory used (kb)` of one process; 0 where the system does not tell it. */
  readonly maximumMemoryKilobytes?: number;
}

/** What one file says. Absent key = the file does not say it. */
export interface FileRecord {
  readonly format: FileFormat;
  readonly completeness: Completeness;
  readonly version?: string;
  readonly settings?: Settings;
  readonly potcars?: readonly Potcar[];
  /** Structure of the last complete ionic step; of the input when there is none. */
  readonly structure?: Structure;
  /** Instead of `structure` when a POSCAR does not name its elements; POTCARs of the same run can. */
  readonly unnamedStructure?: UnnamedStructure;
  readonly kpoints?: KPoints;
  readonly ionicStepCount?: number;
  readonly steps?: readonly IonicStep[];
  readonly convergence?: Convergence;
  readonly elapsedSeconds?: number;
  readonly computing?: Computing;
  /** Earlier runs appended in the same file, in file order; the last header counts and is the record itself. */
  readonly earlierRuns?: readonly EarlierRun[];
  readonly bandGap?: BandGap;
  /** Only on request: they are large. */
  readonly eigenvalues?: Eigenvalues;
  /** Only on request, but always of a DOSCAR. */
  readonly densityOfStates?: DensityOfStates;
  /** Only on request, of a DOSCAR with projections. */
  readonly dStates?: DStates;
  readonly response?: Response;
  readonly sites?: SiteTables;
  readonly grid?: GridSummary;
  readonly bader?: BaderCharges;
  /** `vacuum level on the upper side and lower side of the slab`, eV. */
  readonly vacuumLevelsEv?: { readonly upper: number; readonly lower: number };
  readonly potentialReference?: PotentialReference;
  readonly dipoleCorrection?: DipoleCorrection;
  /** `total drift` of the last step, eV/Å: sum of the forces on all ions before VASP removes it. */
  readonly forceDriftEvPerAngstrom?: Vector3;
  readonly nebTables?: NebTables;
  /** Tables of a path: of neb.dat, nebef.dat, spline.dat and exts.dat. */
  readonly pathTable?: readonly PathTableRow[];
  readonly imageTable?: readonly ImageTableRow[];
  readonly pathSpline?: readonly PathSplinePoint[];
  readonly pathExtrema?: readonly PathExtremum[];
  /** Steps of REPORT. */
  readonly molecularDynamics?: readonly MolecularDynamicsStep[];
  /** Byte ranges of the values, by their name in the record (`final.energySigma0Ev`, `settings.ENCUT`). */
  readonly places: Readonly<Record<string, Place>>;
  readonly issues: readonly Issue[];
}

/** A run that was followed by another one in the same file. */
export interface EarlierRun {
  readonly version?: string;
  /** Of its header. */
  readonly place: Place;
  readonly ionicStepCount: number;
  readonly completeness: Completeness;
  /** E0 of its last complete ionic step, eV. */
  readonly energySigma0Ev?: number;
}

/** A file as it was found and read. */
export interface FileIdentity {
  /** Path relative to the folder that was searched, `/` between parts. */
  readonly path: string;
  /** Of the file as it is stored (compressed, if it is); absent when it could not be read. */
  readonly sha256?: string;
  /** Size of the file as it is stored. */
  readonly bytes?: number;
}

/** A file of a run that is told of, and read only when a descriptor asks for it: it may have gigabytes. */
export interface CompanionFile {
  readonly path: string;
  readonly format: FileFormat;
}

/** ε∞, and what the ions add to it where they were moved: ε0 is the sum. */
export interface Dielectric {
  readonly electronic: Matrix3;
  readonly ionic?: Matrix3;
}

/** One run: its output files and the input files beside it, merged. */
export interface Calculation {
  /** Path of the file it is known by, unique in a screening: its OUTCAR, else the next best output. */
  readonly id: string;
  /** Folder, relative to the searched one; `.` for itself. */
  readonly folder: string;
  /** The run that replaces this one: relax2 replaces relax1. */
  readonly supersededBy?: string;
  readonly files: readonly FileIdentity[];
  /** Files beside it that were not read. */
  readonly companions?: readonly CompanionFile[];
  /** What those beside it told that were asked for. */
  readonly companionValues?: CompanionValues;
  /** Format the energies come from. */
  readonly source: FileFormat;
  /**
   * Path of the file that each value came from: `final`, `settings`, `structure`, … stand for all that is in them,
   * longer names (`settings.IVDW`, `final.totalMagnetisationBohr`) for what came from another file.
   */
  readonly valueSources?: Readonly<Record<string, string>>;
  readonly completeness: Completeness;
  readonly version?: string;
  readonly settings: Settings;
  readonly potcars: readonly Potcar[];
  readonly structure?: Structure;
  /** What the run started from, in the same order of atoms; absent when it is not known, or no atom moved. */
  readonly initialStructure?: Structure;
  readonly kpoints?: KPoints;
  readonly ionicStepCount: number;
  readonly final?: FinalState;
  readonly convergence: Convergence;
  readonly elapsedSeconds?: number;
  readonly bandGap?: BandGap;
  /** `vacuum level on the upper side and lower side of the slab`, eV. */
  readonly vacuumLevelsEv?: { readonly upper: number; readonly lower: number };
  /** `TOTAL ELASTIC MODULI` as VASP prints them, kBar: rows and columns XX YY ZZ XY YZ ZX. */
  readonly elasticModuliKbar?: NonNullable<Response['elasticModuliKbar']>;
  /** `MACROSCOPIC STATIC DIELECTRIC TENSOR` with local field effects, and its `IONIC CONTRIBUTION`; of one file. */
  readonly dielectric?: Dielectric;
  /** Modes of the atoms that the run displaced, in the file's order (IBRION 5 to 8). */
  readonly vibrations?: NonNullable<Response['vibrations']>;
  /** Runs that stand before the counting one in the file of `final`, in its order. */
  readonly earlierRuns?: readonly EarlierRun[];
  /** Places of values, in the file `id` unless they name another one. */
  readonly places: Readonly<Record<string, Place>>;
  readonly issues: readonly Issue[];
}
