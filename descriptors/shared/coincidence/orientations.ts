/**
 * Which way round the supercells of one shape lie: every shortest pair of each of them, with its direction.
 *
 * The mistake avoided here: mapping a right-handed pair of vectors onto a left-handed one. The strain is the same, but
 * the film would have to be turned over. Hexagonal, square, rectangular and rhombic cells have pairs of both hands, so
 * there a choice is enough; an oblique cell has not.
 */
import type { Matrix2, PlaneLattice, Vector2 } from '../../../model/plane-lattice.ts';
import type { SupercellTable } from './supercells.ts';

export interface Orientation {
  readonly matrix: Matrix2;
  /** Of the first vector, radians. */
  readonly direction: number;
  readonly isRightHanded: boolean;
}

/**
 * Relative difference of squares of lengths, and difference of cosines, that are the same to the digits of a file; far
 * below a kind of strain.
 */
const SAME = 2e-6;

/** In Hermite order of the supercells; turning a pair by 180° gives the other half of them. */
export function orientationsOf(table: SupercellTable, shape: number): Orientation[] {
  const found: Orientation[] = [];
  for (let cell = table.firstMembers[shape] ?? -1; cell >= 0; cell = table.nextMembers[cell] ?? -1) {
    found.push(...orientationsOfPair(matrixOf(table, cell), table.lattice));
  }
  return found;
}

/** The shortest pair that the search found, whatever its hand. */
export function matrixOf({ matrices }: SupercellTable, cell: number): Matrix2 {
  const at = (place: number): number => matrices[4 * cell + place] ?? 0;
  return [
    [at(0), at(1)],
    [at(2), at(3)],
  ];
}

/** All pairs of the supercell with the same two lengths and the same angle; of two opposite ones the first. */
function orientationsOfPair([u, v]: Matrix2, lattice: PlaneLattice): Orientation[] {
  const w: Vector2 = [u[0] - v[0], u[1] - v[1]];
  const rows = [u, v, w, opposite(u), opposite(v), opposite(w)];
  const placed = rows.map((row) => cartesianOf(row, lattice));
  const [uc, vc] = [cartesianOf(u, lattice), cartesianOf(v, lattice)];
  const [uu, vv, uv] = [dot(uc, uc), dot(vc, vc), dot(uc, vc)];
  const [sameFirst, sameSecond, sameProduct] = [SAME * uu, SAME * vv, SAME * Math.sqrt(uu * vv)];
  const found: Orientation[] = [];
  for (const [i, first] of placed.entries()) {
    if (i >= rows.length / 2) break;
    if (Math.abs(dot(first, first) - uu) > sameFirst) continue;
    for (const [j, second] of placed.entries()) {
      if (j % 3 === i || Math.abs(dot(second, second) - vv) > sameSecond) continue;
      if (Math.abs(dot(first, second) - uv) > sameProduct) continue;
      found.push(orientationOf([rows[i] ?? u, rows[j] ?? v], lattice));
    }
  }
  return found;
}

export function orientationOf(matrix: Matrix2, lattice: PlaneLattice): Orientation {
  const [u, v] = [cartesianOf(matrix[0], lattice), cartesianOf(matrix[1], lattice)];
  return { matrix, direction: Math.atan2(u[1], u[0]), isRightHanded: u[0] * v[1] > u[1] * v[0] };
}

function cartesianOf([i, j]: Vector2, [a, b]: PlaneLattice): Vector2 {
  return [i * a[0] + j * b[0], i * a[1] + j * b[1]];
}

function dot(u: Vector2, v: Vector2): number {
  return u[0] * v[0] + u[1] * v[1];
}

/** Without −0, which would be written as such. */
export function opposite([i, j]: Vector2): Vector2 {
  return [0 - i, 0 - j];
}
