/**
 * Why a rank changed between two rankings: how many places each cause explains, and what the causes are.
 *
 * Every combination of old and new causes is ranked, and the change of each candidate is divided by its Shapley values,
 * so that no order of the causes matters and the parts add up. The mistakes avoided here: "the barrier was corrected, so
 * it fell" where new candidates came in between; and a number of places for who is ranked only once. Source:
 * docs/science.md §10.9; L. S. Shapley, Contributions to the Theory of Games II, 307 (1953).
 */
import { type Issue, issue } from '../model/issues.ts';
import type { CandidateChange, ChangeEnd, ChangePlace, RankingChange } from '../model/ranking-change.ts';
import { rankAcceptability } from './rank-acceptability.ts';
import { type ChangeGame, changeGames } from './shared/change-games.ts';
import { combinedWorlds, type RankingStand } from './shared/combined-worlds.ts';
import { profileChanges } from './shared/profile-changes.ts';
import { type Standings, standings } from './shared/standings.ts';
import { valueChanges } from './shared/value-changes.ts';

export interface SeededStand extends RankingStand {
  readonly seed: number;
}

/**
 * `same` gives equal texts for two names of one quantity with one sign. Names and units of values are as for
 * `rankCandidates`.
 */
export function explainChange(
  before: SeededStand,
  after: SeededStand,
  same: (descriptor: string) => string = (descriptor) => descriptor,
): RankingChange {
  const values = valueChanges(before, after, same);
  const worlds = combinedWorlds(before, after, same);
  const ends = [endOf(before), endOf(after)] as const;
  const [then, now] = ends;
  const ids = [...new Set([...worlds.ids.before, ...worlds.ids.after])];
  const ranked = ids.filter((id) => then.places.has(id) && now.places.has(id));
  const best = (id: string) => Math.min(then.places.get(id)?.rank ?? 0, now.places.get(id)?.rank ?? 0);
  ranked.sort((a, b) => best(a) - best(b) || (a < b ? -1 : 1));
  const { gameOf, together } = changeGames(worlds, { moved: values.moved, ranked });
  const changes = ids.map((id) => candidateChange(id, { then, now, game: gameOf(id) }));
  return {
    before: then.end,
    after: now.end,
    changes: changes.sort(byPlace),
    values: values.changes,
    profileChanges: profileChanges({ before: before.profile, after: after.profile, same }),
    cameCandidates: ids.filter((id) => !worlds.ids.before.has(id)).sort(),
    wentCandidates: ids.filter((id) => !worlds.ids.after.has(id)).sort(),
    issues: noticed(ids.length, worlds.ids, together),
  };
}

interface Ended {
  readonly end: ChangeEnd;
  readonly places: ReadonlyMap<string, ChangePlace>;
  readonly reasons: ReadonlyMap<string, readonly Issue[]>;
}

function endOf({ profile, read, seed }: SeededStand): Ended {
  const list = standings(read(profile), profile);
  const { draws: wanted, correlations } = profile.monteCarlo;
  const drawn = rankAcceptability(list.matrix, list.list.method, list.list.rows, { seed, draws: wanted, correlations });
  const equals = equalScores(list);
  return {
    end: {
      profile: profile.name,
      profileVersion: profile.version,
      method: profile.method,
      seed,
      draws: drawn.draws,
      ranked: list.places.length,
      unranked: list.unranked.length,
    },
    places: new Map(
      list.places.map(({ id, rank, score, order }, at) => {
        const firstRankProbability = drawn.places[at]?.rankProbabilities[0] ?? 0;
        return [id, { rank, score, firstRankProbability, equalScores: (equals.get(order) ?? 1) - 1 }];
      }),
    ),
    reasons: new Map(list.unranked.map(({ id, reasons }) => [id, reasons])),
  };
}

function equalScores({ places }: Standings): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { order } of places) counts.set(order, (counts.get(order) ?? 0) + 1);
  return counts;
}

interface Compared {
  readonly then: Ended;
  readonly now: Ended;
  readonly game: ChangeGame;
}

function candidateChange(id: string, { then, now, game }: Compared): CandidateChange {
  const before = then.places.get(id);
  const after = now.places.get(id);
  const reasonsBefore = then.reasons.get(id);
  const reasonsAfter = now.reasons.get(id);
  const shown = {
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    ...(reasonsBefore !== undefined && { reasonsBefore }),
    ...(reasonsAfter !== undefined && { reasonsAfter }),
  };
  if (before === undefined && reasonsBefore === undefined) return { id, status: 'came', ...shown };
  if (after === undefined && reasonsAfter === undefined) return { id, status: 'went', ...shown };
  if (before === undefined && after === undefined) return { id, status: 'unranked', ...shown };
  if (before === undefined) return { id, status: 'became-ranked', ...shown, sufficient: game.sufficient() };
  if (after === undefined) return { id, status: 'became-unranked', ...shown, sufficient: game.sufficient() };
  return { id, status: 'ranked', ...shown, rankChange: after.rank - before.rank, ...game.parts() };
}

function byPlace(a: CandidateChange, b: CandidateChange): number {
  const [left, right] = [a, b].map(({ before, after }) =>
    Math.min(before?.rank ?? Number.POSITIVE_INFINITY, after?.rank ?? Number.POSITIVE_INFINITY),
  );
  if (left !== right && left !== undefined && right !== undefined) return left < right ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

function noticed(
  all: number,
  ids: { readonly before: ReadonlySet<string>; readonly after: ReadonlySet<string> },
  together: { readonly candidates: number; readonly of: number },
): Issue[] {
  const isApart = ids.before.size > 0 && ids.after.size > 0 && all === ids.before.size + ids.after.size;
  return [
    ...(isApart ? [issue('W_NO_COMMON_CANDIDATE', { before: ids.before.size, after: ids.after.size })] : []),
    ...(together.candidates > 0 ? [issue('I_VALUES_TOGETHER', together)] : []),
  ];
}
