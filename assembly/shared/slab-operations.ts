/**
 * The symmetry of a slab as operations on places at its faces: which sites are one site.
 *
 * Isometries of the plane lattice, heights kept or reversed, and all translations of the surface within the cell. Only
 * those that bring the cell onto itself count: the images of an adsorbate must fall on images too (SCIENCE §2.6, §4.7).
 */
import {
  add,
  norm,
  reciprocal,
  reducedPair,
  scale,
  toCartesian,
  toFractional,
  type Vector3,
} from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import { type Axis, largestGap, planeVectors } from './slab-geometry.ts';
import {
  applied,
  commonOffset,
  KEPT,
  type Partners,
  type PlacedSlab,
  type PlaneOperation,
  partnersOf,
  placedSlab,
  placeOf,
  planeFrame,
  planeIsometries,
  REVERSED,
  type SurfacePlace,
  TOLERANCE_ANGSTROM,
  type Translation,
} from './slab-symmetry.ts';

export type { SurfacePlace } from './slab-symmetry.ts';
export type SlabOperation = (place: SurfacePlace) => SurfacePlace;

export interface SlabSymmetry {
  /** Of a place given in fractions of the cell of the slab. */
  readonly locate: (fractional: Vector3) => SurfacePlace;
  /** Operations of the slab that bring one place within this distance along the face of another, Å. */
  readonly operationsBetween: (from: SurfacePlace, to: SurfacePlace, withinAngstrom: number) => SlabOperation[];
  /** Shortest along the face, Å. */
  readonly distanceAlongFace: (place: SurfacePlace, other: SurfacePlace) => number;
}

export function slabSymmetry(structure: Structure, axis: Axis): SlabSymmetry {
  const basis = reducedPair(...planeVectors(structure.latticeAngstrom, axis));
  const slab = placedSlab(structure, axis, basis);
  const isometries = planeIsometries(basis);
  const [kept, reversed] = [partnersOf(slab, KEPT), partnersOf(slab, REVERSED)];
  const [a, b] = basis;
  const around = [-1, 0, 1].flatMap((i) => [-1, 0, 1].map((j) => add(scale(a, i), scale(b, j))));
  return {
    locate: (fractional) => placeOf(slab, ...besideSlab(structure, axis, fractional)),
    operationsBetween: (from, to, withinAngstrom) => {
      const partners = Math.sign(from.heightAngstrom) === Math.sign(to.heightAngstrom) ? kept : reversed;
      return isometries.flatMap((isometry): SlabOperation[] => {
        const found = translationNear(slab, isometry, partners, { from, to, withinAngstrom });
        if (found === undefined) return [];
        return [
          (place) => {
            const { u, v } = applied(isometry, place);
            return { u: u + found.du, v: v + found.dv, heightAngstrom: partners.sign * place.heightAngstrom };
          },
        ];
      });
    },
    distanceAlongFace: (place, other) => {
      const [u, v] = [place.u - other.u, place.v - other.v];
      const between = add(scale(a, u - Math.round(u)), scale(b, v - Math.round(v)));
      return Math.min(...around.map((vector) => norm(add(between, vector))));
    },
  };
}

/**
 * The translation that completes an operation to one of the slab and differs by at most `withinAngstrom` from what
 * brings the place `from` onto `to`; undefined when there is none.
 */
function translationNear(
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

/** The image of a place nearest to the middle of the slab: its Cartesian place and its height above the lowest atom, Å. */
function besideSlab(structure: Structure, axis: Axis, fractional: Vector3): readonly [Vector3, number] {
  const lattice = structure.latticeAngstrom;
  const gap = largestGap(structure, axis);
  const middle = gap.bottomFraction + (1 - gap.gapAngstrom / gap.heightAngstrom) / 2;
  const cells = Math.round(middle - fractional[axis]);
  const place = add(toCartesian(fractional, lattice), scale(lattice[axis], cells));
  const above = toFractional(place, reciprocal(lattice))[axis] - gap.bottomFraction;
  return [place, above * gap.heightAngstrom];
}
