import { describe, expect, test } from 'vitest';
import { normalQuantile } from '../../ranking/shared/normal-quantile.ts';

describe('normal quantile', () => {
  // scipy 1.10 (scipy.stats.norm.ppf), one or more in each of the three ranges of the algorithm.
  test.each([
    [1e-300, -37.0470962993612],
    [1e-10, -6.361340902404056],
    [1.16e-10, -6.338508529118812],
    [1e-5, -4.264890793922825],
    [0.02, -2.053748910631823],
    [0.074, -1.4466320671589785],
    [0.075, -1.4395314709384563],
    [0.3, -0.5244005127080409],
    [0.5, 0],
    [0.9, 1.2815515655446004],
    [0.975, 1.959963984540054],
    [0.9999, 3.719016485455709],
  ])('of %f is %f', (probability, z) => {
    expect(Math.abs(normalQuantile(probability) - z)).toBeLessThanOrEqual(2e-15 * Math.max(1, Math.abs(z)));
  });
});
