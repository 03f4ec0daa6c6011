/**
 * The adsorption energy of a polar facet over its terminations, by the policy of a profile (SCIENCE §2.7).
 *
 * Every result keeps, per termination, the energy with its inputs and issues, so that any policy follows from the result of
 * any other. The mistakes avoided here: a termination that a facet does not have, taken for the best one (its energy is
 * missing then), and the warnings of one face told of the energy of another.
 */
import { z } from 'zod';
import { facetAdsorptionEnergy } from '../descriptors/facet-adsorption-energy.ts';
import {
  type AvailableDescriptor,
  type DescriptorResult,
  type InputReference,
  qualityOf,
} from '../model/descriptor.ts';
import { issueSchema } from '../model/issue-schema.ts';
import { distinctIssues, type Issue, issue } from '../model/issues.ts';
import type { Profile } from '../model/profile.ts';
import type { Candidate } from '../model/system.ts';

export const FACET = facetAdsorptionEnergy.identifier;

type Policy = Profile['terminationPolicy'];

/** One face with its adsorption energy and what stands behind that. */
export interface KeptTermination {
  readonly termination: string;
  readonly energyEv: number;
  /** 1σ of the energy. */
  readonly uncertaintyEv?: number;
  readonly inputs: readonly InputReference[];
  readonly issues: readonly Issue[];
}

/** Of an input no more is read here; the rest is as `overTerminations` has put it there. */
const keptInput = z.custom<InputReference>((entry) => z.looseObject({ name: z.string() }).safeParse(entry).success);
const keptSchema = z.looseObject({
  terminations: z
    .array(
      z.object({
        termination: z.string().min(1),
        energyEv: z.number(),
        uncertaintyEv: z.number().exactOptional(),
        inputs: z.array(keptInput),
        issues: z.array(issueSchema),
      }),
    )
    .min(1),
  policy: z.string(),
  termination: z.string().optional(),
});

/** Unavailable where the policy names a termination that is not among them; the parts keep all of them also then. */
export function overTerminations(terminations: readonly KeptTermination[], policy: Policy): DescriptorResult {
  const energies = terminations.map(({ termination, energyEv }) => ({ termination, energyEv }));
  const given = facetAdsorptionEnergy.inputs.parse({ terminations: energies, ...statedPolicy(policy) });
  const result = facetAdsorptionEnergy.compute(given);
  const parts = { ...result.parts, terminations };
  if (!result.available) return { ...result, parts };
  // The best one is the best of all: each of them has a say in it.
  const counting = terminations.filter((face) => typeof policy === 'string' || face.termination === policy.explicit);
  const issues = distinctIssues([...result.issues, ...counting.flatMap((face) => face.issues)]);
  const inputs = counting.flatMap((face) => face.inputs);
  const own = counting.filter(({ energyEv }) => policy !== 'best' || energyEv === result.value);
  return { ...result, ...uncertaintyOver(own, { ...result, parts }), inputs, issues, quality: qualityOf(issues) };
}

/**
 * The largest of the faces: errors of one functional go the same way, so that a mean has no smaller one. What is beyond
 * the error of the method is that of a calculation.
 */
function uncertaintyOver(
  faces: readonly KeptTermination[],
  { uncertainty = 0, parts }: AvailableDescriptor,
): Pick<AvailableDescriptor, 'uncertainty' | 'parts'> {
  const largest = Math.max(...faces.map(({ uncertaintyEv = 0 }) => uncertaintyEv));
  if (largest <= uncertainty) return { uncertainty, parts };
  return { uncertainty: largest, parts: { ...parts, uncertaintyModel: 0, uncertaintyNumeric: largest } };
}

/** A candidate that tells the wanted policy already, or no terminations, comes back as it is. */
export function withTerminationPolicy<C extends Pick<Candidate, 'descriptors'>>(
  candidate: C,
  { terminationPolicy }: Pick<Profile, 'terminationPolicy'>,
): C {
  const result = candidate.descriptors[FACET];
  const kept = keptSchema.safeParse(result?.parts).data;
  if (kept === undefined || tellsPolicy(result, terminationPolicy)) return candidate;
  const found = overTerminations(kept.terminations, terminationPolicy);
  return { ...candidate, descriptors: { ...candidate.descriptors, [FACET]: found } };
}

/** Whether the terminations are weighed in this result as the policy wants it. */
export function tellsPolicy(result: DescriptorResult | undefined, terminationPolicy: Policy): boolean {
  const { policy, termination } = statedPolicy(terminationPolicy);
  return result?.parts.policy === policy && result.parts.termination === termination;
}

/** What of polar facets is not what everybody expects. `isAsGiven`: some values stand as the table has them. */
export function policyIssues(
  { terminationPolicy }: Pick<Profile, 'terminationPolicy'>,
  { isTold, isAsGiven }: { readonly isTold: boolean; readonly isAsGiven: boolean },
): Issue[] {
  if (terminationPolicy === 'best') return [];
  const isStated = typeof terminationPolicy === 'string';
  const policy = isStated ? terminationPolicy : `explicit, ${terminationPolicy.explicit}`;
  return [
    ...(isTold ? [issue('I_TERMINATION_POLICY', { descriptor: FACET, policy })] : []),
    ...(isAsGiven ? [issue('W_TERMINATION_POLICY', { descriptor: FACET, policy })] : []),
  ];
}

function statedPolicy(policy: Policy): { readonly policy: string; readonly termination?: string } {
  return typeof policy === 'string' ? { policy } : { policy: 'explicit', termination: policy.explicit };
}
