/**
 * Whether both faces of a slab are equivalent: then one surface energy is defined, otherwise only the sum of two.
 *
 * An operation that exchanges the faces is an isometry of the plane lattice with the heights reversed: inversion, mirror
 * across the slab, two-fold axis in the plane. Combined with any translation in the plane it must bring every atom onto
 * one of its element within 0.1 Å (SCIENCE §4.7). The mistake avoided here: looking for two-fold axes only along the
 * cell vectors as they were given; the plane lattice is reduced first, so all of its isometries are found.
 */
import { cross, dot, norm, reducedPair, subtract, type Vector3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import { type Axis, planeVectors, unwrappedSlab } from './slab-geometry.ts';

const TOLERANCE_ANGSTROM = 0.1;
/** Before the best common shift is known, two atoms can be off in opposite directions. */
const PAIRING_ANGSTROM = 2 * TOLERANCE_ANGSTROM;
/** Relative difference of squared lengths within which a relaxed or rounded cell keeps a symmetry. */
const LATTICE_TOLERANCE = 1e-3;

export function facesAreEquivalent(structure: Structure, axis: Axis): boolean {
  const slab = placedSlab(structure, axis);
  if (!readsAlikeFromBothSides(slab.atoms)) return false;
  const mirrored = slab.atoms.map((atom) => slab.atoms.flatMap((other, at) => (areOpposite(atom, other) ? [at] : [])));
  return planeIsometries(slab.basis).some((operation) => mapsOntoItself(slab, operation, mirrored));
}

interface PlacedAtom {
  readonly species: string;
  /** Fractions of the plane basis. */
  readonly u: number;
  readonly v: number;
  /** Above the mean height of all atoms, Å. */
  readonly heightAngstrom: number;
}

interface PlacedSlab {
  /** Reduced basis of the plane lattice, Å. */
  readonly basis: readonly [Vector3, Vector3];
  readonly atoms: readonly PlacedAtom[];
}

function placedSlab(structure: Structure, axis: Axis): PlacedSlab {
  const basis = reducedPair(...planeVectors(structure.latticeAngstrom, axis));
  const normal = cross(...basis);
  const area2 = dot(normal, normal);
  const { cartesianAngstrom, heightsAngstrom } = unwrappedSlab(structure, axis);
  const mean = heightsAngstrom.reduce((sum, height) => sum + height, 0) / heightsAngstrom.length;
  const atoms = structure.species.map((species, at) => {
    const place = cartesianAngstrom[at] ?? [0, 0, 0];
    return {
      species,
      u: dot(cross(place, basis[1]), normal) / area2,
      v: dot(cross(basis[0], place), normal) / area2,
      heightAngstrom: (heightsAngstrom[at] ?? 0) - mean,
    };
  });
  return { basis, atoms };
}

/** Necessary and cheap: the heights of every element, from above as from below. */
function readsAlikeFromBothSides(atoms: readonly PlacedAtom[]): boolean {
  const heights = new Map<string, number[]>();
  for (const { species, heightAngstrom } of atoms) {
    const ofElement = heights.get(species);
    if (ofElement === undefined) heights.set(species, [heightAngstrom]);
    else ofElement.push(heightAngstrom);
  }
  return [...heights.values()].every((ofElement) => {
    const sorted = ofElement.sort((left, right) => left - right);
    return sorted.every((height, at) => Math.abs(height + (sorted.at(-1 - at) ?? 0)) <= PAIRING_ANGSTROM);
  });
}

function areOpposite(atom: PlacedAtom, other: PlacedAtom): boolean {
  return atom.species === other.species && Math.abs(atom.heightAngstrom + other.heightAngstrom) <= PAIRING_ANGSTROM;
}

/** a → p·a + q·b, b → r·a + s·b. */
type PlaneOperation = readonly [p: number, q: number, r: number, s: number];

/** In a reduced basis the matrices of all isometries hold −1, 0 and 1 only. */
function planeIsometries([a, b]: PlacedSlab['basis']): PlaneOperation[] {
  const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)];
  const tolerance = LATTICE_TOLERANCE * bb;
  const entries = [-1, 0, 1];
  const rows = entries.flatMap((i) => entries.map((j) => [i, j] as const));
  const product = ([i, j]: readonly [number, number], [k, l]: readonly [number, number]): number =>
    i * k * aa + (i * l + j * k) * ab + j * l * bb;
  return rows.flatMap((first) =>
    rows
      .filter(
        (second) =>
          Math.abs(first[0] * second[1] - first[1] * second[0]) === 1 &&
          Math.abs(product(first, first) - aa) <= tolerance &&
          Math.abs(product(second, second) - bb) <= tolerance &&
          Math.abs(product(first, second) - ab) <= tolerance,
      )
      .map((second): PlaneOperation => [...first, ...second]),
  );
}

function mapsOntoItself(
  slab: PlacedSlab,
  [p, q, r, s]: PlaneOperation,
  mirrored: readonly (readonly number[])[],
): boolean {
  const moved = slab.atoms.map(({ u, v }) => ({ u: u * p + v * r, v: u * q + v * s }));
  // The atom with the fewest partners leaves the fewest translations to try.
  let anchor = 0;
  for (const [at, partners] of mirrored.entries()) {
    if (partners.length < (mirrored[anchor]?.length ?? 0)) anchor = at;
  }
  const start = moved[anchor];
  if (start === undefined) return false;
  return (mirrored[anchor] ?? []).some((target) => {
    const end = slab.atoms[target];
    if (end === undefined) return false;
    return allFindPartners(slab, { moved, mirrored, du: end.u - start.u, dv: end.v - start.v });
  });
}

interface Mapping {
  readonly moved: readonly { readonly u: number; readonly v: number }[];
  readonly mirrored: readonly (readonly number[])[];
  readonly du: number;
  readonly dv: number;
}

/** Every atom within the tolerance of a partner, once the mean offset (the translation itself) is taken away. */
function allFindPartners(slab: PlacedSlab, { moved, mirrored, du, dv }: Mapping): boolean {
  const offsets: Vector3[] = [];
  for (const [at, { u, v }] of moved.entries()) {
    const offset = nearestOffset(slab, mirrored[at] ?? [], [u + du, v + dv, -(slab.atoms[at]?.heightAngstrom ?? 0)]);
    if (offset === undefined) return false;
    offsets.push(offset);
  }
  const mean = [0, 1, 2].map((axis) => offsets.reduce((sum, offset) => sum + (offset[axis] ?? 0), 0) / offsets.length);
  const [x = 0, y = 0, z = 0] = mean;
  return offsets.every((offset) => norm(subtract(offset, [x, y, z])) <= TOLERANCE_ANGSTROM);
}

/** To the nearest of the atoms `partners`, in a frame of the plane and the height, Å; undefined beyond pairing distance. */
function nearestOffset(slab: PlacedSlab, partners: readonly number[], [u, v, height]: Vector3): Vector3 | undefined {
  const [a, b] = slab.basis;
  const along = norm(a);
  const shear = dot(a, b) / along;
  const across = norm(cross(a, b)) / along;
  let nearest: Vector3 | undefined;
  for (const partner of partners) {
    const other = slab.atoms[partner];
    if (other === undefined) continue;
    const [f, g] = [u - other.u, v - other.v];
    const [df, dg] = [f - Math.round(f), g - Math.round(g)];
    const offset: Vector3 = [df * along + dg * shear, dg * across, height - other.heightAngstrom];
    const distance = norm(offset);
    if (distance <= PAIRING_ANGSTROM && (nearest === undefined || distance < norm(nearest))) nearest = offset;
  }
  return nearest;
}
