/**
 * Surface energy of a slab (SCIENCE §4.3).
 *
 * The mistakes avoided here: dividing by A instead of 2A; giving one γ for a slab whose two faces differ, where only
 * their sum (the cleavage energy) is defined; and spreading the relaxation of one free face over both faces when the
 * other one is fixed.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { positive, real } from './shared/inputs.ts';
import { jPerM2, SURFACE_UNCERTAINTY_J_PER_M2, SURFACE_UNIT, surfaceExcessEv } from './shared/surface-excess.ts';

/** A little below zero can be numerical; a surface that forms by itself is an error of the references (§4.3). */
const LOWEST_PLAUSIBLE_J_PER_M2 = -0.05;

const inputs = z
  .strictObject({
    slabEv: real('E_slab', 'eV', 'relaxed slab'),
    bulkPerFormulaUnitEv: real('E_b', 'eV', 'bulk, per formula unit (any unit, the same as formulaUnits counts)'),
    formulaUnits: positive('N', '', 'formula units in the slab (in both, with complementarySlabEv)'),
    areaAngstrom2: positive('A', 'Å²', 'in-plane area of the cell, one face'),
    symmetric: z.boolean().optional().describe('whether both faces are equivalent; leave out when not known'),
    unrelaxedSlabEv: real(
      'E_unrel',
      'eV',
      'the slab as cut from the bulk, when one face is fixed and only the other relaxes',
    ).optional(),
    complementarySlabEv: real(
      'E_B',
      'eV',
      'second symmetric slab with the complementary termination: only the cleavage energy is defined',
    ).optional(),
    missingAnions: real('n', '', 'n_M − n_X of a non-stoichiometric MX slab (formulaUnits is n_M)').optional(),
    anionChemicalPotentialEv: real('μ_X', 'eV', '½E(X₂) + Δμ_X, with missingAnions').optional(),
    uncertaintyJPerM2: z.number().positive().optional().describe('1σ of the value'),
  })
  .refine(
    (given) => (given.missingAnions === undefined) === (given.anionChemicalPotentialEv === undefined),
    'missingAnions and anionChemicalPotentialEv go together',
  );

type Inputs = z.output<typeof inputs>;

export const surfaceEnergy: DescriptorDefinition<typeof inputs> = {
  identifier: 'surface-energy',
  version: 1,
  symbol: 'γ',
  unit: SURFACE_UNIT,
  title: 'Surface energy of a symmetric slab',
  sign: 'positive = creating the surface costs energy',
  formula:
    'γ = (E_slab − N·E_b)/(2A); one face fixed: γ_rel = (E_unrel − N·E_b)/(2A) + (E_rel − E_unrel)/A; ' +
    'MX: γ(Δμ_X) = [E_slab − n_M·g_MX + (n_M − n_X)(½E_X2 + Δμ_X)]/(2A)',
  reference: 'Fiorentini & Methfessel, J. Phys. Condens. Matter 8, 6525 (1996); docs/science.md §4.3',
  group: 'surface',
  better: 'lower',
  inScreening: true,
  defaultUncertainty: SURFACE_UNCERTAINTY_J_PER_M2,
  aliases: [],
  example: {
    inputs: {
      slabEv: -159.4,
      unrelaxedSlabEv: -158.9,
      bulkPerFormulaUnitEv: -10.152,
      formulaUnits: 16,
      areaAngstrom2: 36.58,
      symmetric: true,
    },
    prints: '0.5544985',
    parts: { unrelaxedSurfaceEnergyJPerM2: '0.7734948' },
    source: 'docs/science.md §4.3',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const singleFace = given.symmetric !== false && given.complementarySlabEv === undefined;
  const gammaEv = singleFace ? gammaEvPerAngstrom2(given) : undefined;
  const valueJPerM2 = gammaEv === undefined ? undefined : jPerM2(gammaEv);
  return descriptorResult({
    value: valueJPerM2,
    unit: SURFACE_UNIT,
    convention: `faces: ${given.unrelaxedSlabEv === undefined ? 'both alike' : 'one fixed'}; energy: sigma0; area: 2A`,
    uncertainty: uncertaintyOf(given.uncertaintyJPerM2, SURFACE_UNCERTAINTY_J_PER_M2),
    parts: {
      surfaceEnergyEvPerAngstrom2: gammaEv,
      unrelaxedSurfaceEnergyJPerM2: singleFace ? unrelaxedJPerM2(given) : undefined,
      cleavageEnergyJPerM2: singleFace ? undefined : jPerM2(cleavageEvPerAngstrom2(given)),
    },
    issues: [
      ...(singleFace ? [] : [issue('E_POLAR_SINGLE_GAMMA', {})]),
      ...(singleFace && given.symmetric === undefined
        ? [issue('W_SYMMETRY_UNKNOWN', { reason: 'no symmetry of the slab is stated' })]
        : []),
      ...negative(valueJPerM2),
    ],
  });
}

function gammaEvPerAngstrom2(given: Inputs): number {
  const { unrelaxedSlabEv, slabEv, areaAngstrom2 } = given;
  if (unrelaxedSlabEv === undefined) return surfaceExcessEv(given, slabEv) / (2 * areaAngstrom2);
  return surfaceExcessEv(given, unrelaxedSlabEv) / (2 * areaAngstrom2) + (slabEv - unrelaxedSlabEv) / areaAngstrom2;
}

function unrelaxedJPerM2(given: Inputs): number | undefined {
  if (given.unrelaxedSlabEv === undefined) return undefined;
  return jPerM2(surfaceExcessEv(given, given.unrelaxedSlabEv) / (2 * given.areaAngstrom2));
}

/** γ_A + γ_B: from one slab with both terminations, or from two symmetric slabs with one each. */
function cleavageEvPerAngstrom2(given: Inputs): number {
  if (given.complementarySlabEv === undefined) return surfaceExcessEv(given, given.slabEv) / given.areaAngstrom2;
  return surfaceExcessEv(given, given.slabEv + given.complementarySlabEv) / (2 * given.areaAngstrom2);
}

function negative(valueJPerM2: number | undefined): Issue[] {
  if (valueJPerM2 === undefined || valueJPerM2 >= LOWEST_PLAUSIBLE_J_PER_M2) return [];
  return [issue('W_NEGATIVE_GAMMA', { valueJPerM2 })];
}
