/**
 * The name of a supercell: of all its pairs of vectors the one in Hermite form, [[p, q], [0, m]] with 0 ≤ q < m.
 */
import type { Matrix2 } from '../../../../model/plane-lattice.ts';

/** n, p, q of [[p, q], [0, n/p]], whose rows span the same lattice. */
export function hermiteForm([[i, j], [k, l]]: Matrix2): [number, number, number] {
  let [[a, b], [c, d]] = [
    [i, j],
    [k, l],
  ];
  while (c !== 0) {
    const times = Math.trunc(a / c);
    [a, b, c, d] = [c, d, a - times * c, b - times * d];
  }
  const [p, q, m] = a < 0 ? [-a, -b, Math.abs(d)] : [a, b, Math.abs(d)];
  return [p * m, p, ((q % m) + m) % m];
}
