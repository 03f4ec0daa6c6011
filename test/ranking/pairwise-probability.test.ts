import { describe, expect, test } from 'vitest';
import { probabilityBelow, standardNormal } from '../../ranking/pairwise-probability.ts';
import { expectNear } from '../near.ts';

describe('probability that one true value is below another', () => {
  test('0.10 against 0.20 with 0.05 each is 0.921350', () => {
    // SCIENCE §10.5.
    const a = { value: 0.1, uncertainty: 0.05 };
    const b = { value: 0.2, uncertainty: 0.05 };
    expectNear(probabilityBelow(a, b), 0.92135, 5e-7);
    expectNear(probabilityBelow(b, a), 1 - 0.92135, 5e-7);
    // ρ = ½ halves the variance of the difference: Φ(2).
    expectNear(probabilityBelow(a, b, 0.5), 0.977249868, 1e-9);
  });

  test('without an error of the difference the order is certain', () => {
    const at = (value: number) => ({ value, uncertainty: 0.1 });
    expect([
      probabilityBelow(at(1), at(2), 1),
      probabilityBelow(at(2), at(1), 1),
      probabilityBelow(at(1), at(1), 1),
    ]).toEqual([1, 0, 0.5]);
  });

  test('Φ agrees with tables over its whole range', () => {
    // Abramowitz & Stegun, table 26.1 (15 decimals), and 26.2 for the tails.
    expectNear(standardNormal(0), 0.5, 1e-16);
    expectNear(standardNormal(1), 0.841344746068543, 1e-15);
    expectNear(standardNormal(2), 0.977249868051821, 1e-15);
    expectNear(standardNormal(-3), 0.00134989803163, 1e-14);
    expectNear(standardNormal(-5), 2.866515718791939e-7, 1e-19);
    expect(standardNormal(50)).toBe(1);
    expect(standardNormal(-50)).toBe(0);
  });
});
