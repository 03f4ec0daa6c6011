/**
 * A table of candidates as a profile reads it: its names and uncertainties, the descriptors that it defines, and, of a
 * screening's own output, the candidates as it wants them.
 *
 * The mistake avoided here: a ranking.json that was made under one policy over terminations, or at one temperature, ranked
 * under another as if its values were of that. Other tables hold no more than values: they are ranked as they stand.
 */
import { z } from 'zod';
import type { DescriptorResult } from '../model/descriptor.ts';
import type { Issue } from '../model/issues.ts';
import type { Profile } from '../model/profile.ts';
import type { RankableCandidate } from '../model/ranking.ts';
import { checkProfileDescriptors, type DescriptorNames, readCandidateTable } from '../ranking/index.ts';
import { candidateForProfile } from './candidate-for-profile.ts';
import { profileDescriptors } from './defined-descriptors.ts';
import { FACET, policyIssues, tellsPolicy } from './termination-policy.ts';

export interface TableText {
  readonly file: string;
  readonly text: string;
  readonly format: 'csv' | 'json';
}

export interface ProfileTable {
  readonly names: DescriptorNames;
  /** In the order of the file. */
  readonly candidates: readonly RankableCandidate[];
  readonly issues: readonly Issue[];
}

/** Throws `AdatomError('request')` for an unknown descriptor in the profile, and as `readCandidateTable` does. */
export function readProfileTable({ file, text, format }: TableText, profile: Profile): ProfileTable {
  const { names, complete } = profileDescriptors(profile);
  checkProfileDescriptors(profile, names);
  const wanted = candidateForProfile(profile);
  const told: DescriptorResult[] = [];
  const descriptorsAs = (descriptors: Readonly<Record<string, unknown>>) => {
    const results = Object.entries(descriptors).filter((entry): entry is [string, DescriptorResult] =>
      isResult(entry[1]),
    );
    const found = wanted({ descriptors: Object.fromEntries(results) }).descriptors;
    const facet = found[FACET];
    if (facet !== undefined && tellsPolicy(facet, profile.terminationPolicy)) told.push(facet);
    return { ...descriptors, ...found };
  };
  const { candidates, issues } = readCandidateTable(text, file, format, { resolve: names.resolve, descriptorsAs });
  const values = candidates.filter((candidate) => candidate.values[FACET] !== undefined).length;
  const isAsGiven = values > told.filter(({ available }) => available).length;
  return {
    names,
    candidates: candidates.map(complete),
    issues: [...policyIssues(profile, { isTold: told.length > 0, isAsGiven }), ...issues],
  };
}

/** What a descriptor of a candidate in ranking.json has at least; other JSON goes on as it is. */
const resultSchema = z.discriminatedUnion('available', [
  z.looseObject({
    available: z.literal(true),
    value: z.number(),
    unit: z.string(),
    uncertainty: z.number().optional(),
    quality: z.enum(['ok', 'degraded', 'unreliable']),
    parts: z.record(z.string(), z.unknown()),
    inputs: z.array(z.unknown()),
    issues: z.array(z.looseObject({ code: z.string(), message: z.string(), where: z.looseObject({}) })),
  }),
  z.looseObject({
    available: z.literal(false),
    reasons: z.array(z.looseObject({ message: z.string() })),
    parts: z.record(z.string(), z.unknown()),
  }),
]);

function isResult(found: unknown): boolean {
  return resultSchema.safeParse(found).success;
}
