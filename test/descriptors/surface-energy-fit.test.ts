import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { surfaceEnergyFit } from '../../descriptors/surface-energy-fit.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';

const compute = (inputs: object) => surfaceEnergyFit.compute(surfaceEnergyFit.inputs.parse(inputs));
// SCIENCE §4.4.
const SERIES = {
  formulaUnits: [4, 6, 8, 10, 12],
  slabEnergiesEv: [-20.052, -30.619, -41.193, -51.76, -62.331],
  areaAngstrom2: 9.144,
};

describe('surface energy from a series of thicknesses', () => {
  it('is the intercept of a line, whose slope is the bulk', () => {
    const { value, parts, uncertainty } = available(compute(SERIES));
    expectNear(value, 0.953702, 5e-7); // SCIENCE §4.4
    expectNear(parts.slopeEv, -5.28495, 5e-9);
    expectNear(parts.interceptEv, 1.0886, 5e-9);
    // numpy.polyfit(cov=True): 0.00028723 eV of the slope, 0.00243721 eV of the intercept, 0.0021351943 J/m².
    expectNear(parts.slopeUncertaintyEv, 0.00028723, 5e-9);
    expectNear(parts.uncertaintyNumeric, 0.0021351943, 1e-9);
    expect(uncertainty).toBe(0.05);
  });

  // Y2Ti2S2O5(001), VASP energies of the surfaxe tutorial; slope and γ from two points in Python with 16.0217662 J/m² per
  // eV/Å² (CODATA 2014); the tutorial itself prints 0.416144, 0.417013 and 0.416804 with 16.02.
  it.each([
    [-193.55188216, -387.84217684, -8.83137703090909, 0.4161898137883448],
    [-193.55099455, -387.84194439, -8.831406810909089, 0.4170593618276831],
    [-193.55142942, -387.84244314, -8.831409714545455, 0.4168502615553978],
  ])('of two real slabs (%f and %f eV) tells what they give, but no value', (thin, thick, slopeEv, expected) => {
    const slabs = { formulaUnits: [22, 44], slabEnergiesEv: [thin, thick], areaAngstrom2: 14.213073420529001 };
    const result = unavailable(compute(slabs));
    expect(codes(result)).toEqual(['E_INPUT']);
    expectNear(result.parts.surfaceEnergyOfTwoJPerM2, expected, 1e-8);
    expectNear(result.parts.slopeEv, slopeEv, 1e-12);
  });

  it('drops the thinnest slab when it has no bulk inside, from four thicknesses on', () => {
    // By hand: an exact line −5.0 eV per unit and 1 eV, but for the first.
    const line = { formulaUnits: [2, 4, 6, 8], areaAngstrom2: 10 };
    const of = (off: number) => compute({ ...line, slabEnergiesEv: [-9 + off, -19, -29, -39] });
    expect(codes(of(0.005))).toEqual([]);
    expect(codes(of(0.0051))).toEqual(['W_THINNEST_DROPPED']);
    expect(codes(of(-0.2))).toEqual(['W_THINNEST_DROPPED']);
    expectNear(available(of(-0.2)).value, (1 / 20) * 16.02176634, 1e-12);
    const three = compute({ formulaUnits: [2, 4, 6], slabEnergiesEv: [-9.2, -19, -29], areaAngstrom2: 10 });
    expect(codes(three)).toEqual([]);
  });

  it('of slabs whose faces differ is the cleavage energy only', () => {
    const result = unavailable(compute({ ...SERIES, symmetric: false }));
    expect(codes(result)).toEqual(['E_POLAR_SINGLE_GAMMA']);
    expectNear(result.parts.cleavageEnergyJPerM2, 2 * 0.953702, 1e-6); // twice SCIENCE §4.4
  });

  it('says when the slope is not the bulk energy given', () => {
    const of = (bulkPerFormulaUnitEv: number) => codes(compute({ ...SERIES, bulkPerFormulaUnitEv }));
    expect(of(-5.285)).toEqual([]); // SCIENCE §4.4: 0.05 meV apart
    expect(of(-5.28495 - 0.005)).toEqual([]);
    expect(of(-5.2901)).toEqual(['W_BULK_INCONSISTENT']);
  });

  it('below −0.05 J/m² is reported', () => {
    const of = (atZeroEv: number) =>
      compute({ formulaUnits: [2, 4, 6], slabEnergiesEv: [2, 4, 6].map((n) => atZeroEv - 5 * n), areaAngstrom2: 10 });
    // By hand: −0.05 J/m² over 2 · 10 Å² is −0.0624 eV.
    expect(codes(of(-0.062))).toEqual([]);
    expect(codes(of(-0.063))).toEqual(['W_NEGATIVE_GAMMA']);
  });

  it('does not depend on the order, on the unit that is counted, nor on a supercell of two', () => {
    // The limit of 5 meV is that of a whole slab: in three cells the 2 meV of the thinnest one here are beyond it.
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 });
    fc.assert(
      fc.property(order, fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 6 }), (places, cells, atoms) => {
        const result = compute({
          formulaUnits: places.map((at) => (SERIES.formulaUnits[at] ?? 0) * cells * atoms),
          slabEnergiesEv: places.map((at) => (SERIES.slabEnergiesEv[at] ?? 0) * cells),
          areaAngstrom2: 9.144 * cells,
        });
        expectNear(available(result).value, 0.953702, 1e-6);
      }),
    );
  });

  it('refuses slabs of one thickness and lists of two lengths', () => {
    const fits = (inputs: object) => surfaceEnergyFit.inputs.safeParse({ areaAngstrom2: 10, ...inputs }).success;
    expect(fits({ formulaUnits: [2, 4], slabEnergiesEv: [-9, -19] })).toBe(true);
    expect(fits({ formulaUnits: [4, 4], slabEnergiesEv: [-19, -19] })).toBe(false);
    expect(fits({ formulaUnits: [2, 4, 6], slabEnergiesEv: [-9, -19] })).toBe(false);
  });
});
