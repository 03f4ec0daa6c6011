/**
 * Ranks and their correlation.
 *
 * The mistake avoided here: the formula 1 − 6Σd²/(n³ − n) is wrong as soon as two values are equal; the correlation is
 * taken of the ranks themselves.
 */
import { erf } from 'mathjs/number';

/** From 1; equal values share the mean of their ranks. */
export function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, at) => at).sort((left, right) => (values[left] ?? 0) - (values[right] ?? 0));
  const ranks = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1] ?? 0] === values[order[from] ?? 0]) to += 1;
    for (let at = from; at <= to; at += 1) ranks[order[at] ?? 0] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return ranks;
}

/** Undefined when all ranks of one side are equal. */
export function spearman(first: readonly number[], second: readonly number[]): number | undefined {
  const [one, other] = [deviations(first), deviations(second)];
  const scale = Math.sqrt(dot(one, one) * dot(other, other));
  return scale === 0 ? undefined : dot(one, other) / scale;
}

/** Share of all orders of the second that agree or disagree with the first at least as much. */
export function exactTwoSidedP(first: readonly number[], second: readonly number[]): number {
  const [one, other] = [deviations(first), deviations(second)];
  // Sums of halves and thirds: orders that are equal differ in the last bits.
  const least = Math.abs(dot(one, other)) - 1e-9;
  let orders = 0;
  let extreme = 0;
  forEachOrder(other, (order) => {
    orders += 1;
    if (Math.abs(dot(one, order)) >= least) extreme += 1;
  });
  return extreme / orders;
}

/** z = ρ√(n − 1), which has unit variance over all orders. */
export function normalTwoSidedP(correlation: number, n: number): number {
  const z = Math.abs(correlation) * Math.sqrt(n - 1);
  return 1 - erf(z / Math.SQRT2);
}

function deviations(ranks: readonly number[]): number[] {
  const mean = ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length;
  return ranks.map((rank) => rank - mean);
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}

/** Heap's algorithm: every order once, each one exchange from the last. The array is the same one each time. */
function forEachOrder(values: readonly number[], visit: (order: readonly number[]) => void): void {
  const order = [...values];
  const counters = new Array<number>(order.length).fill(0);
  visit(order);
  for (let at = 0; at < order.length; ) {
    const counter = counters[at] ?? 0;
    if (counter >= at) {
      counters[at] = 0;
      at += 1;
      continue;
    }
    const from = at % 2 === 0 ? 0 : counter;
    [order[from], order[at]] = [order[at] ?? 0, order[from] ?? 0];
    visit(order);
    counters[at] = counter + 1;
    at = 0;
  }
}
