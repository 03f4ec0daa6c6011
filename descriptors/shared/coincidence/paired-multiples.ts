/**
 * Which multiples of the film's cell are compared with which multiples of the substrate's (SCIENCE §5.4, steps 1 and 2),
 * and how far a search goes that would not end: the work grows with the fourth power of the area.
 *
 * The mistake avoided here: leaving out a pair of multiples that the tolerances allow. Beside the rule for the areas only
 * pairs are left out that no supercells of them can fulfil: lengths and angle bound the ratio of the areas.
 */
import type { CoincidenceLimits } from '../../../model/coincidence.ts';
import { supercellCounts } from './supercells.ts';

/** `pymatgen`: the largest multiples are left out, as its ZSLGenerator does. */
export type CoincidenceConvention = 'adatom' | 'pymatgen';

export interface PairedMultiples {
  /** Of film and substrate in turn; film multiples ascend. */
  readonly pairs: readonly (readonly [film: number, substrate: number])[];
  readonly largestFilm: number;
  readonly largestSubstrate: number;
  /** All pairs with up to so many film cells are there; absent: all pairs within the limits. */
  readonly completeFilmMultiple?: number;
}

/** Pairs of supercells that are compared at most: some tenths of a second. */
const MOST_COMPARISONS = 4e8;
/** Of either lattice: some two million supercells. */
const LARGEST_MULTIPLE = 1500;
/** Rounding of an area: a supercell of exactly the largest area is inside. */
const AREA_SLACK = 1e-9;
/** Rounding of a length, relative; also what a tolerance of 0 forgives. */
export const MATCH_SLACK = 1e-10;

export function pairedMultiples(
  filmAreaAngstrom2: number,
  substrateAreaAngstrom2: number,
  limits: CoincidenceLimits,
  convention: CoincidenceConvention,
): PairedMultiples {
  const substrateLimit = multipleLimit(substrateAreaAngstrom2, limits, convention);
  const ratio = filmAreaAngstrom2 / substrateAreaAngstrom2;
  const { least } = areaRatios(limits);
  const filmLimit = multipleLimit(filmAreaAngstrom2, limits, convention);
  const fillable = least > 0 ? Math.min(filmLimit, Math.floor(substrateLimit / (ratio * least))) : filmLimit;
  const filmEnd = Math.min(LARGEST_MULTIPLE, substrateLimit < 1 ? 0 : fillable);
  const counts = supercellCounts(Math.min(LARGEST_MULTIPLE, Math.max(0, filmLimit, substrateLimit)));
  const pairs: (readonly [number, number])[] = [];
  let [largestFilm, largestSubstrate, comparisons] = [0, 0, 0];
  for (let film = 1; film <= filmEnd; film += 1) {
    const [from, to] = substrateRange(film, ratio, substrateLimit, limits);
    const before = pairs.length;
    for (let substrate = from; substrate <= to; substrate += 1) {
      if (!isAllowed(film, substrate, ratio, limits.areaRatioTolerance)) continue;
      if (substrate > LARGEST_MULTIPLE || comparisons > MOST_COMPARISONS) {
        pairs.length = before;
        return { pairs, largestFilm, largestSubstrate, completeFilmMultiple: film - 1 };
      }
      comparisons += (counts[film] ?? 0) * (counts[substrate] ?? 0);
      pairs.push([film, substrate]);
    }
    for (let at = before; at < pairs.length; at += 1) {
      largestFilm = film;
      largestSubstrate = Math.max(largestSubstrate, pairs[at]?.[1] ?? 0);
    }
  }
  const isBounded = substrateLimit >= 1 && fillable > filmEnd;
  return { pairs, largestFilm, largestSubstrate, ...(isBounded && { completeFilmMultiple: filmEnd }) };
}

function multipleLimit(
  areaAngstrom2: number,
  { maxAreaAngstrom2 }: CoincidenceLimits,
  convention: CoincidenceConvention,
): number {
  if (convention === 'pymatgen') return Math.trunc(maxAreaAngstrom2 / areaAngstrom2) - 1;
  return Math.floor((maxAreaAngstrom2 / areaAngstrom2) * (1 + AREA_SLACK));
}

/** Substrate multiples with which supercells of so many film cells can agree in lengths and angle. */
function substrateRange(
  film: number,
  ratio: number,
  limit: number,
  limits: CoincidenceLimits,
): [from: number, to: number] {
  const { least, most } = areaRatios(limits);
  return [Math.max(1, Math.ceil(film * ratio * least)), Math.min(limit, Math.floor(film * ratio * most))];
}

/**
 * Of the areas of two supercells that agree in lengths and angle, substrate over film: areas are products of two lengths
 * and a sine, and between 60° and 90° the sine changes by at most 0.907 of the relative change of the angle.
 */
function areaRatios({ lengthTolerance, angleTolerance }: CoincidenceLimits): { least: number; most: number } {
  const sine = 0.907 * angleTolerance;
  return {
    least: (1 - lengthTolerance) ** 2 * (1 - Math.min(1 - Math.sqrt(0.75), sine)) - AREA_SLACK,
    most: (1 + lengthTolerance) ** 2 * (1 + Math.min(2 / Math.sqrt(3) - 1, sine)) + AREA_SLACK,
  };
}

function isAllowed(film: number, substrate: number, ratio: number, tolerance: number): boolean {
  return (
    Math.abs(ratio - substrate / film) < tolerance + MATCH_SLACK ||
    Math.abs(1 / ratio - film / substrate) < tolerance + MATCH_SLACK
  );
}
