/**
 * Linear equations of a few unknowns by elimination with the largest pivot of each column.
 */

/** X of A·X = B, columns of B solved together; undefined when A is singular. */
export function solved(
  matrix: readonly (readonly number[])[],
  right: readonly (readonly number[])[],
): number[][] | undefined {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...(right[i] ?? [])]);
  const largest = Math.max(...matrix.flat().map(Math.abs));
  for (let column = 0; column < size; column += 1) {
    let chosen = column;
    for (let i = column + 1; i < size; i += 1) {
      if (Math.abs(rows[i]?.[column] ?? 0) > Math.abs(rows[chosen]?.[column] ?? 0)) chosen = i;
    }
    const pivotRow = rows[chosen];
    const pivot = pivotRow?.[column] ?? 0;
    if (pivotRow === undefined || Math.abs(pivot) <= 1e-12 * largest) return undefined;
    rows[chosen] = rows[column] ?? [];
    rows[column] = pivotRow.map((value) => value / pivot);
    const scaled = rows[column] ?? [];
    for (let i = 0; i < size; i += 1) {
      const factor = rows[i]?.[column] ?? 0;
      if (i === column || factor === 0) continue;
      rows[i] = (rows[i] ?? []).map((value, j) => value - factor * (scaled[j] ?? 0));
    }
  }
  return rows.map((row) => row.slice(size));
}
