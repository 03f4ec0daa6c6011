/**
 * Which missing value is worth calculating next: the one whose outcome would change the top of the list most.
 *
 * Nothing is known of the outcome, so it is assumed to be one of the values that the ranked candidates have, each as
 * likely as the other; with fewer than three of these, a desirability of 0, ¼, ½, ¾ or 1. A candidate that fails a
 * constraint with what is known of it is not asked for. The mistake avoided here: proposing what is cheap or first in the
 * alphabet, and filling the gap with one number in silence. Source: SCIENCE §10.7; the value of information of
 * R. A. Howard, IEEE Trans. Syst. Sci. Cybern. 2, 22 (1966).
 */
import type { Constraint, Objective, Profile } from '../model/profile.ts';
import type { NextCalculation, RankableCandidate } from '../model/ranking.ts';
import { checkConstraints } from './constraints.ts';
import { valueOfDesirability } from './desirability.ts';
import { candidateValue } from './shared/candidate-value.ts';
import { type DecisionMatrix, decisionMatrix } from './shared/decision-matrix.ts';
import { randomStreams } from './shared/normal-stream.ts';
import type { ScoredList } from './shared/scored-list.ts';
import { isMadeOfDesirabilities } from './shared/scoring-method.ts';

interface Ranked {
  readonly profile: Profile;
  readonly matrix: DecisionMatrix;
  readonly list: ScoredList;
}

const TOP = 10;
const MOST_TOLD = 20;
const FEWEST_KNOWN = 3;
const MOST_OUTCOMES = 25;
const ASSUMED_DESIRABILITIES = [0, 0.25, 0.5, 0.75, 1] as const;

export function nextCalculations(candidates: readonly RankableCandidate[], ranked: Ranked): NextCalculation[] {
  const outcomes = ranked.profile.objectives.map((_, column) => outcomesOf(ranked, column));
  return candidates
    .flatMap((candidate) => expectation(candidate, ranked, outcomes) ?? [])
    .filter(({ expectedRankChange }) => expectedRankChange > 0)
    .sort(
      (a, b) =>
        b.expectedRankChange - a.expectedRankChange ||
        b.firstProbability - a.firstProbability ||
        (a.candidate < b.candidate ? -1 : 1),
    )
    .slice(0, MOST_TOLD);
}

interface Outcomes {
  readonly values: readonly number[];
  readonly isFromOthers: boolean;
}

function outcomesOf({ matrix, profile }: Ranked, column: number): Outcomes {
  const count = matrix.objectives.length;
  const known = matrix.ids
    .map((_, row) => row * count + column)
    .filter((at) => matrix.known[at] === 1)
    .map((at) => matrix.values[at] ?? 0)
    .sort((a, b) => a - b);
  if (known.length >= FEWEST_KNOWN) return { values: spread(known), isFromOthers: true };
  const shape = profile.objectives[column]?.desirability;
  const values =
    shape === undefined ? [] : ASSUMED_DESIRABILITIES.map((each) => valueOfDesirability(each, shape, shape.target));
  return { values, isFromOthers: false };
}

/** At most so many, evenly through the sorted values. */
function spread(values: readonly number[]): number[] {
  if (values.length <= MOST_OUTCOMES) return [...values];
  return Array.from({ length: MOST_OUTCOMES }, (_, at) => {
    return values[Math.round((at * (values.length - 1)) / (MOST_OUTCOMES - 1))] ?? 0;
  });
}

function expectation(
  candidate: RankableCandidate,
  ranked: Ranked,
  outcomes: readonly Outcomes[],
): NextCalculation | undefined {
  const missing = missingOf(candidate, ranked.profile);
  if (missing === undefined) return undefined;
  const assumed = assumedValues(candidate.id, missing.columns, outcomes);
  const row = ranked.matrix.ids.indexOf(candidate.id);
  const from = ranked.list.rows.indexOf(row);
  const to = assumed.map((values) => placeWith(candidate, values, ranked));
  const isFromOthers = missing.columns.every((column) => outcomes[column]?.isFromOthers === true);
  return {
    candidate: candidate.id,
    descriptors: missing.descriptors,
    firstProbability: mean(to.map((place) => (place === 0 ? 1 : 0))),
    expectedRankChange: mean(to.map((place) => movedAtTop(from, place, ranked.list.rows.length))),
    assumed: isFromOthers ? 'the values of the ranked candidates' : 'desirabilities 0, ¼, ½, ¾, 1',
  };
}

interface Missing {
  readonly columns: readonly number[];
  readonly descriptors: readonly string[];
}

