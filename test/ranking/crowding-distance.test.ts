import { describe, expect, test } from 'vitest';
import { crowdingDistances } from '../../ranking/crowding-distance.ts';

describe('crowding distance', () => {
  test('inner candidates add the gap of their neighbours over the range, the ends have none', () => {
    // By hand: costs (0,10), (2,6), (5,5), (10,0) on one front: second (5−0)/10 + (10−5)/10 = 1; third 0.8 + 0.6 = 1.4.
    const costs = Float64Array.of(0, 10, 2, 6, 5, 5, 10, 0);
    expect(crowdingDistances(costs, 2, [1, 1, 1, 1])).toEqual([undefined, 1, 1.4, undefined]);
  });

  test('fronts are apart, who is on none has none, an objective without range adds nothing', () => {
    const costs = Float64Array.of(0, 7, 1, 7, 3, 7, 9, 9, 4, 4);
    expect(crowdingDistances(costs, 2, [1, 1, 1, 2, undefined])).toEqual([
      undefined,
      1,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('a missing value, which costs ∞, makes no range', () => {
    const costs = Float64Array.of(0, 3, 1, 2, 2, 1, Number.POSITIVE_INFINITY, 0);
    expect(crowdingDistances(costs, 2, [1, 1, 1, 1])).toEqual([undefined, 2 / 3, 2 / 3, undefined]);
  });
});
