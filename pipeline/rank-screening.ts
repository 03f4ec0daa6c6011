/**
 * Last stage of a screening: candidates in the order of a profile. Another profile needs only this stage again.
 */
import { type Issue, issue } from '../model/issues.ts';
import type { Profile } from '../model/profile.ts';
import type { Ranking } from '../model/ranking.ts';
import type { Candidate } from '../model/system.ts';
import { checkProfileDescriptors, rankCandidates } from '../ranking/index.ts';
import { profileDescriptors } from './defined-descriptors.ts';
import { rankableCandidate } from './rankable-candidate.ts';

export interface RankOptions {
  /** Working ion of the candidates. */
  readonly ion: string;
  readonly profile: Profile;
  /** Of the Monte Carlo draws. */
  readonly seed: number;
}

/** Throws `AdatomError('request')` when the profile names a descriptor that does not exist. */
export function rankScreening(candidates: readonly Candidate[], { ion, profile, seed }: RankOptions): Ranking {
  const { names, complete } = profileDescriptors(profile);
  checkProfileDescriptors(profile, names);
  const ranking = rankCandidates(
    candidates.map((candidate) => complete(rankableCandidate(candidate, names, profile))),
    profile,
    { seed },
  );
  return { ...ranking, issues: [...profileIssues(profile, ion), ...ranking.issues] };
}

/** Throws `AdatomError('request')` when the profile names a descriptor that does not exist, before any work is done. */
export function checkProfile(profile: Profile): void {
  checkProfileDescriptors(profile, profileDescriptors(profile).names);
}

function profileIssues(profile: Profile, ion: string): Issue[] {
  if (profile.ion === ion) return [];
  return [issue('W_PROFILE_ION', { profile: profile.name, profileIon: profile.ion, ion })];
}
