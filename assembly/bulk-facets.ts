/**
 * The facets of a bulk: each family of lattice planes once (both sides where they differ), with its name, its spacing and
 * its primitive mesh.
 *
 * The mistakes avoided here: the mesh of a conventional cell's face where the crystal is centred (Cu(111) has the mesh of
 * 2.556 Å, not of a√2), counting (10-10) and (01-10) as two facets, and counting (0001) and (000-1) of a polar crystal as
 * one (SCIENCE §4.6, §5.3).
 */
import {
  cross,
  determinant,
  dot,
  type Matrix3,
  norm,
  reciprocal,
  reducedPair,
  scale,
  subtract,
  toCartesian,
  type Vector3,
  volume,
} from '../model/lattice.ts';
import { type PlaneLattice, planeLatticeOf } from '../model/plane-lattice.ts';
import type { Bulk } from './identify-facet.ts';
import { coprime, familyKey, familyText, isPolar, type Miller, plainestAlike, planeText } from './shared/miller.ts';
import { componentsWithin, planeBasis } from './shared/plane-basis.ts';

export interface BulkFacet {
  /** Along the conventional axes of the crystal, coprime. The face looks along its normal. */
  readonly miller: Miller;
  /** `(10-10)`: with four indices along hexagonal axes. */
  readonly name: string;
  /** Key and name of its family, as of the facet of a slab. */
  readonly family: Miller;
  readonly label: string;
  /** The other side of the plane is another face. */
  readonly isPolar: boolean;
  /** Of a polar face of a crystal with hexagonal axes: + = on the side of +c. */
  readonly termination?: '+' | '-';
  /** d of (hkl), Å. */
  readonly spacingAngstrom: number;
  /** Between neighbouring lattice planes, Å; less than d where the crystal is centred and (hkl) is no reflection of it. */
  readonly planeSpacingAngstrom: number;
  readonly lattice: PlaneLattice;
  readonly areaAngstrom2: number;
  /** In the frame of the bulk, Å: two primitive vectors of the plane, u × v along the normal, and one that leads to the next plane. */
  readonly basisAngstrom: Matrix3;
  /** u and v along the conventional axes; halves and thirds where the crystal is centred. */
  readonly components: readonly [Vector3, Vector3];
}

/** Relative difference of lengths that count as equal. */
const SAME_LENGTH = 1e-4;

/** `miller`: whole numbers along the conventional axes, not all 0. */
export function bulkFacet({ crystal, axes }: Bulk, miller: Miller): BulkFacet {
  const plane = coprime(miller);
  const wave = toCartesian(plane, reciprocal(axes.lattice));
  const basisAngstrom = meshAlong(wave, crystal.primitive, axes.lattice);
  const [u, v] = basisAngstrom;
  const lattice = planeLatticeOf(u, v);
  const areaAngstrom2 = norm(cross(u, v));
  const hasOtherSide = isPolar(plane, crystal, axes);
  return {
    miller: plane,
    name: planeText(plane, axes),
    family: familyKey(plane, crystal, axes),
    label: familyText(plane, crystal, axes),
    isPolar: hasOtherSide,
    ...(hasOtherSide && axes.family === 'hexagonal' && plane[2] !== 0 && { termination: plane[2] > 0 ? '+' : '-' }),
    spacingAngstrom: 1 / norm(wave),
    planeSpacingAngstrom: volume(crystal.primitive) / areaAngstrom2,
    lattice,
    areaAngstrom2,
    basisAngstrom,
    components: [
      componentsWithin(u, axes.lattice, crystal.primitive),
      componentsWithin(v, axes.lattice, crystal.primitive),
    ],
  };
}

/** One facet of each family with indices up to `maxMiller`, two where its sides differ; densest planes first. */
export function bulkFacets(bulk: Bulk, maxMiller: number): BulkFacet[] {
  const { crystal, axes } = bulk;
  const named = new Map<string, Miller>();
  for (const miller of indicesUpTo(maxMiller)) {
    const plane = plainestAlike(miller, crystal, axes);
    named.set(plane.join(), plane);
  }
  return [...named.values()].map((plane) => bulkFacet(bulk, plane)).sort(inOrder);
}

/** Coprime indices, each plane with its other side. */
function indicesUpTo(most: number): Miller[] {
  const range = Array.from({ length: 2 * most + 1 }, (_, at) => at - most);
  return range
    .flatMap((h) => range.flatMap((k) => range.map((l): Miller => [h, k, l])))
    .filter((miller) => miller.some((index) => index !== 0) && coprime(miller).join() === miller.join());
}

/** By area, then by name, the side of + before the other. */
function inOrder(left: BulkFacet, right: BulkFacet): number {
  const wider = left.areaAngstrom2 - right.areaAngstrom2;
  if (Math.abs(wider) > SAME_LENGTH * right.areaAngstrom2) return wider;
  const at = left.family.findIndex((index, axis) => index !== right.family[axis]);
  if (at >= 0) return (right.family[at] ?? 0) - (left.family[at] ?? 0);
  const other = left.miller.findIndex((index, axis) => index !== right.miller[axis]);
  return other < 0 ? 0 : (right.miller[other] ?? 0) - (left.miller[other] ?? 0);
}

/** Two primitive vectors of the plane across `wave`, as short as possible, and one to the next plane. */
function meshAlong(wave: Vector3, primitive: Matrix3, conventional: Matrix3): Matrix3 {
  // Along primitive axes the indices of a centred lattice may be halves or thirds.
  const centring = Math.round(volume(conventional) / volume(primitive));
  const [h, k, l] = primitive.map((vector) => Math.round(centring * dot(vector, wave)));
  const rows = planeBasis(coprime([h ?? 0, k ?? 0, l ?? 0]));
  const [first, second, next] = rows.map((components) => toCartesian(components, primitive)) as [
    Vector3,
    Vector3,
    Vector3,
  ]; // of three rows
  const [u, v] = asDrawn(...reducedPair(first, second), wave);
  const [, , across] = reciprocal([u, v, cross(u, v)]);
  const inPlane = subtract(next, scale(cross(u, v), dot(next, across)));
  const [alongU, alongV] = reciprocal([u, v, cross(u, v)]).map((vector) => Math.round(dot(vector, inPlane)));
  const nearest = subtract(next, toCartesian([alongU ?? 0, alongV ?? 0, 0], [u, v, next]));
  return [u, v, determinant([u, v, nearest]) < 0 ? scale(nearest, -1) : nearest];
}

/** Right-handed about the normal; of equally short vectors those at an obtuse angle: 120° in a hexagonal plane. */
function asDrawn(first: Vector3, second: Vector3, normal: Vector3): readonly [Vector3, Vector3] {
  const u = first;
  const v = dot(cross(first, second), normal) < 0 ? scale(second, -1) : second;
  const [uu, vv, uv] = [dot(u, u), dot(v, v), dot(u, v)];
  if (uv <= SAME_LENGTH * uu) return [u, v];
  if (Math.abs(uu - vv) <= 2 * SAME_LENGTH * vv) return [v, scale(u, -1)];
  return Math.abs(2 * uv - uu) <= 2 * SAME_LENGTH * uu ? [u, subtract(v, u)] : [u, v];
}
