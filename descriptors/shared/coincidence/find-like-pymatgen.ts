/**
 * The same search with the conventions of pymatgen's ZSLGenerator (2022.11.7), so that sets of matches can be compared
 * one to one: the largest multiples left out, every pair of supercells that agrees, in the order of its generator.
 *
 * The mistake avoided here: comparing "the first match" of two programs. pymatgen orders by the product of the multiples;
 * pairs of equal product come in the order of a Python set, which means nothing: here by film multiple.
 */
import type { CoincidenceLimits, CoincidenceSearch } from '../../../model/coincidence.ts';
import { type PlaneLattice, planeArea } from '../../../model/plane-lattice.ts';
import { candidateOf, leastStrained, smallest } from './candidates.ts';
import { equalShapes } from './equal-shapes.ts';
import { matrixOf, orientationOf } from './orientations.ts';
import { pairedMultiples } from './paired-multiples.ts';
import { matchAsFound } from './placed-match.ts';
import { reducedBasis } from './reduced-basis.ts';
import { refusalsOf, searchIssues } from './search-issues.ts';
import { type SupercellTable, supercellTable } from './supercells.ts';

/** Its default area is 400 Å²; the tolerances are ours too. */
export const PYMATGEN_LIMITS: CoincidenceLimits = {
  maxAreaAngstrom2: 400,
  lengthTolerance: 0.03,
  angleTolerance: 0.01,
  areaRatioTolerance: 0.09,
};

export interface PymatgenPairs {
  readonly film: SupercellTable;
  readonly substrate: SupercellTable;
  /** Of each match the supercells of film and substrate, and their shapes, as numbers in the tables. */
  readonly found: readonly MemberPair[];
  /** See EqualShapes. */
  readonly completeFilmMultiple: number | undefined;
}

type MemberPair = readonly [filmCell: number, substrateCell: number, filmShape: number, substrateShape: number];

export function findLikePymatgen(
  film: PlaneLattice,
  substrate: PlaneLattice,
  limits: CoincidenceLimits = PYMATGEN_LIMITS,
): CoincidenceSearch {
  const refusals = refusalsOf(reducedBasis(film), reducedBasis(substrate), limits);
  if (refusals.length > 0) return { matches: [], issues: refusals };
  const pairs = pymatgenPairs(film, substrate, limits);
  const placed = pairs.found.map(([filmCell, substrateCell, filmShape, substrateShape]) => {
    const candidate = candidateOf(pairs.film, pairs.substrate, filmShape, substrateShape);
    const filmPair = orientationOf(matrixOf(pairs.film, filmCell), film);
    const substratePair = orientationOf(matrixOf(pairs.substrate, substrateCell), substrate);
    return { candidate, match: matchAsFound(candidate, filmPair, substratePair) };
  });
  const candidates = placed.map(({ candidate }) => candidate);
  const [smallestOne, leastStrainedOne] = [smallest(candidates), leastStrained(candidates)];
  const minimumArea = placed.find(({ candidate }) => candidate === smallestOne)?.match;
  const leastStrain = placed.find(({ candidate }) => candidate === leastStrainedOne)?.match;
  return {
    matches: placed.map(({ match }) => match),
    ...(minimumArea !== undefined && { minimumArea }),
    ...(leastStrain !== undefined && { leastStrain }),
    issues: searchIssues(
      {
        matchCount: placed.length,
        completeFilmMultiple: pairs.completeFilmMultiple,
        filmArea: planeArea(film),
        substrateArea: planeArea(substrate),
      },
      limits,
    ),
  };
}

/** Each pair of Hermite forms that agrees, without the strain, which pymatgen does not compute either. */
export function pymatgenPairs(film: PlaneLattice, substrate: PlaneLattice, limits: CoincidenceLimits): PymatgenPairs {
  const multiples = pairedMultiples(planeArea(film), planeArea(substrate), limits, 'pymatgen');
  const filmTable = supercellTable(film, multiples.largestFilm);
  const substrateTable = supercellTable(substrate, multiples.largestSubstrate);
  const { pairs, completeFilmMultiple } = equalShapes(filmTable, substrateTable, multiples, limits);
  const found: MemberPair[] = [];
  for (let at = 0; at < pairs.length; at += 2)
    addMembers(pairs[at] ?? 0, pairs[at + 1] ?? 0, filmTable, substrateTable, found);
  const product = ([filmCell, substrateCell]: MemberPair): number =>
    (filmTable.multiples[filmCell] ?? 0) * (substrateTable.multiples[substrateCell] ?? 0);
  found.sort((left, right) => product(left) - product(right) || left[0] - right[0] || left[1] - right[1]);
  return { film: filmTable, substrate: substrateTable, found, completeFilmMultiple };
}

/** Every supercell of the one shape with every supercell of the other. */
function addMembers(
  filmShape: number,
  substrateShape: number,
  film: SupercellTable,
  substrate: SupercellTable,
  found: MemberPair[],
): void {
  for (let cell = film.firstMembers[filmShape] ?? -1; cell >= 0; cell = film.nextMembers[cell] ?? -1) {
    const first = substrate.firstMembers[substrateShape] ?? -1;
    for (let other = first; other >= 0; other = substrate.nextMembers[other] ?? -1) {
      found.push([cell, other, filmShape, substrateShape]);
    }
  }
}
