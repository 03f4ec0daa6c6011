/**
 * Tables that two outputs of one run both print: forces, stress, cell and positions of the final step.
 *
 * Atoms are compared modulo the lattice: one file wraps them into the cell, the other need not.
 */
import type { FileFormat } from '../model/calculation.ts';
import { type Matrix3, reciprocal, subtract, toCartesian, toFractional } from '../model/lattice.ts';
import { isSameList, vectorAt } from '../model/structure.ts';
import type { RunOutput } from './run-outputs.ts';

export interface TableDifference {
  /** Index of the number that differs most. */
  readonly at: number;
  readonly left: number;
  readonly right: number;
}

interface Two<T> {
  readonly left: T;
  readonly right: T;
}

/**
 * The pair that differs most among those further apart than `tolerance`; undefined also when the tables have other
 * lengths. A plain loop: it runs over every force of every folder.
 */
export function tableDifference(
  { left, right }: Two<ArrayLike<number> | undefined>,
  tolerance: number,
): TableDifference | undefined {
  if (left === undefined || right === undefined || left.length !== right.length) return undefined;
  let worst = -1;
  let largest = 0;
  for (let at = 0; at < left.length; at += 1) {
    const one = left[at] ?? Number.NaN;
    const difference = Math.abs(one - (right[at] ?? Number.NaN));
    if (!(difference > largest) || difference <= tolerance + DOUBLE * Math.abs(one)) continue;
    largest = difference;
    worst = at;
  }
  return worst < 0 ? undefined : { at: worst, left: left[worst] ?? 0, right: right[worst] ?? 0 };
}

/** Largest difference of two prints of a lattice vector's component, Å. */
const CELL_ANGSTROM = 2e-8;
/** OUTCAR prints positions with five decimals. */
const POSITION_ANGSTROM: Readonly<Partial<Record<FileFormat, number>>> = { outcar: 1e-5 };
/** vasprun.xml prints fractional coordinates with eight decimals. */
const FRACTIONAL = 1e-8;
/** Shorter than half of any lattice vector: such an atom was not wrapped. */
const NEAR_ANGSTROM = 0.5;
/** Beyond 15 digits two programs may round one double differently. */
const DOUBLE = 2e-13;

export function differentGeometry(
  main: RunOutput,
  other: RunOutput,
): { readonly cell?: TableDifference; readonly positions?: TableDifference } {
  const [ours, theirs] = [main.record.structure, other.record.structure];
  if (ours === undefined || theirs === undefined || !isSameList(ours.species, theirs.species)) return {};
  const cells = { left: ours.latticeAngstrom.flat(), right: theirs.latticeAngstrom.flat() };
  const cell = tableDifference(cells, CELL_ANGSTROM);
  // In another cell the atoms stand elsewhere too.
  if (cell !== undefined) return { cell };
  const length = Math.max(...cells.left.map(Math.abs));
  const printed = (format: FileFormat): number => POSITION_ANGSTROM[format] ?? 3 * length * FRACTIONAL;
  const tolerance = printed(main.record.format) + printed(other.record.format);
  const positions = tableDifference(
    {
      left: ours.cartesianAngstrom,
      right: nearestImages(theirs.cartesianAngstrom, ours.cartesianAngstrom, ours.latticeAngstrom),
    },
    tolerance,
  );
  return positions === undefined ? {} : { positions };
}

/** The same atoms, each moved by whole lattice vectors next to its counterpart. */
function nearestImages(positions: Float64Array, counterparts: Float64Array, lattice: Matrix3): Float64Array {
  const inverse = reciprocal(lattice);
  let moved: Float64Array | undefined;
  for (let at = 0; at + 2 < Math.min(positions.length, counterparts.length); at += 3) {
    if (isNear(positions, counterparts, at)) continue;
    const displacement = subtract(vectorAt(positions, at / 3), vectorAt(counterparts, at / 3));
    const [i, j, k] = toFractional(displacement, inverse);
    const shift = toCartesian([Math.round(i), Math.round(j), Math.round(k)], lattice);
    moved ??= Float64Array.from(positions);
    for (const [axis, length] of shift.entries()) moved[at + axis] = (positions[at + axis] ?? 0) - length;
  }
  return moved ?? positions;
}

function isNear(positions: Float64Array, counterparts: Float64Array, at: number): boolean {
  for (let index = at; index < at + 3; index += 1) {
    if (!(Math.abs((positions[index] ?? 0) - (counterparts[index] ?? 0)) < NEAR_ANGSTROM)) return false;
  }
  return true;
}
