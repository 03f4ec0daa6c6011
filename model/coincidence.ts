/**
 * Where the lattices of a film and of a substrate coincide: a supercell of each, and the strain that makes them one.
 *
 * Strain is that of the film onto the substrate: + = the film is stretched. The mistake avoided here: one number for the
 * strain. Its measures rank matches differently, so each has its name (SCIENCE §5.4).
 */
import type { Issue } from './issues.ts';
import type { Matrix2 } from './plane-lattice.ts';

export interface CoincidenceLimits {
  /** Of film and substrate supercell, inclusive, Å². */
  readonly maxAreaAngstrom2: number;
  /** Relative, of each of the two lengths. */
  readonly lengthTolerance: number;
  /** Relative, of the angle. */
  readonly angleTolerance: number;
  /** Of the ratio of the areas against that of the multiples. */
  readonly areaRatioTolerance: number;
}

/** SCIENCE §5.4. */
export const DEFAULT_COINCIDENCE_LIMITS: CoincidenceLimits = {
  maxAreaAngstrom2: 200,
  lengthTolerance: 0.03,
  angleTolerance: 0.01,
  areaRatioTolerance: 0.09,
};

export interface CoincidenceMatch {
  /** How many cells of the film, and of the substrate, are in the common cell. */
  readonly filmMultiple: number;
  readonly substrateMultiple: number;
  readonly filmAreaAngstrom2: number;
  /** Ascending. */
  readonly principalStrainFractions: readonly [number, number];
  readonly maxAbsPrincipalFraction: number;
  readonly vonMisesFraction: number;
  readonly stradiFraction: number;
  readonly meanAbsoluteFraction: number;
  /** Between the two vectors of the film's supercell, at most 90°. */
  readonly angleDegrees: number;
  /**
   * By which the film's frame is turned to lie on the substrate's, counter-clockwise: the smallest of those that its
   * symmetry makes equal. Of a film that is turned over: after turning it about its first supercell vector.
   */
  readonly rotationDegrees: number;
  /**
   * Whole numbers; times the rows of the film's lattice: the matched supercell, shortest vectors first, at most 90°
   * between them. Both determinants are positive where one of the supercells has a mirror line; else both may be
   * negative, and then exchanging the rows of both gives right-handed supercells.
   */
  readonly filmMatrix: Matrix2;
  readonly substrateMatrix: Matrix2;
  /**
   * The film fits only seen from its other side: both lattices are oblique, and the determinants differ in sign. On a
   * facet without an equal other side this is a match of the opposite facet.
   */
  readonly isFilmTurnedOver: boolean;
}

/** All matches within the limits, by film area, then by strain. */
export interface CoincidenceSearch {
  readonly matches: readonly CoincidenceMatch[];
  /** Of the smallest film supercell; of several the least strained. */
  readonly minimumArea?: CoincidenceMatch;
  /** By its largest principal strain; of equal ones the smallest. */
  readonly leastStrain?: CoincidenceMatch;
  readonly issues: readonly Issue[];
}
