/**
 * The symmetry of a bulk as far as planes need it: its primitive lattice, the rotations of its point group, and the axes
 * by which its planes are named.
 *
 * The mistake avoided here: reading Miller indices off the cell of the file. A bulk may be given as a primitive cell, a
 * conventional one or a supercell, and (1 1 1) of one is another plane in the next. Found from the atoms, not from names.
 */
import {
  add,
  cross,
  determinant,
  dot,
  type Matrix3,
  norm,
  periodicDistance,
  reciprocal,
  reducedLattice,
  scale,
  subtract,
  toCartesian,
  toFractional,
  type Vector3,
  volume,
} from '../../model/lattice.ts';
import { composition, position, type Structure } from '../../model/structure.ts';

/** Rows of integers: components in one basis. */
export type Integers3 = readonly [Vector3, Vector3, Vector3];

export interface PlacedAtom {
  readonly species: string;
  readonly place: Vector3;
}

export interface Crystal {
  /** Right-handed and reduced, Å. */
  readonly primitive: Matrix3;
  /** The atoms of one primitive cell, Å. */
  readonly atoms: readonly PlacedAtom[];
  /** Point group: the row x of lattice components goes to x·W. */
  readonly rotations: readonly Integers3[];
}

/** Atoms of a relaxed bulk lie this near to where its symmetry has them, Å. */
const TOLERANCE_ANGSTROM = 0.1;
/** Relative difference of squared lengths within which a relaxed cell keeps a symmetry. */
const METRIC_TOLERANCE = 5e-3;
const STEPS = [-1, 0, 1] as const;

export function crystalOf(structure: Structure): Crystal {
  const all = structure.species.map((species, atom) => ({ species, place: position(structure, atom) }));
  const primitive = primitiveLattice(structure.latticeAngstrom, all);
  const atoms = distinctAtoms(primitive, all);
  return { primitive, atoms, rotations: pointGroup(primitive, atoms) };
}

/** The lattice of all translations that bring the atoms onto atoms of their element. */
function primitiveLattice(cell: Matrix3, atoms: readonly PlacedAtom[]): Matrix3 {
  const reduced = reducedLattice(cell);
  const distance = periodicDistance(reduced);
  const rarest = rarestOf(atoms);
  const [anchor] = rarest;
  if (anchor === undefined) return rightHanded(reduced);
  const translations = rarest
    .map(({ place }) => subtract(place, anchor.place))
    .filter((shift) => isOntoItself(atoms, { moved: atoms, shift }, distance));
  const images = STEPS.flatMap((i) => STEPS.flatMap((j) => STEPS.map((k) => toCartesian([i, j, k], reduced))));
  const vectors = translations
    .flatMap((shift) => images.map((image) => add(shift, image)))
    .filter((vector) => norm(vector) > TOLERANCE_ANGSTROM)
    .sort((left, right) => norm(left) - norm(right));
  const shortest = shortestBasis(vectors);
  const isPrimitive =
    shortest !== undefined &&
    Math.abs(volume(cell) / volume(shortest) - translations.length) < 0.01 * translations.length;
  return rightHanded(reducedLattice(isPrimitive ? shortest : reduced));
}

function rightHanded(lattice: Matrix3): Matrix3 {
  const [a, b, c] = lattice;
  return determinant(lattice) < 0 ? [scale(a, -1), scale(b, -1), scale(c, -1)] : lattice;
}

/** The atoms of the element that has fewest: the fewest places that a symmetry can bring one to. */
function rarestOf(atoms: readonly PlacedAtom[]): readonly PlacedAtom[] {
  const counts = composition(atoms.map(({ species }) => species));
  const [rarest] = Object.entries(counts).sort(([, left], [, right]) => left - right);
  return atoms.filter(({ species }) => species === rarest?.[0]);
}

type Distance = (x: number, y: number, z: number) => number;

interface MovedAtoms {
  readonly moved: readonly PlacedAtom[];
  /** Added to all of them, Å. */
  readonly shift: Vector3;
}

function isOntoItself(atoms: readonly PlacedAtom[], { moved, shift }: MovedAtoms, distance: Distance): boolean {
  return moved.every((atom) => {
    const place = add(atom.place, shift);
    return atoms.some(
      (other) => other.species === atom.species && lengthTo(distance, place, other.place) <= TOLERANCE_ANGSTROM,
    );
  });
}

