// Three-vectors and cells as plain arrays: rows of a cell are its lattice vectors in Å.
//
// The mistake avoided here: reciprocal vectors are without the factor 2π, as VASP prints them and as the k-spacing
// 0.04 Å⁻¹ of the protocol counts them.

/** @typedef {readonly [number, number, number]} Vector */
/** @typedef {readonly [Vector, Vector, Vector]} Cell */

/** @type {(u: Vector, v: Vector) => number} */
export const dot = (u, v) => u[0] * v[0] + u[1] * v[1] + u[2] * v[2];

/** @type {(u: Vector) => number} */
export const length = (u) => Math.sqrt(dot(u, u));

/** @type {(u: Vector, v: Vector) => Vector} */
export const cross = (u, v) => [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];

/** @type {(u: Vector, v: Vector) => Vector} */
export const add = (u, v) => [u[0] + v[0], u[1] + v[1], u[2] + v[2]];

/** @type {(u: Vector, v: Vector) => Vector} */
export const subtract = (u, v) => [u[0] - v[0], u[1] - v[1], u[2] - v[2]];

/** @type {(u: Vector, factor: number) => Vector} */
export const scale = (u, factor) => [u[0] * factor, u[1] * factor, u[2] * factor];

/** Sum of the cell's vectors, each times its coefficient. @type {(cell: Cell, coefficients: Vector) => Vector} */
export const combine = (cell, [i, j, k]) => add(add(scale(cell[0], i), scale(cell[1], j)), scale(cell[2], k));

/** Å³; positive for a right-handed cell. @type {(cell: Cell) => number} */
export const volume = (cell) => dot(cell[0], cross(cell[1], cell[2]));

/** Rows b1, b2, b3 with a_i · b_j = δ_ij, Å⁻¹. @type {(cell: Cell) => Cell} */
export function reciprocal(cell) {
  const factor = 1 / volume(cell);
  return [
    scale(cross(cell[1], cell[2]), factor),
    scale(cross(cell[2], cell[0]), factor),
    scale(cross(cell[0], cell[1]), factor),
  ];
}

/** @type {(cell: Cell, position: Vector) => Vector} */
export function toFractional(cell, position) {
  const [b1, b2, b3] = reciprocal(cell);
  return [dot(b1, position), dot(b2, position), dot(b3, position)];
}
