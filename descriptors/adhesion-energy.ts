/**
 * Adhesion energy of an interface: film and substrate apart against both together (SCIENCE §8).
 *
 * The mistakes avoided here: film or substrate alone in its own lattice instead of that of the interface, which adds the
 * strain energy of the whole film to the adhesion; a periodic sandwich with two interfaces counted as one; and the work of
 * separation (frozen atoms) under the name of the adhesion of relaxed ones.
 */
import { z } from 'zod';
import { JOULE_PER_M2_PER_EV_PER_ANGSTROM2 } from '../model/constants.ts';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, propagated, uncertaintyOf } from './shared/descriptor-result.ts';
import { positive, real, told, uncertainty } from './shared/inputs.ts';

const UNIT = 'J/m²';
/** Of the lattice alone against that in the interface: the error of a lattice mismatch (§10.5). */
const SAME_STRAIN_FRACTION = 1e-3;
/** As of a surface energy (§10.5): both are the difference of slabs over their area. */
const DEFAULT_UNCERTAINTY_J_PER_M2 = 0.05;

const inputs = z.strictObject({
  filmEv: real('E_film', 'eV', 'the film alone, in the plane cell of the interface'),
  substrateEv: real('E_sub', 'eV', 'the substrate alone, in the same cell'),
  interfaceEv: real('E_int', 'eV', 'both together'),
  areaAngstrom2: positive('A', 'Å²', 'in-plane area of the cell'),
  interfaces: told(
    z.int().min(1).max(2),
    'm',
    '',
    'interfaces in the cell: 1 of a slab with vacuum, 2 of a periodic sandwich',
  ).default(1),
  convention: z
    .enum(['relaxed', 'rigid'])
    .default('relaxed')
    .describe('rigid: the parts stay as they are in the interface, which gives the work of separation'),
  filmStrainFraction: z
    .number()
    .default(0)
    .describe('strain that the film alone would still need to fit the cell of the interface'),
  substrateStrainFraction: z.number().default(0).describe('the same of the substrate'),
  energyUncertaintyEv: z.number().positive().optional().describe('1σ of each of the three energies'),
  uncertainty,
});

type Inputs = z.output<typeof inputs>;

export const adhesionEnergy: DescriptorDefinition<typeof inputs> = {
  identifier: 'adhesion-energy',
  version: 1,
  symbol: 'W_ad',
  unit: UNIT,
  title: 'Adhesion energy of an interface',
  sign: 'positive = film and substrate adhere',
  formula: 'W_ad = (E_film + E_sub − E_int)/(m·A)',
  reference: 'M. W. Finnis, J. Phys. Condens. Matter 8, 5811 (1996); docs/science.md §8',
  group: 'stability and mechanics',
  better: 'higher',
  inScreening: true,
  defaultUncertainty: DEFAULT_UNCERTAINTY_J_PER_M2,
  aliases: [],
  example: {
    inputs: { filmEv: -120.5, substrateEv: -98.3, interfaceEv: -221.65, areaAngstrom2: 36.58 },
    prints: '1.248279',
    source: 'docs/science.md §8',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const { interfaces, convention } = given;
  const perEv = JOULE_PER_M2_PER_EV_PER_ANGSTROM2 / (interfaces * given.areaAngstrom2);
  const gainEv = given.filmEv + given.substrateEv - given.interfaceEv;
  const sigma = perEv * (given.energyUncertaintyEv ?? 0);
  return descriptorResult({
    value: gainEv * perEv,
    unit: UNIT,
    convention: `${convention}; ${interfaces === 1 ? 'one interface' : 'two interfaces'} in the cell; positive = adheres`,
    uncertainty:
      sigma > 0
        ? propagated(given.uncertainty, sigma, sigma, sigma)
        : uncertaintyOf(given.uncertainty, DEFAULT_UNCERTAINTY_J_PER_M2),
    parts: {
      adhesionEnergyEvPerAngstrom2: gainEv / (interfaces * given.areaAngstrom2),
      adhesionConvention: convention,
    },
    issues: [...strained('film', given.filmStrainFraction), ...strained('substrate', given.substrateStrainFraction)],
  });
}

function strained(part: string, strainFraction: number): Issue[] {
  return Math.abs(strainFraction) <= SAME_STRAIN_FRACTION
    ? []
    : [issue('W_STRAIN_REFERENCE', { part: `the ${part}`, strainFraction })];
}
