/**
 * Every film facet on every substrate facet: the best matches of each pair, the least strained pair first.
 *
 * The mistake avoided here: a pair without any match left out of the list looks like one that nobody tried.
 */
import type { CoincidenceSearch } from '../model/coincidence.ts';

/** What a scan keeps of a search. */
export type BestCoincidences = Omit<CoincidenceSearch, 'matches'>;

export interface FacetPair<P> extends BestCoincidences {
  readonly film: P;
  readonly substrate: P;
}

/** `search`: the best matches of one pair. */
export function matchFacets<P>(
  films: readonly P[],
  substrates: readonly P[],
  search: (film: P, substrate: P) => BestCoincidences,
): FacetPair<P>[] {
  const pairs = films.flatMap((film) =>
    substrates.map((substrate) => ({ film, substrate, ...search(film, substrate) })),
  );
  // A stable sort: pairs without a match come last, in the order of their facets.
  return pairs.sort((left, right) => strainOf(left) - strainOf(right) || areaOf(left) - areaOf(right));
}

/** Equal strains that differ by rounding alone must not change places. */
function strainOf({ leastStrain }: BestCoincidences): number {
  return leastStrain === undefined ? 1e3 : Math.round(leastStrain.maxAbsPrincipalFraction * 1e9) / 1e9;
}

function areaOf({ leastStrain }: BestCoincidences): number {
  return leastStrain?.filmAreaAngstrom2 ?? 0;
}
