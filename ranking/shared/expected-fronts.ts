/**
 * On which front a row is likely to lie: on that of the row last placed with nearly the same second and third cost.
 *
 * Fronts are found by asking one after the other whether it dominates a row; with a good guess two or three questions do
 * instead of eight. A bad guess costs time, never correctness.
 */

/** Cells along each axis. */
const CELLS = 128;

export interface ExpectedFronts {
  readonly near: (row: number) => number;
  readonly found: (row: number, front: number) => void;
}

export function expectedFronts(costs: Float64Array, dimension: number): ExpectedFronts {
  const second = cellsAlong(costs, dimension, 1);
  const third = cellsAlong(costs, dimension, 2);
  const fronts = new Uint32Array(CELLS * CELLS);
  const cellOf = (row: number): number => second(row) * CELLS + third(row);
  return {
    near: (row) => fronts[cellOf(row)] ?? 0,
    found: (row, front) => {
      fronts[cellOf(row)] = front;
    },
  };
}

/** 0 everywhere along a cost that there is not, or that has no range. */
function cellsAlong(costs: Float64Array, dimension: number, column: number): (row: number) => number {
  if (column >= dimension) return () => 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = column; at < costs.length; at += dimension) {
    const cost = costs[at] ?? 0;
    if (!Number.isFinite(cost)) continue;
    if (cost < low) low = cost;
    if (cost > high) high = cost;
  }
  const scale = CELLS / (high - low);
  if (!(scale > 0 && scale < Number.POSITIVE_INFINITY)) return () => 0;
  return (row) => {
    const cell = ((costs[row * dimension + column] ?? 0) - low) * scale;
    return cell >= CELLS ? CELLS - 1 : cell > 0 ? cell | 0 : 0;
  };
}
