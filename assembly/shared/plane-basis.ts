/**
 * A basis of a lattice that has two vectors in a lattice plane and leads with the third one to the next plane; all in
 * whole numbers.
 *
 * The mistake avoided here: (h k 0) × (0 0 1) and the like give vectors of the plane, but often not a primitive pair.
 */
import { type Matrix3, reciprocal, toFractional, type Vector3, volume } from '../../model/lattice.ts';
import type { Integers3 } from './crystal.ts';

/** Rows: two vectors with h·n = 0 that span all such vectors, and one with h·n = 1. `indices`: coprime, of the same lattice. */
export function planeBasis([h, k, l]: Vector3): Integers3 {
  if (h === 0 && k === 0) {
    return [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, Math.sign(l)],
    ];
  }
  const inPlane = bezout(h, k);
  const { divisor, first, second } = bezout(inPlane.divisor, l);
  const { first: p, second: q } = inPlane;
  return [
    [k / inPlane.divisor, -h / inPlane.divisor, 0],
    [-p * l, -q * l, inPlane.divisor],
    [(first / divisor) * p, (first / divisor) * q, second / divisor],
  ];
}

interface Bezout {
  /** Greatest common divisor, positive. */
  readonly divisor: number;
  /** first · a + second · b = divisor. */
  readonly first: number;
  readonly second: number;
}

function bezout(a: number, b: number): Bezout {
  let [r, s, first, nextFirst, second, nextSecond] = [a, b, 1, 0, 0, 1];
  while (s !== 0) {
    const quotient = Math.trunc(r / s);
    [r, s] = [s, r - quotient * s];
    [first, nextFirst] = [nextFirst, first - quotient * nextFirst];
    [second, nextSecond] = [nextSecond, second - quotient * nextSecond];
  }
  return r < 0 ? { divisor: -r, first: -first, second: -second } : { divisor: r, first, second };
}

/** Of a lattice vector of the primitive lattice along conventional axes: exact halves or thirds. */
export function componentsWithin(vector: Vector3, conventional: Matrix3, primitive: Matrix3): Vector3 {
  const centring = Math.round(volume(conventional) / volume(primitive));
  const [i, j, k] = toFractional(vector, reciprocal(conventional));
  // Without `+ 0` a −0 would be written as such.
  const exact = (component: number): number => Math.round(component * centring) / centring + 0;
  return [exact(i), exact(j), exact(k)];
}
