import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';
import { typed } from './typed.ts';

const inThz = (initial: readonly number[], saddle: readonly number[]) =>
  typed('attempt-frequency', `initialFrequenciesThz=[${initial}]`, `saddleFrequenciesThz=[${saddle}]`);

describe('the attempt frequency', () => {
  it('is the quotient of the modes of the site and the real modes of the saddle', () => {
    const result = available(inThz([4, 5, 6], [-3, 4, 8]));
    expectNear(result.value, 3.75e12, 1); // by hand: 120/32 THz
    expect(codes(result)).toEqual([]);
    // The unstable mode may be left out.
    expectNear(available(inThz([4, 5, 6], [4, 8])).value, 3.75e12, 1);
  });

  it('from wavenumbers takes the speed of light', () => {
    const wavenumbers = ['initialWavenumbersPerCm=[210,305,120]', 'saddleWavenumbersPerCm=[180,-95,260]'];
    const result = available(typed('attempt-frequency', ...wavenumbers));
    // SciPy 1.10: 210·305·120/(180·260) cm⁻¹ times scipy.constants.c.
    expectNear(result.value, 4923514598692.308, 1);
    expectNear(result.parts.attemptWavenumberPerCm, 164.230769230769, 1e-9); // by hand: 7686000/46800
  });

  it('of one mode is that mode', () => {
    expectNear(available(inThz([5.5], [])).value, 5.5e12, 1);
  });

  it('does not exist at a site that is no minimum', () => {
    const result = unavailable(inThz([-1, 5, 6], [-3, 4, 8]));
    expect(result.reasons[0]).toMatchObject({ code: 'E_IMAGINARY_MODE', details: { count: 1, expected: 0 } });
  });

  it('does not exist at a saddle of no or of second order', () => {
    expect(unavailable(inThz([4, 5, 6], [3, 4, 8])).reasons[0]).toMatchObject({
      code: 'E_IMAGINARY_MODE',
      details: { where: 'the saddle', count: 0, expected: 1 },
    });
    expect(unavailable(inThz([4, 5, 6], [-3, -4, 8])).reasons[0]?.details.count).toBe(2);
    expect(unavailable(inThz([4, 5, 6], [-4, 8])).reasons[0]?.details.count).toBe(2);
  });

  it('needs lists that fit each other, without translations', () => {
    expect(codes(inThz([4, 5, 6], [-3, 4]))).toContain('E_IMAGINARY_MODE');
    expect(codes(inThz([4, 5, 6], [-3]))).toEqual(['E_INPUT']);
    expect(codes(inThz([0, 5, 6], [-3, 4, 5]))).toEqual(['E_INPUT']);
    expect(codes(inThz([], [-1]))).toContain('E_INPUT');
  });

  it('mixes no units and needs both lists', () => {
    const pair = ['initialFrequenciesThz=[4]', 'saddleWavenumbersPerCm=[-100]'];
    expect(() => typed('attempt-frequency', ...pair)).toThrow(/both in cm⁻¹ or in THz/);
    expect(() => typed('attempt-frequency', 'initialFrequenciesThz=[4]')).toThrow(/both in cm⁻¹ or in THz/);
    expect(() => typed('attempt-frequency', ...pair, 'saddleFrequenciesThz=[-4]')).toThrow(/both in cm⁻¹ or in THz/);
  });

  it('does not depend on the order of the modes, scales with them, and stays finite with many', () => {
    const mode = fc.double({ min: 0.5, max: 50, noNaN: true });
    fc.assert(
      fc.property(fc.array(mode, { minLength: 2, maxLength: 300 }), (list) => {
        const saddle = list.slice(1).map((one) => one * 0.9);
        const before = available(inThz(list, saddle)).value;
        expectNear(available(inThz(list.toReversed(), saddle)).value / before, 1, 1e-9);
        const scaled = available(
          inThz(
            list.map((one) => 2 * one),
            saddle.map((one) => 2 * one),
          ),
        );
        expectNear(scaled.value / before, 2, 1e-9);
      }),
      { numRuns: 50 },
    );
  });

  it('has a 1σ from that of its modes, taken as independent', () => {
    const args = ['initialFrequenciesThz=[4,5,6]', 'saddleFrequenciesThz=[-3,4,8]', 'r=0.02'];
    const result = available(typed('attempt-frequency', ...args));
    expectNear(result.uncertainty, 3.75e12 * 0.02 * Math.sqrt(5), 1e3); // by hand: five modes
  });
});