/** Undefined when nothing is missing, and when the candidate is refused for another reason. */
function missingOf(candidate: RankableCandidate, { objectives, constraints }: Profile): Missing | undefined {
  const stateOf = (name: string) => candidateValue(candidate, name).state;
  const columns = objectives.flatMap(({ descriptor }, at) => (stateOf(descriptor) === 'missing' ? [at] : []));
  const unchecked = constraints.filter(({ descriptor, required }) => required && stateOf(descriptor) === 'missing');
  const others = constraints.filter((constraint) => stateOf(constraint.descriptor) !== 'missing');
  const isRefused =
    objectives.some(({ descriptor }) => stateOf(descriptor) === 'unreliable') ||
    checkConstraints(candidate, others).reasons.length > 0;
  if (columns.length === 0 || isRefused) return undefined;
  const names = [
    ...columns.map((at) => objectives[at]?.descriptor ?? ''),
    ...unchecked.map(({ descriptor }) => descriptor),
  ];
  return { columns, descriptors: [...new Set(names)] };
}

type Assumption = ReadonlyMap<number, number>;

/** Of one missing value each outcome; of several, outcomes picked at random, the same for every list. */
function assumedValues(id: string, columns: readonly number[], outcomes: readonly Outcomes[]): Assumption[] {
  const [first, ...others] = columns;
  if (first === undefined) return [];
  if (others.length === 0) return (outcomes[first]?.values ?? []).map((value) => new Map([[first, value]]));
  const streams = randomStreams(columns.map((column) => JSON.stringify(['outcome', id, column])));
  const picks = columns.map((_, stream) => {
    const uniform = new Float64Array(2 * MOST_OUTCOMES);
    streams.uniforms(stream, uniform);
    return uniform;
  });
  return Array.from({ length: 2 * MOST_OUTCOMES }, (_, draw) => {
    const pick = (column: number, stream: number): number => {
      const values = outcomes[column]?.values ?? [];
      return values[Math.floor((picks[stream]?.[draw] ?? 0) * values.length)] ?? 0;
    };
    return new Map(columns.map((column, stream) => [column, pick(column, stream)]));
  });
}

/** Candidates before it, once it has these values; undefined when a constraint refuses them. */
function placeWith(candidate: RankableCandidate, values: Assumption, ranked: Ranked): number | undefined {
  const { profile, matrix, list } = ranked;
  const failing = profile.constraints.some((constraint) => fails(constraint, values, profile.objectives));
  if (failing) return undefined;
  const cells = profile.objectives.map(({ descriptor }, column) => {
    const found = candidateValue(candidate, descriptor);
    return found.state === 'known' ? found.known : { value: values.get(column) ?? 0, uncertainty: 0 };
  });
  const own = { id: candidate.id, cells, keepsWeight: [] };
  const at = matrix.ids.indexOf(candidate.id);
  if (isMadeOfDesirabilities(profile.method, profile.normalisation)) {
    const alone = decisionMatrix([own], profile.objectives);
    const order = new Float64Array(1);
    list.methodOf(alone).order(alone.values, order);
    return list.rows.filter((row) => row !== at && (list.order[row] ?? 0) > (order[0] ?? 0)).length;
  }
  const others = matrix.ids.map((_, row) => row).filter((row) => row !== at);
  const count = profile.objectives.length;
  const rows = others.map((row) => ({
    id: matrix.ids[row] ?? '',
    cells: profile.objectives.map((_, column) => ({ value: matrix.values[row * count + column] ?? 0, uncertainty: 0 })),
    keepsWeight: [],
  }));
  const together = decisionMatrix([...rows, own], profile.objectives);
  const order = new Float64Array(together.ids.length);
  list.methodOf(together).order(together.values, order);
  const mine = order.at(-1) ?? 0;
  return order.filter((other) => other > mine).length;
}

function fails(constraint: Constraint, values: Assumption, objectives: readonly Objective[]): boolean {
  const column = objectives.findIndex(({ descriptor }) => descriptor === constraint.descriptor);
  const value = values.get(column);
  if (value === undefined) return false;
  const assumed = { value, uncertainty: 0, quality: 'ok' } as const;
  const only = { id: '', values: { [constraint.descriptor]: assumed }, missing: {} };
  return checkConstraints(only, [constraint]).reasons.length > 0;
}

/** Places that the present first ten move when one comes (`from` = −1), goes or moves; counted from 0. */
function movedAtTop(from: number, to: number | undefined, count: number): number {
  const last = Math.min(TOP, count);
  if (to === undefined) return from === -1 ? 0 : Math.max(0, last - from - 1);
  if (from === -1) return Math.max(0, last - to);
  const [low, high] = from < to ? [from, to] : [to, from];
  const others = Math.max(0, Math.min(last, high + 1) - low - (from < last ? 1 : 0));
  return others + (from < last ? Math.abs(to - from) : 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
