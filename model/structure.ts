/**
 * A periodic arrangement of atoms.
 *
 * Per-atom data is one `Float64Array` of length 3N in the structure's own atom order (x0 y0 z0 x1 …), Cartesian, Å.
 * Selective-dynamics flags refer to components along the *lattice vectors* (a, b, c), not to x, y, z (SCIENCE §1.8).
 */
import type { Matrix3, Vector3 } from './lattice.ts';

export interface Structure {
  readonly latticeAngstrom: Matrix3;
  /** Element symbol of every atom. */
  readonly species: readonly string[];
  /** Length 3N, Å. */
  readonly cartesianAngstrom: Float64Array;
  /** Length 3N, 1 = free along that lattice vector, 0 = fixed. Absent when the file has no flags. */
  readonly selectiveDynamics?: Uint8Array;
}

export function atomCount(structure: Structure): number {
  return structure.species.length;
}

/** Cartesian position of atom `index`, Å. */
export function position(structure: Structure, index: number): Vector3 {
  return vectorAt(structure.cartesianAngstrom, index);
}

/** Element counts, keys in order of first appearance. */
export function composition(species: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  // Files list atoms in blocks of one element: one entry is written per block, not per atom.
  for (let from = 0, to = 1; from < species.length; from = to, to += 1) {
    const element = species[from] ?? '';
    while (species[to] === element) to += 1;
    counts[element] = (counts[element] ?? 0) + to - from;
  }
  return counts;
}

/** Composition as a formula with elements in alphabetical order: `Li1O9Zn9`. Two equal compositions give equal text. */
export function formula(species: readonly string[]): string {
  const [first] = species;
  // Planes of a slab mostly hold one element.
  if (first !== undefined && isOneElement(species)) return `${first}${species.length}`;
  const counts = composition(species);
  return Object.keys(counts)
    .sort()
    .map((element) => `${element}${counts[element]}`)
    .join('');
}

function isOneElement(species: readonly string[]): boolean {
  const [first] = species;
  for (let atom = 1; atom < species.length; atom += 1) if (species[atom] !== first) return false;
  return true;
}

/** The same elements in the same order. */
export function isSameList(left: readonly string[], right: readonly string[]): boolean {
  if (left === right) return true;
  if (left.length !== right.length) return false;
  for (let atom = 0; atom < left.length; atom += 1) if (left[atom] !== right[atom]) return false;
  return true;
}

/** Row `index` of an array of 3-vectors. Reading past the end is a bug of the caller. */
export function vectorAt(values: Float64Array, index: number): Vector3 {
  const x = values[3 * index];
  const y = values[3 * index + 1];
  const z = values[3 * index + 2];
  if (x === undefined || y === undefined || z === undefined) {
    throw new RangeError(`row ${index} of an array of ${values.length / 3} vectors`);
  }
  return [x, y, z];
}

/** Rows of an array of 3-vectors, as JSON wants them. */
export function rows(values: Float64Array): Vector3[] {
  return Array.from({ length: values.length / 3 }, (_, index) => vectorAt(values, index));
}
