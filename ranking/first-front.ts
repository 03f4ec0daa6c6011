/**
 * The candidates that no other one beats (Pareto front 1), without the fronts behind it.
 *
 * Of a million candidates nearly all are beaten by one of a few good ones. These are found in a sample; a single pass
 * leaves what none of them beats in every objective, and only that is sorted. What it finds does not depend on the sample.
 * Source of the idea: Bartolini, Ciaccia & Patella, ACM Trans. Database Syst. 33, 31 (2008).
 */
import { emptyFronts } from './shared/dominance-fronts.ts';
import { equalsPrevious, rowsAt, rowsInOrder } from './shared/rows-in-order.ts';

const SAMPLE = 4000;
/** So many of the sample's front are held against the sample … */
const MOST_WEIGHED = 200;
/** … and so many, those that beat most of it, against every row. */
const CHAMPIONS = 32;

/** Ascending row numbers of those of `dimension` costs, all minimised, that no row dominates; equal rows all. */
export function firstFront(costs: Float64Array, dimension: number): Uint32Array {
  const count = costs.length / dimension;
  if (count <= SAMPLE) return soleFront(costs, dimension);
  const left = unbeaten(costs, dimension, championsOf(costs, dimension));
  return soleFront(rowsAt(costs, dimension, left), dimension).map((at) => left[at] ?? 0);
}

function soleFront(costs: Float64Array, dimension: number): Uint32Array {
  const { order, sorted } = rowsInOrder(costs, dimension);
  const fronts = emptyFronts(sorted, dimension);
  const members = new Uint32Array(order.length);
  let found = 0;
  let isMember = false;
  for (let row = 0; row < order.length; row += 1) {
    if (row === 0 || !equalsPrevious(sorted, dimension, row)) {
      isMember = !fronts.dominates(0, row);
      if (isMember) fronts.add(0, row);
    }
    if (isMember) {
      members[found] = order[row] ?? 0;
      found += 1;
    }
  }
  return members.slice(0, found).sort();
}

/** Costs of the champions side by side, the strongest first. */
function championsOf(costs: Float64Array, dimension: number): Float64Array {
  const step = Math.floor(costs.length / dimension / SAMPLE);
  const rows = Uint32Array.from({ length: SAMPLE }, (_, at) => at * step);
  const sample = rowsAt(costs, dimension, rows);
  const front = soleFront(sample, dimension);
  const stride = Math.ceil(front.length / MOST_WEIGHED);
  const weighed = front.filter((_, at) => at % stride === 0);
  const members = Array.from(weighed, (row) => {
    const own = sample.subarray(row * dimension, (row + 1) * dimension);
    return { own, left: unbeaten(sample, dimension, own).length };
  });
  members.sort((a, b) => a.left - b.left);
  return Float64Array.from(members.slice(0, CHAMPIONS).flatMap(({ own }) => [...own]));
}

/** Rows that no champion beats in every objective: among them is the whole front. */
function unbeaten(costs: Float64Array, dimension: number, champions: Float64Array): Uint32Array {
  const count = costs.length / dimension;
  const rows = new Uint32Array(count);
  let found = 0;
  for (let row = 0; row < count; row += 1) {
    const at = row * dimension;
    // The first three costs are read once: this loop over all rows is what takes the time.
    const first = costs[at] ?? 0;
    const second = dimension > 1 ? (costs[at + 1] ?? 0) : first;
    const third = dimension > 2 ? (costs[at + 2] ?? 0) : first;
    let champion = 0;
    while (champion < champions.length) {
      const isBeaten =
        (champions[champion] ?? 0) < first &&
        (dimension < 2 || (champions[champion + 1] ?? 0) < second) &&
        (dimension < 3 || (champions[champion + 2] ?? 0) < third) &&
        (dimension < 4 || isBelow(champions, champion, { costs, at, dimension }));
      if (isBeaten) break;
      champion += dimension;
    }
    if (champion < champions.length) continue;
    rows[found] = row;
    found += 1;
  }
  return rows.subarray(0, found);
}

interface Row {
  readonly costs: Float64Array;
  readonly at: number;
  readonly dimension: number;
}

/** Whether the champion is better from the fourth cost on. */
function isBelow(champions: Float64Array, champion: number, { costs, at, dimension }: Row): boolean {
  let column = 3;
  while (column < dimension && (champions[champion + column] ?? 0) < (costs[at + column] ?? 0)) column += 1;
  return column === dimension;
}
