/**
 * Whether two calculations share a cell, wherever it stands in space: energies of slabs may be subtracted only then.
 */
import { anglesDegrees, lengths, type Matrix3 } from '../../model/lattice.ts';

/** 3.26 − 3.25 need not be 0.01 in binary. */
const ROUNDING = 1e-9;
const TOLERANCE_ANGSTROM = 0.01 + ROUNDING;
const TOLERANCE_DEGREES = 0.1 + ROUNDING;

export interface CellMismatch {
  /** Largest difference of a vector's length, Å. */
  readonly deviationAngstrom: number;
  /** Largest difference of an angle, degrees. */
  readonly deviationDegrees: number;
}

/** Largest differences; undefined when both are within tolerance. */
export function cellMismatch(left: Matrix3, right: Matrix3): CellMismatch | undefined {
  // Slabs are relaxed in a fixed cell: most cells that fit are the same to the last digit.
  if (isSame(left, right)) return undefined;
  const deviationAngstrom = largestDifference(lengths(left), lengths(right));
  const deviationDegrees = largestDifference(anglesDegrees(left), anglesDegrees(right));
  const isWithin = deviationAngstrom <= TOLERANCE_ANGSTROM && deviationDegrees <= TOLERANCE_DEGREES;
  return isWithin ? undefined : { deviationAngstrom, deviationDegrees };
}

function isSame(left: Matrix3, right: Matrix3): boolean {
  for (let row = 0; row < 3; row += 1) {
    const [u, v] = [left[row], right[row]];
    if (u?.[0] !== v?.[0] || u?.[1] !== v?.[1] || u?.[2] !== v?.[2]) return false;
  }
  return true;
}

function largestDifference(left: readonly number[], right: readonly number[]): number {
  return Math.max(...left.map((value, index) => Math.abs(value - (right[index] ?? value))));
}
