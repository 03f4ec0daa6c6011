/**
 * Aggregation energy of two adatoms: together on one slab against one on each of two (SCIENCE §2.5).
 *
 * The mistake avoided here: reading a strong binding energy as even growth, although the adatoms gain more from each other
 * than from the facet and grow as clusters.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { real, uncertainty } from './shared/inputs.ts';

const UNIT = 'eV';
const DEFAULT_UNCERTAINTY_EV = 0.1;

const inputs = z.strictObject({
  pairEv: real('E_2A', 'eV', 'slab with two adatoms beside each other'),
  singleEv: real('E_A', 'eV', 'the same slab with one'),
  slabEv: real('E_slab', 'eV', 'the clean slab'),
  uncertainty,
});

export const aggregationEnergy: DescriptorDefinition<typeof inputs> = {
  identifier: 'aggregation-energy',
  version: 1,
  symbol: 'ΔE_agg',
  unit: UNIT,
  title: 'Aggregation energy of two adatoms',
  sign: 'negative = adatoms cluster',
  formula: 'ΔE_agg = E(2A) + E(slab) − 2E(A)',
  reference: 'docs/science.md §2.5',
  group: 'adsorption',
  better: 'higher',
  inScreening: true,
  defaultUncertainty: DEFAULT_UNCERTAINTY_EV,
  aliases: [],
  example: {
    // By hand: −219.7 − 212.345678 + 2·216.042345 = 0.039012.
    inputs: { pairEv: -219.7, singleEv: -216.042345, slabEv: -212.345678 },
    prints: '0.039012',
    source: 'arithmetic by hand on the slab of docs/science.md §2.1',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const value = given.pairEv + given.slabEv - 2 * given.singleEv;
  return descriptorResult({
    value,
    unit: UNIT,
    convention: 'per pair; negative = clusters',
    uncertainty: uncertaintyOf(given.uncertainty, DEFAULT_UNCERTAINTY_EV),
    parts: { growth: value < 0 ? 'clusters' : 'apart' },
    issues: [],
  });
}
