/**
 * Values that differ between two tables, of candidates that are in both and descriptors that a profile uses.
 *
 * The mistake avoided here: a value the profile itself defines may differ because its expression does. Both tables are
 * read by one profile, so that only what the tables say is compared; the new profile's names come first.
 */
import type { Profile } from '../../model/profile.ts';
import type { RankableCandidate, RankableValue } from '../../model/ranking.ts';
import type { ValueChange } from '../../model/ranking-change.ts';
import { candidateValue } from './candidate-value.ts';
import type { RankingStand } from './combined-worlds.ts';
import type { ProfilePair } from './mixed-profile.ts';

export interface ValueChanges {
  /** By candidate, then in the order of the profile. */
  readonly changes: readonly ValueChange[];
  /** Candidates with a change on which the order can hang. */
  readonly moved: ReadonlySet<string>;
}

export function valueChanges(before: RankingStand, after: RankingStand, same: ProfilePair['same']): ValueChanges {
  const byNew = changesBy(after.profile, before, after);
  const byOld = changesBy(before.profile, before, after);
  const told = new Set(usedDescriptors(after.profile).map(({ descriptor }) => same(descriptor)));
  const all = [...byNew, ...byOld.filter(({ descriptor }) => !told.has(same(descriptor)))];
  return {
    changes: all.sort((a, b) => (a.id === b.id ? 0 : a.id < b.id ? -1 : 1)),
    moved: new Set([...byNew, ...byOld].filter(({ affects }) => affects === 'order').map(({ id }) => id)),
  };
}

function changesBy(profile: Profile, before: RankingStand, after: RankingStand): ValueChange[] {
  const olds = new Map(before.read(profile).map((candidate) => [candidate.id, candidate]));
  const used = usedDescriptors(profile);
  return after.read(profile).flatMap((candidate) => {
    const old = olds.get(candidate.id);
    if (old === undefined) return [];
    return used.flatMap(({ descriptor, unit }) => valueChange({ old, candidate, descriptor, unit }) ?? []);
  });
}

interface Compared {
  readonly old: RankableCandidate;
  readonly candidate: RankableCandidate;
  readonly descriptor: string;
  readonly unit: string;
}

function valueChange({ old, candidate, descriptor, unit }: Compared): ValueChange | undefined {
  const [then, now] = [candidateValue(old, descriptor), candidateValue(candidate, descriptor)];
  const before = then.state === 'missing' ? undefined : old.values[descriptor];
  const after = now.state === 'missing' ? undefined : candidate.values[descriptor];
  if (before === undefined || after === undefined) {
    if (before === after) return undefined;
    const reasons = [then, now].flatMap((found) => (found.state === 'missing' ? found.reasons.slice(1) : []));
    const sides = { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
    return { id: candidate.id, descriptor, unit, ...sides, affects: 'order', ...(reasons.length > 0 && { reasons }) };
  }
  const affects = affected(before, after);
  if (affects === undefined) return undefined;
  const change = after.value - before.value;
  const sigma = Math.hypot(before.uncertainty, after.uncertainty);
  const combinedSigmas = sigma > 0 ? Math.abs(change) / sigma : undefined;
  const size = { change, ...(combinedSigmas !== undefined && { combinedSigmas }) };
  return { id: candidate.id, descriptor, unit, before, after, ...(change !== 0 && size), affects };
}

function affected(before: RankableValue, after: RankableValue): ValueChange['affects'] | undefined {
  if (before.value !== after.value) return 'order';
  if (before.quality !== after.quality) {
    const isRefused = before.quality === 'unreliable' || after.quality === 'unreliable';
    if (isRefused) return 'order';
  }
  if (before.uncertainty !== after.uncertainty) return 'probabilities';
  return before.quality === after.quality ? undefined : 'nothing';
}

/** Each once, objectives first. */
function usedDescriptors({
  objectives,
  constraints,
}: Profile): { readonly descriptor: string; readonly unit: string }[] {
  const units = new Map([...constraints, ...objectives].map(({ descriptor, unit }) => [descriptor, unit]));
  const names = [...objectives, ...constraints].map(({ descriptor }) => descriptor);
  return [...new Set(names)].map((descriptor) => ({ descriptor, unit: units.get(descriptor) ?? '' }));
}
