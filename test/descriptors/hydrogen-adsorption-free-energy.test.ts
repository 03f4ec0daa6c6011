import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hydrogenAdsorptionFreeEnergy } from '../../descriptors/hydrogen-adsorption-free-energy.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

const { inputs: schema } = hydrogenAdsorptionFreeEnergy;
const compute = (inputs: object) => hydrogenAdsorptionFreeEnergy.compute(schema.parse(inputs));

describe('free energy of adsorbed hydrogen', () => {
  it('lies 0.24 eV above the adsorption energy on metals', () => {
    const result = available(compute({ adsorptionEnergyEv: -0.12 }));
    expectNear(result.value, 0.12, 1e-12); // SCIENCE §6.1
    expect([result.parts.correction, result.quality, result.uncertainty]).toEqual(['metals', 'ok', 0.1]);
    expect(codes(result)).toEqual([]);
  });

  it('follows the potential and 59 meV per pH', () => {
    const result = available(compute({ adsorptionEnergyEv: -0.12, potentialVolt: -0.76, ph: 4.5 }));
    expectNear(result.value, -0.373783, 5e-7); // SCIENCE §6.1
    expectNear(result.parts.standardFreeEnergyEv, 0.12, 1e-12);
    const perPh = available(compute({ adsorptionEnergyEv: -0.24, ph: 1 })).value;
    expectNear(perPh, 0.0591593, 5e-8); // SCIENCE §6.1
    expectNear(
      available(compute({ adsorptionEnergyEv: -0.24, ph: 1, temperatureKelvin: 596.3 })).value,
      2 * perPh,
      1e-12,
    );
  });

  it('is the same from total energies', () => {
    const totals = { adsorbedSlabEv: -219.357678, slabEv: -212.345678, adsorbateCount: 2, hydrogenMoleculeEv: -6.772 };
    expectNear(available(compute(totals)).value, 0.12, 1e-9);
    expect(codes(unavailable(compute({ ...totals, adsorbateCount: 0 })))).toEqual(['E_NO_ADSORBATE']);
  });

  it('is made of zero-point energies and the entropy of the gas where they are known', () => {
    // By hand: 0.17 − 0.27/2 = 0.035 and ½TS° = 0.20 (SCIENCE §6.1).
    const vibrations = { zeroPointAdsorbedEv: 0.17, zeroPointMoleculeEv: 0.27 };
    const result = available(compute({ adsorptionEnergyEv: -0.12, ...vibrations, surface: 'other' }));
    expectNear(result.value, -0.12 + 0.035 + 0.2, 1e-12);
    expect([result.parts.correction, codes(result)]).toEqual(['vibrations', []]);
    // NIST-JANAF: S°(H2) = 130.680 J/(mol K) = 1.354402e-3 eV/K; half of it at 298.15 K is 0.201907 eV.
    const janaf = { ...vibrations, moleculeEntropyEvPerKelvin: 130.68 / 96485.33212 };
    expectNear(available(compute({ adsorptionEnergyEv: 0, ...janaf })).value, 0.035 + 0.201907, 1e-6);
  });

  it('with the offset of metals on another surface is degraded', () => {
    const result = available(compute({ adsorptionEnergyEv: -0.12, surface: 'other' }));
    expect([codes(result), result.quality]).toEqual([['W_OFFSET_TRANSFER'], 'degraded']);
    expect(codes(compute({ adsorptionEnergyEv: -0.12, surface: 'metal' }))).toEqual([]);
    // An offset of the surface itself is none that was carried over.
    const own = available(compute({ adsorptionEnergyEv: -0.12, surface: 'other', offsetEv: 0.3 }));
    expectNear(own.value, 0.18, 1e-12);
    expect(codes(own)).toEqual([]);
  });

  it.each([
    [-0.7401, ['W_H_POISONED']],
    [-0.74, []],
    [-0.5, []],
  ])('of ΔE_H = %f eV: a surface below −0.5 eV is covered', (adsorptionEnergyEv, expected) => {
    expect(codes(compute({ adsorptionEnergyEv }))).toEqual(expected);
  });

  it('is judged as covered without the potential', () => {
    expect(codes(compute({ adsorptionEnergyEv: -0.12, potentialVolt: -1.5 }))).toEqual([]);
    expect(codes(compute({ adsorptionEnergyEv: -0.8, potentialVolt: 1 }))).toEqual(['W_H_POISONED']);
  });

  it.each([
    [{}],
    [{ slabEv: -1, adsorbedSlabEv: -2, adsorbateCount: 1 }],
    [{ adsorptionEnergyEv: 0, slabEv: -1, adsorbedSlabEv: -2, adsorbateCount: 1, hydrogenMoleculeEv: -6.7 }],
    [{ adsorptionEnergyEv: 0, zeroPointAdsorbedEv: 0.17 }],
    [{ adsorptionEnergyEv: 0, zeroPointAdsorbedEv: 0.17, zeroPointMoleculeEv: 0.27, offsetEv: 0.24 }],
    [{ adsorptionEnergyEv: 0, moleculeEntropyEvPerKelvin: 1.35e-3 }],
    [{ adsorptionEnergyEv: 0, temperatureKelvin: 0 }],
  ])('refuses %j', (inputs) => {
    expect(schema.safeParse(inputs).success).toBe(false);
  });

  it('rises with the potential by as much, whatever the rest is', () => {
    const finite = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(finite, finite, fc.double({ min: 0, max: 14, noNaN: true }), (adsorptionEnergyEv, volt, ph) => {
        const at = (potentialVolt: number) => available(compute({ adsorptionEnergyEv, potentialVolt, ph })).value;
        expectNear(at(volt) - at(0), volt, 1e-9);
      }),
    );
  });
});
