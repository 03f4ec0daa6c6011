import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hydrogenExchangeRate } from '../../descriptors/hydrogen-exchange-rate.ts';
import { expectNear } from '../near.ts';
import { available, codes } from './descriptor-cases.ts';

const compute = (inputs: object) => available(hydrogenExchangeRate.compute(hydrogenExchangeRate.inputs.parse(inputs)));

describe('exchange rate of hydrogen evolution', () => {
  it.each([
    [0.12, 1.855928, 5e-7], // SCIENCE §6.2
    [-0.12, 1.855928, 5e-7], // SCIENCE §6.2
    [0.79, 8.856577e-12, 5e-19], // SCIENCE §6.2
    [0, 100, 1e-12], // half of k0
    [0.05, 24.99612672, 1e-8], // the formula of §6.2 as it stands, in Python
  ])('at ΔG = %f eV is %f per second and site', (freeEnergyEv, expected, tolerance) => {
    const result = compute({ freeEnergyEv });
    expectNear(result.value, expected, tolerance);
    expectNear(result.parts.log10Rate, Math.log10(expected), 1e-6);
    expect(codes(result)).toEqual(['I_INFORMATIONAL']);
  });

  it('has an error of decades, not of percents', () => {
    const result = compute({ freeEnergyEv: 0.79 });
    // By hand: 0.1 eV / (0.02569258 eV · ln 10).
    expectNear(result.parts.log10Uncertainty, 1.690348, 1e-5);
    expectNear(Number(result.uncertainty) / result.value, 0.1 / 0.02569258, 1e-5);
    expect(compute({ freeEnergyEv: 0.79, uncertainty: 3 }).uncertainty).toBe(3);
  });

  it('keeps its logarithm where the rate itself is below all numbers', () => {
    const result = compute({ freeEnergyEv: 30 });
    expectNear(result.parts.log10Rate, Math.log10(200) - 30 / (0.02569258 * Math.LN10), 1e-3);
  });

  it('is the same on both sides of the volcano, falls from its top, and never exceeds half of k0', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        (g, d) => {
          const rate = (freeEnergyEv: number) => compute({ freeEnergyEv }).value;
          expect(rate(-g)).toBe(rate(g));
          expect(rate(g + d)).toBeLessThan(rate(g));
          expect(rate(g)).toBeLessThanOrEqual(100);
        },
      ),
    );
  });
});
