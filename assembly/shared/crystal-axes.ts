/**
 * The axes by which the planes of a crystal are named (International Tables A, conventional cells), found from the
 * rotations of its Laue group.
 *
 * The mistakes avoided here: naming planes after the axes of a primitive cell, or after other axes than the file's where
 * its cell is a conventional one ((210) and (120) of pyrite are two faces); and a c axis of wurtzite that points the other
 * way in another file: there +c is the direction of the bond along it from the metal to the anion, so that (0001) is
 * the face of the metal (SCIENCE §4.6).
 */
import { ANION_ELEMENTS } from '../../model/elements.ts';
import {
  add,
  cross,
  determinant,
  dot,
  type Matrix3,
  norm,
  reciprocal,
  scale,
  subtract,
  toCartesian,
  toFractional,
  type Vector3,
  volume,
} from '../../model/lattice.ts';
import type { Crystal, Integers3, PlacedAtom } from './crystal.ts';

export type CrystalFamily = 'cubic' | 'hexagonal' | 'tetragonal' | 'orthorhombic' | 'monoclinic' | 'triclinic';

export interface CrystalAxes {
  readonly family: CrystalFamily;
  /** Rows a, b, c, right-handed, Å; lattice vectors of the crystal. */
  readonly lattice: Matrix3;
}

/** Components of the lattice vectors that are tried: axes of a reduced lattice are short. */
const REACH = 3;
/** |cos| of the angle between vectors that count as perpendicular. */
const PERPENDICULAR = 5e-3;
/** Of the four bonds of an atom in wurtzite one lies along c. */
const ALONG_AXIS_COSINE = 0.94;
const LONGEST_BOND_ANGSTROM = 3;

/** `cell`: of the file; kept where it is a conventional cell, so that indices mean there what they mean to its author. */
export function crystalAxes(crystal: Crystal, cell: Matrix3): CrystalAxes {
  const found = foundAxes(crystal, cell);
  const isHexagonal = found.family === 'hexagonal';
  const own = isHexagonal && polarSign(crystal, cell[2]) < 0 ? upsideDown(cell) : cell;
  if (!isConventional(own, found) || (isHexagonal && isReverse(crystal, own))) return found;
  return { family: found.family, lattice: own };
}

/** Relative difference of the volumes of two cells that count as equal; other cells have twice or half as much. */
const SAME_VOLUME = 0.05;

/** Whether the cell is as large as the conventional one, right-handed, and its vectors lie along the symmetry as that one's. */
function isConventional(cell: Matrix3, { family, lattice }: CrystalAxes): boolean {
  const [a, b, c] = cell;
  if (!(Math.abs(determinant(cell) / determinant(lattice) - 1) < SAME_VOLUME)) return false;
  const isAlong = (vector: Vector3, axis: Vector3): boolean =>
    norm(cross(axis, vector)) <= PERPENDICULAR * norm(axis) * norm(vector);
  const isAcrossOf = (vector: Vector3, ...others: Vector3[]): boolean => others.every((other) => across(vector)(other));
  switch (family) {
    case 'cubic':
    case 'orthorhombic':
      return cell.every((vector) => lattice.some((axis) => isAlong(vector, axis)));
    case 'tetragonal':
      return isAlong(c, lattice[2]) && isAcrossOf(c, a, b) && isAcrossOf(a, b);
    case 'hexagonal':
      return (
        isAlong(c, lattice[2]) &&
        isAcrossOf(c, a, b) &&
        Math.abs(dot(a, b) / (norm(a) * norm(b)) + 0.5) < PERPENDICULAR &&
        Math.abs(norm(a) / norm(b) - 1) < PERPENDICULAR
      );
    case 'monoclinic':
      return [
        [a, b, c],
        [b, c, a],
        [c, a, b],
      ].some(([unique = a, ...others]) => isAlong(unique, lattice[1]) && isAcrossOf(unique, ...others));
    case 'triclinic':
      return false; // decided where it is found
  }
}

/** Turned about a, by 180°. */
function upsideDown([a, b, c]: Matrix3): Matrix3 {
  return [a, scale(add(a, b), -1), scale(c, -1)];
}

