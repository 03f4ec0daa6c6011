import { describe, expect, it } from 'vitest';
import { nucleationDrivingForce } from '../../descriptors/nucleation-driving-force.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

const compute = (inputs: object) => nucleationDrivingForce.compute(nucleationDrivingForce.inputs.parse(inputs));

describe('nucleation driving force', () => {
  // SCIENCE §2.2: published binding energies of Li on ZnO facets, E_coh of Li 1.63 eV (1.6085 as PBE gives).
  it.each([
    ['ZnO(002)', 3.4, 1.63, -1.77, 'lithiophilic'],
    ['ZnO(020)', 1.61, 1.63, 0.02, 'borderline'],
    ['ZnO(020) with the PBE cohesion', 1.61, 1.6085, -0.0015, 'borderline'],
    ['ZnO(202)', 4.32, 1.63, -2.69, 'lithiophilic'],
  ])('of %s is its binding beyond that in bulk Li', (_, bindingEv, cohesiveEnergyEv, expectedEv, wetting) => {
    const result = available(compute({ adsorptionEnergyAtomEv: -bindingEv, cohesiveEnergyEv, ion: 'Li' }));
    expectNear(result.value, expectedEv, 1e-12);
    expect(result.parts.wetting).toBe(wetting);
    expect(codes(result)).toEqual(wetting === 'borderline' ? ['I_BORDERLINE'] : []);
    expect(result.quality).toBe('ok');
  });

  it('is the same from total energies', () => {
    // SCIENCE §2.1: E_ads(bulk) of the example.
    const totals = { slabEv: -212.345678, adsorbedSlabEv: -216.042345, adsorbateCount: 1, bulkPerAtomEv: -1.9056 };
    const result = available(compute({ ...totals, ion: 'Li' }));
    expectNear(result.value, -1.791067, 1e-9);
    expect(result.parts.wetting).toBe('lithiophilic');
  });

  it.each([
    [-0.1001, 'philic'],
    [-0.1, 'borderline'],
    [0, 'borderline'],
    [0.1, 'borderline'],
    [0.1001, 'phobic'],
  ])('of %f eV is %s', (valueEv, wetting) => {
    expect(available(compute({ adsorptionEnergyAtomEv: valueEv, cohesiveEnergyEv: 0 })).parts.wetting).toBe(wetting);
  });

  it.each([
    [-3.4, 3.3], // the sum is −0.10000000000000009 in binary
    [-1.53, 1.63], // 0.09999999999999987
    [-1.2, 1.3], // 0.10000000000000009
  ])('exactly on the tolerance (%f + %f) is borderline, whatever binary rounding makes of it', (ads, coh) => {
    expect(available(compute({ adsorptionEnergyAtomEv: ads, cohesiveEnergyEv: coh })).parts.wetting).toBe('borderline');
  });

  it('is judged with the given tolerance', () => {
    const result = available(compute({ adsorptionEnergyAtomEv: -1.57, cohesiveEnergyEv: 1.63, toleranceEv: 0.05 }));
    expect(result.parts.wetting).toBe('phobic');
    expect(result.parts.toleranceEv).toBe(0.05);
  });

  it.each([
    ['Li', 'lithiophobic'],
    ['Zn', 'zincophobic'],
    ['Na', 'sodiophobic'],
  ])('is named after the ion %s', (ion, wetting) => {
    const result = available(compute({ adsorptionEnergyAtomEv: -0.9, cohesiveEnergyEv: 1.35, ion }));
    expect(result.parts.wetting).toBe(wetting);
  });

  it('refuses an ion that is no working ion', () => {
    const parsed = nucleationDrivingForce.inputs.safeParse({
      adsorptionEnergyAtomEv: -1,
      cohesiveEnergyEv: 1,
      ion: 'Xe',
    });
    expect(parsed.success).toBe(false);
  });

  it('shifts the potential of the first layer against the metal electrode', () => {
    // SCIENCE §2.3: ZnO(002), z = 1 → 1.77 V; Zn −0.50 eV, z = 2 → 0.25 V.
    const lithium = available(compute({ adsorptionEnergyAtomEv: -3.4, cohesiveEnergyEv: 1.63, chargeNumber: 1 }));
    expectNear(lithium.parts.underpotentialShiftVolt, 1.77, 1e-12);
    const zinc = available(
      compute({ adsorptionEnergyAtomEv: -1.85, cohesiveEnergyEv: 1.35, ion: 'Zn', potentialVolt: 0.1 }),
    );
    expectNear(zinc.parts.underpotentialShiftVolt, 0.25, 1e-12);
    // By hand: −0.50 + 2 · 0.1.
    expectNear(zinc.parts.depositionEnergyEv, -0.3, 1e-12);
    expect(codes(zinc)).toEqual(['W_NO_SOLVATION']);
    expect(zinc.quality).toBe('degraded');
  });

  it('says nothing of potentials unless asked', () => {
    const result = available(compute({ adsorptionEnergyAtomEv: -3.4, cohesiveEnergyEv: 1.63, ion: 'Li' }));
    expect(result.parts).not.toHaveProperty('underpotentialShiftVolt');
    expect(nucleationDrivingForce.inputs.safeParse({ potentialVolt: 0.1 }).success).toBe(false);
  });

  it.each([
    [{}, 'E_REFERENCE_MISSING'],
    [{ adsorptionEnergyAtomEv: -3.4 }, 'E_REFERENCE_MISSING'],
    [{ adsorbedSlabEv: -10, slabEv: -9, adsorbateCount: 1 }, 'E_REFERENCE_MISSING'],
    [{ adsorbedSlabEv: -10, slabEv: -9, adsorbateCount: 0, bulkPerAtomEv: -1 }, 'E_NO_ADSORBATE'],
  ])('from %j is unavailable', (inputs, code) => {
    expect(codes(unavailable(compute(inputs)))).toEqual([code]);
  });

  it('refuses two sources for one value', () => {
    const inputs = { adsorptionEnergyAtomEv: -3.4, cohesiveEnergyEv: 1.63, adsorbedSlabEv: -10, slabEv: -9 };
    expect(nucleationDrivingForce.inputs.safeParse(inputs).success).toBe(false);
  });
});
