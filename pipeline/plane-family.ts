/**
 * The family of a lattice plane from its indices and the Laue class alone, for planes that are printed in a paper: no
 * crystal is at hand there (SCIENCE §4.6).
 *
 * The mistake avoided here: taking the order of a reflection for the plane. (020), (200) and (10-10) of a hexagonal
 * crystal are one family, (002) and (0001) one plane.
 */
import type { ClaimSubject } from '../model/claims.ts';

type LaueClass = NonNullable<ClaimSubject['laueClass']>;
type Indices = readonly [number, number, number];

/** The lexicographically largest of the equivalent planes, coprime. (hkil) or (hkl). */
export function familyOfPlane(plane: readonly number[], laueClass: LaueClass): Indices {
  const [h = 0, k = 0, third = 0, fourth] = plane;
  const l = fourth ?? third;
  const divisor = [h, k, l].reduce(greatestCommonDivisor, 0) || 1;
  const images = IMAGES[laueClass]([h / divisor, k / divisor, l / divisor]);
  return images.reduce((best, image) => (isLarger(image, best) ? image : best));
}

/** `(1 0 -1 0)` with four indices for hexagonal axes. */
export function planeFamilyText([h, k, l]: Indices, laueClass: LaueClass): string {
  // Without `+ 0` a −0 would be another index than 0.
  const indices = laueClass === '6/mmm' ? [h, k, 0 - h - k, l] : [h, k, l];
  return `{${indices.map((index) => String(index + 0)).join('')}}`;
}

const IMAGES: Readonly<Record<LaueClass, (indices: Indices) => Indices[]>> = {
  // Permutations of h, k and i, one sign of them and one of l.
  '6/mmm': ([h, k, l]) =>
    permutations([h, k, -h - k]).flatMap(([first, second]) =>
      SIGNS.flatMap((sign) => SIGNS.map((side): Indices => [sign * first, sign * second, side * l])),
    ),
  'm-3m': (indices) =>
    permutations(indices).flatMap(([h, k, l]) =>
      SIGNS.flatMap((x) => SIGNS.flatMap((y) => SIGNS.map((z): Indices => [x * h, y * k, z * l]))),
    ),
};

const SIGNS = [1, -1] as const;

function permutations([a, b, c]: Indices): Indices[] {
  return [
    [a, b, c],
    [a, c, b],
    [b, a, c],
    [b, c, a],
    [c, a, b],
    [c, b, a],
  ];
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? Math.abs(left) : greatestCommonDivisor(right, left % right);
}

function isLarger(left: Indices, right: Indices): boolean {
  const at = left.findIndex((index, position) => index !== right[position]);
  return at >= 0 && (left[at] ?? 0) > (right[at] ?? 0);
}
