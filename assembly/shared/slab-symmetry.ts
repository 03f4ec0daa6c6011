/**
 * Whether both faces of a slab are equivalent: then one surface energy is defined, otherwise only the sum of two.
 *
 * An operation that exchanges the faces is an isometry of the plane lattice with the heights reversed: inversion, mirror
 * across the slab, two-fold axis in the plane. Combined with any translation in the plane it must bring every atom onto
 * one of its element within 0.1 Å (SCIENCE §4.7). The mistake avoided here: looking for two-fold axes only along the
 * vectors of the cell; a supercell has fewer of them than the plane lattice of its atoms, which is found first.
 */
import { add, cross, dot, norm, reducedPair, scale, subtract, type Vector3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import { type Axis, planeVectors, unwrappedSlab } from './slab-geometry.ts';

const TOLERANCE_ANGSTROM = 0.1;
/** Before the best common shift is known, two atoms can be off in opposite directions. */
const PAIRING_ANGSTROM = 2 * TOLERANCE_ANGSTROM;
/** Relative difference of squared lengths within which a relaxed or rounded cell keeps a symmetry. */
const LATTICE_TOLERANCE = 1e-3;

export function facesAreEquivalent(structure: Structure, axis: Axis): boolean {
  const cell = placedSlab(structure, axis, reducedPair(...planeVectors(structure.latticeAngstrom, axis)));
  if (!readsAlikeFromBothSides(cell.atoms)) return false;
  const slab = placedSlab(structure, axis, primitiveBasis(cell));
  const mirrored = partnersOf(slab, REVERSED);
  return planeIsometries(slab.basis).some((operation) => mappings(slab, operation, mirrored).next().done !== true);
}

export interface SurfacePlace {
  /** Fractions of the plane basis. */
  readonly u: number;
  readonly v: number;
  /** Above the mean height of all atoms, Å. */
  readonly heightAngstrom: number;
}

interface PlacedAtom extends SurfacePlace {
  readonly species: string;
}

export interface PlacedSlab {
  /** Reduced basis of a plane lattice of the slab, Å. */
  readonly basis: readonly [Vector3, Vector3];
  readonly atoms: readonly PlacedAtom[];
  /** Of all atoms above the lowest one, Å. */
  readonly meanHeightAngstrom: number;
}

export function placedSlab(structure: Structure, axis: Axis, basis: PlacedSlab['basis']): PlacedSlab {
  const { cartesianAngstrom, heightsAngstrom } = unwrappedSlab(structure, axis);
  const mean = heightsAngstrom.reduce((sum, height) => sum + height, 0) / heightsAngstrom.length;
  const frame = { basis, meanHeightAngstrom: mean };
  const atoms = structure.species.map((species, at) => ({
    species,
    ...placeOf(frame, cartesianAngstrom[at] ?? [0, 0, 0], heightsAngstrom[at] ?? 0),
  }));
  return { ...frame, atoms };
}

/** `aboveLowestAngstrom`: along the normal, above the lowest atom. */
export function placeOf(
  { basis, meanHeightAngstrom }: Omit<PlacedSlab, 'atoms'>,
  place: Vector3,
  aboveLowestAngstrom: number,
): SurfacePlace {
  const normal = cross(...basis);
  const area2 = dot(normal, normal);
  return {
    u: dot(cross(place, basis[1]), normal) / area2,
    v: dot(cross(basis[0], place), normal) / area2,
    heightAngstrom: aboveLowestAngstrom - meanHeightAngstrom,
  };
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

/** Whether an operation keeps the heights or reverses them. */
type HeightSign = 1 | -1;
export const KEPT: HeightSign = 1;
export const REVERSED: HeightSign = -1;

/** Of every atom, those of its element at its height, kept or reversed. */
interface Partners {
  readonly sign: HeightSign;
  readonly byAtom: readonly (readonly number[])[];
}

export function partnersOf({ atoms }: PlacedSlab, sign: HeightSign): Partners {
  const fits = (atom: PlacedAtom, other: PlacedAtom): boolean =>
    atom.species === other.species && Math.abs(sign * atom.heightAngstrom - other.heightAngstrom) <= PAIRING_ANGSTROM;
  return { sign, byAtom: atoms.map((atom) => atoms.flatMap((other, at) => (fits(atom, other) ? [at] : []))) };
}

/** Shortest translations that bring the slab onto itself; two independent ones are a basis of its plane lattice. */
function primitiveBasis(cell: PlacedSlab): PlacedSlab['basis'] {
  const [a, b] = cell.basis;
  const around = [-1, 0, 1].flatMap((i) => [-1, 0, 1].map((j) => add(scale(a, i), scale(b, j))));
  const vectors = [...mappings(cell, IDENTITY, partnersOf(cell, KEPT))]
    .map(({ du, dv }) => add(scale(a, du - Math.round(du)), scale(b, dv - Math.round(dv))))
    .flatMap((translation) => around.map((vector) => add(translation, vector)))
    .filter((vector) => norm(vector) > PAIRING_ANGSTROM)
    .sort((left, right) => norm(left) - norm(right));
  const [first = a] = vectors;
  const isAside = (vector: Vector3): boolean => norm(cross(first, vector)) > PAIRING_ANGSTROM * norm(first);
  return reducedPair(first, vectors.find(isAside) ?? b);
}

/** a → p·a + q·b, b → r·a + s·b. */
export type PlaneOperation = readonly [p: number, q: number, r: number, s: number];
const IDENTITY: PlaneOperation = [1, 0, 0, 1];

/** In a reduced basis the matrices of all isometries hold −1, 0 and 1 only. */
export function planeIsometries([a, b]: PlacedSlab['basis']): PlaneOperation[] {
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

interface Translation {
  readonly du: number;
  readonly dv: number;
}

/** Translations that complete an operation to one that brings every atom onto a partner. */
function* mappings(slab: PlacedSlab, operation: PlaneOperation, partners: Partners): Generator<Translation> {
  const moved = slab.atoms.map((atom): Vector3 => {
    const { u, v } = applied(operation, atom);
    return [u, v, partners.sign * atom.heightAngstrom];
  });
  // The atom with the fewest partners leaves the fewest translations to try.
  let anchor = 0;
  for (const [at, candidates] of partners.byAtom.entries()) {
    if (candidates.length < (partners.byAtom[anchor]?.length ?? 0)) anchor = at;
  }
  const start = moved[anchor];
  for (const target of partners.byAtom[anchor] ?? []) {
    const end = slab.atoms[target];
    if (start === undefined || end === undefined) continue;
    const translation = { du: end.u - start[0], dv: end.v - start[1] };
    if (allFindPartners(slab, moved, { ...partners, ...translation })) yield translation;
  }
}

/** Every atom within the tolerance of a partner, once the mean offset (the translation itself) is taken away. */
function allFindPartners(slab: PlacedSlab, moved: readonly Vector3[], tried: Partners & Translation): boolean {
  return commonOffset(slab, moved, { ...tried, pairingAngstrom: PAIRING_ANGSTROM }) !== undefined;
}

/**
 * The translation that completes an operation to one of the slab and differs by at most `withinAngstrom` from what
 * brings the place `from` onto `to`; undefined when there is none.
 */
export function translationNear(
  slab: PlacedSlab,
  operation: PlaneOperation,
  partners: Partners,
  { from, to, withinAngstrom }: { from: SurfacePlace; to: SurfacePlace; withinAngstrom: number },
): Translation | undefined {
  const start = applied(operation, from);
  const [du, dv] = [to.u - start.u, to.v - start.v];
  const moved = slab.atoms.map((atom): Vector3 => {
    const { u, v } = applied(operation, atom);
    return [u, v, partners.sign * atom.heightAngstrom];
  });
  const pairingAngstrom = withinAngstrom + TOLERANCE_ANGSTROM;
  const offset = commonOffset(slab, moved, { ...partners, du, dv, pairingAngstrom });
  if (offset === undefined) return undefined;
  const { along, shear, across } = planeFrame(slab.basis);
  const dg = offset[1] / across;
  return { du: du - (offset[0] - dg * shear) / along, dv: dv - dg };
}

/** Mean offset of all atoms from their partners, when each is within the tolerance of it, Å. */
function commonOffset(
  slab: PlacedSlab,
  moved: readonly Vector3[],
  { byAtom, du, dv, pairingAngstrom }: Partners & Translation & { readonly pairingAngstrom: number },
): Vector3 | undefined {
  const offsets: Vector3[] = [];
  for (const [at, [u, v, height]] of moved.entries()) {
    const offset = nearestOffset(slab, byAtom[at] ?? [], [u + du, v + dv, height]);
    if (offset === undefined || norm(offset) > pairingAngstrom) return undefined;
    offsets.push(offset);
  }
  const mean = [0, 1, 2].map((axis) => offsets.reduce((sum, offset) => sum + (offset[axis] ?? 0), 0) / offsets.length);
  const [x = 0, y = 0, z = 0] = mean;
  return offsets.every((offset) => norm(subtract(offset, [x, y, z])) <= TOLERANCE_ANGSTROM) ? [x, y, z] : undefined;
}

/** To the nearest of the atoms `partners`, in a frame of the plane and the height, Å. */
function nearestOffset(slab: PlacedSlab, partners: readonly number[], [u, v, height]: Vector3): Vector3 | undefined {
  const { along, shear, across } = planeFrame(slab.basis);
  let nearest: Vector3 | undefined;
  let shortest = Number.POSITIVE_INFINITY;
  for (const partner of partners) {
    const other = slab.atoms[partner];
    if (other === undefined) continue;
    const [f, g] = [u - other.u, v - other.v];
    const [df, dg] = [f - Math.round(f), g - Math.round(g)];
    const offset: Vector3 = [df * along + dg * shear, dg * across, height - other.heightAngstrom];
    const distance = norm(offset);
    if (distance >= shortest) continue;
    nearest = offset;
    shortest = distance;
  }
  return nearest;
}

/** a along the first axis, b = (shear, across), Å. */
function planeFrame([a, b]: PlacedSlab['basis']) {
  const along = norm(a);
  return { along, shear: dot(a, b) / along, across: norm(cross(a, b)) / along };
}

/** Without its translation. */
export function applied([p, q, r, s]: PlaneOperation, { u, v }: Pick<SurfacePlace, 'u' | 'v'>) {
  return { u: u * p + v * r, v: u * q + v * s };
}
