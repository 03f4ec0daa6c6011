import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minimumCostAssignment } from '../../../assembly/shared/assignment.ts';
import { expectNear } from '../../near.ts';

const matrix = (...rows: number[][]) => rows.map((row) => Float64Array.from(row));

describe('the assignment of least total cost', () => {
  it('gives each row its cheapest column when no two rows want the same', () => {
    expect(minimumCostAssignment(matrix([3, 1, 2], [1, 5, 9]))).toEqual([1, 0]);
  });

  it('lets the first row step back when the second has nowhere else to go', () => {
    // By hand: 0→0, 1→1 costs 1 + 10 = 11; 0→1, 1→0 costs 2 + 1.5 = 3.5. Nearest pairs first would take 0→0.
    expect(minimumCostAssignment(matrix([1, 2], [1.5, 10]))).toEqual([1, 0]);
  });

  it('moves a whole chain of rows on by one', () => {
    // By hand: only 0→1, 1→2, 2→0 has no cost of 9; 1 + 1 + 2 = 4.
    expect(minimumCostAssignment(matrix([0, 1, 9], [9, 0, 1], [2, 9, 9]))).toEqual([1, 2, 0]);
  });

  it('leaves the columns over that nobody needs', () => {
    expect(minimumCostAssignment(matrix([5, 1, 1, 4], [5, 1, 2, 4]))).toEqual([2, 1]);
  });

  it('refuses more rows than columns', () => {
    expect(() => minimumCostAssignment(matrix([1], [2]))).toThrow(/2 rows for 1 columns/);
  });

  it('is never dearer than any other assignment (all of them tried)', () => {
    const sizes = fc.integer({ min: 1, max: 5 }).chain((rows) =>
      fc.integer({ min: rows, max: 6 }).chain((columns) =>
        fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: columns, maxLength: columns }), {
          minLength: rows,
          maxLength: rows,
        }),
      ),
    );
    fc.assert(
      fc.property(sizes, (rows) => {
        const assigned = minimumCostAssignment(matrix(...rows));
        expect(new Set(assigned).size).toBe(rows.length);
        const cost = assigned.reduce((sum, column, row) => sum + rows[row]![column]!, 0);
        expectNear(cost, cheapest(rows, 0, new Set()), 1e-9);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

function cheapest(rows: number[][], row: number, taken: Set<number>): number {
  if (row === rows.length) return 0;
  let best = Number.POSITIVE_INFINITY;
  for (const [column, cost] of rows[row]!.entries()) {
    if (!taken.has(column)) best = Math.min(best, cost + cheapest(rows, row + 1, new Set([...taken, column])));
  }
  return best;
}
