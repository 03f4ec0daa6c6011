/**
 * The strain that makes a film's supercell the substrate's, from their shapes alone (SCIENCE §5.4, step 6).
 *
 * The mistake avoided here: taking the deformation itself for the strain. It also turns the film, and a rotation by 5°
 * looks like a shear of 9 %. Polar decomposition F = RU takes the rotation off; U − 1 is the strain.
 */
export interface Shape {
  readonly first: number;
  readonly second: number;
  /** Radians. */
  readonly angle: number;
}

export interface CoincidenceStrain {
  readonly principalStrainFractions: readonly [number, number];
  readonly maxAbsPrincipalFraction: number;
  readonly vonMisesFraction: number;
  readonly stradiFraction: number;
  readonly meanAbsoluteFraction: number;
  /** Of R, both first vectors along x and both second ones above it: radians. */
  readonly rotation: number;
}

/** Axes: x along the film's first vector. */
export function coincidenceStrain(film: Shape, substrate: Shape): CoincidenceStrain {
  const xx = substrate.first / film.first;
  const yy = (substrate.second * Math.sin(substrate.angle)) / (film.second * Math.sin(film.angle));
  const xy =
    (substrate.second * Math.cos(substrate.angle) - xx * film.second * Math.cos(film.angle)) /
    (film.second * Math.sin(film.angle));
  // F = [[xx, xy], [0, yy]] in columns; its singular values are half the sum and difference of these two lengths.
  const sum = Math.hypot(xx + yy, xy);
  const difference = Math.hypot(xx - yy, xy);
  const least = (sum - difference) / 2 - 1;
  const most = (sum + difference) / 2 - 1;
  const rotation = Math.atan2(-xy, xx + yy);
  const [cosine, sine] = [Math.cos(rotation), Math.sin(rotation)];
  const e11 = cosine * xx - 1;
  const e12 = -sine * xx;
  const e22 = cosine * yy - sine * xy - 1;
  return {
    principalStrainFractions: [least, most],
    maxAbsPrincipalFraction: Math.max(Math.abs(least), Math.abs(most)),
    vonMisesFraction: vonMises((xx * xx - 1) / 2, (xy * xy + yy * yy - 1) / 2, (xx * xy) / 2),
    stradiFraction: Math.sqrt(Math.max(0, e11 * e11 + e22 * e22 + e11 * e22 + e12 * e12) / 4),
    meanAbsoluteFraction: (Math.abs(e11) + Math.abs(e22) + Math.abs(e12)) / 3,
    rotation,
  };
}

/** Of Green and Lagrange's tensor with nothing along the normal. */
function vonMises(e11: number, e22: number, e12: number): number {
  const mean = (e11 + e22) / 3;
  const squares = (e11 - mean) ** 2 + (e22 - mean) ** 2 + mean ** 2 + 2 * e12 ** 2;
  return Math.sqrt((2 / 3) * squares);
}
