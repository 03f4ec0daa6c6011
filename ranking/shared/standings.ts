/**
 * Who stands where, by scores alone: what of a ranking does not hang on uncertainties.
 *
 * Admission hangs on a candidate and the profile, never on the others, so one row can be put in the place of another
 * without asking anybody again. For scores made of desirabilities not even the scores of the others change.
 */
import type { Profile } from '../../model/profile.ts';
import type { RankableCandidate, UnrankedCandidate } from '../../model/ranking.ts';
import { chooseMethod } from './choose-method.ts';
import { type DecisionMatrix, decisionMatrix, type MatrixRow } from './decision-matrix.ts';
import { listed } from './rank-candidates.ts';
import { type ScoredList, scoredList } from './scored-list.ts';
import { isMadeOfDesirabilities } from './scoring-method.ts';

export interface Standing {
  readonly id: string;
  readonly rank: number;
  readonly score: number;
  /** Higher is better; equal ones are ordered by the best they can be, then by id. */
  readonly order: number;
  readonly bestOrder: number;
}

export interface Standings {
  readonly profile: Profile;
  /** From the first rank on. */
  readonly places: readonly Standing[];
  readonly of: ReadonlyMap<string, Standing>;
  /** In the order of their ids. */
  readonly rows: readonly MatrixRow[];
  readonly matrix: DecisionMatrix;
  readonly list: ScoredList;
  readonly unranked: readonly UnrankedCandidate[];
}

export function standings(candidates: readonly RankableCandidate[], profile: Profile): Standings {
  const { placed, unranked, matrix, list } = listed(candidates, profile);
  return placesOf({ profile, rows: placed.map(({ row }) => row), matrix, list, unranked });
}

/** A candidate of one list among the others of another; undefined where it is not ranked in the first. */
export function standingAmong(id: string, own: Standings, others: Standings): Standing | undefined {
  const standing = own.of.get(id);
  if (standing === undefined) return undefined;
  const { method, normalisation } = others.profile;
  if (!isMadeOfDesirabilities(method, normalisation)) {
    const rows = swapped(id, own, others);
    const matrix = decisionMatrix(rows, others.profile.objectives);
    const list = scoredList(matrix, chooseMethod(others.profile));
    return placesOf({ ...others, rows, matrix, list }).of.get(id);
  }
  const self = others.of.get(id);
  const before = firstNotBefore(others.places, standing) - (self !== undefined && isBefore(self, standing) ? 1 : 0);
  return { ...standing, rank: before + 1 };
}

function placesOf(ranked: Omit<Standings, 'places' | 'of'>): Standings {
  const { matrix, list } = ranked;
  const places = list.rows.map((row, index) => {
    const order = list.order[row] ?? 0;
    const bestOrder = list.bestOrder[row] ?? 0;
    return { id: matrix.ids[row] ?? '', rank: index + 1, score: list.method.scoreOf(order), order, bestOrder };
  });
  return { ...ranked, places, of: new Map(places.map((place) => [place.id, place])) };
}

function swapped(id: string, own: Standings, others: Standings): MatrixRow[] {
  const row = own.rows.filter((entry) => entry.id === id);
  const rest = others.rows.filter((entry) => entry.id !== id);
  return [...rest.filter((entry) => entry.id < id), ...row, ...rest.filter((entry) => entry.id > id)];
}

/** How many places of the list come before the standing. */
function firstNotBefore(places: readonly Standing[], standing: Standing): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const place = places[middle];
    if (place !== undefined && isBefore(place, standing)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isBefore(a: Standing, b: Standing): boolean {
  if (a.order !== b.order) return a.order > b.order;
  if (a.bestOrder !== b.bestOrder) return a.bestOrder > b.bestOrder;
  return a.id < b.id;
}
