/**
 * A candidate as ranking wants it: every descriptor under every name it goes by, missing ones with their reasons.
 */
import type { Issue } from '../model/issues.ts';
import type { RankableCandidate, RankableValue } from '../model/ranking.ts';
import type { Candidate } from '../model/system.ts';
import { type DescriptorNames, underAllNames } from '../ranking/index.ts';

/** A value whose 1σ is not known is drawn as it is. */
export function rankableCandidate(candidate: Candidate, names: DescriptorNames): RankableCandidate {
  const values: Record<string, RankableValue> = {};
  const missing: Record<string, readonly Issue[]> = {};
  for (const [identifier, result] of Object.entries(candidate.descriptors)) {
    const all = names.resolve(identifier)?.names ?? [{ name: identifier, factor: 1 }];
    if (result.available) {
      const { value, quality, uncertainty = 0 } = result;
      Object.assign(values, underAllNames(all, { value, quality, uncertainty }));
    } else for (const { name } of all) missing[name] = result.reasons;
  }
  return { id: candidate.id, values, missing };
}
