/**
 * The axes by which the planes of a crystal are named (International Tables A, conventional cells), found from the
 * rotations of its Laue group.
 *
 * The mistakes avoided here: naming planes after the axes of a primitive cell, and a c axis of wurtzite that points the
 * other way in another file: there +c is the direction of the bond along it from the metal to the anion, so that (0001) is
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

/** `cell`: of the file; where the symmetry leaves the order of the axes open, its order is kept. */
export function crystalAxes(crystal: Crystal, cell: Matrix3): CrystalAxes {
  const { primitive } = crystal;
  const vectors = latticeVectors(primitive);
  const axes = rotationAxes(crystal, vectors);
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
  if (two !== undefined) return inFamily('monoclinic', monoclinicAxes(vectors, two));
  const isSmallest = volume(cell) < 1.5 * volume(primitive);
  return inFamily('triclinic', isSmallest ? cell : primitive);
}

/** By length; both v and −v. */
function latticeVectors(primitive: Matrix3): Vector3[] {
  const found: { readonly vector: Vector3; readonly length: number }[] = [];
  for (let i = -REACH; i <= REACH; i += 1) {
    for (let j = -REACH; j <= REACH; j += 1) {
      for (let k = -REACH; k <= REACH; k += 1) {
        const vector = toCartesian([i, j, k], primitive);
        const length = norm(vector);
        if (length > 0) found.push({ vector, length });
      }
    }
  }
  return found.sort((left, right) => left.length - right.length).map(({ vector }) => vector);
}

interface RotationAxis {
  readonly order: number;
  /** Shortest lattice vector along it. */
  readonly vector: Vector3;
}

/** Rotation axes of the Laue group, each with its highest order. */
function rotationAxes({ primitive, rotations }: Crystal, vectors: readonly Vector3[]): RotationAxis[] {
  const inverse = reciprocal(primitive);
  const axes: { order: number; vector: Vector3 }[] = [];
  for (const rotation of rotations) {
    const proper = determinant(rotation) > 0 ? rotation : negated(rotation);
    const order = orderOf(proper);
    if (order === 1) continue;
    const vector = vectors.find((candidate) => isKept(candidate, proper, inverse));
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

function isKept(vector: Vector3, rotation: Integers3, inverse: Matrix3): boolean {
  const [i, j, k] = toFractional(vector, inverse);
  const components: Vector3 = [Math.round(i), Math.round(j), Math.round(k)];
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

function monoclinicAxes(vectors: readonly Vector3[], axis: Vector3): Matrix3 {
  const isAcross = across(axis);
  const a = vectors.find(isAcross);
  const c =
    a && vectors.find((vector) => isAcross(vector) && norm(cross(a, vector)) > PERPENDICULAR * norm(a) * norm(vector));
  if (a === undefined || c === undefined) throw new Error('a two-fold axis has lattice vectors across it');
  const obtuse = dot(a, c) > 0 ? scale(c, -1) : c;
  const lattice: Matrix3 = [a, axis, obtuse];
  return determinant(lattice) < 0 ? [a, scale(axis, -1), obtuse] : lattice;
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
