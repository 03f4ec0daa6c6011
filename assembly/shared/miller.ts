/**
 * Names of lattice planes: (hkl) as coprime integers, the key of its family, and how it is written.
 *
 * The mistake avoided here: taking the order of a reflection for the plane. (002) and (0001) of a hexagonal crystal are one
 * plane, (020) and (200) one family, (01-10) or {10-10} with four indices (SCIENCE §4.6).
 */
import { dot, type Matrix3, reciprocal, scale, toCartesian, type Vector3 } from '../../model/lattice.ts';
import { greatestCommonDivisor } from './composition-difference.ts';
import { type Crystal, rotatedLattice } from './crystal.ts';
import type { CrystalAxes } from './crystal-axes.ts';

/** Indices of a plane along the conventional axes. */
export type Miller = Vector3;

/** Divided by the greatest common divisor; signs are kept. */
export function coprime([h, k, l]: Miller): Miller {
  const divisor = greatestCommonDivisor(greatestCommonDivisor(Math.abs(h), Math.abs(k)), Math.abs(l)) || 1;
  // Without `+ 0` a −0 would be another index than 0.
  return [h / divisor + 0, k / divisor + 0, l / divisor + 0];
}

/** The lexicographically largest of the planes that the Laue group makes equivalent: one key for a family. */
export function familyKey(miller: Miller, crystal: Crystal, axes: CrystalAxes): Miller {
  return familyPlanes(miller, crystal, axes).reduce((best, plane) => (isLarger(plane, best) ? plane : best));
}

/** With both sides of each plane, as X-rays see them. */
function familyPlanes(miller: Miller, crystal: Crystal, axes: CrystalAxes): Miller[] {
  return orbit(miller, crystal, axes).flatMap((image) => [image, coprime(scale(image, -1))]);
}

/** Whether the crystal shows another face on the other side of the plane. */
export function isPolar(miller: Miller, crystal: Crystal, axes: CrystalAxes): boolean {
  const other = coprime(scale(miller, -1)).join();
  return !orbit(miller, crystal, axes).some((image) => image.join() === other);
}

/** How the family is written: `{110}`, `{10-10}` with four indices for hexagonal axes; by its plainest plane. */
export function familyText(miller: Miller, crystal: Crystal, axes: CrystalAxes): string {
  return `{${indicesText(plainest(familyPlanes(miller, crystal, axes)), axes)}}`;
}

/** One plane: `(110)`, `(000-1)`. */
export function planeText(miller: Miller, axes: CrystalAxes): string {
  return `(${indicesText(miller, axes)})`;
}

/** Of the planes that the crystal has on the same side: the one it is named by. */
export function plainestAlike(miller: Miller, crystal: Crystal, axes: CrystalAxes): Miller {
  return plainest(orbit(miller, crystal, axes));
}

function indicesText([h, k, l]: Miller, { family }: CrystalAxes): string {
  return (family === 'hexagonal' ? [h, k, 0 - h - k, l] : [h, k, l]).join('');
}

/** With the most indices that are not negative, then the largest ones: the key of {11-22} is (2,-1,2). */
function plainest(planes: readonly Miller[]): Miller {
  return planes.reduce((best, plane) =>
    countNegative(plane) < countNegative(best) ||
    (countNegative(plane) === countNegative(best) && isLarger(plane, best))
      ? plane
      : best,
  );
}

function countNegative(plane: Miller): number {
  return plane.filter((index) => index < 0).length;
}

/** Along which axes the plane across `normal` (any length) has these indices: the ratio of whole numbers nearest to them. */
export function indicesOf(normal: Vector3, lattice: Matrix3, unit: number): Miller {
  const [a, b, c] = lattice;
  return coprime([
    Math.round(dot(a, normal) / unit),
    Math.round(dot(b, normal) / unit),
    Math.round(dot(c, normal) / unit),
  ]);
}

/** The images of a plane under the point group, in the same axes. */
function orbit(miller: Miller, { primitive, rotations }: Crystal, { lattice }: CrystalAxes): Miller[] {
  const wave = toCartesian(miller, reciprocal(lattice));
  const [a, b, c] = primitive;
  const indices: Vector3 = [dot(a, wave), dot(b, wave), dot(c, wave)];
  return rotations.map((rotation) =>
    indicesOf(toCartesian(indices, reciprocal(rotatedLattice(rotation, primitive))), lattice, 1),
  );
}

function isLarger(left: Miller, right: Miller): boolean {
  const [h, k, l] = [left[0] - right[0], left[1] - right[1], left[2] - right[2]];
  return h > 0 || (h === 0 && (k > 0 || (k === 0 && l > 0)));
}
