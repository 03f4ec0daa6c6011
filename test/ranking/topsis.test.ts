import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { topsis } from '../../ranking/topsis.ts';
import { expectNear } from '../near.ts';
import { matrixOf, scoresOf } from './matrices.ts';

const CRITERIA = [
  { kind: 'min', weight: 0.3 },
  { kind: 'min', weight: 0.3 },
  { kind: 'min', weight: 0.2 },
  { kind: 'max', weight: 0.2 },
] as const;
const COATINGS = [
  [0.1, 0.12, 0.38, 30],
  [0.4, 0.08, 4.1, 45],
  [0.05, 0.35, 7.7, 120],
  [0.5, 0.2, 7.8, 25],
];

function closeness(criteria: Parameters<typeof matrixOf>[0], rows: Parameters<typeof matrixOf>[1]): number[] {
  const matrix = matrixOf(criteria, rows);
  return scoresOf(matrix, topsis(matrix));
}

describe('TOPSIS', () => {
  test('the four coatings of the specification have the closeness it prints', () => {
    // SCIENCE §10.4.
    const expected = [0.66479, 0.500417, 0.52584, 0.263415];
    closeness(CRITERIA, COATINGS).forEach((score, at) => {
      expectNear(score, expected[at] ?? Number.NaN, 5e-7);
    });
  });

  test('a common factor of all weights changes nothing', () => {
    const heavier = CRITERIA.map((criterion) => ({ ...criterion, weight: 7 * criterion.weight }));
    const scores = closeness(CRITERIA, COATINGS);
    closeness(heavier, COATINGS).forEach((score, at) => {
      expectNear(score, scores[at] ?? Number.NaN, 1e-12);
    });
  });

  test('the size of the numbers in a column changes nothing', () => {
    // Columns are divided by their length; 1e200 and 1e−200 have no squares among the numbers of the machine.
    const scores = closeness(CRITERIA, COATINGS);
    for (const factor of [1e-200, 1e200, 1e305]) {
      const rows = COATINGS.map(([a = 0, b = 0, c = 0, d = 0]) => [a, b, c, d * factor]);
      closeness(CRITERIA, rows).forEach((score, at) => {
        expectNear(score, scores[at] ?? Number.NaN, 1e-12);
      });
    }
  });

  test('identical candidates are half way', () => {
    expect(
      closeness(
        [{ kind: 'min' }, { kind: 'max' }],
        [
          [1, 2],
          [1, 2],
        ],
      ),
    ).toEqual([0.5, 0.5]);
    expect(closeness([{ kind: 'min' }], [[3]])).toEqual([0.5]);
  });

  test('a column of zeros takes no part and is named', () => {
    const matrix = matrixOf(
      [{ kind: 'min', descriptor: 'nothing' }, { kind: 'min' }],
      [
        [0, 1],
        [0, 3],
      ],
    );
    expect(topsis(matrix).skipped).toEqual([{ descriptor: 'nothing', reason: 'all its values are 0' }]);
    expect(scoresOf(matrix, topsis(matrix))).toEqual([1, 0]);
  });

  test('the order of two candidates can turn when a third one comes', () => {
    // The known pathology of scales that the candidates make together (Belton & Gear, Omega 11, 228 (1983)). By hand, two
    // equal weights, cost and cost: a (1, 5), b (4, 1.5). Norms 4.1231, 5.2202: d(a,b) = (0.7276, 0.6705), so
    // C_a = 0.7276/(0.7276 + 0.6705) = 0.5204 > C_b = 0.4796. With c (20, 1) the norms are 20.421 and 5.315: a to the best
    // (1, 1): (0, 0.7526); to the worst (20, 5): (0.9304, 0), C_a = 0.5528; b: (0.1469, 0.0941) → 0.1745; (0.7835, 0.6585)
    // → 1.0235, C_b = 0.8543 > C_a.
    const criteria = [{ kind: 'min' }, { kind: 'min' }] as const;
    const [a, b] = closeness(criteria, [
      [1, 5],
      [4, 1.5],
    ]);
    expectNear(a, 0.5204, 1e-4);
    expectNear(b, 0.4796, 1e-4);
    const [then, other] = closeness(criteria, [
      [1, 5],
      [4, 1.5],
      [20, 1],
    ]);
    expectNear(then, 0.5528, 1e-4);
    expectNear(other, 0.8543, 1e-4);
  });

  test('a candidate that is better everywhere is never lower', () => {
    const value = fc.double({ min: -5, max: 5, noNaN: true });
    const rows = fc.array(fc.tuple(value, value, value, value), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(rows, (values) => {
        const scores = closeness(CRITERIA, values);
        values.forEach((a, i) => {
          values.forEach((b, j) => {
            const isBetter = a[0] <= b[0] && a[1] <= b[1] && a[2] <= b[2] && a[3] >= b[3];
            if (isBetter) expect(scores[i]).toBeGreaterThanOrEqual((scores[j] ?? 0) - 1e-12);
          });
        });
      }),
    );
  });
});
