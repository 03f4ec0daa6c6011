/**
 * Supercells of a plane lattice as integer matrices, and a cell between two that are nearly alike.
 *
 * The mistake avoided here: the mean of two cells that are turned against each other is smaller than both. The rotation
 * is taken away first (polar decomposition), then only the strain is divided.
 */
import { type Matrix2, type PlaneLattice, planeLattice, type Vector2 } from '../../model/plane-lattice.ts';

export function determinant2([a, b]: Matrix2): number {
  return a[0] * b[1] - a[1] * b[0];
}

/** The rows of `matrix` as components along those of `lattice`. */
export function multiplied([first, second]: Matrix2, [a, b]: Matrix2): Matrix2 {
  const row = ([p, q]: Vector2): Vector2 => [p * a[0] + q * b[0], p * a[1] + q * b[1]];
  return [row(first), row(second)];
}

export function inverse2(matrix: Matrix2): Matrix2 {
  const [[p, q], [r, s]] = matrix;
  const unit = 1 / determinant2(matrix);
  return [
    [s * unit, -q * unit],
    [-r * unit, p * unit],
  ];
}

export function swappedRows([first, second]: Matrix2): Matrix2 {
  return [second, first];
}

/** One point of the mesh for each cell in the supercell with these whole numbers as rows. */
export function supercellOrigins(matrix: Matrix2): Vector2[] {
  const count = Math.abs(Math.round(determinant2(matrix)));
  // Its Hermite form: the points repeat after `along` in the first direction and `count / along` in the second one.
  const along = commonDivisor(Math.abs(matrix[0][0]), Math.abs(matrix[1][0]));
  const across = along === 0 ? 0 : count / along;
  return Array.from({ length: along }, (_, i) => Array.from({ length: across }, (__, j): Vector2 => [i, j])).flat();
}

function commonDivisor(left: number, right: number): number {
  return right === 0 ? left : commonDivisor(right, left % right);
}

/** `share` 0: lengths and angle of `from`; 1: of `to`; between them the strain is divided. Both right-handed; a along x. */
export function betweenCells(from: PlaneLattice, to: PlaneLattice, share: number): PlaneLattice {
  const [[xx, xy], [yx, yy]] = multiplied(inverse2(from), to);
  const angle = Math.atan2(xy - yx, xx + yy);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const turned = multiplied(from, [
    [cosine, sine],
    [-sine, cosine],
  ]);
  const mean = (at: 0 | 1): Vector2 => [
    (1 - share) * turned[at][0] + share * to[at][0],
    (1 - share) * turned[at][1] + share * to[at][1],
  ];
  const [a, b] = [mean(0), mean(1)];
  const gamma = Math.atan2(determinant2([a, b]), a[0] * b[0] + a[1] * b[1]);
  return planeLattice(Math.hypot(...a), Math.hypot(...b), (gamma * 180) / Math.PI);
}
