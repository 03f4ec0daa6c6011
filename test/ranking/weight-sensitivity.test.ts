import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { desirability } from '../../ranking/desirability.ts';
import { type DecisionMatrix, withWeights } from '../../ranking/shared/decision-matrix.ts';
import { scoredList } from '../../ranking/shared/scored-list.ts';
import { topsis } from '../../ranking/topsis.ts';
import { weightFlips, weightVariations } from '../../ranking/weight-sensitivity.ts';
import { weightedSum } from '../../ranking/weighted-sum.ts';
import { expectNear } from '../near.ts';
import { matrixOf, scoresOf } from './matrices.ts';

const UNIT = [
  { kind: 'max', descriptor: 'x', weight: 1, bounds: [0, 1] },
  { kind: 'max', descriptor: 'y', weight: 1, bounds: [0, 1] },
] as const;
const sumOf = (matrix: DecisionMatrix) => weightedSum(matrix, 'desirability');

describe('the smallest weight change that turns two neighbours', () => {
  test('of a weighted sum is where the sums are equal', () => {
    // By hand: a (0.8, 0.3), b (0.4, 0.6): 1.1w_x·… equal where 0.4·w_x = 0.3·w_y: w_x from 1 to 0.75 (−25 %), or w_y to
    // 1.3333 (+33 %). The smaller is −25 % of x.
    const matrix = matrixOf(UNIT, [
      [0.8, 0.3],
      [0.4, 0.6],
    ]);
    const [flip] = weightFlips(matrix, scoredList(matrix, sumOf), { method: 'weighted-sum' });
    expect(flip?.descriptor).toBe('x');
    expectNear(flip?.relativeChange, -0.25, 1e-12);
  });

  test('of a geometric mean is where the logarithms are equal', () => {
    // By hand: w_x·ln(0.8/0.4) = w_y·ln(0.5/0.3): w_x = 0.736966.
    const matrix = matrixOf(UNIT, [
      [0.8, 0.3],
      [0.4, 0.5],
    ]);
    const [flip] = weightFlips(matrix, scoredList(matrix, desirability), { method: 'desirability' });
    expect(flip?.descriptor).toBe('x');
    expectNear(flip?.relativeChange, 0.736966 - 1, 1e-6);
  });

  test('of a worthless value is only its whole weight', () => {
    const matrix = matrixOf(UNIT, [
      [0.5, 0.5],
      [0.9, 0],
    ]);
    expect(weightFlips(matrix, scoredList(matrix, desirability), { method: 'desirability' })).toEqual([
      { descriptor: 'y', relativeChange: -1 },
    ]);
  });

  test('does not exist for a candidate that is better everywhere', () => {
    const matrix = matrixOf(UNIT, [
      [0.8, 0.6],
      [0.4, 0.5],
    ]);
    expect(weightFlips(matrix, scoredList(matrix, sumOf), { method: 'weighted-sum' })).toEqual([undefined]);
    expect(weightFlips(matrix, scoredList(matrix, topsis), { method: 'topsis' })).toEqual([undefined]);
  });

  test('of TOPSIS is found by searching, and turns the two there', () => {
    const matrix = matrixOf(UNIT, [
      [0.8, 0.3],
      [0.4, 0.5],
      [0.1, 0.1],
    ]);
    const list = scoredList(matrix, topsis);
    const [flip] = weightFlips(matrix, list, { method: 'topsis' });
    const differenceAt = (relativeChange: number): number => {
      const weights = [1, 1].map((weight, at) =>
        matrix.objectives[at]?.descriptor === flip?.descriptor ? weight * (1 + relativeChange) : weight,
      );
      const changed = withWeights(matrix, weights);
      const scores = scoresOf(changed, topsis(changed));
      return (scores[list.rows[0] ?? 0] ?? 0) - (scores[list.rows[1] ?? 0] ?? 0);
    };
    expect(differenceAt(0)).toBeGreaterThan(0);
    expectNear(differenceAt(flip?.relativeChange ?? Number.NaN), 0, 1e-8);
    expect(differenceAt((flip?.relativeChange ?? Number.NaN) * 1.001)).toBeLessThan(0);
  });

  test('always makes the two scores equal, also where one candidate lacks a value', () => {
    const value = fc.option(fc.double({ min: 0.05, max: 0.95, noNaN: true }), { nil: undefined, freq: 4 });
    const known = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    const three = [...UNIT, { ...UNIT[0], descriptor: 'z', weight: 2 }];
    fc.assert(
      fc.property(fc.tuple(known, value, value), fc.tuple(known, value, value), (a, b) => {
        const matrix = matrixOf(three, [a, b]);
        const [flip] = weightFlips(matrix, scoredList(matrix, desirability), { method: 'desirability' });
        if (flip === undefined || flip.relativeChange === -1) return;
        const weights = three.map(({ descriptor, weight }) =>
          descriptor === flip.descriptor ? weight * (1 + flip.relativeChange) : weight,
        );
        const changed = withWeights(matrix, weights);
        const [first = 0, second = 0] = scoresOf(changed, desirability(changed));
        expectNear(first, second, 1e-9);
      }),
    );
  });
});

describe('each weight a fifth more and less', () => {
  test('tells who is first then, and which pairs turn', () => {
    // By hand: sums 0.55 and 0.5 …, with x at 0.8: a (0.8·0.8 + 0.3)/1.8 = 0.5222, b (0.8·0.45 + 0.6)/1.8 = 0.5333.
    const matrix = matrixOf(UNIT, [
      [0.8, 0.3],
      [0.45, 0.6],
      [0.1, 0.1],
    ]);
    const variations = weightVariations(matrix, scoredList(matrix, sumOf));
    expect(
      variations.map(({ descriptor, relativeChange, first, reversals }) => [
        descriptor,
        relativeChange,
        first,
        reversals,
      ]),
    ).toEqual([
      ['x', 0.2, 'a', 0],
      ['x', -0.2, 'b', 1],
      ['y', 0.2, 'b', 1],
      ['y', -0.2, 'a', 0],
    ]);
    expect(variations[1]?.moved).toEqual([
      { candidate: 'a', rank: 1, newRank: 2 },
      { candidate: 'b', rank: 2, newRank: 1 },
    ]);
  });

  test('says nothing of one candidate or one objective', () => {
    const [x] = UNIT;
    const one = matrixOf(UNIT, [[0.8, 0.3]]);
    const single = matrixOf([x], [[0.8], [0.3]]);
    expect(weightVariations(one, scoredList(one, sumOf))).toEqual([]);
    expect(weightVariations(single, scoredList(single, sumOf))).toEqual([]);
  });

  test('scaling all weights changes nothing', () => {
    const scaled = UNIT.map((criterion) => ({ ...criterion, weight: 3 }));
    const rows = [
      [0.8, 0.3],
      [0.45, 0.6],
    ];
    const of = (criteria: Parameters<typeof matrixOf>[0]) => {
      const matrix = matrixOf(criteria, rows);
      const list = scoredList(matrix, desirability);
      const [flip] = weightFlips(matrix, list, { method: 'desirability' });
      return { variations: weightVariations(matrix, list), flip };
    };
    const plain = of(UNIT);
    expect(of(scaled).variations).toEqual(plain.variations);
    expect(of(scaled).flip?.descriptor).toBe(plain.flip?.descriptor);
    expectNear(of(scaled).flip?.relativeChange, plain.flip?.relativeChange ?? Number.NaN, 1e-12);
  });
});
