import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';
import { typed } from './typed.ts';

describe('the rate of a hop', () => {
  it('over 0.25 eV at room temperature is 6e8 per second, and seven times as much with 0.05 eV less', () => {
    const result = available(typed('hop-rate', 'E_f=0.25'));
    expectNear(result.value, 5.944636e8, 50); // SCIENCE §3.9
    expectNear(result.parts.factorFor50Mev, 7.001, 5e-4); // SCIENCE §3.9
    expectNear(result.parts.factorFor100Mev, 49.02, 5e-3); // SCIENCE §3.9
    expectNear(result.parts.thermalFrequencyPerSecond, 6.212438e12, 5e5); // SCIENCE §3.9
    expect(codes(result)).toEqual([]);
    expect(result.quality).toBe('ok');
  });

  it('takes prefactor and temperature as typed', () => {
    // SciPy 1.10, scipy.constants.k and e: 2e12·exp(−0.5 eV/(k·400 K)).
    expectNear(available(typed('hop-rate', 'Ef=0.5', 'nu=2e12', 'T=400')).value, 1003014.6214462116, 0.01);
  });

  it('is only formal for the published barrier of LiZn, which is smaller than its own error', () => {
    const result = available(typed('hop-rate', 'E_f=0.017'));
    expectNear(result.value, 5.16e12, 5e9); // SCIENCE §3.9
    expectNear(result.parts.barrierOverThermalEnergy, 0.6617, 5e-5); // SCIENCE §3.9
    expect(result.parts.barrierKnownAs).toBe('≤ 0.05 eV'); // SCIENCE §3.9
    expect(codes(result)).toEqual(['W_TST_INVALID']);
    expect(result.quality).toBe('degraded');
  });

  it('is valid from four kT on', () => {
    // 4·kT = 0.10277 eV at 298.15 K (SCIENCE §0).
    expect(codes(typed('hop-rate', 'E_f=0.1027'))).toEqual(['W_TST_INVALID']);
    expect(codes(typed('hop-rate', 'E_f=0.1028'))).toEqual([]);
  });

  it('has the 1σ of its logarithm from that of the barrier', () => {
    const result = available(typed('hop-rate', 'E_f=0.25'));
    expectNear(result.parts.logarithmicUncertainty, 0.05 / 0.02569258, 1e-6); // by hand: σ_E/kT
    expectNear(Number(result.uncertainty) / result.value, 0.05 / 0.02569258, 1e-6);
    expect(result.parts.uncertaintyOrigin).toBe('propagated');
    expectNear(available(typed('hop-rate', 'E_f=0.25', 'barrierUncertaintyEv=0')).uncertainty, 0, 0);
    expectNear(available(typed('hop-rate', 'E_f=0.25', 'uncertainty=7e7')).uncertainty, 7e7, 0);
  });

  it('too small for a number is no zero', () => {
    const result = unavailable(typed('hop-rate', 'E_f=3', 'T=20'));
    expect(result.reasons.map(({ code }) => code)).toContain('E_INPUT');
    expectNear(result.parts.log10Rate, 13 - (3 / (8.617333262e-5 * 20)) * Math.LOG10E, 1e-6); // by hand
  });

  it('has no barrier below zero and no temperature of zero', () => {
    expect(() => typed('hop-rate', 'E_f=-0.1')).toThrow(/barrierEv/);
    expect(() => typed('hop-rate', 'E_f=0.1', 'T=0')).toThrow(/temperatureKelvin/);
  });

  it('falls with the barrier, rises with the temperature and goes with the prefactor', () => {
    const barrier = fc.double({ min: 0.11, max: 1.5, noNaN: true });
    fc.assert(
      fc.property(barrier, fc.double({ min: 250, max: 600, noNaN: true }), (barrierEv, kelvin) => {
        const rate = (...args: string[]) => available(typed('hop-rate', ...args)).value;
        const base = rate(`E_f=${barrierEv}`, `T=${kelvin}`);
        expect(rate(`E_f=${barrierEv + 0.01}`, `T=${kelvin}`)).toBeLessThan(base);
        expect(rate(`E_f=${barrierEv}`, `T=${kelvin + 1}`)).toBeGreaterThan(base);
        expectNear(rate(`E_f=${barrierEv}`, `T=${kelvin}`, 'nu=2e13') / base, 2, 1e-12);
      }),
    );
  });
});