function lengthTo(distance: Distance, [x, y, z]: Vector3, [u, v, w]: Vector3): number {
  return distance(x - u, y - v, z - w);
}

/** The three shortest vectors that span space, of a list in order of length. */
function shortestBasis(vectors: readonly Vector3[]): Matrix3 | undefined {
  const [a] = vectors;
  if (a === undefined) return undefined;
  const b = vectors.find((vector) => norm(cross(a, vector)) > TOLERANCE_ANGSTROM * norm(a));
  if (b === undefined) return undefined;
  const area = norm(cross(a, b));
  const c = vectors.find((vector) => Math.abs(dot(cross(a, b), vector)) > TOLERANCE_ANGSTROM * area);
  return c === undefined ? undefined : [a, b, c];
}

function distinctAtoms(primitive: Matrix3, all: readonly PlacedAtom[]): PlacedAtom[] {
  const distance = periodicDistance(primitive);
  const kept: PlacedAtom[] = [];
  for (const atom of all) {
    const isKnown = kept.some((other) => lengthTo(distance, atom.place, other.place) <= 2 * TOLERANCE_ANGSTROM);
    if (!isKnown) kept.push(atom);
  }
  return kept;
}

/** In a reduced basis the matrices of all isometries hold −1, 0 and 1 only. */
function pointGroup(primitive: Matrix3, atoms: readonly PlacedAtom[]): Integers3[] {
  const rows = STEPS.flatMap((i) => STEPS.flatMap((j) => STEPS.map((k): Vector3 => [i, j, k])));
  const largest = Math.max(...primitive.map((vector) => dot(vector, vector)));
  const isSame = (left: number, right: number): boolean => Math.abs(left - right) <= METRIC_TOLERANCE * largest;
  const [a, b, c] = primitive;
  const squares = rows.map((row) => productOf(row, row, primitive));
  const like = (vector: Vector3): Vector3[] =>
    rows.filter((row, at) => isSame(squares[at] ?? 0, dot(vector, vector)) && norm(row) > 0);
  const [firsts, seconds, thirds] = [like(a), like(b), like(c)];
  const keepsCrystal = crystalKeeping(primitive, atoms);
  const found: Integers3[] = [];
  for (const first of firsts) {
    for (const second of seconds) {
      if (!isSame(productOf(first, second, primitive), dot(a, b))) continue;
      for (const third of thirds) {
        const isIsometry =
          isSame(productOf(first, third, primitive), dot(a, c)) &&
          isSame(productOf(second, third, primitive), dot(b, c));
        const matrix: Integers3 = [first, second, third];
        if (isIsometry && Math.abs(determinant(matrix)) === 1 && keepsCrystal(matrix)) found.push(matrix);
      }
    }
  }
  return found;
}

function productOf(left: Vector3, right: Vector3, lattice: Matrix3): number {
  return dot(toCartesian(left, lattice), toCartesian(right, lattice));
}

/** Whether a rotation and some translation bring every atom onto one of its element. */
function crystalKeeping(primitive: Matrix3, atoms: readonly PlacedAtom[]): (rotation: Integers3) => boolean {
  const distance = periodicDistance(primitive);
  const inverse = reciprocal(primitive);
  const fractions = atoms.map(({ place }) => toFractional(place, inverse));
  const rarest = rarestOf(atoms);
  const start = atoms.findIndex(({ species }) => species === rarest[0]?.species);
  return (rotation) => {
    const rotated = rotatedLattice(rotation, primitive);
    const moved = atoms.map(({ species }, at) => ({
      species,
      place: toCartesian(fractions[at] ?? [0, 0, 0], rotated),
    }));
    const from = moved[start];
    if (from === undefined) return false;
    return rarest.some(({ place }) => isOntoItself(atoms, { moved, shift: subtract(place, from.place) }, distance));
  };
}

/** The vectors to which a rotation brings those of the lattice. */
export function rotatedLattice(matrix: Integers3, lattice: Matrix3): Matrix3 {
  const [a, b, c] = matrix;
  return [toCartesian(a, lattice), toCartesian(b, lattice), toCartesian(c, lattice)];
}
