import { describe, expect, test } from 'vitest';
import { weightedSum } from '../../ranking/weighted-sum.ts';
import { expectNear } from '../near.ts';
import { matrixOf, scoresOf } from './matrices.ts';

const CRITERIA = [
  { kind: 'min', weight: 3, bounds: [0, 1] },
  { kind: 'max', weight: 1, bounds: [0, 200] },
] as const;
const ROWS = [
  [0.2, 50],
  [0.5, 150],
  [0.4, 100],
];

function scores(
  normalisation: 'desirability' | 'min-max' | 'vector',
  rows: Parameters<typeof matrixOf>[1] = ROWS,
): number[] {
  const matrix = matrixOf(CRITERIA, rows);
  return scoresOf(matrix, weightedSum(matrix, normalisation));
}

describe('weighted sum', () => {
  test('of desirabilities is the arithmetic mean by weight', () => {
    // By hand: d = (0.8, 0.25), (0.5, 0.75), (0.6, 0.5) with weights ¾ and ¼.
    [0.6625, 0.5625, 0.575].forEach((expected, at) => {
      expectNear(scores('desirability')[at], expected, 1e-12);
    });
  });

  test('of min-max is 0 for the worst and 1 for the best of each column', () => {
    // By hand: ¾·1 + ¼·0; ¾·0 + ¼·1; ¾·(0.1/0.3) + ¼·½.
    [0.75, 0.25, 0.375].forEach((expected, at) => {
      expectNear(scores('min-max')[at], expected, 1e-12);
    });
  });

  test('of vector divides each column by its length', () => {
    // By hand: ‖(0.2, 0.5, 0.4)‖ = √0.45 = 0.670820; ‖(50, 150, 100)‖ = √35000 = 187.0829.
    [
      -0.75 * (0.2 / 0.67082) + 0.25 * (50 / 187.0829),
      -0.75 * (0.5 / 0.67082) + 0.25 * (150 / 187.0829),
      -0.75 * (0.4 / 0.67082) + 0.25 * (100 / 187.0829),
    ].forEach((expected, at) => {
      expectNear(scores('vector')[at], expected, 1e-6);
    });
  });

  test('a value that is missing gives its weight to the others', () => {
    expectNear(scores('desirability', [[0.2, undefined]])[0], 0.8, 1e-12);
  });

  test('a column that tells nobody apart adds nothing and is named', () => {
    const matrix = matrixOf(
      [{ kind: 'min', descriptor: 'same' }, { kind: 'max' }],
      [
        [3, 1],
        [3, 2],
      ],
    );
    expect(weightedSum(matrix, 'min-max').skipped).toEqual([
      { descriptor: 'same', reason: 'all its values are equal' },
    ]);
    expect(scoresOf(matrix, weightedSum(matrix, 'min-max'))).toEqual([0, 0.5]);
  });

  test('the order of two turns with a third under min-max, never under desirabilities of the profile', () => {
    // By hand, weights ¾ and ¼: a (0.2, 50), b (0.25, 150): a ¾, b ¼. With c (1, 150): a ¾, b ¾·(0.75/0.8) + ¼ = 0.953.
    const pair = [
      [0.2, 50],
      [0.25, 150],
    ];
    const three = [...pair, [1, 150]];
    const isFirstAhead = ([a = 0, b = 0]: readonly number[]): boolean => a > b;
    expect(isFirstAhead(scores('min-max', pair))).toBe(true);
    expect(isFirstAhead(scores('min-max', three))).toBe(false);
    expect(scores('desirability', three).slice(0, 2)).toEqual(scores('desirability', pair));
  });
});
