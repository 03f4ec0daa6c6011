import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kendallTau } from '../../ranking/shared/kendall-tau.ts';
import { expectNear } from '../near.ts';

describe('Kendall’s τ-b', () => {
  test('is 11/15 where two of fifteen pairs stand the other way round', () => {
    // By hand: of 1 2 3 4 5 6 against 1 3 2 4 6 5 the pairs (2, 3) and (5, 6) disagree: (13 − 2)/15.
    const right = [1, 3, 2, 4, 6, 5];
    expectNear(kendallTau(right.map((score, at) => [at, score])), 11 / 15, 1e-12);
  });

  test('leaves out of each side the pairs that are equal there', () => {
    // By hand, (1,1) (1,2) (2,2) (3,3): six pairs, one equal on the left, one on the right, four in order: 4/√(5·5).
    const pairs = [
      [3, 3],
      [1, 2],
      [2, 2],
      [1, 1],
    ] as const;
    expectNear(kendallTau(pairs), 4 / 5, 1e-12);
  });

  test('is unknown where a side tells nobody apart', () => {
    expect(
      kendallTau([
        [1, 1],
        [1, 2],
        [1, 3],
      ]),
    ).toBeUndefined();
    expect(kendallTau([])).toBeUndefined();
  });

  test('is what counting all pairs gives, with any ties', () => {
    const score = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(fc.array(fc.tuple(score, score), { maxLength: 40 }), (pairs) => {
        const found = kendallTau(pairs);
        const counted = countedTau(pairs);
        if (counted === undefined) expect(found).toBeUndefined();
        else expectNear(found, counted, 1e-12);
      }),
    );
  });
});

/** Straight from its definition. */
function countedTau(pairs: readonly (readonly [number, number])[]): number | undefined {
  let [agreeing, left, right] = [0, 0, 0];
  pairs.forEach(([a, b], at) => {
    for (const [c, d] of pairs.slice(0, at)) {
      const [x, y] = [Math.sign(a - c), Math.sign(b - d)];
      agreeing += x * y;
      left += x * x;
      right += y * y;
    }
  });
  return left * right > 0 ? agreeing / Math.sqrt(left * right) : undefined;
}
