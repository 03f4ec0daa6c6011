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
  const deviationAngstrom = largestDifference(lengths(left), lengths(right));
  const deviationDegrees = largestDifference(anglesDegrees(left), anglesDegrees(right));
  const isWithin = deviationAngstrom <= TOLERANCE_ANGSTROM && deviationDegrees <= TOLERANCE_DEGREES;
  return isWithin ? undefined : { deviationAngstrom, deviationDegrees };
}

function largestDifference(left: readonly number[], right: readonly number[]): number {
  return Math.max(...left.map((value, index) => Math.abs(value - (right[index] ?? value))));
}
