/**
 * A candidate as a profile wants it: its temperature, its policy over the terminations of a polar facet, its stated
 * uncertainties (SCIENCE §2.6, §2.7, §10.5). What is scored and what is told beside the score both come through here.
 *
 * A result keeps what every other profile needs, so the order of profiles plays no part: whatever profile a candidate was
 * told by before, it comes out as if this one had been the first.
 */
import type { Profile } from '../model/profile.ts';
import type { Candidate } from '../model/system.ts';
import { profileDescriptors } from './defined-descriptors.ts';
import { atProfileTemperature } from './profile-temperature.ts';
import { withoutStatedUncertainties, withStatedUncertainties } from './stated-uncertainties.ts';
import { withTerminationPolicy } from './termination-policy.ts';

/** For any number of candidates. Throws `AdatomError('request')` when the profile names a descriptor that does not exist. */
export function candidateForProfile(profile: Profile): <C extends Pick<Candidate, 'descriptors'>>(candidate: C) => C {
  const { names } = profileDescriptors(profile);
  return (candidate) => {
    const plain = withTerminationPolicy(withoutStatedUncertainties(candidate), profile);
    return withStatedUncertainties(atProfileTemperature(plain, profile), profile, names);
  };
}
