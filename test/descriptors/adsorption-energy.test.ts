import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adsorptionEnergy } from '../../descriptors/adsorption-energy.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

// SCIENCE §2.1, one Li on ZnO(0001).
const EXAMPLE = {
  slabEv: -212.345678,
  adsorbedSlabEv: -216.042345,
  adsorbateCount: 1,
  atomEv: -0.2971,
  bulkPerAtomEv: -1.9056,
};

const compute = (changes: object) =>
  adsorptionEnergy.compute(adsorptionEnergy.inputs.parse({ ...EXAMPLE, ...changes }));

describe('adsorption energy', () => {
  it('is negative for a bound adatom and stands beside its value relative to the bulk metal', () => {
    const result = available(compute({}));
    expectNear(result.value, -3.399567, 1e-9); // SCIENCE §2.1
    expectNear(result.parts.adsorptionEnergyAtomEv, -3.399567, 1e-9); // SCIENCE §2.1
    expectNear(result.parts.bindingEnergyAtomEv, 3.399567, 1e-9); // SCIENCE §2.1
    expectNear(result.parts.adsorptionEnergyBulkEv, -1.791067, 1e-9); // SCIENCE §2.1
    expectNear(result.parts.cohesiveEnergyEv, 1.6085, 1e-9); // SCIENCE §1.9
    expect(result.unit).toBe('eV');
    expect(result.quality).toBe('ok');
    expect(result.issues).toEqual([]);
  });

  it('is taken relative to the bulk metal on request, and says so', () => {
    const result = available(compute({ reference: 'bulk' }));
    expectNear(result.value, -1.791067, 1e-9); // SCIENCE §2.1
    expect(result.convention).toContain('reference: bulk');
    expectNear(result.parts.adsorptionEnergyAtomEv, -3.399567, 1e-9); // SCIENCE §2.1
  });

  it('is per adsorbate, not per cell', () => {
    // By hand: [-223 − (-212) − 3·(-0.3)]/3 = -10.1/3.
    const result = available(compute({ slabEv: -212, adsorbedSlabEv: -223, adsorbateCount: 3, atomEv: -0.3 }));
    expectNear(result.value, -10.1 / 3, 1e-12);
  });

  it('carries the coverage of one side', () => {
    // SCIENCE §2.5: 1 Li on 3×3 ZnO(0001), A = 82.3012 Å².
    expectNear(available(compute({ areaAngstrom2: 82.3012 })).parts.coveragePerNm2, 1.215049, 1e-6);
    // Two adatoms on two sides: the same coverage.
    const both = available(compute({ areaAngstrom2: 82.3012, adsorbateCount: 2, doubleSided: true }));
    expectNear(both.parts.coveragePerNm2, 1.215049, 1e-6);
  });

  it('has 0.10 eV of uncertainty unless another is given, and tells which', () => {
    const byDefault = available(compute({}));
    expect([byDefault.uncertainty, byDefault.parts.uncertaintyOrigin]).toEqual([0.1, 'default']);
    const given = available(compute({ uncertaintyEv: 0.03 }));
    expect([given.uncertainty, given.parts.uncertaintyOrigin]).toEqual([0.03, 'given']);
  });

  it('is unavailable without the atom, but still tells its value relative to the bulk', () => {
    const { atomEv: _, ...withoutAtom } = EXAMPLE;
    const result = unavailable(adsorptionEnergy.compute(adsorptionEnergy.inputs.parse(withoutAtom)));
    expect(codes(result)).toEqual(['E_REFERENCE_MISSING']);
    expectNear(result.parts.adsorptionEnergyBulkEv, -1.791067, 1e-9); // SCIENCE §2.1
    expect(Object.keys(result.parts)).toEqual(['adsorptionEnergyBulkEv']);
  });

  it('is unavailable relative to a bulk that is not known', () => {
    const { bulkPerAtomEv: _, ...withoutBulk } = EXAMPLE;
    const result = unavailable(
      adsorptionEnergy.compute(adsorptionEnergy.inputs.parse({ ...withoutBulk, reference: 'bulk' })),
    );
    expect(codes(result)).toEqual(['E_REFERENCE_MISSING']);
    expectNear(result.parts.bindingEnergyAtomEv, 3.399567, 1e-9); // SCIENCE §2.1
  });

  it('is unavailable without an adsorbate', () => {
    const result = unavailable(compute({ adsorbateCount: 0 }));
    expect(codes(result)).toEqual(['E_NO_ADSORBATE']);
    expectNear(result.parts.cohesiveEnergyEv, 1.6085, 1e-9); // SCIENCE §1.9
  });

  it.each([
    [0.49, []],
    [0.51, ['W_ADS_IMPLAUSIBLE']],
    [-7.99, []],
    [-8.01, ['W_ADS_IMPLAUSIBLE']],
  ])('of %f eV relative to the atom gives the warnings %j', (valueEv, expected) => {
    const result = available(compute({ slabEv: -100, atomEv: -1, adsorbedSlabEv: -101 + valueEv }));
    expect(codes(result)).toEqual(expected);
    expect(result.quality).toBe(expected.length === 0 ? 'ok' : 'degraded');
  });

  it('warns when TOTEN tells another value than energy(sigma->0) by more than 5 meV per adatom', () => {
    // By hand: TOTEN gives −3.399567 + 0.0121/2 = −3.393517 for two adatoms: 6.05 meV per adatom.
    const two = { adsorbateCount: 2, adsorbedSlabEv: -212.345678 + 2 * -3.696667 };
    const free = { slabFreeEv: -212.345678, adsorbedSlabFreeEv: two.adsorbedSlabEv + 0.0121, atomFreeEv: -0.2971 };
    const result = available(compute({ ...two, ...free }));
    expect(codes(result)).toEqual(['W_ENERGY_KIND_SENSITIVE']);
    expectNear(result.issues[0]?.details.sigma0Ev, -3.399567, 1e-9);
    expectNear(result.issues[0]?.details.freeEv, -3.393517, 1e-9);
    expect(codes(compute({ ...two, ...free, adsorbedSlabFreeEv: two.adsorbedSlabEv + 0.0099 }))).toEqual([]);
  });

  it('is not compared with TOTEN when a member of the difference has none', () => {
    expect(codes(compute({ slabFreeEv: -200, adsorbedSlabFreeEv: -300 }))).toEqual([]);
  });

  it('does not depend on the zero of the slab energies, and the reference cancels between two sites', () => {
    const ev = fc.double({ min: -500, max: 500, noNaN: true });
    fc.assert(
      fc.property(ev, ev, (shiftEv, atomEv) => {
        const shifted = available(
          compute({ slabEv: EXAMPLE.slabEv + shiftEv, adsorbedSlabEv: EXAMPLE.adsorbedSlabEv + shiftEv }),
        );
        expectNear(shifted.value, -3.399567, 1e-9);
        const here = available(compute({ atomEv })).value;
        const there = available(compute({ atomEv, adsorbedSlabEv: EXAMPLE.adsorbedSlabEv - 0.25 })).value;
        expectNear(there - here, -0.25, 1e-9);
      }),
    );
  });
});
