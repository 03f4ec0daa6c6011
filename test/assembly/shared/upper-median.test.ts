import { describe, expect, it } from 'vitest';
import { upperMedian } from '../../../assembly/shared/upper-median.ts';

describe('the middle of many numbers', () => {
  it.each([
    [[], 0],
    [[3], 3],
    [[3, -1], 3],
    [[5, 1, 4], 4],
    [[2, 2, 2, 2], 2],
    [[9, 8, 7, 6, 5, 4], 7],
    [[-0.5, 0.25, 0, -0.25, 0.5, 0.25, 0.25], 0.25],
  ])('of %j is %d, the upper of two', (values, middle) => {
    expect(upperMedian(Float64Array.from(values))).toBe(middle);
  });

  it('is what stands in the middle once they are sorted, whatever their order was', () => {
    for (let count = 1; count < 60; count += 1) {
      // Every step of the golden ratio lies elsewhere between 0 and 1; rounded, some are equal.
      const values = Float64Array.from({ length: count }, (_, at) => Math.round(((at * 0.618034) % 1) * 40));
      const sorted = [...values].sort((left, right) => left - right);
      expect(upperMedian(values)).toBe(sorted[Math.floor(count / 2)]);
    }
  });
});
