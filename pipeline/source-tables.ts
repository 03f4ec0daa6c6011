/**
 * Tables that two outputs of one run both print: forces, stress, cell and positions of the final step.
 *
 * Atoms are compared modulo the lattice: one file wraps them into the cell, the other need not.
 */
import type { FileFormat } from '../model/calculation.ts';
import { type Matrix3, reciprocal, subtract, toCartesian, toFractional } from '../model/lattice.ts';
import { vectorAt } from '../model/structure.ts';
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

/** The pair that differs most among those that are not the same; undefined also when the tables have other lengths. */
export function tableDifference(
  { left, right }: Two<ArrayLike<number> | undefined>,
  isSame: (values: Two<number>) => boolean,
): TableDifference | undefined {
  if (left === undefined || right === undefined || left.length !== right.length) return undefined;
  let worst: TableDifference | undefined;
  let largest = -1;
  for (let at = 0; at < left.length; at += 1) {
    const one = left[at] ?? Number.NaN;
    const other = right[at] ?? Number.NaN;
    const difference = Math.abs(one - other);
    if (!(difference > largest) || isSame({ left: one, right: other })) continue;
    largest = difference;
    worst = { at, left: one, right: other };
  }
  return worst;
}

/** Largest difference of two prints of a lattice vector's component, Å. */
const CELL_ANGSTROM = 2e-8;
/** OUTCAR prints positions with five decimals. */
const POSITION_ANGSTROM: Readonly<Partial<Record<FileFormat, number>>> = { outcar: 1e-5 };
/** vasprun.xml prints fractional coordinates with eight decimals. */
const FRACTIONAL = 1e-8;

export function differentGeometry(
  main: RunOutput,
  other: RunOutput,
): { readonly cell?: TableDifference; readonly positions?: TableDifference } {
  const [ours, theirs] = [main.record.structure, other.record.structure];
  if (ours === undefined || theirs === undefined || ours.species.join() !== theirs.species.join()) return {};
  const cells = { left: ours.latticeAngstrom.flat(), right: theirs.latticeAngstrom.flat() };
  const cell = tableDifference(cells, ({ left, right }) => Math.abs(left - right) <= CELL_ANGSTROM);
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
    ({ left, right }) => Math.abs(left - right) <= tolerance,
  );
  return positions === undefined ? {} : { positions };
}

/** The same atoms, each moved by whole lattice vectors next to its counterpart. */
function nearestImages(positions: Float64Array, counterparts: Float64Array, lattice: Matrix3): Float64Array {
  const inverse = reciprocal(lattice);
  const moved = Float64Array.from(positions);
  for (let atom = 0; 3 * atom < Math.min(positions.length, counterparts.length); atom += 1) {
    const displacement = subtract(vectorAt(positions, atom), vectorAt(counterparts, atom));
    const [i, j, k] = toFractional(displacement, inverse);
    const shift = toCartesian([Math.round(i), Math.round(j), Math.round(k)], lattice);
    for (const [axis, length] of shift.entries()) moved[3 * atom + axis] = (positions[3 * atom + axis] ?? 0) - length;
  }
  return moved;
}
