import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstFront } from '../../ranking/first-front.ts';

/** The definition of SCIENCE §10.3: no other row is ≤ in all and < in one. */
function unbeaten(rows: readonly (readonly number[])[]): number[] {
  const dominates = (a: readonly number[], b: readonly number[]) =>
    a.every((cost, k) => cost <= b[k]!) && a.some((cost, k) => cost < b[k]!);
  const distinct = [...new Map(rows.map((row) => [row.join(), row])).values()];
  return rows.flatMap((row, at) => (distinct.some((other) => dominates(other, row)) ? [] : [at]));
}

function firstOf(rows: readonly (readonly number[])[], objectives: number): number[] {
  return Array.from(firstFront(Float64Array.from(rows.flat()), objectives));
}

describe('first Pareto front', () => {
  test.each([1, 2, 3, 4, 6])('with %i objective(s) it is what no row dominates', (objectives) => {
    const cost = fc.oneof(
      fc.integer({ min: 0, max: 9 }),
      fc.constant(Number.POSITIVE_INFINITY),
      fc.double({ noNaN: true }),
    );
    const rows = fc.array(fc.array(cost, { minLength: objectives, maxLength: objectives }), { maxLength: 60 });
    fc.assert(
      fc.property(rows, (some) => {
        expect(firstOf(some, objectives)).toEqual(unbeaten(some));
        // So many that a sample is taken; repeated rows are equal, none beats the other.
        const many = Array.from({ length: some.length === 0 ? 0 : 4500 }, (_, at) => some[at % some.length]!);
        const found = new Set(unbeaten(some));
        expect(firstOf(many, objectives).join()).toBe(
          many.flatMap((_, at) => (found.has(at % some.length) ? [at] : [])).join(),
        );
      }),
      { numRuns: 25 },
    );
  });

  test('of ten thousand candidates on a line where one objective costs the other all are unbeaten', () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => [at, -at]);
    expect(firstOf(rows, 2)).toHaveLength(10_000);
  });
});
