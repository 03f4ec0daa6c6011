/**
 * Tables of a migration path as the VTST scripts write them: neb.dat, nebef.dat, spline.dat and exts.dat.
 *
 * Energies are relative to image 0 unless the name says otherwise; forces along the path are F = −dE/ds.
 */

/** A row of neb.dat. */
export interface PathTableRow {
  readonly index: number;
  readonly distanceAngstrom: number;
  readonly relativeEnergyEv: number;
  readonly tangentForceEvPerAngstrom: number;
}

/** A row of nebef.dat, from the OUTCAR of the image. */
export interface ImageTableRow {
  readonly index: number;
  /** `FORCES: max atom`; absent where the script found no such line and printed 0 (a relaxed endpoint). */
  readonly maxForceEvPerAngstrom?: number;
  /** `energy(sigma->0)`; absent where the script found none and printed 0. */
  readonly energySigma0Ev?: number;
  /** Absent where the energy of this image or of image 0 is. */
  readonly relativeEnergyEv?: number;
}

/** A point of spline.dat, the cubic interpolation of neb.dat. */
export interface PathSplinePoint {
  /** Whole at an image, a fraction between two. */
  readonly imageCoordinate: number;
  readonly distanceAngstrom: number;
  readonly relativeEnergyEv: number;
  readonly tangentForceEvPerAngstrom: number;
}

/** A line of exts.dat: where the slope of that interpolation is 0. */
export interface PathExtremum {
  readonly imageCoordinate: number;
  readonly relativeEnergyEv: number;
}
