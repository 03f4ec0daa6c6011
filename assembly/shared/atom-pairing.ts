/**
 * Two structures side by side in one cell: what pairing their atoms starts from.
 */
import {
  add,
  type Matrix3,
  minimumImage,
  norm,
  periodicDistance,
  reciprocal,
  reducedLattice,
  subtract,
  toCartesian,
  toFractional,
  type Vector3,
} from '../../model/lattice.ts';
import { position, type Structure } from '../../model/structure.ts';

/** Of a distance that is found in two ways. */
const ROUNDING_ANGSTROM = 1e-6;

export interface PairingProblem {
  /** Of the smaller structure. */
  readonly lattice: Matrix3;
  /** Places in the cell of the smaller structure, Å. */
  readonly from: readonly Vector3[];
  readonly to: readonly Vector3[];
  /** Atoms of each element in both. */
  readonly elements: readonly { readonly from: readonly number[]; readonly to: readonly number[] }[];
  readonly image: (displacement: Vector3) => Vector3;
  readonly distance: (x: number, y: number, z: number) => number;
}

/** Partners, once this shift is taken from the larger structure, Å. */
export interface Pairing {
  readonly shift: Vector3;
  /** Of each atom of the smaller structure. */
  readonly partners: Int32Array;
  readonly distancesAngstrom: Float64Array;
}

/** The smaller structure, which is the same for many pairings. */
export interface KnownStructure {
  readonly lattice: Matrix3;
  /** Its reciprocal. */
  readonly inverse: Matrix3;
  readonly places: readonly Vector3[];
  /** Length 3N. */
  readonly fractional: Float64Array;
  readonly atomsOf: ReadonlyMap<string, readonly number[]>;
  readonly image: (displacement: Vector3) => Vector3;
  readonly distance: (x: number, y: number, z: number) => number;
  /** Half of the smallest distance of two atoms of one element, or of an atom and its image, Å. */
  readonly halfSeparationAngstrom: number;
}

export function knownStructure(structure: Structure): KnownStructure {
  const lattice = structure.latticeAngstrom;
  const inverse = reciprocal(lattice);
  const distance = periodicDistance(lattice);
  const places = placesIn(structure, lattice);
  const atomsOf = atomsByElement(structure);
  const fractional = fractionalOf(structure);
  const halfSeparationAngstrom = smallestSeparation({ inverse, lattice, places, fractional, atomsOf, distance }) / 2;
  return {
    lattice,
    inverse,
    places,
    fractional,
    atomsOf,
    image: minimumImage(lattice),
    distance,
    halfSeparationAngstrom,
  };
}

type Placed = Omit<KnownStructure, 'image' | 'halfSeparationAngstrom'>;

/** Of two atoms of one element, or of an atom and its image, Å. Over all pairs of atoms: plain loops. */
function smallestSeparation({ inverse, lattice, places, fractional, atomsOf, distance }: Placed): number {
  let smallest = norm(reducedLattice(lattice)[0]);
  // No distance is less than its part across the planes of two lattice vectors, which is found without any image.
  const [heightA, heightB, heightC] = [1 / norm(inverse[0]), 1 / norm(inverse[1]), 1 / norm(inverse[2])];
  const apart = (one: number, other: number): number => {
    const fraction = (fractional[other] ?? 0) - (fractional[one] ?? 0);
    return Math.abs(fraction - Math.round(fraction));
  };
  for (const atoms of atomsOf.values()) {
    for (let at = 0; at < atoms.length; at += 1) {
      const atom = atoms[at] ?? 0;
      for (let next = at + 1; next < atoms.length; next += 1) {
        const other = atoms[next] ?? 0;
        const limit = smallest + ROUNDING_ANGSTROM;
        if (apart(3 * atom + 2, 3 * other + 2) * heightC > limit) continue;
        if (apart(3 * atom, 3 * other) * heightA > limit) continue;
        if (apart(3 * atom + 1, 3 * other + 1) * heightB > limit) continue;
        const [from, to] = [places[atom] ?? NOWHERE, places[other] ?? NOWHERE];
        smallest = Math.min(smallest, distance(to[0] - from[0], to[1] - from[1], to[2] - from[2]));
      }
    }
  }
  return smallest;
}

