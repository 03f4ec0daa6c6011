/**
 * Writes an OUTCAR of a wanted size with known numbers: a relaxation, in which eigenvalues are most of the bytes, or
 * molecular dynamics, in which force tables are. The layout is that of VASP 6.3; the numbers are random.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { cartesian, outcarHeader, type RunShape } from './outcar-header.ts';
import {
  eigenvalues,
  energyBlock,
  forceContributions,
  forceTable,
  iteration,
  OUTCAR_END,
  siteTable,
  stepEnd,
  stressAndCell,
} from './outcar-step.ts';
import { makeSlab, type Slab } from './slab.ts';

export interface OutcarOptions extends RunShape {
  readonly atoms: number;
  readonly seed: number;
  /** Number of ionic steps, or: as many as fit into so many bytes. */
  readonly steps?: number;
  readonly bytes?: number;
  /** Added to all energies, eV: the images of a band differ. */
  readonly shiftEv?: number;
}

/** What a reader must find. */
export interface OutcarTruth {
  readonly bytes: number;
  readonly steps: number;
  readonly energySigma0Ev: number;
  /** Sum of |F| components over all atoms of the last step, eV/Å. */
  readonly lastForceSum: number;
}

export const RELAXATION = {
  atoms: 120,
  electronicSteps: 25,
  kpoints: 5,
  bands: 480,
  spin: 2,
  dynamics: false,
} as const;
export const DYNAMICS = { atoms: 192, electronicSteps: 5, kpoints: 1, bands: 384, spin: 1, dynamics: true } as const;

const ENTROPY_EV = 0.00123456;
/** Blocks that are only there to be skipped are made once and repeated. */
const VARIANTS = 5;

export function writeOutcar(path: string, options: OutcarOptions): OutcarTruth {
  const slab = makeSlab(options.atoms, options.seed);
  const { random } = slab;
  const bands = Array.from({ length: VARIANTS }, () => eigenvalues(slab, options, random));
  const contributions = Array.from({ length: VARIANTS }, () => forceContributions(options.atoms, random));
  const descriptor = openSync(path, 'w');
  let bytes = writeSync(descriptor, outcarHeader(slab, options));
  const rows = startingRows(slab);
  let largest = 0;
  for (let step = 1; ; step += 1) {
    const isLast = options.steps === undefined ? bytes + 2 * largest > (options.bytes ?? 0) : step >= options.steps;
    const freeEnergyEv = Number((-4.5 * options.atoms + 20 * Math.exp(-step / 20) + (options.shiftEv ?? 0)).toFixed(8));
    move(rows, slab, options.dynamics ? 1.5 : Math.max(0.01, 0.5 * Math.exp(-step / 15)));
    const start = bytes;
    bytes += writeSync(descriptor, electronicPart(step, freeEnergyEv, options, slab));
    if (!options.dynamics || step === 1 || isLast) bytes += writeSync(descriptor, bands[step % VARIANTS] ?? '');
    bytes += writeSync(descriptor, ionicPart(slab, contributions[step % VARIANTS] ?? '', options));
    bytes += writeSync(descriptor, forceTable(rows));
    bytes += writeSync(descriptor, energyBlock(freeEnergyEv, ENTROPY_EV));
    const accuracy =
      isLast && !options.dynamics ? '\n reached required accuracy - stopping structural energy minimisation\n' : '';
    bytes += writeSync(descriptor, accuracy + stepEnd(options.dynamics));
    largest = step === 1 ? 0 : Math.max(largest, bytes - start);
    if (!isLast || (options.steps === undefined && step === 1)) continue;
    bytes += writeSync(descriptor, OUTCAR_END);
    closeSync(descriptor);
    return { bytes, steps: step, energySigma0Ev: freeEnergyEv + ENTROPY_EV, lastForceSum: forceSum(rows) };
  }
}

function electronicPart(step: number, freeEnergyEv: number, options: OutcarOptions, { random }: Slab): string {
  const count = Math.max(2, options.electronicSteps + random.below(7) - 3);
  const parts = Array.from({ length: count }, (_, index) =>
    iteration(step, index + 1, freeEnergyEv + 3 * Math.exp(-index - 1), random, options.spin === 2),
  );
  return parts.join('');
}

function ionicPart(slab: Slab, contributions: string, { spin, dynamics }: OutcarOptions): string {
  const aborting = `\n\n------------------------ aborting loop because EDIFF is reached ${'-'.repeat(40)}\n\n\n`;
  const charges = dynamics ? '' : siteTable('total charge     ', slab.atoms, slab.random);
  const moments = spin === 2 ? siteTable('magnetization (x)', slab.atoms, slab.random) : '';
  return aborting + charges + moments + stressAndCell(slab, contributions, slab.random);
}

function startingRows(slab: Slab): Float64Array {
  const rows = new Float64Array(6 * slab.atoms);
  for (const [atom, row] of slab.fractional.entries()) rows.set(cartesian(slab, row), 6 * atom);
  return rows;
}

function move(rows: Float64Array, { random }: Slab, largestForce: number): void {
  for (let at = 0; at < rows.length; at += 1) {
    if (at % 6 < 3) rows[at] = (rows[at] ?? 0) + 0.02 * (random.next() - 0.5);
    else rows[at] = Number((2 * largestForce * (random.next() - 0.5)).toFixed(6));
  }
}

function forceSum(rows: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < rows.length; at += 1) if (at % 6 >= 3) sum += Math.abs(rows[at] ?? 0);
  return sum;
}
