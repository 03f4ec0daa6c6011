import { describe, expect, test } from 'vitest';
import { weightAcceptability } from '../../ranking/weight-acceptability.ts';
import { expectNear } from '../near.ts';
import { matrixOf } from './matrices.ts';

const UNIT = [
  { kind: 'max', bounds: [0, 1] },
  { kind: 'max', bounds: [0, 1] },
] as const;

describe('acceptability over weights (SMAA)', () => {
  test('three candidates of the specification are first over the shares of the weights it prints', () => {
    // SCIENCE §10.5: d = A (1, 0.4), B (0.5, 1), C (0.8, 0.75) → 0.363636, 0.454545, 0.181818. Standard error 0.0016.
    const matrix = matrixOf(UNIT, [
      [1, 0.4],
      [0.5, 1],
      [0.8, 0.75],
    ]);
    const shares = weightAcceptability(matrix, { seed: 3, draws: 100_000 });
    [4 / 11, 5 / 11, 2 / 11].forEach((expected, at) => {
      expectNear(shares[at], expected, 0.007);
    });
  });

  test('of four criteria one each is first as often as any other', () => {
    const criteria = [...UNIT, ...UNIT].map((criterion, at) => ({ ...criterion, descriptor: `x${at}` }));
    const rows = criteria.map((_, at) => criteria.map((__, column) => (at === column ? 1 : 0)));
    for (const share of weightAcceptability(matrixOf(criteria, rows), { seed: 1, draws: 40_000 })) {
      expectNear(share, 0.25, 0.01);
    }
  });

  test('equal candidates share, a dominated one is never first', () => {
    const matrix = matrixOf(UNIT, [
      [0.5, 0.5],
      [0.5, 0.5],
      [0.4, 0.5],
    ]);
    expect(weightAcceptability(matrix, { seed: 1, draws: 100 })).toEqual([0.5, 0.5, 0]);
  });
});
