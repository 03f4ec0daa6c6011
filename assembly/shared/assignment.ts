/**
 * Minimum-cost assignment: every row gets its own column, and the sum of the costs is as small as it can be.
 *
 * The mistake avoided here: taking nearest pairs first. Where atoms moved, a greedy pair can take the partner that
 * another atom needs, and the atom left over is then called the adsorbate. Shortest augmenting paths: R. Jonker,
 * A. Volgenant, Computing 38, 325 (1987).
 */

/** Column of every row. `costs[row][column]`, at least as many columns as rows. Ties go to the lower column. */
export function minimumCostAssignment(costs: readonly Float64Array[]): number[] {
  const columns = costs[0]?.length ?? 0;
  if (costs.length > columns) throw new RangeError(`${costs.length} rows for ${columns} columns`);
  const nearest = costs.map(cheapestColumn);
  // When nobody wants the same column, the cheapest ones are the best assignment.
  if (new Set(nearest).size === costs.length) return nearest;
  return shortestAugmentingPaths(costs, columns);
}

function cheapestColumn(row: Float64Array): number {
  let best = 0;
  for (let column = 1; column < row.length; column += 1) {
    if ((row[column] ?? 0) < (row[best] ?? 0)) best = column;
  }
  return best;
}

function shortestAugmentingPaths(costs: readonly Float64Array[], columns: number): number[] {
  const rowOf = new Int32Array(columns).fill(-1);
  const rowPrice = new Float64Array(costs.length);
  const columnPrice = new Float64Array(columns);
  for (let start = 0; start < costs.length; start += 1) {
    const path = shortestPath({ costs, rowOf, rowPrice, columnPrice }, start);
    // Along the path every row moves on to the next column.
    let column = path.end;
    while (column >= 0) {
      const previous = path.previous[column] ?? -1;
      rowOf[column] = previous < 0 ? start : (rowOf[previous] ?? -1);
      column = previous;
    }
  }
  const assigned: number[] = costs.map(() => -1);
  for (const [column, row] of rowOf.entries()) if (row >= 0) assigned[row] = column;
  return assigned;
}

interface Matching {
  readonly costs: readonly Float64Array[];
  /** Row of every column, −1 for a free one. */
  readonly rowOf: Int32Array;
  readonly rowPrice: Float64Array;
  readonly columnPrice: Float64Array;
}

/** Dijkstra over reduced costs from the row `start` to the first free column; updates the prices. */
function shortestPath({ costs, rowOf, rowPrice, columnPrice }: Matching, start: number) {
  const columns = rowOf.length;
  const distance = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  const previous = new Int32Array(columns).fill(-1);
  const settled: number[] = [];
  const isSettled = new Uint8Array(columns);
  let row = start;
  let from = -1;
  let reached = 0;
  for (;;) {
    let next = -1;
    for (let column = 0; column < columns; column += 1) {
      if (isSettled[column] === 1) continue;
      const reduced = (costs[row]?.[column] ?? 0) - (rowPrice[row] ?? 0) - (columnPrice[column] ?? 0);
      if (reached + reduced < (distance[column] ?? 0)) {
        distance[column] = reached + reduced;
        previous[column] = from;
      }
      if (next < 0 || (distance[column] ?? 0) < (distance[next] ?? 0)) next = column;
    }
    reached = distance[next] ?? 0;
    isSettled[next] = 1;
    if ((rowOf[next] ?? -1) < 0) {
      rowPrice[start] = (rowPrice[start] ?? 0) + reached;
      for (const column of settled) {
        const gain = reached - (distance[column] ?? 0);
        const owner = rowOf[column] ?? 0;
        rowPrice[owner] = (rowPrice[owner] ?? 0) + gain;
        columnPrice[column] = (columnPrice[column] ?? 0) - gain;
      }
      return { end: next, previous };
    }
    settled.push(next);
    from = next;
    row = rowOf[next] ?? 0;
  }
}
