/**
 * The search of Zur & McGill (J. Appl. Phys. 55, 378, 1984) for cells in which a film fits a substrate, as SCIENCE §5.4
 * says it: complete, in a fixed order, each kind of match once.
 *
 * The mistakes avoided here: one "best" match (the smallest cell and the least strain are two answers), and a search that
 * silently stops: what was not searched is told with the area up to which it was.
 */
import {
  type CoincidenceLimits,
  type CoincidenceMatch,
  type CoincidenceSearch,
  DEFAULT_COINCIDENCE_LIMITS,
} from '../../../model/coincidence.ts';
import type { Issue } from '../../../model/issues.ts';
import { type PlaneLattice, planeArea } from '../../../model/plane-lattice.ts';
import { type Candidate, candidatesOf, leastStrained, ofSameKind, orderedKinds, smallest } from './candidates.ts';
import { equalShapes } from './equal-shapes.ts';
import { pairedMultiples } from './paired-multiples.ts';
import { type MatchedLattice, placedKind } from './placed-match.ts';
import { type ReducedBasis, reducedBasis } from './reduced-basis.ts';
import { refusalsOf, searchIssues } from './search-issues.ts';
import { supercellTable } from './supercells.ts';

/** All matches. */
export function findCoincidences(
  film: PlaneLattice,
  substrate: PlaneLattice,
  limits: CoincidenceLimits = DEFAULT_COINCIDENCE_LIMITS,
): CoincidenceSearch {
  const { candidates, place, issues } = search(film, substrate, limits);
  const kinds = orderedKinds(candidates);
  const matches = kinds.map((kind) => place(kind));
  const [minimumArea] = matches;
  const firsts = kinds.flatMap(([first]) => first ?? []);
  const least = leastStrained(firsts);
  const leastStrain = least && matches[firsts.indexOf(least)];
  return {
    matches,
    ...(minimumArea !== undefined && { minimumArea }),
    ...(leastStrain !== undefined && { leastStrain }),
    issues,
  };
}

/** The smallest and the least strained match only: for scans, which have no use for the others. */
export function findBestCoincidences(
  film: PlaneLattice,
  substrate: PlaneLattice,
  limits: CoincidenceLimits = DEFAULT_COINCIDENCE_LIMITS,
): Omit<CoincidenceSearch, 'matches'> {
  const { candidates, place, issues } = search(film, substrate, limits);
  const [minimumArea, leastStrain] = [smallest(candidates), leastStrained(candidates)];
  return {
    ...(minimumArea !== undefined && { minimumArea: place(ofSameKind(candidates, minimumArea)) }),
    ...(leastStrain !== undefined && { leastStrain: place(ofSameKind(candidates, leastStrain)) }),
    issues,
  };
}

interface Found {
  readonly candidates: readonly Candidate[];
  /** One match of a kind. */
  readonly place: (kind: readonly Candidate[]) => CoincidenceMatch;
  readonly issues: readonly Issue[];
}

function search(film: PlaneLattice, substrate: PlaneLattice, limits: CoincidenceLimits): Found {
  const [filmBasis, substrateBasis] = [reducedBasis(film), reducedBasis(substrate)];
  const refusals = refusalsOf(filmBasis, substrateBasis, limits);
  if (refusals.length > 0 || typeof filmBasis === 'string' || typeof substrateBasis === 'string') {
    return { candidates: [], place: nothingToPlace, issues: refusals };
  }
  const [filmArea, substrateArea] = [planeArea(filmBasis.lattice), planeArea(substrateBasis.lattice)];
  const multiples = pairedMultiples(filmArea, substrateArea, limits, 'adatom');
  const filmCells = matched(filmBasis, multiples.largestFilm);
  const substrateCells = matched(substrateBasis, multiples.largestSubstrate);
  const { pairs, completeFilmMultiple } = equalShapes(filmCells.table, substrateCells.table, multiples, limits);
  return {
    candidates: candidatesOf(filmCells.table, substrateCells.table, pairs),
    place: (kind) => placedKind(kind, filmCells, substrateCells),
    issues: searchIssues({ matchCount: pairs.length / 2, completeFilmMultiple, filmArea, substrateArea }, limits),
  };
}

function matched({ lattice, matrix }: ReducedBasis, largestMultiple: number): MatchedLattice {
  return { table: supercellTable(lattice, largestMultiple), matrix, orientations: new Map() };
}

function nothingToPlace(): never {
  throw new Error('a match of no lattices');
}
