/** Rows of costs, copied: a million reads all over the memory take as long as the comparisons. */
import { lexicographicOrder } from './lexicographic-order.ts';

export interface OrderedRows {
  /** Row numbers as they were given. */
  readonly order: Uint32Array;
  readonly sorted: Float64Array;
}

export function rowsInOrder(costs: Float64Array, dimension: number): OrderedRows {
  const order = lexicographicOrder(costs, dimension);
  return { order, sorted: rowsAt(costs, dimension, order) };
}

/** These rows, one after the other. */
export function rowsAt(costs: Float64Array, dimension: number, rows: Uint32Array): Float64Array {
  const copy = new Float64Array(rows.length * dimension);
  for (let row = 0, to = 0; row < rows.length; row += 1) {
    const from = (rows[row] ?? 0) * dimension;
    for (let at = 0; at < dimension; at += 1, to += 1) copy[to] = costs[from + at] ?? 0;
  }
  return copy;
}

export function equalsPrevious(sorted: Float64Array, dimension: number, row: number): boolean {
  const from = row * dimension;
  for (let at = from; at < from + dimension; at += 1) if (sorted[at] !== sorted[at - dimension]) return false;
  return true;
}
