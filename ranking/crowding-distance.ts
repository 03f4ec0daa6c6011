/**
 * Crowding distance: how much room a candidate has on its Pareto front, for display; never a rank or a tie-break.
 *
 * Per objective the front is sorted; an inner candidate adds (next − previous)/(max − min), nothing where max = min; the
 * two ends are unbounded. Source: Deb et al., IEEE Trans. Evol. Comput. 6, 182 (2002); SCIENCE §10.3.
 */

/** Distance of every row, a pure number; undefined at an end of its front. Costs row by row, all minimised. */
export function crowdingDistances(
  costs: Float64Array,
  objectives: number,
  fronts: readonly (number | undefined)[],
): (number | undefined)[] {
  const distances = fronts.map<number | undefined>(() => 0);
  for (const rows of membersByFront(fronts)) {
    for (let column = 0; column < objectives; column += 1) {
      addRoom(distances, rows, (row) => costs[row * objectives + column] ?? 0);
    }
  }
  return distances.map((distance, row) => (fronts[row] === undefined ? undefined : distance));
}

function addRoom(distances: (number | undefined)[], rows: readonly number[], costOf: (row: number) => number): void {
  const sorted = [...rows].sort((a, b) => costOf(a) - costOf(b) || a - b);
  const costs = sorted.map(costOf);
  const range = (costs.at(-1) ?? 0) - (costs[0] ?? 0);
  sorted.forEach((row, at) => {
    const distance = distances[row];
    const isEnd = at === 0 || at === sorted.length - 1;
    if (isEnd || distance === undefined) distances[row] = undefined;
    // A value that is missing costs ∞: with it an objective has no range.
    else if (range > 0 && range < Number.POSITIVE_INFINITY)
      distances[row] = distance + ((costs[at + 1] ?? 0) - (costs[at - 1] ?? 0)) / range;
  });
}

function membersByFront(fronts: readonly (number | undefined)[]): Iterable<number[]> {
  const members = new Map<number, number[]>();
  fronts.forEach((front, row) => {
    if (front === undefined) return;
    const rows = members.get(front);
    if (rows === undefined) members.set(front, [row]);
    else rows.push(row);
  });
  return members.values();
}
