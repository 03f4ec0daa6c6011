import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Desirability } from '../../model/profile.ts';
import { desirability, desirabilityOf, valueOfDesirability } from '../../ranking/desirability.ts';
import { decisionMatrix } from '../../ranking/shared/decision-matrix.ts';
import { expectNear } from '../near.ts';
import { scoresOf } from './matrices.ts';

// Profile li-moderate of SCIENCE §10.2.
const bindingEnergy: Desirability = {
  kind: 'target',
  lower: 1.63,
  target: 3.4,
  upper: 4.6,
  lowerExponent: 1,
  upperExponent: 1,
};
const barrier: Desirability = { kind: 'min', target: 0.1, upper: 0.6, exponent: 1 };

function score(bindingEnergyEv: number, barrierEv: number, weights: readonly [number, number]): number {
  const shapes = [bindingEnergy, barrier];
  const objectives = shapes.map((shape, at) => ({
    descriptor: `x${at}`,
    unit: 'eV',
    weight: weights[at] ?? 0,
    missing: 'exclude' as const,
    tolerance: 0,
    desirability: shape,
  }));
  const cells = [bindingEnergyEv, barrierEv].map((value) => ({ value, uncertainty: 0 }));
  const matrix = decisionMatrix([{ id: 'a', cells, keepsWeight: [] }], objectives);
  return scoresOf(matrix, desirability(matrix))[0] ?? Number.NaN;
}

describe('desirability (Derringer & Suich)', () => {
  test('the three facets of the specification have the desirabilities and scores it prints', () => {
    // SCIENCE §10.2, candidates A, B, C, D.
    expectNear(desirabilityOf(3.4, bindingEnergy), 1, 1e-12);
    expectNear(desirabilityOf(0.12, barrier), 0.96, 1e-12);
    expectNear(score(3.4, 0.12, [1, 1]), 0.979796, 5e-7);
    expectNear(score(3.4, 0.12, [2, 1]), 0.986485, 5e-7);
    expect(score(1.61, 0.35, [1, 1])).toBe(0);
    expectNear(desirabilityOf(2.9, bindingEnergy), 0.717514, 5e-7);
    expectNear(desirabilityOf(0.2, barrier), 0.8, 1e-12);
    expectNear(score(2.9, 0.2, [1, 1]), 0.757635, 5e-7);
    expectNear(desirabilityOf(4.32, bindingEnergy), 0.233333, 5e-7);
  });

  test('a value at the unacceptable bound is worth nothing, one at the target everything', () => {
    const larger: Desirability = { kind: 'max', lower: -1, target: 0, exponent: 1 };
    expect([-1.5, -1, 0, 0.4].map((value) => desirabilityOf(value, larger))).toEqual([0, 0, 1, 1]);
    expect([0, 0.1, 0.6, 0.9].map((value) => desirabilityOf(value, barrier))).toEqual([1, 1, 0, 0]);
    expect([1.5, 1.63, 3.4, 4.6, 5].map((value) => desirabilityOf(value, bindingEnergy))).toEqual([0, 0, 1, 0, 0]);
  });

  test('exponents bend each side of a target on its own', () => {
    const bent: Desirability = {
      ...bindingEnergy,
      lower: 1,
      target: 3,
      upper: 7,
      lowerExponent: 2,
      upperExponent: 0.5,
    };
    // By hand: ((2 − 1)/2)² = 0.25; ((7 − 6)/4)^½ = 0.5.
    expectNear(desirabilityOf(2, bent), 0.25, 1e-12);
    expectNear(desirabilityOf(6, bent), 0.5, 1e-12);
    // By hand: ((0.6 − 0.35)/0.5)³ = 0.125; ((0.25 − 0)/1)² = 0.0625.
    expectNear(desirabilityOf(0.35, { ...barrier, exponent: 3 }), 0.125, 1e-12);
    expectNear(desirabilityOf(0.25, { kind: 'max', lower: 0, target: 1, exponent: 2 }), 0.0625, 1e-12);
  });

  test('equal bounds make a step and no division by zero', () => {
    const step: Desirability = { kind: 'min', target: 0.3, upper: 0.3, exponent: 1 };
    expect([0.2, 0.3, 0.4].map((value) => desirabilityOf(value, step))).toEqual([1, 1, 0]);
  });

  test('a desirability stays within 0 and 1 and never rises away from the target', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -50, max: 50, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (value, step) => {
          const d = desirabilityOf(value, bindingEnergy);
          const further = desirabilityOf(value < 3.4 ? value - step : value + step, bindingEnergy);
          expect(d).toBeGreaterThanOrEqual(0);
          expect(d).toBeLessThanOrEqual(1);
          expect(further).toBeLessThanOrEqual(d);
        },
      ),
    );
  });

  test('one worthless property makes the whole candidate worthless, however little it weighs', () => {
    expect(score(3.4, 0.7, [999, 1])).toBe(0);
  });

  test('the value of a desirability is the one that has it, on the side it is asked from', () => {
    // SCIENCE §10.2: 2.90 eV has 0.717514 of the binding energy, 0.20 eV has 0.8 of the barrier.
    expectNear(valueOfDesirability(0.717514, bindingEnergy, 1), 2.9, 1e-6);
    expectNear(valueOfDesirability(0.233333, bindingEnergy, 4), 4.32, 1e-6);
    expectNear(valueOfDesirability(0.8, barrier, 0), 0.2, 1e-12);
    const larger: Desirability = { kind: 'max', lower: 1, target: 3, exponent: 2 };
    expectNear(valueOfDesirability(0.25, larger, 0), 2, 1e-12);
  });
});
