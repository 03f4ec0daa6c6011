/**
 * How far the order hangs on the weights: each weight a fifth more and less, and the smallest change of one weight that
 * turns the order of two neighbours (SCIENCE §10.6).
 *
 * The mistake avoided here: changing a weight and leaving the others, so that all shares move at once without saying so.
 * Here the others keep their ratios and give or take what the sum needs; scaling all weights changes nothing.
 */
import type { Profile } from '../model/profile.ts';
import type { WeightFlip, WeightVariation } from '../model/ranking.ts';
import { type DecisionMatrix, withWeights } from './shared/decision-matrix.ts';
import { isSameOrder, type ScoredList } from './shared/scored-list.ts';
import { isMadeOfDesirabilities, type MethodOf } from './shared/scoring-method.ts';
import { termsOf, weightChangeToTie } from './shared/separable-score.ts';

const VARIATIONS = [0.2, -0.2] as const;
const TOP = 10;

interface Weighting {
  readonly matrix: DecisionMatrix;
  readonly methodOf: MethodOf;
}

/** Empty where weights have nothing to say. */
export function weightVariations(matrix: DecisionMatrix, list: ScoredList): WeightVariation[] {
  const { methodOf } = list;
  if (list.rows.length < 2 || matrix.objectives.length < 2) return [];
  const places = new Map(list.rows.map((row, index) => [row, index + 1]));
  return matrix.objectives.flatMap(({ descriptor }, column) =>
    VARIATIONS.map((relativeChange) => {
      const order = orderAt({ matrix, methodOf }, column, relativeChange);
      const rows = [...list.rows].sort((a, b) => compare(order, a, b) || (places.get(a) ?? 0) - (places.get(b) ?? 0));
      const ranks = new Map(rows.map((row, index) => [row, index + 1]));
      return {
        descriptor,
        relativeChange,
        first: matrix.ids[rows[0] ?? 0] ?? '',
        reversals: inversions(list.rows.map((row) => ranks.get(row) ?? 0)),
        moved: list.rows.slice(0, TOP).flatMap((row, index) => {
          const newRank = ranks.get(row) ?? 0;
          return newRank === index + 1 ? [] : [{ candidate: matrix.ids[row] ?? '', rank: index + 1, newRank }];
        }),
      };
    }),
  );
}

/** Scores that rounding alone tells apart keep the order they had. */
function compare(order: Float64Array, a: number, b: number): number {
  if (isSameOrder(order, a, b)) return 0;
  return (order[a] ?? 0) > (order[b] ?? 0) ? -1 : 1;
}

function orderAt({ matrix, methodOf }: Weighting, column: number, relativeChange: number): Float64Array {
  const weights = matrix.objectives.map(({ weight }, at) => (at === column ? weight * (1 + relativeChange) : weight));
  const order = new Float64Array(matrix.ids.length);
  methodOf(withWeights(matrix, weights)).order(matrix.values, order);
  return order;
}

/** Pairs that stand in descending order, by merging sorted halves. */
function inversions(ranks: readonly number[]): number {
  const sorted = (part: readonly number[]): { readonly values: readonly number[]; readonly count: number } => {
    if (part.length < 2) return { values: part, count: 0 };
    const left = sorted(part.slice(0, part.length >> 1));
    const right = sorted(part.slice(part.length >> 1));
    const values: number[] = [];
    let count = left.count + right.count;
    let at = 0;
    for (const value of right.values) {
      while (at < left.values.length && (left.values[at] ?? 0) < value) values.push(left.values[at++] ?? 0);
      count += left.values.length - at;
      values.push(value);
    }
    return { values: [...values, ...left.values.slice(at)], count };
  };
  return sorted(ranks).count;
}

/**
 * For every pair of neighbours in the list, the upper one first: the smallest change of one weight that makes their scores
 * equal. In closed form where scores are made of desirabilities; of other weighted methods the first ten pairs, searched
 * in steps of 2 % from −100 % to +400 %. Undefined where no weight turns them.
 */
export function weightFlips(
  matrix: DecisionMatrix,
  list: ScoredList,
  profile: Pick<Profile, 'method' | 'normalisation'>,
): (WeightFlip | undefined)[] {
  const pairs = list.rows.slice(1).map((row, index) => [list.rows[index] ?? 0, row] as const);
  if (matrix.objectives.length < 2) return pairs.map(() => undefined);
  if (isMadeOfDesirabilities(profile.method, profile.normalisation)) {
    const weights = matrix.objectives.map(({ weight }) => weight);
    const terms = matrix.ids.map((_, row) => termsOf(matrix, row, profile.method === 'desirability'));
    return pairs.map(([above, below]) =>
      smallest(matrix, (column) => weightChangeToTie(terms[above] ?? [], terms[below] ?? [], weights, column)),
    );
  }
  if (profile.method === 'pareto' || profile.method === 'lexicographic') return pairs.map(() => undefined);
  return searchedFlips({ matrix, methodOf: list.methodOf }, pairs);
}

function smallest(matrix: DecisionMatrix, changeOf: (column: number) => number | undefined): WeightFlip | undefined {
  return matrix.objectives.reduce<WeightFlip | undefined>((best, { descriptor }, column) => {
    const relativeChange = changeOf(column);
    if (relativeChange === undefined) return best;
    const isSmaller = best === undefined || Math.abs(relativeChange) < Math.abs(best.relativeChange);
    return isSmaller ? { descriptor, relativeChange } : best;
  }, undefined);
}

const STEP = 0.02;
const STEPS_DOWN = 50;
const STEPS_UP = 200;
const HALVINGS = 30;

type Pair = readonly [above: number, below: number];

function searchedFlips(weighting: Weighting, pairs: readonly Pair[]): (WeightFlip | undefined)[] {
  const { objectives } = weighting.matrix;
  const flips = pairs.map<WeightFlip | undefined>(() => undefined);
  objectives.forEach(({ descriptor }, column) => {
    for (const [direction, steps] of [
      [-1, STEPS_DOWN],
      [1, STEPS_UP],
    ] as const) {
      for (let step = 1; step <= steps; step += 1) {
        const order = orderAt(weighting, column, direction * step * STEP);
        pairs.slice(0, TOP).forEach(([above, below], at) => {
          if ((order[above] ?? 0) > (order[below] ?? 0)) return;
          const reach = flips[at] === undefined ? Number.POSITIVE_INFINITY : Math.abs(flips[at].relativeChange);
          if ((step - 1) * STEP >= reach) return;
          const change = halved(
            weighting,
            { column, from: direction * (step - 1) * STEP, to: direction * step * STEP },
            [above, below],
          );
          if (Math.abs(change) < reach) flips[at] = { descriptor, relativeChange: change };
        });
      }
    }
  });
  return flips;
}

interface Bracket {
  readonly column: number;
  /** Here the order is the old one. */
  readonly from: number;
  /** Here it is not. */
  readonly to: number;
}

function halved(weighting: Weighting, { column, from, to }: Bracket, [above, below]: Pair): number {
  let kept = from;
  let turned = to;
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = (kept + turned) / 2;
    const order = orderAt(weighting, column, middle);
    if ((order[above] ?? 0) > (order[below] ?? 0)) kept = middle;
    else turned = middle;
  }
  return turned;
}
