/**
 * The worlds between two rankings: each cause as it was before or as it is after, ranked without draws.
 *
 * The mistake avoided here: "the values changed" has two meanings for a candidate, its own and everybody else's. A world
 * in which only one of the two is new belongs to that candidate alone; it is made from two worlds that all share. A
 * candidate that is in one table only has the values of that one in every world.
 */
import type { Profile } from '../../model/profile.ts';
import type { RankableCandidate } from '../../model/ranking.ts';
import { differingPieces, mixedProfile, type ProfilePair, type ProfilePieces } from './mixed-profile.ts';
import { isMadeOfDesirabilities } from './scoring-method.ts';
import { type Standing, type Standings, standingAmong, standings } from './standings.ts';

/** A table of candidates with the profile it is ranked by. */
export interface RankingStand {
  readonly profile: Profile;
  /** Its candidates with their values under the names and with the own descriptors of a profile. */
  readonly read: (profile: Profile) => readonly RankableCandidate[];
}

type Side = 'before' | 'after';

export interface WorldCauses extends ProfilePieces {
  readonly ownValues: Side;
  readonly otherValues: Side;
  readonly candidates: Side;
}

export interface CombinedWorlds {
  /** Pieces of the profile that differ. */
  readonly pieces: readonly (keyof ProfilePieces)[];
  readonly ids: { readonly [side in Side]: ReadonlySet<string> };
  /** In every world a score hangs on nobody else. */
  readonly isRowByRow: boolean;
  readonly isRanked: (id: string, causes: WorldCauses) => boolean;
  /** Undefined where the candidate is not ranked. */
  readonly standing: (id: string, causes: WorldCauses) => Standing | undefined;
}

export function combinedWorlds(before: RankingStand, after: RankingStand, same: ProfilePair['same']): CombinedWorlds {
  const stands = { before, after };
  const pair = { before: before.profile, after: after.profile, same };
  const tables = new Map<string, ReadonlyMap<string, RankableCandidate>>();
  const table = (side: Side, rules: Side) =>
    remembered(tables, `${side} ${rules}`, () => {
      const candidates = stands[side].read(pair[rules]);
      return new Map(candidates.map((candidate) => [candidate.id, candidate]));
    });
  const known = new Map<string, Standings>();
  /** Of the worlds that all candidates share. */
  const world = (values: Side, { candidates, rules, weights, method }: WorldCauses) =>
    remembered(known, [values, candidates, rules, weights, method].join(' '), () => {
      const wanted = table(values, rules);
      const shown = [...table(candidates, rules)].map(([id, candidate]) => wanted.get(id) ?? candidate);
      return standings(shown, mixedProfile(pair, { rules, weights, method }));
    });
  return {
    pieces: differingPieces(pair),
    ids: { before: new Set(table('before', 'before').keys()), after: new Set(table('after', 'after').keys()) },
    isRowByRow: [before, after].every(({ profile }) => isMadeOfDesirabilities(profile.method, profile.normalisation)),
    // Others have no say in it, so the world that all share is enough.
    isRanked: (id, causes) => world(causes.ownValues, causes).of.has(id),
    standing: (id, causes) => {
      const others = world(causes.otherValues, causes);
      if (causes.ownValues === causes.otherValues) return others.of.get(id);
      return standingAmong(id, world(causes.ownValues, causes), others);
    },
  };
}

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}
