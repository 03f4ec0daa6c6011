/**
 * Least cost of a mixture: minimise c·x over x ≥ 0 with A·x = b, by the simplex method on a dense table.
 *
 * The mistake avoided here: a table that runs in circles. Phase diagrams are degenerate everywhere (a compound is made of
 * few of its possible neighbours), so Bland's rule chooses the pivots. R. G. Bland, Math. Oper. Res. 2, 103 (1977).
 */

export interface Column {
  readonly cost: number;
  /** One number per equation. */
  readonly entries: readonly number[];
}

export interface Optimum {
  readonly cost: number;
  /** Amount of each column. */
  readonly amounts: readonly number[];
}

/** Costs and entries are of the order of one; what is smaller than this is rounding. */
const ROUNDING = 1e-11;
const MOST_PIVOTS = 20_000;

/**
 * `start`: a column for each equation; they must allow a solution. Undefined when the cost has no lower bound.
 */
export function leastCost(
  columns: readonly Column[],
  right: readonly number[],
  start: readonly number[],
): Optimum | undefined {
  const width = columns.length;
  const table = right.map((value, i) => [...columns.map(({ entries }) => entries[i] ?? 0), value]);
  const reduced = [...columns.map(({ cost }) => cost), 0];
  const basis: number[] = right.map(() => -1);
  for (const [row, column] of start.entries()) pivot({ table, reduced, basis }, row, column);
  for (let count = 0; count < MOST_PIVOTS; count += 1) {
    const entering = reduced.findIndex((value, at) => at < width && value < -ROUNDING);
    if (entering < 0) {
      const amounts = columns.map(() => 0);
      for (const [row, column] of basis.entries()) amounts[column] = Math.max(0, table[row]?.[width] ?? 0);
      return { cost: columns.reduce((sum, { cost }, at) => sum + cost * (amounts[at] ?? 0), 0), amounts };
    }
    const leaving = leavingRow(table, basis, entering);
    if (leaving === undefined) return undefined;
    pivot({ table, reduced, basis }, leaving, entering);
  }
  throw new Error('Bland’s rule ends after finitely many steps');
}

/** Of the rows that limit the entering column most, that of the column with the lowest number. */
function leavingRow(
  table: readonly (readonly number[])[],
  basis: readonly number[],
  entering: number,
): number | undefined {
  let found: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [row, entries] of table.entries()) {
    const entry = entries[entering] ?? 0;
    if (entry <= ROUNDING) continue;
    const ratio = Math.max(0, entries.at(-1) ?? 0) / entry;
    const isLower = (basis[row] ?? 0) < (basis[found ?? row] ?? 0);
    if (ratio < least - ROUNDING || (ratio <= least + ROUNDING && isLower)) {
      least = Math.min(least, ratio);
      found = row;
    }
  }
  return found;
}

interface Table {
  readonly table: number[][];
  readonly reduced: number[];
  readonly basis: number[];
}

function pivot({ table, reduced, basis }: Table, row: number, column: number): void {
  const pivotRow = table[row] ?? [];
  const pivotEntry = pivotRow[column] ?? 0;
  if (Math.abs(pivotEntry) <= ROUNDING) throw new Error('the columns to start with depend on each other');
  for (let j = 0; j < pivotRow.length; j += 1) pivotRow[j] = (pivotRow[j] ?? 0) / pivotEntry;
  for (const [i, others] of [...table.entries(), [-1, reduced] as const]) {
    const factor = others[column] ?? 0;
    if (i === row || factor === 0) continue;
    for (let j = 0; j < others.length; j += 1) others[j] = (others[j] ?? 0) - factor * (pivotRow[j] ?? 0);
  }
  basis[row] = column;
}
