/** Bands for the tests of the migration barrier: rows of distance s, energy e, force f and NEB residual. */
import { migrationBarrier } from '../../descriptors/migration-barrier.ts';
import type { Interpolation, InterpolationName, PathImage } from '../../model/path.ts';

export interface Row {
  readonly s: number;
  readonly e: number;
  readonly f?: number;
  readonly residual?: number;
  readonly climbing?: boolean;
}

export function band(rows: readonly Row[]): PathImage[] {
  return rows.map((row, index) => ({
    index,
    distanceAngstrom: row.s,
    energyEv: row.e,
    ...(row.f === undefined ? {} : { tangentForceEvPerAngstrom: row.f }),
    ...(row.residual === undefined ? {} : { residualForceEvPerAngstrom: row.residual }),
    climbing: row.climbing ?? false,
  }));
}

export const compute = (images: readonly PathImage[], options: object = {}) =>
  migrationBarrier.compute(migrationBarrier.inputs.parse({ images, ...options }));

export const interpolations = (parts: Readonly<Record<string, unknown>>) =>
  parts.interpolations as Partial<Record<InterpolationName, Interpolation>>; // as migration-barrier fills it

/** Energies only, 0.8 Å apart. */
export const energies = (values: readonly number[]) => band(values.map((e, index) => ({ s: 0.8 * index, e })));

// SCIENCE §3.6, with converged inner images.
export const EXAMPLE: readonly Row[] = [
  { s: 0, e: 0, f: 0 },
  { s: 0.8, e: 0.1, f: -0.24, residual: 0.02 },
  { s: 1.6, e: 0.24, f: -0.05, residual: 0.02 },
  { s: 2.4, e: 0.15, f: 0.21, residual: 0.02 },
  { s: 3.2, e: 0.03, f: 0 },
];
