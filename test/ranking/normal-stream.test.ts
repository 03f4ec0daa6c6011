import { describe, expect, test } from 'vitest';
import { normalQuantile } from '../../ranking/shared/normal-quantile.ts';
import { fillWords, randomStreams } from '../../ranking/shared/normal-stream.ts';
import { expectNear } from '../near.ts';

function normals(key: string, count: number): Float64Array {
  const target = new Float64Array(count);
  randomStreams([key]).normals(0, target);
  return target;
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

describe('random streams', () => {
  test('the generator is xoshiro128**', () => {
    // Reference implementation of Blackman & Vigna (xoshiro128starstar.c 1.1), state {1, 2, 3, 4}.
    const words = new Uint32Array(10);
    fillWords(Uint32Array.of(9, 9, 9, 9, 1, 2, 3, 4), 1, words);
    expect(Array.from(words)).toEqual([
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

  test('a stream goes on where it stopped, whatever the others do', () => {
    const whole = normals('a', 128);
    const streams = randomStreams(['b', 'a']);
    const part = new Float64Array(64);
    const other = new Float64Array(2);
    streams.normals(1, part);
    expect(Array.from(part)).toEqual(Array.from(whole).slice(0, 64));
    streams.normals(0, other);
    streams.normals(1, part);
    expect(Array.from(part)).toEqual(Array.from(whole).slice(64));
  });

  test('normal numbers are the quantiles of the uniform ones, on either side of where the formula changes', () => {
    const uniform = new Float64Array(100_000);
    randomStreams(['q']).uniforms(0, uniform);
    expect(normals('q', 100_000)).toEqual(uniform.map(normalQuantile));
  });

  test('uniform numbers lie inside (0, 1), evenly', () => {
    const uniform = new Float64Array(100_000);
    randomStreams(['u']).uniforms(0, uniform);
    expect(uniform.every((value) => value > 0 && value < 1)).toBe(true);
    // Mean ½ and variance 1/12, within four standard errors.
    expectNear(mean(uniform), 0.5, 0.0037);
    expectNear(mean(uniform.map((value) => (value - 0.5) ** 2)), 1 / 12, 0.001);
  });
});
