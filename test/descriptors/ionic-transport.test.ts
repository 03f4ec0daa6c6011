/** Mobility, conductivity and transference number: what becomes of a diffusion coefficient. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';
import { typed } from './typed.ts';

describe('the mobility of an ion', () => {
  it('is its diffusion coefficient over the thermal voltage', () => {
    const result = available(typed('ionic-mobility', 'D=9.415635e-7', 'z=1'));
    expectNear(result.value, 3.664729e-5, 5e-12); // SCIENCE §3.10
    // SciPy 1.10: 2·1.5e-5·e/(k·298.15 K).
    expectNear(available(typed('ionic-mobility', 'D=1.5e-5', 'z=2')).value, 0.00116765233488681, 1e-12);
  });

  it('carries the uncertainty of the diffusion coefficient', () => {
    const result = available(typed('ionic-mobility', 'D=1e-7', 'z=1', 'diffusionUncertaintyCm2PerS=2e-8'));
    expectNear(Number(result.uncertainty) / result.value, 0.2, 1e-12);
  });
});

describe('an ionic conductivity', () => {
  it('follows from density, charge and diffusion of the carriers', () => {
    const result = available(typed('ionic-conductivity', 'D=9.415635e-7', 'z=1', 'n=1e22'));
    expectNear(result.value, 5.871544e-2, 5e-9); // SCIENCE §3.10
    expect(result.convention).toContain('Haven ratio 1');
    expectNear(result.parts.mobilityCm2PerVoltSecond, 3.664729e-5, 5e-12); // SCIENCE §3.10
  });

  it('of sodium in water is its limiting molar conductivity', () => {
    // 1 mol/cm³ of carriers. Atkins, Physical Chemistry: D(Na+) 1.33e-5 cm²/s, λ(Na+) 50.1 S·cm²/mol at 25 °C.
    const result = available(typed('ionic-conductivity', 'D=1.334e-5', 'z=1', 'n=6.02214076e23'));
    expectNear(result.value, 50.1, 0.05);
  });

  it('does not follow from a barrier without a density of carriers', () => {
    const result = unavailable(typed('ionic-conductivity', 'D=9.415635e-7', 'z=1'));
    expect(result.reasons.map(({ code }) => code)).toEqual(['E_CARRIER_DENSITY']);
  });

  it('goes with the square of the charge and with one over the Haven ratio', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.double({ min: 0.2, max: 1, noNaN: true }), (z, haven) => {
        const value = (...args: string[]) => available(typed('ionic-conductivity', 'D=1e-7', 'n=1e21', ...args)).value;
        expectNear(value(`z=${z}`) / value('z=1'), z * z, 1e-12);
        expectNear(value('z=1', `havenRatio=${haven}`) / value('z=1'), 1 / haven, 1e-9);
      }),
    );
  });
});

describe('a transference number', () => {
  const CELL = ['I0=2e-5', 'Is=8e-6', 'V=0.01', 'R0=100', 'Rs=125'];

  it('is corrected for what the interfaces take of the voltage', () => {
    expectNear(available(typed('transference-number', ...CELL)).value, 64 / 180, 1e-12); // by hand
  });

  it('is the ratio of the currents when the interfaces take nothing', () => {
    const bare = typed('transference-number', 'I0=2e-5', 'Is=8e-6', 'V=0.01', 'R0=0', 'Rs=0');
    expectNear(available(bare).value, 0.4, 1e-12);
  });

  it('is neither above one nor of interfaces that take the whole voltage', () => {
    expect(codes(typed('transference-number', 'I0=2e-5', 'Is=3e-5', 'V=0.01', 'R0=0', 'Rs=0'))).toEqual(['E_INPUT']);
    expect(codes(typed('transference-number', 'I0=2e-5', 'Is=8e-6', 'V=0.01', 'R0=500', 'Rs=125'))).toEqual([
      'E_INPUT',
    ]);
    expect(codes(typed('transference-number', 'I0=2e-5', 'Is=8e-6', 'V=0.01', 'R0=100', 'Rs=1250'))).toEqual([
      'E_INPUT',
    ]);
  });

  it('stays when all currents and the voltage are scaled', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 10, noNaN: true }), (factor) => {
        const scaled = [`I0=${2e-5 * factor}`, `Is=${8e-6 * factor}`, `V=${0.01 * factor}`, 'R0=100', 'Rs=125'];
        expectNear(available(typed('transference-number', ...scaled)).value, 64 / 180, 1e-12);
      }),
    );
  });
});