/** Every atom has a place. */
const NOWHERE: Vector3 = [0, 0, 0];

/** Length 3N. */
export function fractionalOf({ latticeAngstrom, cartesianAngstrom }: Structure): Float64Array {
  const [[ux, uy, uz], [vx, vy, vz], [wx, wy, wz]] = reciprocal(latticeAngstrom);
  const fractional = new Float64Array(cartesianAngstrom.length);
  for (let at = 0; at < fractional.length; at += 3) {
    const x = cartesianAngstrom[at] ?? 0;
    const y = cartesianAngstrom[at + 1] ?? 0;
    const z = cartesianAngstrom[at + 2] ?? 0;
    fractional[at] = x * ux + y * uy + z * uz;
    fractional[at + 1] = x * vx + y * vy + z * vz;
    fractional[at + 2] = x * wx + y * wy + z * wz;
  }
  return fractional;
}

export function pairingProblem(
  larger: Structure,
  known: KnownStructure,
  theirs: ReadonlyMap<string, readonly number[]>,
): PairingProblem {
  return {
    lattice: known.lattice,
    from: known.places,
    to: placesIn(larger, known.lattice),
    elements: [...known.atomsOf].map(([element, from]) => ({ from, to: theirs.get(element) ?? [] })),
    image: known.image,
    distance: known.distance,
  };
}

export function atomsByElement({ species }: Structure): Map<string, number[]> {
  const byElement = new Map<string, number[]>();
  for (let from = 0, to = 1; from < species.length; from = to, to += 1) {
    const element = species[from] ?? '';
    // Files list atoms in blocks of one element.
    while (species[to] === element) to += 1;
    const atoms = byElement.get(element) ?? [];
    for (let atom = from; atom < to; atom += 1) atoms.push(atom);
    byElement.set(element, atoms);
  }
  return byElement;
}

/** Through fractional coordinates: the same cell can stand differently in space. */
function placesIn(structure: Structure, lattice: Matrix3): Vector3[] {
  const inverse = reciprocal(structure.latticeAngstrom);
  return structure.species.map((_, atom) => toCartesian(toFractional(position(structure, atom), inverse), lattice));
}

/** To each of the atoms `to`, Å. */
export function distancesFrom(
  problem: PairingProblem,
  atom: number,
  to: readonly number[],
  shift: Vector3,
): Float64Array {
  const [x, y, z] = add(problem.from[atom] ?? [0, 0, 0], shift);
  const distances = new Float64Array(to.length);
  for (const [at, other] of to.entries()) {
    const [u, v, w] = problem.to[other] ?? [0, 0, 0];
    distances[at] = problem.distance(u - x, v - y, w - z);
  }
  return distances;
}

export function offsetBetween(
  { from, to, image }: PairingProblem,
  [atom, other]: readonly [number, number],
  shift: Vector3,
): Vector3 {
  const end = to[other] ?? [0, 0, 0];
  const start = from[atom] ?? [0, 0, 0];
  return image(subtract(subtract(end, start), shift));
}

/** Median along each lattice vector, Å. */
export function commonOffset({ lattice }: PairingProblem, offsets: readonly Vector3[]): Vector3 {
  const inverse = reciprocal(lattice);
  const median = (axis: 0 | 1 | 2): number => {
    const fractions = Float64Array.from(offsets, (offset) => toFractional(offset, inverse)[axis]).sort();
    return fractions[Math.floor(fractions.length / 2)] ?? 0;
  };
  return toCartesian([median(0), median(1), median(2)], lattice);
}
