import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hydrogenAdsorptionEnergy } from '../../descriptors/hydrogen-adsorption-energy.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

const compute = (inputs: object) => hydrogenAdsorptionEnergy.compute(hydrogenAdsorptionEnergy.inputs.parse(inputs));
const SLAB = { slabEv: -212.345678, hydrogenMoleculeEv: -6.77 };

describe('adsorption energy of hydrogen', () => {
  it('is counted from half a molecule, per atom', () => {
    // By hand: −3.505 + 3.385.
    const one = available(compute({ ...SLAB, adsorbedSlabEv: -212.345678 - 3.505, adsorbateCount: 1 }));
    expectNear(one.value, -0.12, 1e-9);
    expect([one.unit, one.quality, one.uncertainty]).toEqual(['eV', 'ok', 0.1]);
    // A face with three hydrogens, 0.05 eV weaker each.
    const three = compute({ ...SLAB, adsorbedSlabEv: -212.345678 - 3 * 3.455, adsorbateCount: 3 });
    expectNear(available(three).value, -0.07, 1e-9);
  });

  it('without hydrogen there is none', () => {
    const result = unavailable(compute({ ...SLAB, adsorbedSlabEv: -212.345678, adsorbateCount: 0 }));
    expect(codes(result)).toEqual(['E_NO_ADSORBATE']);
  });

  it('does not change with the zero of the slab energies, nor in a supercell', () => {
    fc.assert(
      fc.property(fc.double({ min: -500, max: 500, noNaN: true }), fc.integer({ min: 1, max: 9 }), (shift, times) => {
        const slabEv = times * (-212 + shift);
        const cell = { slabEv, adsorbedSlabEv: slabEv - times * 3.505, adsorbateCount: times };
        expectNear(available(compute({ ...cell, hydrogenMoleculeEv: -6.77 })).value, -0.12, 1e-9);
      }),
    );
  });
});
