/** A structure document atom by atom: what structure formats write is one line or entry per atom. */
import { AdatomError } from '../../model/errors.ts';
import { reciprocal, toFractional, type Vector3 } from '../../model/lattice.ts';
import type { StructureDocument } from '../../model/structure-document.ts';

export type Flags = readonly [boolean, boolean, boolean];

export interface Atom {
  readonly element: string;
  /** Å. */
  readonly cartesian: Vector3;
  /** Free along a, b, c. */
  readonly free?: Flags;
  /** eV/Å. */
  readonly force?: Vector3;
}

export function atomsOf(structure: StructureDocument): Atom[] {
  const { species, cartesianAngstrom, selectiveDynamics, forcesEvPerAngstrom } = structure;
  return species.map((element, index) => ({
    element,
    cartesian: tripleAt(cartesianAngstrom, index),
    ...(selectiveDynamics !== undefined && { free: tripleAt(selectiveDynamics, index) }),
    ...(forcesEvPerAngstrom !== undefined && { force: tripleAt(forcesEvPerAngstrom, index) }),
  }));
}

/**
 * A function from Cartesian coordinates to units of the lattice vectors, not wrapped into the cell. Throws
 * `AdatomError('unanswerable')` for vectors that span no volume.
 */
export function fractionalIn({ calculation, latticeAngstrom }: StructureDocument): (cartesian: Vector3) => Vector3 {
  const inverse = reciprocal(latticeAngstrom);
  if (!inverse.flat().every(Number.isFinite)) {
    throw new AdatomError('unanswerable', `the lattice vectors of ${calculation} span no volume`);
  }
  return (cartesian) => toFractional(cartesian, inverse);
}

function tripleAt<T>(values: readonly T[], index: number): readonly [T, T, T] {
  const [x, y, z] = values.slice(3 * index, 3 * index + 3);
  if (x === undefined || y === undefined || z === undefined) {
    throw new RangeError(`row ${index} of a list of ${values.length / 3} rows`);
  }
  return [x, y, z];
}

/** Runs of equal elements in the order of the file: `Zn O Zn` stays three runs, so that no atom changes its number. */
export function elementRuns(species: readonly string[]): { readonly element: string; readonly count: number }[] {
  const runs: { element: string; count: number }[] = [];
  for (const element of species) {
    const last = runs.at(-1);
    if (last?.element === element) last.count += 1;
    else runs.push({ element, count: 1 });
  }
  return runs;
}
