/**
 * Energy of an interface from the energies of the two surfaces that it replaces (Dupré's equation, SCIENCE §8).
 *
 * The mistake avoided here: reading a large adhesion as a stable interface. Two surfaces of high energy adhere strongly and
 * can still leave an interface that costs more than either of them.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { real, uncertainty } from './shared/inputs.ts';

const UNIT = 'J/m²';
/** Of a surface energy (§10.5). */
const SURFACE_UNCERTAINTY_J_PER_M2 = 0.05;

const inputs = z.strictObject({
  filmSurfaceJPerM2: real('γ_film', 'J/m²', 'surface energy of the film'),
  substrateSurfaceJPerM2: real('γ_sub', 'J/m²', 'surface energy of the substrate'),
  adhesionJPerM2: real('W', 'J/m²', 'adhesion energy, positive = adheres'),
  surfaceUncertaintyJPerM2: z
    .number()
    .min(0)
    .default(SURFACE_UNCERTAINTY_J_PER_M2)
    .describe('1σ of each of the surface energies'),
  adhesionUncertaintyJPerM2: z.number().min(0).default(0).describe('1σ of the adhesion energy'),
  uncertainty,
});

export const interfaceEnergy: DescriptorDefinition<typeof inputs> = {
  identifier: 'interface-energy',
  version: 1,
  symbol: 'γ_int',
  unit: UNIT,
  title: 'Interface energy from adhesion (Dupré)',
  sign: 'positive = the interface costs energy against both bulks',
  formula: 'γ_int = γ_film + γ_sub − W_ad',
  reference: 'A. Dupré, Théorie mécanique de la chaleur (1869); docs/science.md §8',
  group: 'stability and mechanics',
  better: 'lower',
  inScreening: true,
  aliases: [],
  example: {
    // By hand: 0.55 + 0.90 − 1.248279.
    inputs: { filmSurfaceJPerM2: 0.55, substrateSurfaceJPerM2: 0.9, adhesionJPerM2: 1.248279 },
    prints: '0.201721',
    source: 'arithmetic by hand on the adhesion energy of docs/science.md §8',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const sigma = given.surfaceUncertaintyJPerM2;
  return descriptorResult({
    value: given.filmSurfaceJPerM2 + given.substrateSurfaceJPerM2 - given.adhesionJPerM2,
    unit: UNIT,
    convention: 'Dupré; against both bulks',
    uncertainty: propagated(given.uncertainty, sigma, sigma, given.adhesionUncertaintyJPerM2),
    parts: {},
    issues: [],
  });
}
