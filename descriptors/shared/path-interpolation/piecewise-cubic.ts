/**
 * A curve through the images of a path: one cubic per segment, joined with equal slopes. All four interpolations are of
 * this form and differ only in the slopes at the images (SCIENCE §3.6).
 *
 * Source: Henkelman & Jónsson, J. Chem. Phys. 113, 9978 (2000), appendix; the same polynomial as VTST `nebspline.pl`.
 */

/** Images as the curve sees them: strictly increasing distances, energies relative to the first one. */
export interface PathNodes {
  readonly distancesAngstrom: readonly number[];
  readonly energiesEv: readonly number[];
}

export interface PiecewiseCubic extends PathNodes {
  /** dE/ds at every image, eV/Å (the negative of the tangential force). */
  readonly slopesEvPerAngstrom: readonly number[];
}

/** E(u) = a + b·u + c·u² + w·u³ in eV, u ∈ [0, 1] along the segment. */
export interface SegmentPolynomial {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly w: number;
}

/** Polynomial of the segment behind image `index`. */
export function segmentPolynomial(curve: PiecewiseCubic, index: number): SegmentPolynomial {
  const start = nodeAt(curve, index);
  const end = nodeAt(curve, index + 1);
  const length = end.distanceAngstrom - start.distanceAngstrom;
  const rise = end.energyEv - start.energyEv;
  const b = start.slopeEvPerAngstrom * length;
  const slopeAtEnd = end.slopeEvPerAngstrom * length;
  return { a: start.energyEv, b, c: 3 * rise - 2 * b - slopeAtEnd, w: b + slopeAtEnd - 2 * rise };
}

/** Point of the curve at an image coordinate (image number plus fraction of the segment). */
export function pointAt(
  curve: PiecewiseCubic,
  imageCoordinate: number,
): { distanceAngstrom: number; energyEv: number } {
  const index = Math.min(Math.floor(imageCoordinate), segmentCount(curve) - 1);
  const u = imageCoordinate - index;
  const start = nodeAt(curve, index);
  const end = nodeAt(curve, index + 1);
  // An image itself is returned as it is given, free of rounding.
  if (u === 0 || u === 1) return u === 0 ? start : end;
  const { a, b, c, w } = segmentPolynomial(curve, index);
  return {
    distanceAngstrom: start.distanceAngstrom + u * (end.distanceAngstrom - start.distanceAngstrom),
    energyEv: a + u * (b + u * (c + u * w)),
  };
}

/** dE/du at an image coordinate, eV; its sign is that of dE/ds. */
export function derivativeAt(curve: PiecewiseCubic, imageCoordinate: number): number {
  const index = Math.min(Math.floor(imageCoordinate), segmentCount(curve) - 1);
  const u = imageCoordinate - index;
  const { b, c, w } = segmentPolynomial(curve, index);
  return b + u * (2 * c + 3 * u * w);
}

/** The curve as points [distance Å, energy eV] for a plot, every image among them. Extrema are never read from it. */
export function sampleCurve(curve: PiecewiseCubic, pointsPerSegment = 20): readonly (readonly [number, number])[] {
  const count = segmentCount(curve) * pointsPerSegment;
  return Array.from({ length: count + 1 }, (_, step) => {
    const point = pointAt(curve, step / pointsPerSegment);
    return [point.distanceAngstrom, point.energyEv] as const;
  });
}

export function segmentCount(nodes: PathNodes): number {
  return nodes.distancesAngstrom.length - 1;
}

/** Length (Å) and mean slope (eV/Å) of every segment. */
export function segments(nodes: PathNodes): readonly { readonly lengthAngstrom: number; readonly slope: number }[] {
  return Array.from({ length: segmentCount(nodes) }, (_, index) => {
    const lengthAngstrom = at(nodes.distancesAngstrom, index + 1) - at(nodes.distancesAngstrom, index);
    return { lengthAngstrom, slope: (at(nodes.energiesEv, index + 1) - at(nodes.energiesEv, index)) / lengthAngstrom };
  });
}

/** Element of a list whose length the caller has made sure of; reading past the end is a bug, not bad data. */
export function at<Item>(list: readonly Item[], index: number): Item {
  const item = list[index];
  if (item === undefined) throw new RangeError(`element ${index} of a list of ${list.length}`);
  return item;
}

function nodeAt(curve: PiecewiseCubic, index: number) {
  return {
    distanceAngstrom: at(curve.distancesAngstrom, index),
    energyEv: at(curve.energiesEv, index),
    slopeEvPerAngstrom: at(curve.slopesEvPerAngstrom, index),
  };
}
