/**
 * One adsorption energy for a facet that has two terminations (SCIENCE §2.7, §13.9).
 *
 * The mistake avoided here: a paper's "ZnO(002)" is the O face or the Zn face, and their energies differ by more than those
 * of two facets. What stands for the facet is stated, and both values stay beside it.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { uncertainty } from './shared/inputs.ts';

const UNIT = 'eV';
const DEFAULT_UNCERTAINTY_EV = 0.1;

const terminationSchema = z.strictObject({ termination: z.string().min(1), energyEv: z.number() });

const inputs = z
  .strictObject({
    terminations: z
      .array(terminationSchema)
      .min(1)
      .readonly()
      .describe('adsorption energy on each termination, all against the same reference'),
    policy: z
      .enum(['best', 'mean', 'explicit'])
      .default('best')
      .describe('best: the most negative; mean: over the terminations; explicit: the one that is stated'),
    termination: z.string().optional().describe('for the policy explicit'),
    uncertainty,
  })
  .refine(({ policy, termination }) => (policy === 'explicit') === (termination !== undefined), {
    error: 'termination goes with the policy explicit',
  });

type Inputs = z.output<typeof inputs>;

export const facetAdsorptionEnergy: DescriptorDefinition<typeof inputs> = {
  identifier: 'facet-adsorption-energy',
  version: 1,
  symbol: 'E_ads,facet',
  unit: UNIT,
  title: 'Adsorption energy of a facet over its terminations',
  sign: 'negative = bound',
  formula: 'E_ads,facet = min E_ads(t) over the terminations t, their mean, or that of a stated one',
  reference: 'docs/science.md §2.7',
  group: 'adsorption',
  better: 'profile',
  inScreening: true,
  defaultUncertainty: DEFAULT_UNCERTAINTY_EV,
  aliases: [],
  example: {
    inputs: {
      terminations: [
        { termination: 'O', energyEv: -3.4 },
        { termination: 'Zn', energyEv: -1.2 },
      ],
      policy: 'mean',
    },
    prints: '-2.3',
    parts: { spreadEv: '2.2' },
    source: 'arithmetic by hand on invented energies; the policies of docs/science.md §2.7',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const energies = given.terminations.map(({ energyEv }) => energyEv);
  return descriptorResult({
    value: energyOver(given),
    unit: UNIT,
    convention: `terminations: ${given.policy}${given.termination === undefined ? '' : ` (${given.termination})`}; negative = bound`,
    uncertainty: uncertaintyOf(given.uncertainty, DEFAULT_UNCERTAINTY_EV),
    parts: {
      policy: given.policy,
      termination: given.termination,
      terminations: given.terminations,
      ...(energies.length > 1 && { spreadEv: Math.max(...energies) - Math.min(...energies) }),
    },
    issues: missing(given),
  });
}

function energyOver({ terminations, policy, termination }: Inputs): number | undefined {
  const energies = terminations.map(({ energyEv }) => energyEv);
  if (policy === 'best') return Math.min(...energies);
  if (policy === 'mean') return energies.reduce((sum, energy) => sum + energy, 0) / energies.length;
  return terminations.find((entry) => entry.termination === termination)?.energyEv;
}

function missing(given: Inputs): Issue[] {
  if (energyOver(given) !== undefined) return [];
  const known = given.terminations.map(({ termination }) => termination).join(', ');
  return [issue('E_INPUT', { input: 'termination', reason: `no ${given.termination} among ${known}` })];
}
