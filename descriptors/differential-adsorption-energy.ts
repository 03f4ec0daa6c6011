/**
 * Differential adsorption energy: what the n-th adatom gains on a slab that carries n − 1 already (SCIENCE §2.5).
 *
 * The mistake avoided here: the mean over all adatoms of a dense layer hides that the last one is not bound any more.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { descriptorResult, uncertaintyOf } from './shared/descriptor-result.ts';
import { count, real, uncertainty } from './shared/inputs.ts';

const UNIT = 'eV';
const DEFAULT_UNCERTAINTY_EV = 0.1;

const inputs = z.strictObject({
  moreEv: real('E_n', 'eV', 'slab with n adsorbates'),
  fewerEv: real('E_m', 'eV', 'the same slab with m < n adsorbates'),
  addedCount: count('Δn', 'adsorbates added, n − m').default(1),
  referenceEv: real('μ', 'eV', 'one adsorbate in its reference: the free atom, or the bulk per atom'),
  uncertainty,
});

export const differentialAdsorptionEnergy: DescriptorDefinition<typeof inputs> = {
  identifier: 'differential-adsorption-energy',
  version: 1,
  symbol: 'E_diff',
  unit: UNIT,
  title: 'Differential adsorption energy: the next adatom on a slab that carries some',
  sign: 'negative = the next one is bound',
  formula: 'E_diff = [E(n) − E(m)]/(n − m) − μ_A',
  reference: 'definition as usual for coverage-dependent adsorption; docs/science.md §2.5',
  group: 'adsorption',
  better: 'none',
  inScreening: true,
  defaultUncertainty: DEFAULT_UNCERTAINTY_EV,
  aliases: [],
  example: {
    // By hand: (−219.7 + 216.042345) − (−0.2971) = −3.360555.
    inputs: { moreEv: -219.7, fewerEv: -216.042345, referenceEv: -0.2971 },
    prints: '-3.360555',
    source: 'arithmetic by hand on the slab of docs/science.md §2.1',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  return descriptorResult({
    value: (given.moreEv - given.fewerEv) / given.addedCount - given.referenceEv,
    unit: UNIT,
    convention: 'per added adsorbate; negative = bound',
    uncertainty: uncertaintyOf(given.uncertainty, DEFAULT_UNCERTAINTY_EV),
    parts: {},
    issues: [],
  });
}
