/**
 * The adsorption energy of a polar facet over its terminations, by the policy of a profile (SCIENCE §2.7). A screening
 * tells the best one; another policy needs no more than the terminations that stand in its parts.
 *
 * The mistake avoided here: a termination that a facet does not have, taken for the best one: its energy is missing then.
 */
import { facetAdsorptionEnergy } from '../descriptors/facet-adsorption-energy.ts';
import { type DescriptorResult, qualityOf } from '../model/descriptor.ts';
import { distinctIssues } from '../model/issues.ts';
import type { Profile } from '../model/profile.ts';
import type { Candidate } from '../model/system.ts';

export function withTerminationPolicy(
  candidate: Candidate,
  { terminationPolicy }: Pick<Profile, 'terminationPolicy'>,
): Candidate {
  const result = candidate.descriptors['facet-adsorption-energy'];
  if (terminationPolicy === 'best' || result?.available !== true) return candidate;
  const policy =
    terminationPolicy === 'mean' ? { policy: 'mean' } : { policy: 'explicit', termination: terminationPolicy.explicit };
  const given = facetAdsorptionEnergy.inputs.parse({ terminations: result.parts.terminations, ...policy });
  const other = facetAdsorptionEnergy.compute(given);
  const found: DescriptorResult = other.available
    ? { ...other, inputs: result.inputs, ...remarks(other, result) }
    : other;
  return { ...candidate, descriptors: { ...candidate.descriptors, 'facet-adsorption-energy': found } };
}

function remarks(...results: readonly Extract<DescriptorResult, { available: true }>[]) {
  const issues = distinctIssues(results.flatMap((result) => result.issues));
  return { issues, quality: qualityOf(issues) };
}
