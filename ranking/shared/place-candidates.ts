/**
 * Each ranked candidate with all that is said about its place.
 */
import type { Issue } from '../../model/issues.ts';
import type { Profile } from '../../model/profile.ts';
import type { Contribution, RankableCandidate, RankedCandidate, ScoreInterval } from '../../model/ranking.ts';
import { crowdingDistances } from '../crowding-distance.ts';
import { desirabilityOf } from '../desirability.ts';
import { nextPlaces } from '../next-place.ts';
import { paretoFronts, rowCosts } from '../pareto.ts';
import { rankAcceptability } from '../rank-acceptability.ts';
import { weightAcceptability } from '../weight-acceptability.ts';
import type { DecisionMatrix, MatrixRow } from './decision-matrix.ts';
import type { ScoredList } from './scored-list.ts';
import { isMadeOfDesirabilities } from './scoring-method.ts';

export interface PlacedCandidate extends Pick<RankableCandidate, 'defined'> {
  readonly row: MatrixRow;
  readonly issues: readonly Issue[];
}

interface Placing {
  /** In the order of the matrix. */
  readonly placed: readonly PlacedCandidate[];
  readonly matrix: DecisionMatrix;
  readonly list: ScoredList;
  readonly profile: Profile;
}

/** b¹ from which a place counts as settled (§10.5). */
const ROBUST = 0.7;

export function placeCandidates(
  placing: Placing,
  { seed }: { readonly seed: number },
): { readonly ranked: RankedCandidate[]; readonly draws: number } {
  const { placed, matrix, list, profile } = placing;
  const { draws: wanted, correlations } = profile.monteCarlo;
  const fronts = frontsOf(matrix);
  const crowding = crowdingDistances(rowCosts(matrix), matrix.objectives.length, fronts);
  const { places, draws } = rankAcceptability(matrix, list.method, list.rows, { seed, draws: wanted, correlations });
  const weighting = weightAcceptability(matrix, { seed, draws });
  const next = nextPlaces(placing);
  const ranked = list.rows.map((row, index): RankedCandidate => {
    const place = places[index];
    const { rankProbabilities = [], beatsNextProbability, tieGroup = 0 } = place ?? {};
    const firstRankProbability = rankProbabilities[0] ?? 0;
    return {
      id: matrix.ids[row] ?? '',
      rank: index + 1,
      score: list.method.scoreOf(list.order[row] ?? 0),
      ...told('scoreInterval', intervalOf(row, placing)),
      ...told('front', fronts[row]),
      ...told('crowdingDistance', crowding[row]),
      contributions: contributionsOf(row, placing),
      firstRankProbability,
      rankProbabilities,
      robust: firstRankProbability >= ROBUST,
      weightAcceptability: weighting[row] ?? 0,
      ...told('beatsNextProbability', beatsNextProbability),
      ...told('nextPlace', next[index]),
      tieGroup,
      ...told('defined', placed[row]?.defined),
      issues: placed[row]?.issues ?? [],
    };
  });
  return { ranked, draws };
}

/** Absent where there is nothing to tell. */
function told<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value }; // computed keys widen to string
}

/** A candidate that lacks a value whose weight counts stands on no front (§10.7). */
function frontsOf(matrix: DecisionMatrix): (number | undefined)[] {
  const { ids, objectives, known, shares } = matrix;
  const count = objectives.length;
  const complete = ids
    .map((_, row) => row)
    .filter((row) =>
      objectives.every((_, column) => known[row * count + column] === 1 || shares[row * count + column] === 0),
    );
  const costs = rowCosts(matrix);
  const chosen = new Float64Array(complete.length * count);
  for (const [at, row] of complete.entries()) {
    chosen.set(costs.subarray(row * count, (row + 1) * count), at * count);
  }
  const numbers = paretoFronts(chosen, count);
  const fronts = ids.map<number | undefined>(() => undefined);
  complete.forEach((row, at) => {
    fronts[row] = numbers[at];
  });
  return fronts;
}

function intervalOf(row: number, { list }: Placing): ScoreInterval | undefined {
  const { method, order, bestOrder, rows } = list;
  const lower = order[row] ?? 0;
  const upper = bestOrder[row] ?? 0;
  if (lower === upper) return undefined;
  const before = rows.filter((other) => other !== row && (order[other] ?? 0) > upper).length;
  return { lower: method.scoreOf(lower), upper: method.scoreOf(upper), bestRank: before + 1 };
}

function contributionsOf(row: number, { matrix, profile }: Placing): Readonly<Record<string, Contribution>> {
  const { objectives, known, values, shares } = matrix;
  const isMade = isMadeOfDesirabilities(profile.method, profile.normalisation);
  const entries = objectives.flatMap(({ descriptor, unit, desirability: shape }, column) => {
    const at = row * objectives.length + column;
    if (known[at] !== 1) return [];
    const value = values[at] ?? 0;
    const weight = shares[at] ?? 0;
    const desirability = desirabilityOf(value, shape);
    const effect = profile.method === 'desirability' ? desirability ** weight : weight * desirability;
    return [[descriptor, { value, unit, desirability, weight, ...(isMade && { effect }) }] as const];
  });
  return Object.fromEntries(entries);
}
