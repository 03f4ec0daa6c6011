/**
 * A candidate as ranking wants it: every descriptor under every name it goes by, missing ones with their reasons.
 */
import type { Issue } from '../model/issues.ts';
import type { RankableCandidate, RankableValue } from '../model/ranking.ts';
import type { Candidate } from '../model/system.ts';
import { type DescriptorNames, underAllNames } from '../ranking/index.ts';

export function rankableCandidate(candidate: Candidate, names: DescriptorNames): RankableCandidate {
  const values: Record<string, RankableValue> = {};
  const missing: Record<string, readonly Issue[]> = {};
  for (const [identifier, result] of Object.entries(candidate.descriptors)) {
    const all = names.resolve(identifier)?.names ?? [{ name: identifier, factor: 1 }];
    if (result.available) Object.assign(values, underAllNames(all, result));
    else for (const { name } of all) missing[name] = result.reasons;
  }
  return { id: candidate.id, values, missing };
}
