/**
 * A search for coincidence cells as `adatom match` prints it in JSON (the contract for scripts: names stay).
 */
import { oneDimensionalMismatch } from '../../descriptors/shared/coincidence/length-mismatch.ts';
import { reducedBasis } from '../../descriptors/shared/coincidence/reduced-basis.ts';
import type { CoincidenceLimits, CoincidenceSearch } from '../../model/coincidence.ts';
import { distinctIssues, type Issue } from '../../model/issues.ts';
import { planeArea } from '../../model/plane-lattice.ts';
import { issueDocument } from '../../pipeline/issue-document.ts';
import { facetDocument } from './facet-spec.ts';
import type { SpecifiedLattice } from './match-lattice.ts';

export interface MatchReport {
  readonly film: SpecifiedLattice;
  readonly substrate: SpecifiedLattice;
  readonly limits: CoincidenceLimits;
  readonly search: CoincidenceSearch;
  /** Of the files that film and substrate are from. */
  readonly fileIssues: readonly Issue[];
}

export function matchDocument(report: MatchReport): object {
  const { film, substrate, limits, search } = report;
  const { matches, minimumArea, leastStrain } = search;
  const mismatch = oneDimensional(report);
  return {
    film: latticeDocument(film),
    substrate: latticeDocument(substrate),
    limits,
    ...(mismatch !== undefined && { oneDimensional: mismatch }),
    matches,
    ...(minimumArea !== undefined && { minimumArea }),
    ...(leastStrain !== undefined && { leastStrain }),
    issues: matchIssues(report).map(issueDocument),
  };
}

export function matchIssues({ film, substrate, search, fileIssues }: MatchReport): Issue[] {
  return distinctIssues([...fileIssues, ...film.issues, ...substrate.issues, ...search.issues]);
}

/** Of the shortest vectors; undefined when one of the two is no lattice. */
export function oneDimensional({ film, substrate }: MatchReport) {
  if (film.lattice === undefined || substrate.lattice === undefined) return undefined;
  const [filmBasis, substrateBasis] = [reducedBasis(film.lattice), reducedBasis(substrate.lattice)];
  if (typeof filmBasis === 'string' || typeof substrateBasis === 'string') return undefined;
  return oneDimensionalMismatch(filmBasis.lattice, substrateBasis.lattice);
}

export function latticeDocument({ name, source, lattice, facet }: SpecifiedLattice): object {
  return {
    specification: name,
    source,
    ...(lattice !== undefined && { latticeAngstrom: lattice, areaAngstrom2: planeArea(lattice) }),
    ...(facet !== undefined && { facet: facetDocument(facet) }),
  };
}
