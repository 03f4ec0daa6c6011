/**
 * A clean slab as the surface that adsorbates stand on: its atomic planes, and its face as a lattice of its own.
 *
 * Many adsorbed slabs stand on one clean slab, most of them in exactly its cell: what does not depend on their atoms is
 * found here once for all of them (SCIENCE §4.1).
 */
import {
  cross,
  dot,
  type Matrix3,
  minimumImage,
  norm,
  reducedPair,
  scale,
  surelyShortest,
  type Vector3,
} from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import { fractionalOf } from './atom-pairing.ts';
import { type Axis, atomicLayersOf, planeVectors } from './slab-geometry.ts';

/** Longer than any cell: across the slab there are no images. */
const NO_IMAGE_ANGSTROM = 1e6;

export interface CleanSurface {
  readonly structure: Structure;
  /** Lattice vector across the vacuum. */
  readonly axis: Axis;
  /** Atomic planes from below, without atoms that are adsorbed on the slab themselves. */
  readonly planes: readonly (readonly number[])[];
  /** Places as fractions of the cell, length 3N. */
  readonly fractional: Float64Array;
  /** Of the cell of an adsorbed slab, which may differ a little. */
  readonly frameOf: (lattice: Matrix3) => FaceFrame;
}

/** The plane of a face with its periodic images. */
export interface FaceFrame {
  /** Unit vector from the lower face to the upper one. */
  readonly normal: Vector3;
  /** Reduced vectors of the plane lattice, Å. */
  readonly plane: readonly [Vector3, Vector3];
  /** Between the lattice lines along the longer vector, which lie closest, Å. */
  readonly lineSpacingAngstrom: number;
  /** Shortest image of a displacement along the face, Å. */
  readonly alongFace: (displacement: Vector3) => Vector3;
  /** Shortest image of a displacement in the whole cell, Å. */
  readonly image: (displacement: Vector3) => Vector3;
  /** A displacement shorter than this is its own shortest image, Å. */
  readonly surelyShortestAngstrom: number;
}

/** `covering`: atoms of the slab that are adsorbed on it themselves and no plane of its face. */
export function cleanSurface(
  structure: Structure,
  axis: Axis,
  covering: ReadonlySet<number> = new Set(),
): CleanSurface {
  const ofFaces = [...structure.species.keys()].filter((atom) => !covering.has(atom));
  let last: { readonly lattice: Matrix3; readonly frame: FaceFrame } | undefined;
  return {
    structure,
    axis,
    planes: atomicLayersOf(structure, axis, ofFaces),
    fractional: fractionalOf(structure),
    frameOf: (lattice) => {
      if (last === undefined || !isSameLattice(last.lattice, lattice))
        last = { lattice, frame: faceFrame(lattice, axis) };
      return last.frame;
    },
  };
}

function faceFrame(lattice: Matrix3, axis: Axis): FaceFrame {
  const [first, second] = planeVectors(lattice, axis);
  const across = cross(first, second);
  const normal = scale(across, Math.sign(dot(across, lattice[axis])) / norm(across));
  const [nx, ny, nz] = normal;
  const inPlane = minimumImage([first, second, scale(normal, NO_IMAGE_ANGSTROM)]);
  const [a, b] = reducedPair(first, second);
  return {
    normal,
    plane: [a, b],
    lineSpacingAngstrom: norm(cross(a, b)) / norm(b),
    alongFace: ([x, y, z]) => {
      const rise = x * nx + y * ny + z * nz;
      return inPlane([x - nx * rise, y - ny * rise, z - nz * rise]);
    },
    image: minimumImage(lattice),
    surelyShortestAngstrom: surelyShortest(lattice),
  };
}

function isSameLattice(left: Matrix3, right: Matrix3): boolean {
  return left === right || left.every((vector, row) => vector.every((value, at) => value === right[row]?.[at]));
}
