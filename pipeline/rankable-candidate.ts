/**
 * A candidate as ranking wants it: every descriptor under every name it goes by, missing ones with their reasons.
 */
import type { Issue } from '../model/issues.ts';
import type { Profile } from '../model/profile.ts';
import type { RankableCandidate, RankableValue } from '../model/ranking.ts';
import type { Candidate } from '../model/system.ts';
import { type DescriptorNames, underAllNames } from '../ranking/index.ts';

/**
 * A 1σ that the profile states stands for the default of a definition and for one that is not known, never for another.
 * Without it a value whose 1σ is not known is drawn as it is.
 */
export function rankableCandidate(
  candidate: Candidate,
  names: DescriptorNames,
  { uncertainties }: Pick<Profile, 'uncertainties'>,
): RankableCandidate {
  const values: Record<string, RankableValue> = {};
  const missing: Record<string, readonly Issue[]> = {};
  for (const [identifier, result] of Object.entries(candidate.descriptors)) {
    const named = names.resolve(identifier);
    const all = named?.names ?? [{ name: identifier, factor: 1 }];
    if (result.available) {
      const isStated = all.some(({ name }) => Object.hasOwn(uncertainties, name));
      const isUnknown = result.parts.uncertaintyOrigin === 'default' || (result.uncertainty ?? 0) === 0;
      const takesStated = isStated && isUnknown && named !== undefined;
      const uncertainty = takesStated ? named.defaultUncertainty : (result.uncertainty ?? 0);
      const { value, quality } = result;
      Object.assign(values, underAllNames(all, { value, quality, uncertainty }));
    } else for (const { name } of all) missing[name] = result.reasons;
  }
  return { id: candidate.id, values, missing };
}
