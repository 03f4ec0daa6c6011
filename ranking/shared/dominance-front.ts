/**
 * One Pareto front under construction: answers "does a member dominate this vector?" for vectors that arrive in
 * lexicographic order, each different from all before.
 *
 * The first coordinate of a later vector is never smaller, so only the others decide. With up to three objectives that
 * leaves a staircase in the plane (second, third coordinate) which is searched by bisection; comparing with every
 * member instead is quadratic when most candidates lie on one front. With more objectives every member is compared.
 */

export interface Front {
  readonly dominates: (vector: readonly number[]) => boolean;
  readonly add: (vector: readonly number[]) => void;
}

/** A front with its first member. */
export function frontOf(first: readonly number[]): Front {
  const front = first.length <= 3 ? staircase() : list();
  front.add(first);
  return front;
}

/** Corners (x ascending, y strictly descending) of the region dominated by the members; absent coordinates are 0. */
function staircase(): Front {
  const xs: number[] = [];
  const ys: number[] = [];
  return {
    dominates: (vector) => {
      const at = countUpTo(xs, vector[1] ?? 0);
      return at > 0 && (ys[at - 1] ?? Number.POSITIVE_INFINITY) <= (vector[2] ?? 0);
    },
    add: (vector) => {
      const x = vector[1] ?? 0;
      const y = vector[2] ?? 0;
      // Corners right of x that lie above y no longer decide anything; one at the same x is replaced.
      let from = countUpTo(xs, x);
      if (from > 0 && xs[from - 1] === x) from -= 1;
      let to = from;
      while (to < ys.length && (ys[to] ?? 0) >= y) to += 1;
      xs.splice(from, to - from, x);
      ys.splice(from, to - from, y);
    },
  };
}

function list(): Front {
  const members: (readonly number[])[] = [];
  return {
    dominates: (vector) => members.some((member) => member.every((cost, index) => cost <= (vector[index] ?? cost))),
    add: (vector) => members.push(vector),
  };
}

/** How many of the ascending values are ≤ limit. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
