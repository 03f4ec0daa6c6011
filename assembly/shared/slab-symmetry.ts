/**
 * Whether both faces of a slab are equivalent: then one surface energy is defined, otherwise only the sum of two.
 *
 * An operation that exchanges the faces is an isometry of the plane lattice with the heights reversed: inversion, mirror
 * across the slab, two-fold axis in the plane. With some translation in the plane it must bring every atom onto one of its
 * element within 0.1 Å (SCIENCE §4.7). The mistake avoided here: looking for two-fold axes only along the vectors of the
 * cell; a supercell has fewer of them than the plane lattice of its atoms, which is found first.
 */
import { add, cross, dot, norm, reducedPair, scale, subtract, type Vector3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import { atomsByElement } from './atom-pairing.ts';
import { type Axis, heights, planeVectors, unwrappedSlab } from './slab-geometry.ts';

export const TOLERANCE_ANGSTROM = 0.1;
/** Before the best common shift is known, two atoms can be off in opposite directions. */
const PAIRING_ANGSTROM = 2 * TOLERANCE_ANGSTROM;
/** Relative difference of squared lengths within which a relaxed or rounded cell keeps a symmetry. */
const LATTICE_TOLERANCE = 1e-3;

export function facesAreEquivalent(structure: Structure, axis: Axis): boolean {
  if (!readsAlikeFromBothSides(structure, heights(structure, axis))) return false;
  const cell = placedSlab(structure, axis, reducedPair(...planeVectors(structure.latticeAngstrom, axis)));
  const slab = placedSlab(structure, axis, primitiveBasis(cell));
  const mirrored = partnersOf(slab, REVERSED);
  return planeIsometries(slab.basis).some((operation) => {
    const attempt = attemptOf(slab, operation, mirrored);
    return attempt.translations.some(attempt.isCompletedBy);
  });
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
  const mean = meanOf(heightsAngstrom);
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
function readsAlikeFromBothSides(structure: Structure, heightsAngstrom: Float64Array): boolean {
  const mean = meanOf(heightsAngstrom);
  const byElement = [...atomsByElement(structure).values()];
  // The rarest element first: a single adatom ends it.
  byElement.sort((left, right) => left.length - right.length);
  return byElement.every((atoms) => {
    const sorted = atoms.map((atom) => (heightsAngstrom[atom] ?? 0) - mean).sort((left, right) => left - right);
    return sorted.every((height, at) => Math.abs(height + (sorted.at(-1 - at) ?? 0)) <= PAIRING_ANGSTROM);
  });
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Whether an operation keeps the heights or reverses them. */
type HeightSign = 1 | -1;
export const KEPT: HeightSign = 1;
export const REVERSED: HeightSign = -1;

/** Of every atom, those of its element at its height, kept or reversed. */
export interface Partners {
  readonly sign: HeightSign;
  readonly byAtom: readonly (readonly number[])[];
}

export function partnersOf({ atoms }: PlacedSlab, sign: HeightSign): Partners {
  const ofElement = new Map<string, number[]>();
  for (const [at, { species }] of atoms.entries()) {
    const same = ofElement.get(species);
    if (same === undefined) ofElement.set(species, [at]);
    else same.push(at);
  }
  const heightOf = (at: number): number => atoms[at]?.heightAngstrom ?? 0;
  for (const same of ofElement.values()) same.sort((left, right) => heightOf(left) - heightOf(right));
  const byAtom = atoms.map(({ species, heightAngstrom }) => {
    const same = ofElement.get(species) ?? [];
    const lowest = sign * heightAngstrom - PAIRING_ANGSTROM;
    const found: number[] = [];
    for (let at = firstNotBelow(same, lowest, heightOf); at < same.length; at += 1) {
      const other = same[at] ?? 0;
      if (heightOf(other) > lowest + 2 * PAIRING_ANGSTROM) break;
      found.push(other);
    }
    return found;
  });
  return { sign, byAtom };
}

function firstNotBelow(sorted: readonly number[], lowest: number, heightOf: (at: number) => number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (heightOf(sorted[middle] ?? 0) < lowest) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Shortest translations that bring the slab onto itself; two independent ones are a basis of its plane lattice. */
export function primitiveBasis(cell: PlacedSlab): PlacedSlab['basis'] {
  const [a, b] = cell.basis;
  const around = [-1, 0, 1].flatMap((i) => [-1, 0, 1].map((j) => add(scale(a, i), scale(b, j))));
  const attempt = attemptOf(cell, IDENTITY, partnersOf(cell, KEPT));
  const vectors = attempt.translations
    .flatMap((translation) => {
      const { du, dv } = translation;
      const shortest = add(scale(a, du - Math.round(du)), scale(b, dv - Math.round(dv)));
      return around.map((offset) => ({ translation, vector: add(shortest, offset) }));
    })
    .filter(({ vector }) => norm(vector) > PAIRING_ANGSTROM)
    .sort((left, right) => norm(left.vector) - norm(right.vector));
  const known = new Map<Translation, boolean>();
  const isOne = (translation: Translation): boolean => {
    const completes = known.get(translation) ?? attempt.isCompletedBy(translation);
    known.set(translation, completes);
    return completes;
  };
  // From the shortest on: most of the translations of a supercell are never tried.
  const first = vectors.find(({ translation }) => isOne(translation))?.vector ?? a;
  const isAside = (vector: Vector3): boolean => norm(cross(first, vector)) > PAIRING_ANGSTROM * norm(first);
  const second = vectors.find(({ translation, vector }) => isAside(vector) && isOne(translation));
  return reducedPair(first, second?.vector ?? b);
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

export interface Translation {
  readonly du: number;
  readonly dv: number;
}

interface Attempt {
  /** Those that bring the atom with the fewest partners onto one of them. */
  readonly translations: readonly Translation[];
  /** Whether the operation and the translation bring every atom onto a partner. */
  readonly isCompletedBy: (translation: Translation) => boolean;
}

function attemptOf(slab: PlacedSlab, operation: PlaneOperation, partners: Partners): Attempt {
  const moved = slab.atoms.map((atom): Vector3 => {
    const { u, v } = applied(operation, atom);
    return [u, v, partners.sign * atom.heightAngstrom];
  });
  let anchor = 0;
  for (const [at, candidates] of partners.byAtom.entries()) {
    if (candidates.length < (partners.byAtom[anchor]?.length ?? 0)) anchor = at;
  }
  const [u, v] = moved[anchor] ?? [0, 0];
  const translations = (partners.byAtom[anchor] ?? []).map((target): Translation => {
    const end = slab.atoms[target];
    return { du: (end?.u ?? 0) - u, dv: (end?.v ?? 0) - v };
  });
  return {
    translations,
    isCompletedBy: (translation) => allFindPartners(slab, moved, { ...partners, ...translation }),
  };
}

/** Every atom within the tolerance of a partner, once the mean offset (the translation itself) is taken away. */
function allFindPartners(slab: PlacedSlab, moved: readonly Vector3[], tried: Partners & Translation): boolean {
  return commonOffset(slab, moved, { ...tried, pairingAngstrom: PAIRING_ANGSTROM }) !== undefined;
}

/** Mean offset of all atoms from their partners, when each is within the tolerance of it, Å. */
export function commonOffset(
  slab: PlacedSlab,
  moved: readonly Vector3[],
  { byAtom, du, dv, pairingAngstrom }: Partners & Translation & { readonly pairingAngstrom: number },
): Vector3 | undefined {
  const frame = planeFrame(slab.basis);
  const offsets: Vector3[] = [];
  for (const [at, place] of moved.entries()) {
    const offset = nearestOffset(slab, { partners: byAtom[at] ?? [], frame }, [place[0] + du, place[1] + dv, place[2]]);
    if (offset === undefined || dot(offset, offset) > pairingAngstrom * pairingAngstrom) return undefined;
    offsets.push(offset);
  }
  const mean = [0, 1, 2].map((axis) => offsets.reduce((sum, offset) => sum + (offset[axis] ?? 0), 0) / offsets.length);
  const [x = 0, y = 0, z = 0] = mean;
  return offsets.every((offset) => norm(subtract(offset, [x, y, z])) <= TOLERANCE_ANGSTROM) ? [x, y, z] : undefined;
}

/** To the nearest of the atoms `partners`, in a frame of the plane and the height, Å. Numbers only: the innermost loop. */
function nearestOffset(
  { atoms }: PlacedSlab,
  { partners, frame }: { readonly partners: readonly number[]; readonly frame: ReturnType<typeof planeFrame> },
  [u, v, height]: Vector3,
): Vector3 | undefined {
  const { along, shear, across } = frame;
  let [x, y, z] = [0, 0, 0];
  let least = Number.POSITIVE_INFINITY;
  for (const partner of partners) {
    const other = atoms[partner];
    if (other === undefined) continue;
    const f = u - other.u;
    const g = v - other.v;
    const dg = g - Math.round(g);
    const dx = (f - Math.round(f)) * along + dg * shear;
    const dy = dg * across;
    const dz = height - other.heightAngstrom;
    const square = dx * dx + dy * dy + dz * dz;
    if (square >= least) continue;
    least = square;
    x = dx;
    y = dy;
    z = dz;
  }
  return least === Number.POSITIVE_INFINITY ? undefined : [x, y, z];
}

/** a along the first axis, b = (shear, across), Å. */
export function planeFrame([a, b]: PlacedSlab['basis']) {
  const along = norm(a);
  return { along, shear: dot(a, b) / along, across: norm(cross(a, b)) / along };
}

/** Without its translation. */
export function applied([p, q, r, s]: PlaneOperation, { u, v }: Pick<SurfacePlace, 'u' | 'v'>) {
  return { u: u * p + v * r, v: u * q + v * s };
}
