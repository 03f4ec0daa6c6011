/** A structure document atom by atom: what structure formats write is one line or entry per atom. */
import { reciprocal, toFractional, type Vector3 } from '../../model/lattice.ts';
import type { StructureDocument } from '../../model/structure-document.ts';

export type Flags = readonly [boolean, boolean, boolean];

export interface Atom {
  readonly element: string;
  /** Å. */
  readonly cartesian: Vector3;
  /** In units of the lattice vectors, not wrapped into the cell. */
  readonly fractional: Vector3;
  /** Free along a, b, c. */
  readonly free?: Flags;
  /** eV/Å. */
  readonly force?: Vector3;
}

export function atomsOf(structure: StructureDocument): Atom[] {
  const { species, latticeAngstrom, cartesianAngstrom, selectiveDynamics, forcesEvPerAngstrom } = structure;
  const inverse = reciprocal(latticeAngstrom);
  return species.map((element, index) => {
    const cartesian = tripleAt(cartesianAngstrom, index);
    return {
      element,
      cartesian,
      fractional: toFractional(cartesian, inverse),
      ...(selectiveDynamics !== undefined && { free: tripleAt(selectiveDynamics, index) }),
      ...(forcesEvPerAngstrom !== undefined && { force: tripleAt(forcesEvPerAngstrom, index) }),
    };
  });
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
