/**
 * Why a candidate stands below the one above it, and how far away that place is.
 *
 * Three answers: the difference of the scores; by how much each of its values alone would have to change to make up for
 * it; and which weight would have to change least. Beside them, how sure it is that the one above is better in each
 * objective at all, from the uncertainties of the two values (SCIENCE §10.5).
 */
import type { Objective, Profile } from '../model/profile.ts';
import type { NextPlace } from '../model/ranking.ts';
import { valueOfDesirability } from './desirability.ts';
import { type NormalValue, probabilityBelow } from './pairwise-probability.ts';
import { costOf } from './pareto.ts';
import type { DecisionMatrix } from './shared/decision-matrix.ts';
import { correlationOf } from './shared/drawn-values.ts';
import { isSameOrder, type ScoredList } from './shared/scored-list.ts';
import { isMadeOfDesirabilities } from './shared/scoring-method.ts';
import { weightFlips } from './weight-sensitivity.ts';

interface Ranked {
  readonly matrix: DecisionMatrix;
  readonly list: ScoredList;
  readonly profile: Profile;
}

/** In the order of the list; undefined for its first. */
export function nextPlaces(ranked: Ranked): (NextPlace | undefined)[] {
  const { matrix, list, profile } = ranked;
  const flips = weightFlips(matrix, list, profile);
  return list.rows.map((row, index) => {
    const above = list.rows[index - 1];
    if (above === undefined) return undefined;
    const { method, order } = list;
    // Of two that are tied nothing needs to change, and a value beyond its target may be anywhere there.
    const isTied = isSameOrder(order, above, row);
    const weightFlip = isTied ? undefined : flips[index - 1];
    return {
      candidate: matrix.ids[above] ?? '',
      scoreDifference: method.scoreOf(order[above] ?? 0) - method.scoreOf(order[row] ?? 0),
      neededChanges: isTied ? {} : neededChanges(ranked, row, order[above] ?? 0),
      aboveIsBetter: aboveIsBetter(ranked, above, row),
      ...(weightFlip !== undefined && { weightFlip }),
    };
  });
}

function neededChanges({ matrix, list, profile }: Ranked, row: number, wanted: number): NextPlace['neededChanges'] {
  if (!isMadeOfDesirabilities(profile.method, profile.normalisation)) return {};
  const isGeometric = profile.method === 'desirability';
  const { objectives, known, shares, values } = matrix;
  const found = objectives.flatMap((objective, column) => {
    const at = row * objectives.length + column;
    const share = shares[at] ?? 0;
    if (known[at] !== 1 || share === 0) return [];
    const value = values[at] ?? 0;
    const rest = orderWithout({ matrix, list }, row, column);
    const needed = (wanted - rest) / share;
    const desirability = isGeometric ? Math.exp(needed) : needed;
    if (!Number.isFinite(rest) || !(desirability > 0 && desirability <= 1)) return [];
    const change = valueOfDesirability(desirability, objective.desirability, value) - value;
    return change === 0 ? [] : [[objective.descriptor, { change, unit: objective.unit }] as const];
  });
  return Object.fromEntries(found);
}

/** What the other objectives of a row make. */
function orderWithout({ matrix, list }: Pick<Ranked, 'matrix' | 'list'>, row: number, column: number): number {
  const count = matrix.objectives.length;
  const part = <T extends Float64Array | Uint8Array>(of: T): T => of.slice(row * count, (row + 1) * count) as T; // the same kind
  const shares = part(matrix.shares);
  shares[column] = 0;
  const order = new Float64Array(1);
  const alone = {
    ...matrix,
    ids: [matrix.ids[row] ?? ''],
    values: part(matrix.values),
    known: part(matrix.known),
    shares,
  };
  list.methodOf(alone).order(alone.values, order);
  return order[0] ?? 0;
}

function aboveIsBetter({ matrix, profile }: Ranked, above: number, below: number): NextPlace['aboveIsBetter'] {
  const entries = matrix.objectives.flatMap((objective, column) => {
    const upper = normalCost(matrix, above, column);
    const lower = normalCost(matrix, below, column);
    if (upper === undefined || lower === undefined || objective.desirability.kind === 'target') return [];
    const correlation = correlationOf(objective.descriptor, profile.monteCarlo.correlations);
    return [[objective.descriptor, probabilityBelow(upper, lower, correlation)] as const];
  });
  return Object.fromEntries(entries);
}

function normalCost(
  { objectives, known, values, uncertainties }: DecisionMatrix,
  row: number,
  column: number,
): NormalValue | undefined {
  const at = row * objectives.length + column;
  const objective: Objective | undefined = objectives[column];
  if (known[at] !== 1 || objective === undefined) return undefined;
  return { value: costOf(values[at] ?? 0, objective), uncertainty: uncertainties[at] ?? 0 };
}
