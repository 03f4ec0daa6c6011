import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';
import { typed } from './typed.ts';

const ZINC = ['D=5e-6', 'z=2', 'c0=2e-3'];

describe('Sand’s time', () => {
  it.each([
    ['J=0.010', 'ta=0.6', 16248.0, 0.005], // SCIENCE §9.1
    ['J=0.050', 'ta=0.6', 649.92, 0.0005], // SCIENCE §9.1
    ['J=0.010', 'ta=1', 5849.281, 0.0005], // SCIENCE §9.1
  ])('at %s and %s is %d s', (current, transference, seconds, tolerance) => {
    expectNear(available(typed('sands-time', ...ZINC, current, transference)).value, seconds, tolerance);
  });

  it('agrees with the same formula in another program', () => {
    // SciPy 1.10 with its Faraday constant: 1 mol/L, D 3e-6 cm²/s, 5 mA/cm², t_a 0.62.
    const result = available(typed('sands-time', 'D=3e-6', 'z=1', 'c0=1e-3', 'J=0.005', 'ta=0.62'));
    expectNear(result.value, 2282.4976581955943, 1e-4);
  });

  it('takes the mobilities instead of the transference number, in any unit', () => {
    const result = available(typed('sands-time', ...ZINC, 'J=0.010', 'mu_a=3', 'mu_c=2'));
    expectNear(result.value, 16248.0, 0.005); // SCIENCE §9.1: t_a = 3/(3 + 2)
    expectNear(result.parts.anionTransference, 0.6, 1e-15);
    for (const wrong of [['mu_a=3'], ['ta=0.6', 'mu_a=3', 'mu_c=2'], ['ta=0.6', 'mu_a=3'], []]) {
      expect(() => typed('sands-time', ...ZINC, 'J=0.010', ...wrong)).toThrow(/ta/);
    }
  });

  it.each(['J=0', 'J=-0.01'])('does not exist at %s', (current) => {
    expect(codes(unavailable(typed('sands-time', ...ZINC, current, 'ta=0.6')))).toEqual(['E_SAND_INPUT']);
  });

  it.each(['ta=0', 'ta=-0.2', 'ta=1.2'])('does not exist for %s', (transference) => {
    expect(codes(unavailable(typed('sands-time', ...ZINC, 'J=0.01', transference)))).toEqual(['E_SAND_INPUT']);
  });

  it('has a meaning above the limiting current only', () => {
    // By hand: 2·2·96485.33212·5e-6·2e-3/(0.6·L) A/cm² = 64.3236 mA/cm² at 0.1 cm, 6.43236 at 1 cm.
    const below = available(typed('sands-time', ...ZINC, 'J=0.010', 'ta=0.6', 'L=0.1'));
    expectNear(below.parts.limitingCurrentMaPerCm2, 64.32355474666667, 1e-9);
    expect(codes(below)).toEqual(['W_BELOW_LIMITING']);
    const above = available(typed('sands-time', ...ZINC, 'J=0.010', 'ta=0.6', 'L=1'));
    expect(codes(above)).toEqual([]);
    expect(above.quality).toBe('ok');
    const unknown = typed('sands-time', ...ZINC, 'J=0.010', 'ta=0.6');
    expect(codes(unknown)).toEqual(['W_NO_LIMITING_CHECK']);
  });

  it('tells about the printed form when asked', () => {
    const result = available(typed('sands-time', ...ZINC, 'J=0.010', 'ta=0.6', 'L=1', 'printedForm=true'));
    expect(codes(result)).toEqual(['W_SAND_PRINTED_FORM']);
    expectNear(result.value, 16248.0, 0.005); // SCIENCE §9.1: the standard form all the same
  });

  it('carries the uncertainty of the transference number twice, that of D once', () => {
    const result = available(typed('sands-time', ...ZINC, 'J=0.010', 'ta=0.6', 'transferenceUncertainty=0.03'));
    expectNear(Number(result.uncertainty) / result.value, 0.1, 1e-12); // by hand: 2·0.03/0.6
    const both = ['transferenceUncertainty=0.009', 'diffusionUncertaintyCm2PerS=2e-7'];
    const { value, uncertainty } = available(typed('sands-time', ...ZINC, 'J=0.010', 'ta=0.6', ...both));
    expectNear(Number(uncertainty) / value, 0.05, 1e-12); // by hand: √(0.03² + 0.04²)
  });

  it('goes with J⁻², with the square of the concentration and with D', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 10, noNaN: true }), (factor) => {
        const seconds = (D: number, c0: number, J: number) =>
          available(typed('sands-time', `D=${D}`, 'z=2', `c0=${c0}`, `J=${J}`, 'ta=0.6')).value;
        const base = seconds(5e-6, 2e-3, 0.01);
        expectNear(seconds(5e-6, 2e-3, 0.01 * factor) / base, factor ** -2, 1e-9 * factor ** -2);
        expectNear(seconds(5e-6, 2e-3 * factor, 0.01) / base, factor ** 2, 1e-9 * factor ** 2);
        expectNear(seconds(5e-6 * factor, 2e-3, 0.01) / base, factor, 1e-9 * factor);
      }),
    );
  });
});
