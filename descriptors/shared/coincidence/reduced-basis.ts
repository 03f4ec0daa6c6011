/**
 * The shortest pair of vectors of a plane lattice, in whole numbers of the given ones; and what is no plane lattice.
 *
 * The mistake avoided here: refusing a lattice because its given vectors are nearly parallel, or accepting one whose
 * vectors are: only the shortest pair tells. It also keeps the digits that a skewed basis loses.
 */
import type { Matrix2, PlaneLattice, Vector2 } from '../../../model/plane-lattice.ts';

export interface ReducedBasis {
  readonly lattice: PlaneLattice;
  /** Times the given lattice: the reduced one. */
  readonly matrix: Matrix2;
}

/** No crystal repeats after less (H₂: 0.74 Å between atoms); it is a length in another unit, or parallel vectors. */
const SHORTEST_ANGSTROM = 0.5;
const LONGEST_ANGSTROM = 1e5;
/** Far more than numbers of 64 bits need. */
const MOST_ROUNDS = 200;
/** Relative difference of squared lengths that rounding alone can make. */
const SLACK = 1e-12;

/** A text says why there is none. */
export function reducedBasis(given: PlaneLattice): ReducedBasis | string {
  if (!given.flat().every(Number.isFinite)) return 'a length or an angle is no number';
  let [a, b] = given;
  let matrix: Matrix2 = [
    [1, 0],
    [0, 1],
  ];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const longest = Math.max(dot(a, a), dot(b, b));
    if (Math.min(dot(a, a), dot(b, b)) < SHORTEST_ANGSTROM ** 2) return tooShort(given, Math.sqrt(longest));
    if (Math.sqrt(longest) > LONGEST_ANGSTROM) return `a length of more than ${LONGEST_ANGSTROM} Å`;
    const isExchanged = dot(a, a) > dot(b, b) * (1 + SLACK);
    if (isExchanged) {
      // −a keeps the hand of the lattice.
      [a, b] = [b, opposite(a)];
      matrix = [matrix[1], opposite(matrix[0])];
    }
    const k = 2 * Math.abs(dot(a, b)) <= dot(a, a) * (1 + SLACK) ? 0 : Math.round(dot(a, b) / dot(a, a));
    if (k === 0) {
      if (!isExchanged || dot(a, a) <= dot(b, b) * (1 + SLACK)) return { lattice: [a, b], matrix };
      continue;
    }
    b = minus(b, a, k);
    matrix = [matrix[0], minus(matrix[1], matrix[0], k)];
  }
  return 'its vectors are parallel';
}

/** Rows of whole numbers times the rows of the reduced basis, in terms of the given one. */
export function timesMatrix([u, v]: Matrix2, [p, q]: Matrix2): Matrix2 {
  const row = ([i, j]: Vector2): Vector2 => [i * p[0] + j * q[0], i * p[1] + j * q[1]];
  return [row(u), row(v)];
}

function tooShort([a, b]: PlaneLattice, longest: number): string {
  const shortestGiven = Math.sqrt(Math.min(dot(a, a), dot(b, b)));
  return shortestGiven < SHORTEST_ANGSTROM
    ? `a length of ${Number(shortestGiven.toPrecision(3))} Å, where lengths in Å are expected`
    : `its vectors of up to ${Number(longest.toPrecision(4))} Å are parallel, or nearly so`;
}

function dot(u: Vector2, v: Vector2): number {
  return u[0] * v[0] + u[1] * v[1];
}

function minus(u: Vector2, v: Vector2, k: number): Vector2 {
  return [u[0] - k * v[0], u[1] - k * v[1]];
}

function opposite([x, y]: Vector2): Vector2 {
  return [0 - x, 0 - y];
}
