/**
 * Surface energy of a non-stoichiometric slab against the chemical potential of its anion: a line, not a number
 * (SCIENCE §4.3).
 *
 * The mistake avoided here: one γ for a slab with missing or additional anions, without a word about the gas or the salt
 * that they went to or came from.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { issue } from '../model/issues.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { positive, real, told, uncertainty } from './shared/inputs.ts';
import { jPerM2, SURFACE_UNCERTAINTY_J_PER_M2, SURFACE_UNIT, surfaceExcessEv } from './shared/surface-excess.ts';

const inputs = z.strictObject({
  slabEv: real('E_slab', 'eV', 'symmetric slab'),
  bulkPerFormulaUnitEv: real('g', 'eV', 'bulk, per formula unit'),
  formulaUnits: positive('n_M', '', 'formula units that the cations of the slab make'),
  missingAnions: real('n', '', 'n_M − n_X: anions that these formula units would have more than the slab').default(0),
  anionReferenceEv: real('E_X', 'eV', 'energy of the anion in its element: ½E(X₂)'),
  areaAngstrom2: positive('A', 'Å²', 'in-plane area of the cell, one face'),
  formationEnergyEv: told(
    z.number().max(0),
    'ΔH_f',
    'eV',
    'energy of formation per anion: the lower end of the range of Δμ',
  ).optional(),
  chemicalPotentialsEv: z
    .array(z.number())
    .readonly()
    .optional()
    .describe('values of Δμ at which γ is asked for, beside both ends of the range (eV)'),
  uncertainty,
});

export const surfaceEnergyRange: DescriptorDefinition<typeof inputs> = {
  identifier: 'surface-energy-range',
  version: 1,
  symbol: 'γ(0)',
  unit: SURFACE_UNIT,
  title: 'Surface energy of a non-stoichiometric slab as a line in the chemical potential of its anion',
  sign: 'positive = creating the surface costs energy; Δμ = 0 is the anion-rich end',
  formula: 'γ(Δμ) = [E_slab − n_M·g + n(E_X + Δμ)]/(2A), ΔH_f ≤ Δμ ≤ 0; the value is γ(0)',
  reference: 'Reuter & Scheffler, Phys. Rev. B 65, 035406 (2001); docs/science.md §4.3',
  group: 'surface',
  better: 'lower',
  inScreening: false,
  defaultUncertainty: SURFACE_UNCERTAINTY_J_PER_M2,
  aliases: [],
  example: {
    inputs: {
      slabEv: -105.2,
      bulkPerFormulaUnitEv: -9.05,
      formulaUnits: 13,
      missingAnions: 1,
      anionReferenceEv: -4.93,
      areaAngstrom2: 36.576,
      formationEnergyEv: -3,
    },
    prints: '1.647032',
    parts: { atLowestPotentialJPerM2: '0.989971' },
    source: 'docs/science.md §4.3',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { formationEnergyEv, chemicalPotentialsEv, areaAngstrom2, missingAnions } = given;
  const gammaJPerM2 = (deltaMuEv: number): number => {
    const cut = { ...given, anionChemicalPotentialEv: given.anionReferenceEv + deltaMuEv };
    return jPerM2(surfaceExcessEv(cut, given.slabEv) / (2 * areaAngstrom2));
  };
  const atZero = gammaJPerM2(0);
  const atLowest = formationEnergyEv === undefined ? undefined : gammaJPerM2(formationEnergyEv);
  const lowest = Math.min(atZero, atLowest ?? atZero);
  return descriptorResult({
    value: atZero,
    unit: SURFACE_UNIT,
    convention: 'Δμ = 0: in equilibrium with the element of the anion; energy: sigma0; area: 2A',
    uncertainty: uncertaintyOf(given.uncertainty, SURFACE_UNCERTAINTY_J_PER_M2),
    parts: {
      interceptJPerM2: atZero,
      slopeJPerM2PerEv: jPerM2(missingAnions / (2 * areaAngstrom2)),
      atLowestPotentialJPerM2: atLowest,
      lowestPotentialEv: formationEnergyEv,
      line: chemicalPotentialsEv?.map((deltaMuEv) => ({
        chemicalPotentialEv: deltaMuEv,
        surfaceEnergyJPerM2: gammaJPerM2(deltaMuEv),
      })),
    },
    issues: lowest < -0.05 ? [issue('W_NEGATIVE_GAMMA', { valueJPerM2: lowest })] : [],
  });
}
