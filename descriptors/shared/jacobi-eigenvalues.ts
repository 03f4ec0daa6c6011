/**
 * Eigenvalues of a small symmetric matrix by Jacobi's rotations: each one makes the largest element beside the diagonal
 * zero. Slower than other methods for large matrices, accurate to the last digits for small ones.
 *
 * Golub & Van Loan, Matrix Computations, §8.5.
 */

/** Of the sum of squares: below it the elements beside the diagonal are rounding. */
const NEGLIGIBLE = 1e-30;
const MOST_ROTATIONS = 1000;

/** Ascending. Only the symmetric part of the matrix counts. */
export function symmetricEigenvalues(matrix: readonly (readonly number[])[]): number[] {
  const size = matrix.length;
  // Of order one: squares of very large or small elements would leave the range of numbers.
  const largest = Math.max(...matrix.flat().map(Math.abs)) || 1;
  const at = matrix.map((row, i) => row.map((value, j) => (value / largest + (matrix[j]?.[i] ?? 0) / largest) / 2));
  const get = (i: number, j: number): number => at[i]?.[j] ?? 0;
  const put = (i: number, j: number, value: number): void => {
    const row = at[i];
    if (row !== undefined) row[j] = value;
  };
  const total = at.flat().reduce((sum, value) => sum + value * value, 0);
  for (let rotation = 0; rotation < MOST_ROTATIONS; rotation += 1) {
    let [p, q] = [0, 1];
    for (let i = 0; i < size; i += 1) {
      for (let j = i + 1; j < size; j += 1) if (Math.abs(get(i, j)) > Math.abs(get(p, q))) [p, q] = [i, j];
    }
    if (size < 2 || get(p, q) ** 2 <= NEGLIGIBLE * total) break;
    const slope = (get(q, q) - get(p, p)) / (2 * get(p, q));
    const tangent = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.hypot(1, slope));
    const cosine = 1 / Math.hypot(1, tangent);
    const sine = tangent * cosine;
    for (let k = 0; k < size; k += 1) {
      const [kp, kq] = [get(k, p), get(k, q)];
      put(k, p, cosine * kp - sine * kq);
      put(k, q, sine * kp + cosine * kq);
    }
    for (let k = 0; k < size; k += 1) {
      const [pk, qk] = [get(p, k), get(q, k)];
      put(p, k, cosine * pk - sine * qk);
      put(q, k, sine * pk + cosine * qk);
    }
  }
  return at.map((_, i) => largest * get(i, i)).sort((left, right) => left - right);
}
