/**
 * A match with the supercells that make it: of all equal ones that which turns the film least.
 *
 * The mistake avoided here: reporting one of a dozen equal rotations by chance of the search. Without a mirror image
 * between them, if there is such a pair: see orientations.ts.
 */
import type { CoincidenceMatch } from '../../../model/coincidence.ts';
import type { Matrix2 } from '../../../model/plane-lattice.ts';
import type { Candidate } from './candidates.ts';
import { type Orientation, opposite, orientationsOf } from './orientations.ts';
import { timesMatrix } from './reduced-basis.ts';
import type { SupercellTable } from './supercells.ts';

export interface MatchedLattice {
  readonly table: SupercellTable;
  /** From the lattice as given to that of the table. */
  readonly matrix: Matrix2;
  /** By shape, as they are asked for. */
  readonly orientations: Map<number, readonly Orientation[]>;
}

interface Placement {
  readonly film: Orientation;
  readonly substrate: Orientation;
  readonly rotation: number;
}

const DEGREES_PER_RADIAN = 180 / Math.PI;
/** Radians: below it two rotations are equal. */
const SAME_ROTATION = 1e-9;
/** What the digits of a file leave open. */
const SAME_STRAIN = 2e-6;

/**
 * Of matches of one kind the one that turns the film least, and over only if it must. A lattice from a file is hexagonal
 * to its last digit only: its mirrored supercells then are matches of their own, with the same strain but for rounding.
 */
export function placedKind(
  kind: readonly Candidate[],
  film: MatchedLattice,
  substrate: MatchedLattice,
): CoincidenceMatch {
  const [first, ...others] = kind.map((candidate) => placedMatch(candidate, film, substrate));
  if (first === undefined) throw new Error('a kind without matches');
  return others.reduce((best, each) => (isPreferred(each, best) ? each : best), first);
}

function isPreferred(match: CoincidenceMatch, best: CoincidenceMatch): boolean {
  if (match.maxAbsPrincipalFraction - best.maxAbsPrincipalFraction > SAME_STRAIN) return false;
  if (match.isFilmTurnedOver !== best.isFilmTurnedOver) return best.isFilmTurnedOver;
  const turns = Math.abs(match.rotationDegrees) - Math.abs(best.rotationDegrees);
  return turns < -SAME_ROTATION * DEGREES_PER_RADIAN;
}

function placedMatch(candidate: Candidate, film: MatchedLattice, substrate: MatchedLattice): CoincidenceMatch {
  const placement = leastTurned(
    known(film, candidate.filmShape),
    known(substrate, candidate.substrateShape),
    candidate.strain.rotation,
  );
  const filmMatrix = timesMatrix(placement.film.matrix, film.matrix);
  const substrateMatrix = timesMatrix(placement.substrate.matrix, substrate.matrix);
  // Turning both by 180° changes nothing but the signs: the first that is not 0 shall be positive.
  const [i, j] = substrateMatrix[0];
  if (i > 0 || (i === 0 && j > 0)) return matchOf(candidate, placement, filmMatrix, substrateMatrix);
  return matchOf(candidate, placement, halfTurnedMatrix(filmMatrix), halfTurnedMatrix(substrateMatrix));
}

/** As the two are: nothing is chosen. */
export function matchAsFound(candidate: Candidate, film: Orientation, substrate: Orientation): CoincidenceMatch {
  const twist = substrate.isRightHanded ? candidate.strain.rotation : -candidate.strain.rotation;
  const turned = substrate.direction - film.direction + twist;
  const rotation = turned - 2 * Math.PI * Math.round(turned / (2 * Math.PI));
  return matchOf(candidate, { film, substrate, rotation }, film.matrix, substrate.matrix);
}

/** Field by field: there are thousands of them, and spreading objects would take most of the time. */
function matchOf(
  candidate: Candidate,
  { film, substrate, rotation }: Placement,
  filmMatrix: Matrix2,
  substrateMatrix: Matrix2,
): CoincidenceMatch {
  const { strain } = candidate;
  return {
    filmMultiple: candidate.filmMultiple,
    substrateMultiple: candidate.substrateMultiple,
    filmAreaAngstrom2: candidate.filmAreaAngstrom2,
    principalStrainFractions: strain.principalStrainFractions,
    maxAbsPrincipalFraction: strain.maxAbsPrincipalFraction,
    vonMisesFraction: strain.vonMisesFraction,
    stradiFraction: strain.stradiFraction,
    meanAbsoluteFraction: strain.meanAbsoluteFraction,
    angleDegrees: candidate.angleDegrees,
    rotationDegrees: rotation * DEGREES_PER_RADIAN,
    filmMatrix,
    substrateMatrix,
    isFilmTurnedOver: film.isRightHanded !== substrate.isRightHanded,
  };
}

function known({ table, orientations }: MatchedLattice, shape: number): readonly Orientation[] {
  const found = orientations.get(shape) ?? orientationsOf(table, shape);
  orientations.set(shape, found);
  return found;
}

/** Right-handed before left-handed before turned over; then the smallest angle, counter-clockwise of two. */
function leastTurned(films: readonly Orientation[], substrates: readonly Orientation[], rotation: number): Placement {
  const hands = [
    [true, true],
    [false, false],
    [false, true],
    [true, false],
  ] as const;
  for (const [isFilmRight, isSubstrateRight] of hands) {
    const twist = isSubstrateRight ? rotation : -rotation;
    const best = leastTurnedOf(
      films.filter((film) => film.isRightHanded === isFilmRight),
      substrates.filter((substrate) => substrate.isRightHanded === isSubstrateRight),
      twist,
    );
    if (best !== undefined) return best;
  }
  throw new Error('a shape without supercells');
}

function leastTurnedOf(
  films: readonly Orientation[],
  substrates: readonly Orientation[],
  twist: number,
): Placement | undefined {
  let best: Placement | undefined;
  for (const film of films) {
    for (const substrate of substrates) {
      const turned = substrate.direction - film.direction + twist;
      const halfTurns = Math.round(turned / Math.PI);
      const rotation = turned - Math.PI * halfTurns;
      if (best !== undefined && !isSmaller(rotation, best.rotation)) continue;
      best = { film: halfTurns % 2 === 0 ? film : halfTurned(film), substrate, rotation };
    }
  }
  return best;
}

function isSmaller(rotation: number, best: number): boolean {
  const difference = Math.abs(rotation) - Math.abs(best);
  if (Math.abs(difference) > SAME_ROTATION) return difference < 0;
  return rotation > SAME_ROTATION && best < -SAME_ROTATION;
}

function halfTurned({ matrix, direction, isRightHanded }: Orientation): Orientation {
  return { matrix: halfTurnedMatrix(matrix), direction: direction + Math.PI, isRightHanded };
}

function halfTurnedMatrix([u, v]: Matrix2): Matrix2 {
  return [opposite(u), opposite(v)];
}
