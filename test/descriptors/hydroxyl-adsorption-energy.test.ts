import { describe, expect, it } from 'vitest';
import { hydrogenAdsorptionEnergy } from '../../descriptors/hydrogen-adsorption-energy.ts';
import { hydroxylAdsorptionEnergy } from '../../descriptors/hydroxyl-adsorption-energy.ts';
import { waterAdsorptionEnergy } from '../../descriptors/water-adsorption-energy.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

const compute = (inputs: object) => hydroxylAdsorptionEnergy.compute(hydroxylAdsorptionEnergy.inputs.parse(inputs));
const GAS = { waterMoleculeEv: -14.22, hydrogenMoleculeEv: -6.77 };
const SLAB_EV = -212.345678;

describe('adsorption energy of hydroxyl', () => {
  it('is counted from water less half of H2', () => {
    // By hand: −10.5 + 14.22 − 3.385, per OH of two.
    const result = available(compute({ ...GAS, slabEv: SLAB_EV, adsorbedSlabEv: SLAB_EV - 21, adsorbateCount: 2 }));
    expectNear(result.value, 0.335, 1e-9);
    expect(result.convention).toContain('H₂O − ½H₂');
  });

  it('closes the cycle: H* and OH* from gas water cost as much as H2O* and its splitting', () => {
    const oxide = { slabEv: SLAB_EV, adsorbateCount: 1 };
    const energy = (result: ReturnType<typeof compute>) => available(result).value;
    const hydrogen = hydrogenAdsorptionEnergy.compute({
      ...oxide,
      adsorbedSlabEv: SLAB_EV - 3.9,
      hydrogenMoleculeEv: -6.77,
    });
    const hydroxyl = compute({ ...oxide, ...GAS, adsorbedSlabEv: SLAB_EV - 10.9 });
    const water = waterAdsorptionEnergy.compute({ ...oxide, adsorbedSlabEv: SLAB_EV - 14.6, waterMoleculeEv: -14.22 });
    // By hand: the splitting H2O* → H* + OH* (each on its own slab) is −3.9 − 10.9 + 14.6 = −0.2.
    expectNear(energy(hydrogen) + energy(hydroxyl) - energy(water), -0.2, 1e-9);
  });

  it('without hydroxyl there is none', () => {
    const result = compute({ ...GAS, slabEv: SLAB_EV, adsorbedSlabEv: SLAB_EV, adsorbateCount: 0 });
    expect(codes(unavailable(result))).toEqual(['E_NO_ADSORBATE']);
  });
});
