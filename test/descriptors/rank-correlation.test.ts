import { describe, expect, it } from 'vitest';
import { rankCorrelation } from '../../descriptors/rank-correlation.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

const compute = (x: number[], y: number[]) => rankCorrelation.compute(rankCorrelation.inputs.parse({ x, y }));

describe('the rank correlation', () => {
  it('of three facets is no evidence, however well it looks', () => {
    const result = available(compute([3.4, 1.61, 4.32], [99.89, 95.53, 96.48]));
    expectNear(result.value, 0.5, 1e-12); // SCIENCE §12.2
    // By hand: of the 6 orders two give ±1 and four ±0.5, so none is nearer to 0.
    expectNear(result.parts.pTwoSided, 1, 1e-12);
    expect(codes(result)).toEqual(['W_SMALL_N']);
  });

  // scipy.stats.spearmanr and, for p, all permutations counted with itertools in Python.
  it.each([
    [[1, 2, 3, 4, 5], [2, 1, 4, 3, 5], 0.8, 16 / 120],
    [[1, 2, 3, 4, 5], [5, 4, 3, 2, 1], -1, 2 / 120],
    [[1, 2, 2, 4, 5, 6], [2, 1, 3, 3, 6, 5], 0.8088235294117647, 44 / 720],
  ])('of %j and %j', (x, y, rho, p) => {
    const result = available(compute(x, y));
    expectNear(result.value, rho, 1e-12);
    expectNear(result.parts.pTwoSided, p, 1e-12);
    expect(codes(result)).toEqual([]);
  });

  it('of many points takes the normal distribution', () => {
    const x = Array.from({ length: 30 }, (_, at) => at);
    const y = x.map((value) => (value * 7) % 30);
    const result = available(compute(x, y));
    // scipy.stats.spearmanr of the same; p by hand: erfc(|ρ|√29/√2) of math.erfc.
    expectNear(result.value, 0.11902113459399331, 1e-12);
    expectNear(result.parts.pTwoSided, 0.5215561920101274, 1e-9);
    expect(result.parts.pMethod).toBe('normal approximation');
  });

  it('of a constant is not defined', () => {
    expect(codes(unavailable(compute([1, 1, 1, 1, 1], [1, 2, 3, 4, 5])))).toEqual(['E_INPUT']);
  });

  it('needs one number of each for every candidate', () => {
    expect(() => compute([1, 2], [1, 2, 3])).toThrow();
  });
});
