/**
 * Whether two calculations share a cell: energies of slabs may be subtracted only then.
 */
import { anglesDegrees, type Matrix3 } from '../../model/lattice.ts';

export const CELL_TOLERANCE_ANGSTROM = 0.01;
const CELL_TOLERANCE_DEGREES = 0.1;

/** Largest difference of a lattice-vector component, Å; `undefined` when the cells agree within tolerance. */
export function cellDeviation(left: Matrix3, right: Matrix3): number | undefined {
  let deviation = 0;
  for (const row of [0, 1, 2] as const)
    for (const column of [0, 1, 2] as const)
      deviation = Math.max(deviation, Math.abs(left[row][column] - right[row][column]));
  // The images of a band are in one cell to the last digit.
  if (deviation === 0) return undefined;
  if (deviation > CELL_TOLERANCE_ANGSTROM) return deviation;
  const other = anglesDegrees(right);
  const angle = Math.max(...anglesDegrees(left).map((value, index) => Math.abs(value - (other[index] ?? value))));
  return angle > CELL_TOLERANCE_DEGREES ? deviation : undefined;
}
