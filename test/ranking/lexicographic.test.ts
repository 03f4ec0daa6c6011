import { describe, expect, test } from 'vitest';
import { lexicographic } from '../../ranking/lexicographic.ts';
import { matrixOf, scoresOf } from './matrices.ts';

function scores(criteria: Parameters<typeof matrixOf>[0], rows: Parameters<typeof matrixOf>[1]): number[] {
  const matrix = matrixOf(criteria, rows);
  return scoresOf(matrix, lexicographic(matrix));
}

describe('lexicographic order', () => {
  test('the second objective is asked only where the first does not decide', () => {
    // Places by hand: b (0.1, …), then c before a at 0.2 by the larger second value, then d.
    const rows = [
      [0.2, 5],
      [0.1, 1],
      [0.2, 9],
      [0.3, 99],
    ];
    expect(scores([{ kind: 'min' }, { kind: 'max' }], rows)).toEqual([0.5, 1, 0.75, 0.25]);
  });

  test('differences within the tolerance of the best of a group do not decide', () => {
    // 0.10 and 0.14 are one group (0.05 from its first), 0.16 is not, though it is as near to 0.14.
    const rows = [
      [0.1, 1],
      [0.14, 3],
      [0.16, 2],
    ];
    expect(scores([{ kind: 'min', tolerance: 0.05 }, { kind: 'max' }], rows)).toEqual([1 - 1 / 3, 1, 1 - 2 / 3]);
  });

  test('equal candidates have equal scores, and one alone has 1', () => {
    expect(scores([{ kind: 'min' }], [[2], [2], [3]])).toEqual([1, 1, 1 - 2 / 3]);
    expect(scores([{ kind: 'min' }], [[2]])).toEqual([1]);
  });
});
