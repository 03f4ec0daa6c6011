import { describe, expect, test } from 'vitest';
import { fillNormals, xoshiro128 } from '../../ranking/shared/normal-stream.ts';
import { expectNear } from '../near.ts';

function normals(key: string, count: number): Float64Array {
  const target = new Float64Array(count);
  fillNormals(target, key);
  return target;
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

describe('random streams', () => {
  test('the generator is xoshiro128**', () => {
    // Reference implementation of Blackman & Vigna (xoshiro128starstar.c 1.1), state {1, 2, 3, 4}.
    const next = xoshiro128([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, next)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  test('numbers are standard normal: mean, variance, kurtosis and tail', () => {
    const z = normals('a', 200_000);
    // Four standard errors: 4/√n, 4√(2/n), 4√(96/n).
    expectNear(mean(z), 0, 0.009);
    expectNear(mean(z.map((value) => value ** 2)), 1, 0.013);
    expectNear(mean(z.map((value) => value ** 4)), 3, 0.09);
    // P(z > 1.959964) = 0.025.
    expectNear(z.filter((value) => value > 1.959964).length / z.length, 0.025, 0.0015);
  });

  test('streams with similar keys are not correlated', () => {
    const count = 100_000;
    const keys = ['[1,"E_f","a"]', '[1,"E_f","b"]', '[2,"E_f","a"]', '[1,"E_b","a"]'];
    const streams = keys.map((key) => normals(key, count));
    for (let i = 0; i < streams.length; i += 1)
      for (let j = 0; j < i; j += 1) {
        expectNear(mean(streams[i]!.map((value, draw) => value * streams[j]![draw]!)), 0, 4 / Math.sqrt(count));
      }
  });

  test('an odd number of draws is filled to the end', () => {
    expect(Array.from(normals('a', 5))).toEqual(Array.from(normals('a', 6)).slice(0, 5));
  });
});
