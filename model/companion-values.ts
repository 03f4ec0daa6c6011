/**
 * What files beside a run tell of it: the local potential, the electron density, projected states, Bader basins. They are
 * read when a descriptor asks for them, and only what it needs is kept of them.
 *
 * The mistake avoided here: a fault of such a file among the issues of its run, whose energies are none the worse for it.
 */
import type { FileFormat, Place } from './calculation.ts';
import type { DStates } from './electronic.ts';
import type { GridPoints } from './grid.ts';
import type { Issue } from './issues.ts';
import type { Matrix3 } from './lattice.ts';
import type { BaderCharges } from './sites.ts';

export interface CompanionReading<Value> {
  readonly file: string;
  /** Absent when the file is damaged or belongs to another run: the issues tell. */
  readonly value?: Value;
  /** Where the value stands in the file. */
  readonly place?: Pick<Place, 'byteOffset' | 'byteLength' | 'line'>;
  readonly issues: readonly Issue[];
}

/** A quantity on a grid as averages over its planes. */
export interface PlanarAverages {
  readonly points: GridPoints;
  readonly latticeAngstrom: Matrix3;
  /** Along a, b, c: eV of a potential (mean of both spins), e/Å³ of a density. Plane i stands at i/n. */
  readonly planarAverages: readonly [Float64Array, Float64Array, Float64Array];
}

export interface CompanionValues {
  readonly localPotential?: CompanionReading<PlanarAverages>;
  readonly chargeDensity?: CompanionReading<PlanarAverages>;
  readonly dStates?: CompanionReading<DStates>;
  readonly bader?: CompanionReading<BaderCharges>;
}

/** Formats of files beside a run that a screening reads when a descriptor asks for them, and what each tells. */
export const COMPANION_VALUES = {
  locpot: 'localPotential',
  chgcar: 'chargeDensity',
  doscar: 'dStates',
  acf: 'bader',
} as const satisfies Partial<Record<FileFormat, keyof CompanionValues>>;

export type CompanionFormat = keyof typeof COMPANION_VALUES;

export function isCompanionFormat(format: FileFormat): format is CompanionFormat {
  return Object.hasOwn(COMPANION_VALUES, format);
}

/** Whether a file of this format and name may be asked for: AECCAR, CHG and PARCHG are other densities than CHGCAR. */
export function isAskedFor(format: FileFormat, path: string): format is CompanionFormat {
  return isCompanionFormat(format) && (format !== 'chgcar' || /(?:^|[._/-])CHGCAR[^/]*$/.test(path));
}
