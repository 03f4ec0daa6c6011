/**
 * The same candidates under several profiles: where each stands, and how far the profiles agree.
 *
 * The literature disagrees on what is good (SCIENCE §13.1), so a candidate that is first whatever one believes is worth
 * more than one that is first by one belief. Agreement is Kendall's τ-b over the candidates that both profiles rank; below
 * three of them it says nothing. Source: M. G. Kendall, Biometrika 33, 239 (1945).
 */
import type { ProfileComparison, Ranking } from '../model/ranking.ts';
import { kendallTau } from './shared/kendall-tau.ts';

const FEWEST = 3;

/** What of a ranking is compared. */
export interface RankedPlaces extends Pick<Ranking, 'profile' | 'method'> {
  readonly ranked: readonly Pick<Ranking['ranked'][number], 'id' | 'rank' | 'score'>[];
  readonly unranked: readonly Pick<Ranking['unranked'][number], 'id'>[];
}

export function compareProfiles(rankings: readonly RankedPlaces[]): ProfileComparison {
  const ids = [...new Set(rankings.flatMap(({ ranked, unranked }) => [...ranked, ...unranked].map(({ id }) => id)))];
  const ranks = rankings.map(({ ranked }) => new Map(ranked.map(({ id, rank }) => [id, rank])));
  const candidates = ids.map((id) => ({
    id,
    ranks: Object.fromEntries(
      rankings.flatMap(({ profile }, at) => {
        const rank = ranks[at]?.get(id);
        return rank === undefined ? [] : [[profile, rank] as const];
      }),
    ),
  }));
  return {
    profiles: rankings.map(({ profile, method, ranked, unranked }) => ({
      profile,
      method,
      ranked: ranked.length,
      unranked: unranked.length,
    })),
    candidates: bestFirst(candidates),
    agreements: rankings.flatMap((left, at) =>
      rankings
        .slice(at + 1)
        .map((right) => ({ profiles: [left.profile, right.profile] as const, ...agreement(left, right) })),
    ),
  };
}

type Compared = ProfileComparison['candidates'][number];

/** By the best rank under any profile, then by the sum of the ranks, then by id. */
function bestFirst(candidates: readonly Compared[]): Compared[] {
  const keyed = candidates.map((candidate) => {
    const ranks = Object.values(candidate.ranks);
    return { candidate, best: Math.min(...ranks), sum: ranks.reduce((sum, rank) => sum + rank, 0) };
  });
  // Two without any rank are equal in both; ∞ − ∞ would be no number.
  const difference = (a: number, b: number): number => (a === b ? 0 : a - b);
  return keyed
    .sort(
      (a, b) => difference(a.best, b.best) || difference(a.sum, b.sum) || (a.candidate.id < b.candidate.id ? -1 : 1),
    )
    .map(({ candidate }) => candidate);
}

function agreement(
  left: RankedPlaces,
  right: RankedPlaces,
): { readonly candidates: number; readonly kendallTau?: number } {
  const scores = new Map(right.ranked.map(({ id, score }) => [id, score]));
  const pairs = left.ranked.flatMap(({ id, score }) => {
    const other = scores.get(id);
    return other === undefined ? [] : [[score, other] as const];
  });
  const tau = pairs.length < FEWEST ? undefined : kendallTau(pairs);
  return { candidates: pairs.length, ...(tau !== undefined && { kendallTau: tau }) };
}
