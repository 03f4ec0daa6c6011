/**
 * A migration path: the ordered images of an NEB calculation as descriptors need them.
 *
 * Distances are the cumulative norm of minimum-image displacements over all 3N coordinates, Å (not mass-weighted, not
 * divided by N: the convention of the VTST scripts). F = −dE/ds is positive when the energy falls along the path.
 */

export interface PathImage {
  readonly index: number;
  /** Cumulative distance from image 00, Å. */
  readonly distanceAngstrom: number;
  /** Energy of the chosen kind, eV; only differences have a meaning. */
  readonly energyEv: number;
  /** F = −dE/ds, eV/Å. Absent = not known (not zero). */
  readonly tangentForceEvPerAngstrom?: number;
  /** NEB force left on the image: largest atomic force perpendicular to the path (all of it on the climbing image), eV/Å. */
  readonly residualForceEvPerAngstrom?: number;
  /** True for the climbing image. */
  readonly climbing: boolean;
}

/** A stationary point of an interpolated path. */
export interface Extremum {
  readonly distanceAngstrom: number;
  /** Relative to image 00, eV. */
  readonly energyEv: number;
  /** Image number plus fraction of the segment. */
  readonly imageCoordinate: number;
  /** Set on the first and the last image when the curve is level there: the end of the path, never a saddle. */
  readonly endpoint?: true;
}

export type InterpolationName = 'hermite' | 'natural' | 'clamped' | 'pchip';

export interface Interpolation {
  readonly maxima: readonly Extremum[];
  readonly minima: readonly Extremum[];
}
