import { describe, expect, it } from 'vitest';
import { waterAdsorptionEnergy } from '../../descriptors/water-adsorption-energy.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

const compute = (inputs: object) => waterAdsorptionEnergy.compute(waterAdsorptionEnergy.inputs.parse(inputs));
const TWO = { adsorbedSlabEv: -241.185678, slabEv: -212.345678, adsorbateCount: 2, waterMoleculeEv: -14.22 };

describe('adsorption energy of water', () => {
  it('is counted per molecule from the gas', () => {
    // By hand: −28.84/2 + 14.22.
    const result = available(compute(TWO));
    expectNear(result.value, -0.2, 1e-9);
    expect([result.uncertainty, codes(result)]).toEqual([0.1, []]);
  });

  it('without dispersion is degraded', () => {
    expect(codes(compute({ ...TWO, dispersion: false }))).toEqual(['W_NO_DISPERSION']);
    expect(codes(compute({ ...TWO, dispersion: true }))).toEqual([]);
  });

  it('without water there is none', () => {
    expect(codes(unavailable(compute({ ...TWO, adsorbateCount: 0 })))).toEqual(['E_NO_ADSORBATE']);
  });
});
