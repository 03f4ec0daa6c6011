/**
 * Last stage of a screening: candidates in the order of a profile. Another profile needs only this stage again.
 */
import { type Issue, issue } from '../model/issues.ts';
import { ANY_ION, type Profile } from '../model/profile.ts';
import type { RankableCandidate, Ranking } from '../model/ranking.ts';
import type { Candidate } from '../model/system.ts';
import { checkProfileDescriptors, compareProfiles, rankCandidates, rankedPlaces } from '../ranking/index.ts';
import { withFolders } from './calculation-folders.ts';
import { candidateForProfile } from './candidate-for-profile.ts';
import { profileDescriptors } from './defined-descriptors.ts';
import { rankableCandidate } from './rankable-candidate.ts';
import { FACET, policyIssues, tellsPolicy } from './termination-policy.ts';

export interface RankOptions {
  /** Working ion of the candidates. */
  readonly ion: string;
  readonly profile: Profile;
  /** Of the Monte Carlo draws. */
  readonly seed: number;
  /** Other profiles under which the candidates are ranked too, without draws; one of the same name is left out. */
  readonly compared?: readonly Profile[];
}

/** Throws `AdatomError('request')` when a profile names a descriptor that does not exist. */
export function rankScreening(
  candidates: readonly Candidate[],
  { ion, profile, seed, compared = [] }: RankOptions,
): Ranking {
  const wanted = candidates.map(candidateForProfile(profile));
  const { issues, ...ranking } = rankCandidates(rankable(wanted, profile), profile, { seed });
  const others = compared.filter(({ name }) => name !== profile.name);
  const places = others.map((other) => rankedPlaces(rankableCandidates(candidates, other), other));
  return {
    ...ranking,
    nextCalculations: withFolders(ranking.nextCalculations, wanted, profileDescriptors(profile).names),
    ...(places.length > 0 && { profileComparison: compareProfiles([ranking, ...places]) }),
    issues: [
      ...profileIssues(profile, ion),
      ...policyIssues(profile, { isTold: tellsAny(wanted, profile), isAsGiven: false }),
      ...issues,
    ],
  };
}

/** The candidates with the values that a ranking by this profile uses, under the names it uses for them. */
export function rankableCandidates(candidates: readonly Candidate[], profile: Profile): RankableCandidate[] {
  return rankable(candidates.map(candidateForProfile(profile)), profile);
}

/** Of candidates that are as the profile wants them. */
function rankable(candidates: readonly Candidate[], profile: Profile): RankableCandidate[] {
  const { names, complete } = profileDescriptors(profile);
  checkProfileDescriptors(profile, names);
  return candidates.map((candidate) => complete(rankableCandidate(candidate, names)));
}

/** Throws `AdatomError('request')` when the profile names a descriptor that does not exist, before any work is done. */
export function checkProfile(profile: Profile): void {
  checkProfileDescriptors(profile, profileDescriptors(profile).names);
}

function profileIssues(profile: Profile, ion: string): Issue[] {
  if (profile.ion === ANY_ION || profile.ion === ion) return [];
  return [issue('W_PROFILE_ION', { profile: profile.name, profileIon: profile.ion, ion })];
}

function tellsAny(candidates: readonly Candidate[], { terminationPolicy }: Profile): boolean {
  return candidates.some(({ descriptors }) => tellsPolicy(descriptors[FACET], terminationPolicy));
}
