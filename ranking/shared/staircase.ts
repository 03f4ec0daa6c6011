/**
 * Pareto fronts of up to three objectives under construction: of each the region that its members dominate in the plane of
 * the second and third cost, bounded by a staircase.
 *
 * Rows arrive in lexicographic order, so the first cost of a later row is never smaller and only the plane decides: the
 * question is answered by bisection. Comparing with every member is quadratic when most candidates lie on one front.
 */
import type { Fronts } from './dominance-fronts.ts';

/** Over rows of `dimension` costs; coordinates that are absent are 0. */
export function staircases(costs: Float64Array, dimension: number): Fronts {
  // Of each front its corners x, y side by side: x ascends, y strictly descends.
  const corners: Float64Array[] = [];
  const sizes: number[] = [];
  const xOf = (row: number): number => (dimension > 1 ? (costs[row * dimension + 1] ?? 0) : 0);
  const yOf = (row: number): number => (dimension > 2 ? (costs[row * dimension + 2] ?? 0) : 0);
  return {
    dominates: (front, row) => {
      const stairs = corners[front];
      if (stairs === undefined) return false;
      const at = countUpTo(stairs, sizes[front] ?? 0, xOf(row));
      return at > 0 && (stairs[2 * at - 1] ?? 0) <= yOf(row);
    },
    add: (front, row) => {
      const stairs = corners[front] ?? new Float64Array(16);
      const step = { x: xOf(row), y: yOf(row), size: sizes[front] ?? 0 };
      const roomy = 2 * step.size < stairs.length ? stairs : doubled(stairs);
      corners[front] = roomy;
      sizes[front] = addCorner(roomy, step);
    },
  };
}

/** How many corners of the first `size` have an x ≤ limit. */
function countUpTo(stairs: Float64Array, size: number, limit: number): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((stairs[2 * middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Returns how many corners there are then. */
function addCorner(
  stairs: Float64Array,
  { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
): number {
  // Corners right of x that lie above y no longer decide anything; one at the same x is replaced.
  let from = countUpTo(stairs, size, x);
  if (from > 0 && stairs[2 * from - 2] === x) from -= 1;
  let to = from;
  while (to < size && (stairs[2 * to + 1] ?? 0) >= y) to += 1;
  if (to !== from + 1) stairs.copyWithin(2 * from + 2, 2 * to, 2 * size);
  stairs[2 * from] = x;
  stairs[2 * from + 1] = y;
  return size + from + 1 - to;
}

function doubled(numbers: Float64Array): Float64Array {
  const larger = new Float64Array(2 * numbers.length);
  larger.set(numbers);
  return larger;
}
