/**
 * Whether both faces of a slab are equivalent: then one surface energy is defined, otherwise only the sum of two.
 *
 * An operation that exchanges the faces (inversion, mirror across the slab, two-fold axis in the plane), combined with
 * any in-plane translation, must map every atom onto one of its element within 0.1 Å (SCIENCE §4.7).
 */
import {
  add,
  cross,
  dot,
  type Matrix3,
  minimumImage,
  norm,
  scale,
  subtract,
  type Vector3,
} from '../../model/lattice.ts';
import { atomCount, position, type Structure } from '../../model/structure.ts';
import { type Axis, heights, largestGaps } from './slab-geometry.ts';

const TOLERANCE_ANGSTROM = 0.1;

type Operation = (vector: Vector3) => Vector3;

export function facesAreEquivalent(structure: Structure, axis: Axis): boolean {
  const gap = largestGaps(structure)[axis];
  if (gap === undefined) return false;
  const normal = surfaceNormal(structure.latticeAngstrom, axis);
  const height = heights(structure, gap);
  const middle = (Math.max(...height) + Math.min(...height)) / 2;
  const atoms = Array.from({ length: atomCount(structure) }, (_, atom) => {
    const along = (height[atom] ?? 0) - middle;
    const cartesian = position(structure, atom);
    // In-plane part from the coordinates, height from the unwrapped slab.
    return {
      species: structure.species[atom],
      place: add(subtract(cartesian, scale(normal, dot(cartesian, normal))), scale(normal, along)),
    };
  });
  const inPlane = inPlaneLattice(structure.latticeAngstrom, axis, normal);
  return exchangingOperations(structure.latticeAngstrom, axis, normal).some((operation) =>
    maps(atoms, operation, inPlane),
  );
}

interface PlacedAtom {
  readonly species: string | undefined;
  readonly place: Vector3;
}

function maps(atoms: readonly PlacedAtom[], operation: Operation, lattice: Matrix3): boolean {
  const image = minimumImage(lattice);
  const [first] = atoms;
  if (first === undefined) return false;
  const moved = atoms.map((atom) => ({ species: atom.species, place: operation(atom.place) }));
  const start = moved[0]?.place ?? [0, 0, 0];
  // The translation must bring the first atom onto some atom of its element.
  return atoms
    .filter((target) => target.species === first.species)
    .some((target) => {
      const translation = subtract(target.place, start);
      const offPlane = Math.abs(dot(translation, unitNormal(lattice)));
      if (offPlane > TOLERANCE_ANGSTROM) return false;
      return moved.every((atom) =>
        atoms.some(
          (other) =>
            other.species === atom.species &&
            norm(image(subtract(add(atom.place, translation), other.place))) <= TOLERANCE_ANGSTROM,
        ),
      );
    });
}

function exchangingOperations(lattice: Matrix3, axis: Axis, normal: Vector3): Operation[] {
  const [one, other] = planeVectors(lattice, axis);
  const directions: Vector3[] = [];
  for (const [i, j] of [
    [1, 0],
    [0, 1],
    [1, 1],
    [1, -1],
    [2, 1],
    [1, 2],
    [2, -1],
    [1, -2],
  ] as const) {
    directions.push(add(scale(one, i), scale(other, j)));
  }
  const twofold = directions.map((direction): Operation => {
    const axisUnit = scale(direction, 1 / norm(direction));
    return (vector) => subtract(scale(axisUnit, 2 * dot(vector, axisUnit)), vector);
  });
  return [
    (vector) => scale(vector, -1),
    (vector) => subtract(vector, scale(normal, 2 * dot(vector, normal))),
    // A two-fold rotation must keep the in-plane lattice, else it maps one cell onto another.
    ...twofold.filter((operation) => keepsLattice(operation, one, other)),
  ];
}

function keepsLattice(operation: Operation, one: Vector3, other: Vector3): boolean {
  const determinant = norm(cross(one, other)) ** 2;
  return [one, other].every((vector) => {
    const moved = operation(vector);
    const normal = cross(one, other);
    const first = dot(cross(moved, other), normal) / determinant;
    const second = dot(cross(one, moved), normal) / determinant;
    return Math.abs(first - Math.round(first)) < 1e-3 && Math.abs(second - Math.round(second)) < 1e-3;
  });
}

/** The two vectors in the plane and a long one along the normal, so that periodic images stay in the plane. */
function inPlaneLattice(lattice: Matrix3, axis: Axis, normal: Vector3): Matrix3 {
  const [one, other] = planeVectors(lattice, axis);
  return [one, other, scale(normal, 1000)];
}

function planeVectors(lattice: Matrix3, axis: Axis): readonly [Vector3, Vector3] {
  if (axis === 0) return [lattice[1], lattice[2]];
  return axis === 1 ? [lattice[2], lattice[0]] : [lattice[0], lattice[1]];
}

function surfaceNormal(lattice: Matrix3, axis: Axis): Vector3 {
  const [one, other] = planeVectors(lattice, axis);
  const normal = cross(one, other);
  return scale(normal, 1 / norm(normal));
}

function unitNormal(lattice: Matrix3): Vector3 {
  return scale(lattice[2], 1 / norm(lattice[2]));
}