function foundAxes(crystal: Crystal, cell: Matrix3): CrystalAxes {
  const { primitive } = crystal;
  const found = latticeVectors(primitive);
  const vectors = found.map(({ vector }) => vector);
  const axes = rotationAxes(crystal, found);
  const ofOrder = (order: number): Vector3[] => axes.filter((axis) => axis.order === order).map(({ vector }) => vector);
  const [fourfold, threefold, sixfold, twofold] = [ofOrder(4), ofOrder(3), ofOrder(6), ofOrder(2)];
  const inFamily = (family: CrystalFamily, lattice: Matrix3): CrystalAxes => ({
    family,
    lattice: rightHanded(lattice),
  });
  if (fourfold.length === 3) return inFamily('cubic', three(fourfold));
  if (threefold.length === 4 && twofold.length === 3) return inFamily('cubic', three(twofold));
  const [unique] = sixfold.length > 0 ? sixfold : threefold;
  if (unique !== undefined) return inFamily('hexagonal', hexagonalAxes(crystal, vectors, unique));
  const [four] = fourfold;
  if (four !== undefined) return inFamily('tetragonal', [...squarePair(vectors, four), four]);
  if (twofold.length === 3) return inFamily('orthorhombic', inOrderOf(cell, three(twofold)));
  const [two] = twofold;
  if (two !== undefined) return inFamily('monoclinic', monoclinicAxes(vectors, two, primitive));
  const isSmallest = volume(cell) < 1.5 * volume(primitive);
  return inFamily('triclinic', isSmallest ? cell : primitive);
}

interface LatticeVector {
  readonly vector: Vector3;
  readonly length: number;
  /** Whole numbers, along the primitive vectors. */
  readonly components: Vector3;
}

/** By length; both v and −v. */
function latticeVectors(primitive: Matrix3): LatticeVector[] {
  const found: LatticeVector[] = [];
  for (let i = -REACH; i <= REACH; i += 1) {
    for (let j = -REACH; j <= REACH; j += 1) {
      for (let k = -REACH; k <= REACH; k += 1) {
        const components: Vector3 = [i, j, k];
        const vector = toCartesian(components, primitive);
        const length = norm(vector);
        if (length > 0) found.push({ vector, length, components });
      }
    }
  }
  return found.sort((left, right) => left.length - right.length);
}

interface RotationAxis {
  readonly order: number;
  /** Shortest lattice vector along it. */
  readonly vector: Vector3;
}

/** Rotation axes of the Laue group, each with its highest order. */
function rotationAxes({ rotations }: Crystal, vectors: readonly LatticeVector[]): RotationAxis[] {
  const axes: { order: number; vector: Vector3 }[] = [];
  for (const rotation of rotations) {
    const proper = determinant(rotation) > 0 ? rotation : negated(rotation);
    const order = orderOf(proper);
    if (order === 1) continue;
    const vector = vectors.find(({ components }) => isKept(components, proper))?.vector;
    if (vector === undefined) continue;
    const known = axes.find((axis) => norm(cross(axis.vector, vector)) < 1e-6 * norm(vector) * norm(axis.vector));
    if (known === undefined) axes.push({ order, vector });
    else known.order = Math.max(known.order, order);
  }
  return axes;
}

function negated([a, b, c]: Integers3): Integers3 {
  return [scale(a, -1), scale(b, -1), scale(c, -1)];
}

/** From the trace, 1 + 2 cos(2π/n). */
function orderOf([a, b, c]: Integers3): number {
  const orders: Readonly<Record<number, number>> = { 3: 1, 2: 6, 1: 4, 0: 3, [-1]: 2 };
  return orders[a[0] + b[1] + c[2]] ?? 1;
}

function isKept(components: Vector3, rotation: Integers3): boolean {
  return norm(subtract(toCartesian(components, rotation), components)) === 0;
}

function three(vectors: readonly Vector3[]): Matrix3 {
  const sorted = [...vectors].sort((left, right) => norm(left) - norm(right));
  const [a, b, c] = sorted;
  if (a === undefined || b === undefined || c === undefined) throw new Error('three axes were counted');
  return [a, b, c];
}

/** The axes in the order of the cell's vectors that lie along them, or by length. */
function inOrderOf(cell: Matrix3, axes: Matrix3): Matrix3 {
  const [a, b, c] = cell.map((vector) =>
    axes.find((axis) => norm(cross(axis, vector)) <= PERPENDICULAR * norm(axis) * norm(vector)),
  );
  return a === undefined || b === undefined || c === undefined || a === b || b === c || a === c ? axes : [a, b, c];
}

function rightHanded(lattice: Matrix3): Matrix3 {
  const [a, b, c] = lattice;
  return determinant(lattice) < 0 ? [a, b, scale(c, -1)] : lattice;
}

/** The two shortest lattice vectors across the axis that are as long as each other and enclose a right angle. */
function squarePair(vectors: readonly Vector3[], axis: Vector3): readonly [Vector3, Vector3] {
  const isAcross = across(axis);
  const a = vectors.find(isAcross);
  const b =
    a &&
    vectors.find((vector) => isAcross(vector) && Math.abs(dot(a, vector)) <= PERPENDICULAR * norm(a) * norm(vector));
  if (a === undefined || b === undefined) throw new Error('a four-fold axis has lattice vectors across it');
  return [a, b];
}

