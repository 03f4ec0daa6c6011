/**
 * Euclidean length of a column of values, by which TOPSIS and `vector` make columns comparable.
 *
 * The mistake avoided here: squares of 1e200 are infinite and those of 1e−200 are 0, so that a column of very large or very
 * small numbers (a diffusion coefficient in the cold) would take no part, in silence. Only ratios count: such a column is
 * first divided by its largest entry.
 */

/** Sums of squares between these have lost nothing to the ends of the range. */
const [LEAST_SQUARES, MOST_SQUARES] = [1e-280, 1e280];

/** 0 for a column of zeros. Divides the entries of `column` in place where their squares would be out of range. */
export function fittedLength(column: Float64Array): number {
  const squares = sumOfSquares(column);
  if (squares > LEAST_SQUARES && squares < MOST_SQUARES) return Math.sqrt(squares);
  const largest = column.reduce((found, entry) => Math.max(found, Math.abs(entry)), 0);
  if (largest === 0) return 0;
  for (let row = 0; row < column.length; row += 1) column[row] = (column[row] ?? 0) / largest;
  return Math.sqrt(sumOfSquares(column));
}

function sumOfSquares(column: Float64Array): number {
  let squares = 0;
  for (let row = 0; row < column.length; row += 1) {
    const entry = column[row] ?? 0;
    squares += entry * entry;
  }
  return squares;
}
