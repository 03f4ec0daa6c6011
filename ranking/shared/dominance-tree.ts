/**
 * Pareto fronts of four and more objectives under construction, for many rows: members in a k-d tree.
 *
 * With many objectives most rows dominate few others, a front has thousands of members and comparing with each of them is
 * quadratic. All fronts of one task share the values at which their trees divide: medians of a sample, so that a tree
 * stays level whatever the order of arrival. A branch is left out when its best corner does not dominate the row.
 * Source: Gustavsson & Syberfeldt, Evol. Comput. 26, 89 (2018).
 */
import type { Fronts } from './dominance-fronts.ts';

/** Members that a leaf holds before it is divided. */
const LEAF = 32;
/** Rows from which the medians are taken. */
const SAMPLE = 4096;

interface Branch {
  /** Of the division in the shared list; its children divide at 2·place and 2·place + 1. */
  readonly place: number;
  /** Smallest of each cost below, without the first. */
  readonly best: Float64Array;
  /** Costs of the members of a leaf side by side, without the first. */
  members: Float64Array;
  used: number;
  below?: readonly [smaller: Branch, larger: Branch];
}

interface Divisions {
  readonly width: number;
  /** By place; NaN where the sample cannot be divided further. */
  readonly values: Float64Array;
}

/** Over rows of `dimension` costs. */
export function dominanceTrees(costs: Float64Array, dimension: number): Fronts {
  const width = dimension - 1;
  const divisions = { width, values: divisionsOf(costs, dimension) };
  const roots: Branch[] = [];
  const row = new Float64Array(width);
  const read = (at: number): Float64Array => {
    for (let column = 0; column < width; column += 1) row[column] = costs[at * dimension + 1 + column] ?? 0;
    return row;
  };
  return {
    dominates: (front, at) => {
      const root = roots[front];
      return root !== undefined && dominates(root, read(at), divisions);
    },
    add: (front, at) => {
      const root = roots[front] ?? leaf(1, width);
      roots[front] = root;
      add(root, read(at), divisions);
    },
  };
}

function leaf(place: number, width: number): Branch {
  return { place, best: new Float64Array(width).fill(Number.POSITIVE_INFINITY), members: new Float64Array(0), used: 0 };
}

function dominates(branch: Branch, row: Float64Array, divisions: Divisions): boolean {
  const { best, below } = branch;
  const { width, values } = divisions;
  for (let at = 0; at < width; at += 1) if ((best[at] ?? 0) > (row[at] ?? 0)) return false;
  if (below !== undefined) {
    if (dominates(below[0], row, divisions)) return true;
    const isLarger = (row[columnOf(branch.place, width)] ?? 0) >= (values[branch.place] ?? 0);
    return isLarger && dominates(below[1], row, divisions);
  }
  const { members, used } = branch;
  for (let member = used - width; member >= 0; member -= width) {
    let at = 0;
    while (at < width && (members[member + at] ?? 0) <= (row[at] ?? 0)) at += 1;
    if (at === width) return true;
  }
  return false;
}

function add(root: Branch, row: Float64Array, divisions: Divisions): void {
  const { width } = divisions;
  let branch = root;
  for (;;) {
    const { best } = branch;
    for (let at = 0; at < width; at += 1) if ((row[at] ?? 0) < (best[at] ?? 0)) best[at] = row[at] ?? 0;
    if (branch.below === undefined) break;
    branch = childOf(branch, branch.below, { row, divisions });
  }
  if (branch.used === branch.members.length) {
    const isDivisible = branch.used >= LEAF * width && !Number.isNaN(divisions.values[branch.place] ?? Number.NaN);
    if (isDivisible) {
      divide(branch, divisions);
      add(branch, row, divisions);
      return;
    }
    const larger = new Float64Array(Math.max(LEAF * width, 2 * branch.used));
    larger.set(branch.members);
    branch.members = larger;
  }
  branch.members.set(row, branch.used);
  branch.used += width;
}

function childOf(
  { place }: Branch,
  [smaller, larger]: readonly [Branch, Branch],
  { row, divisions: { width, values } }: { readonly row: Float64Array; readonly divisions: Divisions },
): Branch {
  return (row[columnOf(place, width)] ?? 0) < (values[place] ?? 0) ? smaller : larger;
}

function divide(branch: Branch, divisions: Divisions): void {
  const { place, members, used } = branch;
  const { width } = divisions;
  const below = [leaf(2 * place, width), leaf(2 * place + 1, width)] as const;
  for (let member = 0; member < used; member += width) {
    const row = members.slice(member, member + width);
    add(childOf(branch, below, { row, divisions }), row, divisions);
  }
  branch.below = below;
  branch.members = new Float64Array(0);
  branch.used = 0;
}

/** The column that a branch divides: level by level in turn. */
function columnOf(place: number, width: number): number {
  return (31 - Math.clz32(place)) % width;
}

function divisionsOf(costs: Float64Array, dimension: number): Float64Array {
  const count = costs.length / dimension;
  const step = Math.max(1, Math.floor(count / SAMPLE));
  const rows = Array.from({ length: Math.min(SAMPLE, count) }, (_, at) => at * step);
  const values = new Float64Array(SAMPLE).fill(Number.NaN);
  const divideSample = (place: number, sample: readonly number[]): void => {
    if (place >= values.length || sample.length < 2) return;
    const column = columnOf(place, dimension - 1) + 1;
    const costOf = (row: number): number => costs[row * dimension + column] ?? 0;
    const sorted = Float64Array.from(sample, costOf).sort();
    const median = sorted[sorted.length >> 1] ?? 0;
    const smaller = sample.filter((row) => costOf(row) < median);
    // All above would be divided at the same value for ever.
    if (smaller.length === 0) return;
    values[place] = median;
    divideSample(2 * place, smaller);
    divideSample(
      2 * place + 1,
      sample.filter((row) => costOf(row) >= median),
    );
  };
  divideSample(1, rows);
  return values;
}
