/** From charge to mass and thickness: Faraday's law, balance of the electrodes, energy of a stack. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../near.ts';
import { available, codes } from './descriptor-cases.ts';
import { typed } from './typed.ts';

describe('the capacity of a metal', () => {
  it.each([
    ['Zn', 819.868, 5853.857, 0.585386], // SCIENCE §9.4
    ['Li', 3861.885, 2062.247, 0.206225], // SCIENCE §9.4
  ])('%s holds %d mAh/g', (element, perGram, perCm3, perUm) => {
    const result = available(typed('gravimetric-capacity', `element=${element}`));
    expectNear(result.value, perGram, 5e-4);
    expectNear(result.parts.volumetricCapacityMahPerCm3, perCm3, 5e-4);
    expectNear(result.parts.arealCapacityMahPerCm2PerUm, perUm, 5e-7);
  });

  it('of another metal follows from its charge and mass', () => {
    // Handbook value of magnesium: 2205 mAh/g (ASE 3.22: M = 24.305).
    const result = available(typed('gravimetric-capacity', 'z=2', 'M=24.305'));
    expectNear(result.value, 2205, 1);
    expect(result.parts).not.toHaveProperty('volumetricCapacityMahPerCm3');
    expect(codes(typed('gravimetric-capacity', 'M=24.305'))).toEqual(['E_REFERENCE_MISSING']);
  });

  it('is of the element unless another density is stated', () => {
    const result = available(typed('gravimetric-capacity', 'element=Zn', 'densityGramPerCm3=3.57'));
    expectNear(result.parts.volumetricCapacityMahPerCm3, 5853.857 / 2, 5e-4); // by hand: half of the density
  });
});

describe('the thickness of an electrode', () => {
  it('of the review is 25 µm of zinc for 10 mAh/cm² at 68 %', () => {
    const result = available(typed('electrode-thickness', 'C=10', 'element=Zn', 'DOD=0.68'));
    expectNear(result.value, 25.12, 0.005); // SCIENCE §9.4
    expectNear(result.parts.dissolvedUm, 17.083, 5e-4); // by hand: 10/0.585386
  });

  it('of 10 µm of zinc is 5.854 mAh/cm², 2.985 of it at 51 %', () => {
    expectNear(available(typed('electrode-thickness', 'C=5.854', 'element=Zn')).value, 10, 5e-4); // SCIENCE §9.4
    // SCIENCE §9.4 prints 2.985; 51 % of 5.853857 is 2.98547.
    expectNear(available(typed('electrode-thickness', 'C=2.98547', 'element=Zn', 'DOD=0.51')).value, 10, 1e-4);
  });

  it('of 30 µm of lithium is 6.187 mAh/cm²', () => {
    expectNear(available(typed('electrode-thickness', 'C=6.187', 'element=Li')).value, 30, 3e-3); // SCIENCE §9.4
  });

  it('needs a density, and a depth of discharge up to one', () => {
    expect(codes(typed('electrode-thickness', 'C=1', 'z=2', 'M=24.305'))).toEqual(['E_REFERENCE_MISSING']);
    expect(() => typed('electrode-thickness', 'C=1', 'element=Li', 'DOD=1.2')).toThrow(/depthOfDischargeFraction/);
    expect(() => typed('electrode-thickness', 'C=1', 'element=Li', 'DOD=0')).toThrow(/depthOfDischargeFraction/);
  });

  it('grows with the capacity and shrinks with the depth', () => {
    const share = fc.double({ min: 0.05, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 50, noNaN: true }), share, (capacity, depth) => {
        const whole = available(typed('electrode-thickness', `C=${capacity}`, 'element=Zn')).value;
        const part = available(typed('electrode-thickness', `C=${capacity}`, 'element=Zn', `DOD=${depth}`)).value;
        expectNear(part * depth, whole, 1e-9 * whole);
      }),
    );
  });
});

describe('the N/P ratio', () => {
  it.each([
    [5.854, 3.081, 1.9, 5e-4], // SCIENCE §9.4: 10 µm of zinc
    [6.187, 5.3, 1.167, 5e-4], // SCIENCE §9.4: 30 µm of lithium
  ])('of %d against %d mAh/cm² is %d', (negative, positive, ratio, tolerance) => {
    expectNear(available(typed('np-ratio', `q_neg=${negative}`, `q_pos=${positive}`)).value, ratio, tolerance);
  });

  it('that was published otherwise is told, not replaced', () => {
    const result = available(typed('np-ratio', 'q_neg=6.187', 'q_pos=5.3', 'publishedRatio=1.13')); // SCIENCE §9.4
    expectNear(result.value, 1.167, 5e-4);
    expect(codes(result)).toEqual(['W_SOURCE_CONFLICT']);
    expect(codes(typed('np-ratio', 'q_neg=6.187', 'q_pos=5.3', 'publishedRatio=1.17'))).toEqual([]);
  });

  it('of electrodes of different size counts their areas', () => {
    // SCIENCE §9.4: 1.278 with the stated sizes, which then differ by 1.278/1.167 = 1.095.
    const result = available(typed('np-ratio', 'q_neg=6.187', 'q_pos=5.3', 'A_neg=10.95', 'A_pos=10'));
    expectNear(result.value, 1.278, 1e-3);
    expect(() => typed('np-ratio', 'q_neg=1', 'q_pos=1', 'A_neg=10')).toThrow(/go together/);
  });
});

describe('the specific energy of a stack', () => {
  const LAYERS = 'layers=[{"name":"cathode","massMgPerCm2":25},{"name":"Al","massMgPerCm2":4,"shareFraction":0.5}]';

  it('is energy over the mass of all layers, shared ones by half', () => {
    const result = available(typed('stack-specific-energy', 'C=5.4', 'U=3.75', LAYERS));
    expectNear(result.value, 750, 1e-9); // by hand: 20.25 mWh/cm² over 27 mg/cm²
    expect(result.parts).not.toHaveProperty('capacityMah');
  });

  it('of ten faces of 27.9 cm² and 5.3 mAh/cm² holds 1478.7 mAh', () => {
    const result = available(typed('stack-specific-energy', 'C=5.3', 'U=3.8', LAYERS, 'n=10', 'A=27.9'));
    expectNear(result.parts.capacityMah, 1478.7, 1e-9); // SCIENCE §9.5
    expectNear(result.value, (1000 * 5.3 * 3.8) / 27, 1e-9); // by hand: the area cancels
  });

  it('with its packaging is less', () => {
    const stack = ['C=5.3', 'U=3.8', LAYERS, 'n=10', 'A=27.9'];
    const bare = available(typed('stack-specific-energy', ...stack));
    const packed = available(typed('stack-specific-energy', ...stack, 'packagingGram=7.533'));
    expectNear(packed.value, bare.value / 2, 1e-9); // by hand: 279 cm² · 27 mg/cm² = 7.533 g
    expect(() => typed('stack-specific-energy', 'C=5.3', 'U=3.8', LAYERS, 'packagingGram=5')).toThrow(/needs faces/);
    expect(() => typed('stack-specific-energy', 'C=5.3', 'U=3.8', LAYERS, 'faces=5')).toThrow(/go together/);
  });
});
