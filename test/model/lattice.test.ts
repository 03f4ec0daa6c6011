import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  anglesDegrees,
  determinant,
  dot,
  lengths,
  type Matrix3,
  minimumImage,
  norm,
  periodicDistance,
  reciprocal,
  reducedLattice,
  scale,
  subtract,
  toCartesian,
  toFractional,
  type Vector3,
  volume,
} from '../../model/lattice.ts';
import { expectNear } from '../near.ts';

/** a = (5, 0, 0), b = (4.5, 3, 0), c = (0, 0, 10): SCIENCE §3.2, example 2. */
const SKEWED: Matrix3 = [
  [5, 0, 0],
  [4.5, 3, 0],
  [0, 0, 10],
];

describe('a lattice', () => {
  it('has reciprocal vectors with a_i · b_j = δ_ij', () => {
    const inverse = reciprocal(SKEWED);
    for (const [i, a] of SKEWED.entries())
      for (const [j, b] of inverse.entries()) expectNear(dot(a, b), i === j ? 1 : 0, 1e-15);
  });

  it('has a signed volume: swapping two vectors turns it round', () => {
    // By hand: 5 · 3 · 10.
    expectNear(determinant(SKEWED), 150, 1e-12);
    expectNear(determinant([SKEWED[1], SKEWED[0], SKEWED[2]]), -150, 1e-12);
    expectNear(volume([SKEWED[1], SKEWED[0], SKEWED[2]]), 150, 1e-12);
  });

  it('has its angles between b and c, a and c, a and b', () => {
    const [alpha, beta, gamma] = anglesDegrees(SKEWED);
    expectNear(alpha, 90, 1e-12);
    expectNear(beta, 90, 1e-12);
    // By hand: atan(3 / 4.5).
    expectNear(gamma, 33.690067525979785, 1e-12);
  });

  it('turns fractions into places and back', () => {
    const place = toCartesian([0.1, -0.7, 1.3], SKEWED);
    // By hand: 0.1·5 − 0.7·4.5, −0.7·3, 13.
    expect(place.map((x) => x.toFixed(12))).toEqual(['-2.650000000000', '-2.100000000000', '13.000000000000']);
    const [f, g, h] = toFractional(place, reciprocal(SKEWED));
    expectNear(f, 0.1, 1e-14);
    expectNear(g, -0.7, 1e-14);
    expectNear(h, 1.3, 1e-14);
  });
});

describe('the shortest periodic image', () => {
  it('is found beyond the wrapped one in a skewed cell', () => {
    // SCIENCE §3.2, example 2: wrapping alone gives 4.2453651, the true distance is 1.6652702.
    const delta = toCartesian([0.4, 0.45, 0], SKEWED);
    expectNear(norm(delta), 4.2453651, 5e-8);
    expectNear(norm(minimumImage(SKEWED)(delta)), 1.6652702, 5e-8);
  });

  it('is found in a cell so oblique that neighbours two cells away are nearest', () => {
    // By hand: b = (20.2, 1, 0) is (0.2, 1, 0) plus four times a = (5, 0, 0), so ½b is (0.1, 0.5, 0) plus 2a.
    const oblique: Matrix3 = [
      [5, 0, 0],
      [20.2, 1, 0],
      [0, 0, 10],
    ];
    expectNear(norm(minimumImage(oblique)([10.1, 0.5, 0])), Math.hypot(0.1, 0.5), 1e-12);
  });

  it('leaves a short displacement as it is, to the last digit', () => {
    const delta: Vector3 = [0.1, -0.2, 0.3];
    expect(minimumImage(SKEWED)(delta)).toEqual(delta);
  });

  it('keeps its sign: from a to b is the opposite of from b to a', () => {
    const [x, y, z] = minimumImage(SKEWED)([4.1, 2.2, -6]);
    const [u, v, w] = minimumImage(SKEWED)([-4.1, -2.2, 6]);
    for (const sum of [x + u, y + v, z + w]) expectNear(sum, 0, 1e-12);
  });

  it('is the shortest of all images near it (all of them tried), however the cell is sheared', () => {
    const tenth = (min: number, max: number) => fc.integer({ min, max }).map((value) => value / 10);
    const compact = fc.tuple(tenth(20, 80), tenth(20, 80), tenth(20, 80), tenth(-9, 9), tenth(-9, 9), tenth(-9, 9));
    const shear = fc.tuple(...([0, 1, 2].map(() => fc.integer({ min: -4, max: 4 })) as [Int, Int, Int]));
    const delta = fc.tuple(tenth(-150, 150), tenth(-150, 150), tenth(-150, 150));
    fc.assert(
      fc.property(compact, shear, delta, ([x, y, z, u, v, w], [i, j, k], displacement) => {
        const plain: Matrix3 = [
          [x, 0, 0],
          [u, y, 0],
          [v, w, z],
        ];
        const [a, b, c] = plain;
        const slantedB = add(b, scale(a, i));
        const slanted: Matrix3 = [a, slantedB, add(c, add(scale(a, j), scale(slantedB, k)))];
        const found = minimumImage(slanted)(displacement);
        expectNear(norm(found), shortestByTrial(plain, displacement), 1e-9);
        expectNear(periodicDistance(slanted)(...displacement), norm(found), 1e-9);
        for (const cells of toFractional(subtract(found, displacement), reciprocal(plain))) {
          expectNear(cells, Math.round(cells), 1e-9);
        }
      }),
      { seed: 11, numRuns: 500 },
    );
  });
});

type Int = fc.Arbitrary<number>;

describe('the reduced lattice', () => {
  it('is the same lattice by shorter vectors', () => {
    const reduced = reducedLattice(SKEWED);
    expectNear(volume(reduced), 150, 1e-9);
    // By hand: b − a = (−0.5, 3, 0) is the shortest.
    expectNear(norm(reduced[0]), Math.hypot(0.5, 3), 1e-12);
    expect(lengths(reduced).map((length) => length <= 10 + 1e-12)).toEqual([true, true, true]);
  });

  it('of a lattice without volume is an answer too, not an endless loop', () => {
    const flat: Matrix3 = [
      [1, 0, 0],
      [2, 0, 0],
      [0, 0, 0],
    ];
    expect(reducedLattice(flat)).toHaveLength(3);
  });
});

function shortestByTrial(lattice: Matrix3, delta: Vector3): number {
  let best = Number.POSITIVE_INFINITY;
  const wrapped = toFractional(delta, reciprocal(lattice)).map((f) => f - Math.round(f));
  for (let i = -3; i <= 3; i += 1)
    for (let j = -3; j <= 3; j += 1)
      for (let k = -3; k <= 3; k += 1) {
        const [f = 0, g = 0, h = 0] = wrapped;
        best = Math.min(best, norm(toCartesian([f + i, g + j, h + k], lattice)));
      }
  return best;
}
