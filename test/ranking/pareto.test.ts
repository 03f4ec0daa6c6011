import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Objective } from '../../model/profile.ts';
import { costOf, paretoFronts as frontsOfCosts } from '../../ranking/pareto.ts';

function paretoFronts(costs: readonly (readonly number[])[]): number[] {
  return Array.from(frontsOfCosts(Float64Array.from(costs.flat()), costs[0]?.length ?? 1));
}

/** The definition of SCIENCE §10.3, word for word, without any shortcut. */
function frontsByPeeling(costs: readonly (readonly number[])[]): number[] {
  const dominates = (a: readonly number[], b: readonly number[]) =>
    a.every((cost, k) => cost <= b[k]!) && a.some((cost, k) => cost < b[k]!);
  const fronts = costs.map(() => 0);
  for (let front = 1; fronts.includes(0); front += 1) {
    const left = costs.map((_, i) => i).filter((i) => fronts[i] === 0);
    for (const i of left.filter((i) => !left.some((j) => dominates(costs[j]!, costs[i]!)))) fronts[i] = front;
  }
  return fronts;
}

describe('Pareto fronts', () => {
  test('of the four coatings of the specification three are unbeaten and one is beaten', () => {
    // SCIENCE §10.4: |E_b−T|, E_f, |ε| minimised, G maximised (negated) → fronts {1,2,3},{4}.
    const costs = [
      [0.1, 0.12, 0.38, -30],
      [0.4, 0.08, 4.1, -45],
      [0.05, 0.35, 7.7, -120],
      [0.5, 0.2, 7.8, -25],
    ];
    expect(paretoFronts(costs)).toEqual([1, 1, 1, 2]);
  });

  test('equal candidates do not beat each other and share a front', () => {
    expect(
      paretoFronts([
        [1, 2],
        [1, 2],
        [2, 3],
        [1, 2],
      ]),
    ).toEqual([1, 1, 2, 1]);
  });

  test('with one objective every distinct value is a front of its own', () => {
    expect(paretoFronts([[0.3], [0.1], [0.3], [0.2]])).toEqual([3, 1, 3, 2]);
  });

  test('no candidates have no fronts', () => {
    expect(paretoFronts([])).toEqual([]);
  });

  test.each([1, 2, 3, 4, 5])('fronts with %i objective(s) are those of the definition', (objectives) => {
    // A small grid makes equal coordinates and equal vectors common; infinity stands for a missing value.
    const cost = fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 0, max: 6 }) },
      fc.constant(Number.POSITIVE_INFINITY),
    );
    const vectors = fc.array(fc.array(cost, { minLength: objectives, maxLength: objectives }), { maxLength: 60 });
    fc.assert(
      fc.property(vectors, (costs) => {
        expect(paretoFronts(costs)).toEqual(frontsByPeeling(costs));
      }),
      { numRuns: 300 },
    );
  });

  test.each([2, 3])('fronts of real-valued vectors with %i objectives are those of the definition', (objectives) => {
    const cost = fc.double({ min: -5, max: 5, noNaN: true });
    const vectors = fc.array(fc.array(cost, { minLength: objectives, maxLength: objectives }), { maxLength: 80 });
    fc.assert(
      fc.property(vectors, (costs) => {
        expect(paretoFronts(costs)).toEqual(frontsByPeeling(costs));
      }),
    );
  });

  test('the direction of an objective decides what is smaller', () => {
    const objective = (desirability: Objective['desirability']): Objective => ({
      descriptor: 'x',
      unit: 'eV',
      weight: 1,
      missing: 'exclude',
      tolerance: 0,
      desirability,
    });
    expect(costOf(0.7, objective({ kind: 'min', target: 0, upper: 1, exponent: 1 }))).toBe(0.7);
    expect(costOf(0.7, objective({ kind: 'max', lower: 0, target: 1, exponent: 1 }))).toBe(-0.7);
    const target = { kind: 'target', lower: 1, target: 3, upper: 4, lowerExponent: 1, upperExponent: 1 } as const;
    expect(costOf(2.5, objective(target))).toBe(0.5);
    expect(costOf(3.5, objective(target))).toBe(0.5);
    expect(costOf(undefined, objective(target))).toBe(Number.POSITIVE_INFINITY);
  });
});
