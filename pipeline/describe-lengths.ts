/**
 * The mismatch along one direction, on the facet of the film whose lattice is of the same kind as the coating's, where
 * there is one (SCIENCE §5.1). Of two directions the one with the larger mismatch counts, and both are told.
 *
 * The mistake avoided here: lengths of lattices of different kinds compared, and one direction of two that hides the other.
 */
import { latticeMismatch } from '../descriptors/lattice-mismatch.ts';
import { fittedMismatch, type OneDimensionalMismatch } from '../descriptors/shared/coincidence/length-mismatch.ts';
import type { PlaneLattice } from '../model/plane-lattice.ts';
import { describedResult } from './described-result.ts';
import type { FilmFacet } from './film-facets.ts';
import type { FilmSource } from './film-sources.ts';
import { sourceParts, type ToldOfLattices } from './lattice-sources.ts';
import { planeKind } from './plane-kind.ts';
import type { Described } from './remembered-of-input.ts';

/** Without a facet of the same kind: none. */
export function lengthMismatches(sources: readonly FilmSource[], told: ToldOfLattices): Described {
  const { film, coating, remarks, inputs } = told;
  const candidates = film.facets.flatMap((facet) => {
    const directions = directionsOf(facet.lattice, coating.lattice);
    const largest = largestOf(directions);
    return largest === undefined ? [] : [{ facet, directions, largest }];
  });
  const [best] = candidates.sort((left, right) => sizeOf(left.largest) - sizeOf(right.largest));
  if (best === undefined) return {};
  const { facet, directions, largest } = best;
  const { filmAngstrom, substrateAngstrom, filmMultiple, substrateMultiple } = largest;
  const others = sources.slice(1).flatMap((source) => {
    const same = source.facets.find(({ name }) => name === facet.name);
    const length = same && lengthAlong(same, directions.indexOf(largest));
    return length === undefined ? [] : [{ source: source.text, filmAngstrom: length }];
  });
  const result = latticeMismatch.compute(
    latticeMismatch.inputs.parse({
      ...{ filmAngstrom, substrateAngstrom, filmMultiple, substrateMultiple, others },
      filmSource: film.text,
      substrateSource: coating.method,
    }),
  );
  const { kind } = planeKind(facet.lattice);
  const lengthsTold = { filmAngstrom, substrateAngstrom, filmMultiple, substrateMultiple };
  const parts = { filmFacet: facet.name, kind, ...lengthsTold, ...result.parts, ...sourceParts(told), directions };
  return { 'lattice-mismatch': describedResult({ ...result, parts }, inputs, remarks) };
}

/** Empty for lattices of two kinds, and for oblique ones. */
function directionsOf(film: PlaneLattice, substrate: PlaneLattice): OneDimensionalMismatch[] {
  const [one, other] = [planeKind(film), planeKind(substrate)];
  if (one.kind !== other.kind) return [];
  return one.lengthsAngstrom.map((length, at) => fittedMismatch(length, other.lengthsAngstrom[at] ?? length));
}

function lengthAlong({ lattice }: FilmFacet, direction: number): number | undefined {
  return planeKind(lattice).lengthsAngstrom[direction];
}

function largestOf(directions: readonly OneDimensionalMismatch[]): OneDimensionalMismatch | undefined {
  return directions.reduce<OneDimensionalMismatch | undefined>(
    (largest, each) => (largest === undefined || sizeOf(each) > sizeOf(largest) ? each : largest),
    undefined,
  );
}

function sizeOf({ epsilonFilmFraction }: OneDimensionalMismatch): number {
  return Math.abs(epsilonFilmFraction);
}
