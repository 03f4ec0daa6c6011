/**
 * The facets of a film on one substrate, and which of them fits best: the least strain, each in its smallest match; of
 * equal ones the smaller cell.
 */
import type { DescriptorResult } from '../model/descriptor.ts';
import type { FilmFacet } from './film-facets.ts';

export interface FacetMatch {
  readonly facet: FilmFacet;
  /** Of `coincidence-mismatch`. */
  readonly result: DescriptorResult;
}

/** Strains that differ by rounding alone. */
const SAME_STRAIN = 1e-9;

/** The first one where none has a match. */
export function bestFacet(matches: readonly FacetMatch[]): FacetMatch | undefined {
  const [best] = [...matches].sort((left, right) => {
    const [one, other] = [strainOf(left), strainOf(right)];
    if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
    return Math.abs(one - other) > SAME_STRAIN ? one - other : areaOf(left) - areaOf(right);
  });
  return best;
}

export interface FacetSummary {
  readonly facet: string;
  /** This and the following: absent without a match. */
  readonly strainFraction?: number;
  readonly filmMultiple?: unknown;
  readonly substrateMultiple?: unknown;
  readonly filmAreaAngstrom2?: unknown;
}

export function summaryOf(match: FacetMatch): FacetSummary {
  const { filmMultiple, substrateMultiple, filmAreaAngstrom2 } = match.result.parts;
  const strainFraction = strainOf(match);
  if (strainFraction === undefined) return { facet: match.facet.name };
  return { facet: match.facet.name, strainFraction, filmMultiple, substrateMultiple, filmAreaAngstrom2 };
}

function strainOf({ result }: FacetMatch): number | undefined {
  return result.available ? result.value : undefined;
}

function areaOf({ result }: FacetMatch): number {
  const { filmAreaAngstrom2 } = result.parts;
  return typeof filmAreaAngstrom2 === 'number' ? filmAreaAngstrom2 : Number.MAX_VALUE;
}
