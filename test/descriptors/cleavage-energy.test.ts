import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleavageEnergy } from '../../descriptors/cleavage-energy.ts';
import { expectNear } from '../near.ts';
import { available, codes } from './descriptor-cases.ts';

const compute = (inputs: object) => available(cleavageEnergy.compute(cleavageEnergy.inputs.parse(inputs)));
// SCIENCE §4.3: N·E_b = −417.30 eV, A = 36.576 Å².
const CUT = { bulkPerFormulaUnitEv: -417.3 / 40, formulaUnits: 40, areaAngstrom2: 36.576 };

describe('cleavage energy', () => {
  it('of two complementary slabs, each of which has its termination twice, is shared by 2A', () => {
    const result = compute({ ...CUT, slabEv: -210.4, complementarySlabEv: -198.7 });
    expectNear(result.value, 1.795966, 5e-7); // SCIENCE §4.3
    expectNear(result.parts.meanOfBothFacesJPerM2, 1.795966 / 2, 5e-7);
  });

  it('of one stoichiometric slab is shared by A', () => {
    // By hand: the excess of 8.2 eV above in one slab is twice the energy per face.
    expectNear(compute({ ...CUT, slabEv: -409.1 }).value, 2 * 1.795966, 1e-6);
  });

  it('is twice the surface energy where both faces are alike', () => {
    // SCIENCE §4.3: γ_unrel 0.7734948 J/m² from −158.9, −162.432 eV and 36.58 Å².
    const slab = { slabEv: -158.9, bulkPerFormulaUnitEv: -10.152, formulaUnits: 16, areaAngstrom2: 36.58 };
    expectNear(compute(slab).value, 2 * 0.7734948, 1e-7);
  });

  it('below zero is reported as an error of the references', () => {
    // By hand: −0.1 J/m² is −0.228288 eV for one slab of this area (−0.1 · 36.576 / 16.02176634).
    expect(codes(compute({ ...CUT, slabEv: -417.3 - 0.228 }))).toEqual([]);
    expect(codes(compute({ ...CUT, slabEv: -417.3 - 0.229 }))).toEqual(['W_NEGATIVE_GAMMA']);
  });

  it('carries the errors of two faces unless another is given', () => {
    expect(compute({ ...CUT, slabEv: -410 }).uncertainty).toBe(0.1); // twice 0.05 of SCIENCE §10.5
    expect(compute({ ...CUT, slabEv: -410, uncertainty: 0.02 }).uncertainty).toBe(0.02);
  });

  it('does not change with an in-plane supercell, nor with the thickness of the slab', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 50 }), (times, more) => {
        const formulaUnits = (40 + more) * times;
        const slabEv = (-409.1 + more * CUT.bulkPerFormulaUnitEv) * times;
        expectNear(compute({ ...CUT, slabEv, formulaUnits, areaAngstrom2: 36.576 * times }).value, 3.591932, 1e-6);
      }),
    );
  });

  it('refuses an area of zero', () => {
    expect(cleavageEnergy.inputs.safeParse({ ...CUT, slabEv: -1, areaAngstrom2: 0 }).success).toBe(false);
  });
});
