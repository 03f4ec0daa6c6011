/**
 * Cohesive energy of the metal: the free atom above the bulk (SCIENCE §1.9).
 *
 * The mistake avoided here: a cohesive energy from an atom without spin polarisation, which is too small by several tenths
 * of an eV for Li and shifts every value relative to the bulk.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { count, real, uncertainty } from './shared/inputs.ts';

const UNIT = 'eV';
/** GGA against experiment for simple metals. */
const DEFAULT_UNCERTAINTY_EV = 0.1;

const inputs = z.strictObject({
  atomEv: real('E_atom', 'eV', 'energy of the isolated atom, spin-polarised, in a box'),
  bulkEv: real('E_bulk', 'eV', 'energy of the bulk cell'),
  bulkAtoms: count('N', 'atoms in the bulk cell').default(1),
  uncertainty,
});

export const cohesiveEnergy: DescriptorDefinition<typeof inputs> = {
  identifier: 'cohesive-energy',
  version: 1,
  symbol: 'E_coh',
  unit: UNIT,
  title: 'Cohesive energy of the metal, per atom',
  sign: 'positive = the bulk is bound',
  formula: 'E_coh = E_atom − E_bulk/N',
  reference: 'experiment (Kittel): Li 1.63, Zn 1.35 eV per atom; docs/science.md §1.9',
  group: 'adsorption',
  better: 'none',
  inScreening: false,
  defaultUncertainty: DEFAULT_UNCERTAINTY_EV,
  aliases: [],
  example: {
    inputs: { atomEv: -0.2971, bulkEv: -1.9056, bulkAtoms: 1 },
    prints: '1.608500',
    source: 'docs/science.md §1.9',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  return descriptorResult({
    value: given.atomEv - given.bulkEv / given.bulkAtoms,
    unit: UNIT,
    convention: 'per atom; positive = bound',
    uncertainty: uncertaintyOf(given.uncertainty, DEFAULT_UNCERTAINTY_EV),
    parts: {},
    issues: [],
  });
}
