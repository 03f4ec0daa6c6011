import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lexicographicOrder } from '../../ranking/shared/lexicographic-order.ts';

/** The definition, by comparing arrays. */
function sorted(rows: readonly (readonly number[])[]): number[] {
  return rows
    .map((_, row) => row)
    .sort((a, b) => {
      const at = rows[a]?.findIndex((number, column) => number !== rows[b]?.[column]) ?? -1;
      return at < 0 ? a - b : (rows[a]?.[at] ?? 0) < (rows[b]?.[at] ?? 0) ? -1 : 1;
    });
}

describe('lexicographic order of rows', () => {
  test('is that of comparing their numbers, whatever their signs and sizes', () => {
    const number = fc.oneof(
      fc.constantFrom(0, -0, 1, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, -5e-324),
      fc.double({ noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { maxLength: 40 }), (rows) => {
        // Repeated until the rows are so many that their bits are sorted, in short digits and in long ones.
        const repeated = (length: number) =>
          Array.from({ length }, (_, at) => rows[at % Math.max(1, rows.length)] ?? [0, 0]);
        for (const some of [rows, repeated(3000), repeated(17_000)]) {
          expect(Array.from(lexicographicOrder(Float64Array.from(some.flat()), 2))).toEqual(sorted(some));
        }
      }),
      { numRuns: 30 },
    );
  });
});
