/**
 * Cleavage energy: what it costs to make both faces of a cut together (SCIENCE §4.3). For a slab whose two faces differ
 * it is the only energy that is defined.
 *
 * The mistakes avoided here: halving it into "the" surface energy of a polar slab, and dividing two complementary slabs,
 * which have each of their terminations twice, by A instead of 2A.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { issue } from '../model/issues.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { positive, real, uncertainty } from './shared/inputs.ts';
import { jPerM2, SURFACE_UNCERTAINTY_J_PER_M2, SURFACE_UNIT, surfaceExcessEv } from './shared/surface-excess.ts';

/** Two faces of one functional: their errors point the same way and add up. */
const DEFAULT_UNCERTAINTY_J_PER_M2 = 2 * SURFACE_UNCERTAINTY_J_PER_M2;

const inputs = z.strictObject({
  slabEv: real('E_A', 'eV', 'stoichiometric slab with both terminations, or symmetric slab with the first one'),
  complementarySlabEv: real('E_B', 'eV', 'symmetric slab with the other termination').optional(),
  bulkPerFormulaUnitEv: real('E_b', 'eV', 'bulk, per formula unit'),
  formulaUnits: positive('N', '', 'formula units in the slab (in both together, with complementarySlabEv)'),
  areaAngstrom2: positive('A', 'Å²', 'in-plane area of the cell, one face'),
  uncertainty,
});

export const cleavageEnergy: DescriptorDefinition<typeof inputs> = {
  identifier: 'cleavage-energy',
  version: 1,
  symbol: 'E_cl',
  unit: SURFACE_UNIT,
  title: 'Cleavage energy: both terminations of a cut together',
  sign: 'positive = separating the crystal costs energy',
  formula: 'E_cl = γ_A + γ_B = (E_A − N·E_b)/A; two symmetric slabs: E_cl = (E_A + E_B − N·E_b)/(2A)',
  reference: 'docs/science.md §4.3',
  group: 'surface',
  better: 'lower',
  inScreening: true,
  defaultUncertainty: DEFAULT_UNCERTAINTY_J_PER_M2,
  aliases: [],
  example: {
    inputs: {
      slabEv: -210.4,
      complementarySlabEv: -198.7,
      bulkPerFormulaUnitEv: -10.4325,
      formulaUnits: 40,
      areaAngstrom2: 36.576,
    },
    prints: '1.795966',
    source: 'docs/science.md §4.3',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { slabEv, complementarySlabEv, areaAngstrom2 } = given;
  const isPair = complementarySlabEv !== undefined;
  const excessEv = surfaceExcessEv(given, slabEv + (complementarySlabEv ?? 0));
  const cleavageEv = excessEv / (isPair ? 2 * areaAngstrom2 : areaAngstrom2);
  const valueJPerM2 = jPerM2(cleavageEv);
  return descriptorResult({
    value: valueJPerM2,
    unit: SURFACE_UNIT,
    convention: `slabs: ${isPair ? 'two with complementary terminations' : 'one with both terminations'}; energy: sigma0`,
    uncertainty: uncertaintyOf(given.uncertainty, DEFAULT_UNCERTAINTY_J_PER_M2),
    parts: { cleavageEnergyEvPerAngstrom2: cleavageEv, meanOfBothFacesJPerM2: valueJPerM2 / 2 },
    // As of a surface energy, for each of the two faces (§4.3).
    issues: valueJPerM2 < -0.1 ? [issue('W_NEGATIVE_GAMMA', { valueJPerM2 })] : [],
  });
}
