/**
 * Lattice planes and their images under a point group.
 *
 * The mistake avoided here: taking the two sides of a plane for one face. In a crystal without the operation that turns
 * one into the other, (0001) and (000-1) of wurtzite are two facets with an energy of their own (SCIENCE §4.6).
 */
import type { Vector3 } from '../../model/lattice.ts';
import type { Operation } from './point-group.ts';

/** Divided by the greatest common divisor; signs are kept. */
export function coprime([h, k, l]: Vector3): Vector3 {
  const divisor = greatestCommonDivisor(greatestCommonDivisor(Math.abs(h), Math.abs(k)), Math.abs(l)) || 1;
  // Without `+ 0` a −0 would be another index than 0.
  return [h / divisor + 0, k / divisor + 0, l / divisor + 0];
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}

export function opposite([h, k, l]: Vector3): Vector3 {
  return [0 - h, 0 - k, 0 - l];
}

/** Distinct images: the indices of a plane are a row that is multiplied from the right. */
export function planeImages([h, k, l]: Vector3, operations: readonly Operation[]): Vector3[] {
  const images = operations.map(
    ([x, y, z]): Vector3 => [
      h * x[0] + k * y[0] + l * z[0] + 0,
      h * x[1] + k * y[1] + l * z[1] + 0,
      h * x[2] + k * y[2] + l * z[2] + 0,
    ],
  );
  return [...new Map(images.map((image) => [image.join(), image])).values()];
}

/** `{10-10}` with four indices for hexagonal axes, `{110}` else. */
export function planeLabel([h, k, l]: Vector3, hasFourIndices: boolean): string {
  return `{${(hasFourIndices ? [h, k, 0 - h - k, l] : [h, k, l]).join('')}}`;
}
