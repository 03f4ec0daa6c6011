import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { surfaceEnergyRange } from '../../descriptors/surface-energy-range.ts';
import { expectNear } from '../near.ts';
import { available, codes } from './descriptor-cases.ts';

const compute = (inputs: object) => available(surfaceEnergyRange.compute(surfaceEnergyRange.inputs.parse(inputs)));
// SCIENCE §4.3: Zn13O12.
const SLAB = {
  slabEv: -105.2,
  bulkPerFormulaUnitEv: -9.05,
  formulaUnits: 13,
  missingAnions: 1,
  anionReferenceEv: -4.93,
  areaAngstrom2: 36.576,
  formationEnergyEv: -3,
};

describe('surface energy of a slab that lacks anions', () => {
  it('is a line: given at Δμ = 0, at ΔH_f and where it is asked for', () => {
    const { value, parts } = compute({ ...SLAB, chemicalPotentialsEv: [0, -1, -3] });
    expectNear(value, 1.647032, 5e-7); // SCIENCE §4.3
    expectNear(parts.interceptJPerM2, 1.647032, 5e-7);
    expectNear(parts.atLowestPotentialJPerM2, 0.989971, 5e-7);
    const line = parts.line as readonly { readonly surfaceEnergyJPerM2: number }[]; // as defined
    for (const [at, expected] of [1.647032, 1.428012, 0.989971].entries()) {
      expectNear(line[at]?.surfaceEnergyJPerM2, expected, 5e-7);
    }
    // By hand: 1.647032 − 1.428012 per eV.
    expectNear(parts.slopeJPerM2PerEv, 0.21902, 1e-6);
  });

  it('falls towards poor conditions, and rises for a slab with anions too many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.double({ min: -4, max: -0.01, noNaN: true }), (n, lowest) => {
        const of = (missingAnions: number) => compute({ ...SLAB, missingAnions, formationEnergyEv: lowest });
        expect(Number(of(n).parts.atLowestPotentialJPerM2)).toBeLessThan(of(n).value);
        expect(Number(of(-n).parts.atLowestPotentialJPerM2)).toBeGreaterThan(of(-n).value);
      }),
    );
  });

  it('of a stoichiometric slab does not depend on the anion', () => {
    // SCIENCE §4.3: γ_unrel.
    const slab = { slabEv: -158.9, bulkPerFormulaUnitEv: -10.152, formulaUnits: 16, areaAngstrom2: 36.58 };
    const { value, parts } = compute({ ...slab, anionReferenceEv: -4.93, formationEnergyEv: -3 });
    expectNear(value, 0.7734948, 1e-7);
    expect([parts.slopeJPerM2PerEv, parts.atLowestPotentialJPerM2]).toEqual([0, value]);
  });

  it('says when it is negative anywhere in the range', () => {
    // By hand: −1 eV over 2 · 36.576 Å² is −0.219 J/m²: the line crosses −0.05 J/m² near Δμ = −7.75 eV.
    expect(codes(compute({ ...SLAB, formationEnergyEv: -7.7 }))).toEqual([]);
    expect(codes(compute({ ...SLAB, formationEnergyEv: -7.8 }))).toEqual(['W_NEGATIVE_GAMMA']);
  });

  it('refuses an energy of formation above zero: a compound that does not form has no range', () => {
    expect(surfaceEnergyRange.inputs.safeParse({ ...SLAB, formationEnergyEv: 0.2 }).success).toBe(false);
  });
});