function across(axis: Vector3): (vector: Vector3) => boolean {
  return (vector) => Math.abs(dot(vector, axis)) <= PERPENDICULAR * norm(vector) * norm(axis);
}

function monoclinicAxes(vectors: readonly Vector3[], axis: Vector3, primitive: Matrix3): Matrix3 {
  const isAcross = across(axis);
  const shortest = vectors.find(isAcross);
  const second =
    shortest &&
    vectors.find(
      (vector) => isAcross(vector) && norm(cross(shortest, vector)) > PERPENDICULAR * norm(shortest) * norm(vector),
    );
  if (shortest === undefined || second === undefined) throw new Error('a two-fold axis has lattice vectors across it');
  const [a, c] = baseCentred(shortest, dot(shortest, second) > 0 ? scale(second, -1) : second, axis, primitive);
  const obtuse = dot(a, c) > 0 ? scale(c, -1) : c;
  const lattice: Matrix3 = [a, axis, obtuse];
  return determinant(lattice) < 0 ? [a, scale(axis, -1), obtuse] : lattice;
}

/** A centred lattice is described as C (cell choice 1 of the Tables), not as A or I: (100) of C2/m is meant along it. */
function baseCentred(a: Vector3, c: Vector3, b: Vector3, primitive: Matrix3): readonly [Vector3, Vector3] {
  const inverse = reciprocal(primitive);
  const isCentred = (vector: Vector3): boolean =>
    toFractional(scale(add(vector, b), 1 / 2), inverse).every(
      (component) => Math.abs(component - Math.round(component)) < 0.05,
    );
  if (isCentred(c) && !isCentred(a)) return [c, a];
  return isCentred(add(a, c)) && !isCentred(a) ? [add(a, c), a] : [a, c];
}

function hexagonalAxes(crystal: Crystal, vectors: readonly Vector3[], axis: Vector3): Matrix3 {
  const c = polarSign(crystal, axis) < 0 ? scale(axis, -1) : axis;
  const isAcross = across(c);
  const a = vectors.find(isAcross);
  const b =
    a &&
    vectors.find(
      (vector) =>
        isAcross(vector) &&
        Math.abs(dot(a, vector) / (norm(a) * norm(vector)) + 0.5) < PERPENDICULAR &&
        dot(cross(a, vector), c) > 0,
    );
  if (a === undefined || b === undefined) throw new Error('a three-fold axis has lattice vectors across it');
  return isReverse(crystal, [a, b, c]) ? [scale(a, -1), scale(b, -1), c] : [a, b, c];
}

/** A rhombohedral lattice has (2/3 1/3 1/3) along its usual (obverse) axes, and (1/3 2/3 1/3) along those turned by 180°. */
function isReverse({ primitive }: Crystal, [a, b, c]: Matrix3): boolean {
  const inverse = reciprocal(primitive);
  const isLatticeVector = (i: number, j: number): boolean =>
    toFractional(scale(add(add(scale(a, i), scale(b, j)), c), 1 / 3), inverse).every(
      (component) => Math.abs(component - Math.round(component)) < 0.05,
    );
  return isLatticeVector(1, 2) && !isLatticeVector(2, 1);
}

/** Whether the bonds along the axis lead up (+) or down (−) from metal to anion; 0 where there is no such difference. */
function polarSign({ primitive, atoms }: Crystal, axis: Vector3): number {
  let sign = 0;
  for (const metal of atoms.filter(({ species }) => !ANION_ELEMENTS.has(species))) {
    for (const anion of atoms.filter(({ species }) => ANION_ELEMENTS.has(species)))
      sign += bondsAlong(metal, anion, primitive, axis);
  }
  return sign;
}

function bondsAlong(metal: PlacedAtom, anion: PlacedAtom, primitive: Matrix3, axis: Vector3): number {
  let sum = 0;
  const steps = [-1, 0, 1];
  for (const i of steps) {
    for (const j of steps) {
      for (const k of steps) {
        const bond = subtract(toCartesian([i, j, k], primitive), subtract(metal.place, anion.place));
        const length = norm(bond);
        const cosine = dot(bond, axis) / (length * norm(axis));
        if (length < LONGEST_BOND_ANGSTROM && Math.abs(cosine) > ALONG_AXIS_COSINE) sum += Math.sign(cosine);
      }
    }
  }
  return sum;
}
