/**
 * A match of two facets as a structure to start the next calculation from, with what must be said of it.
 *
 * The mistake avoided here: slabs so thin that the two faces are one. Unless told otherwise a slab is at least 8 Å thick.
 */
import type { BulkFacet } from '../assembly/bulk-facets.ts';
import type { Bulk } from '../assembly/identify-facet.ts';
import { orientationRelation } from '../assembly/orientation-relation.ts';
import { type FacetStack, type StackPart, type StrainedPart, stackFacets } from '../assembly/stack-facets.ts';
import type { CoincidenceMatch } from '../model/coincidence.ts';
import type { StructureDocument } from '../model/structure-document.ts';

export interface StackedSlab {
  readonly bulk: Bulk;
  readonly facet: BulkFacet;
  /** Lattice planes; default: as many as are 8 Å thick. */
  readonly planes?: number;
}

export interface StackingChoice {
  readonly match: CoincidenceMatch;
  readonly strained: StrainedPart;
  readonly gapAngstrom: number;
  readonly vacuumAngstrom: number;
}

export interface StackedMatch extends Pick<FacetStack, 'parts' | 'filmAtoms' | 'substrateAtoms' | 'filmSense'> {
  readonly structure: StructureDocument;
  /** `Zn(0001)[10-10] ∥ ZnO(0001)[10-10]`. */
  readonly orientation: string;
  readonly filmPlanes: number;
  readonly substratePlanes: number;
}

const LEAST_THICKNESS_ANGSTROM = 8;

export function stackedMatch(film: StackedSlab, substrate: StackedSlab, choice: StackingChoice): StackedMatch {
  const parts = [film, substrate].map(withPlanes) as [StackPart, StackPart]; // of two
  const [filmPart, substratePart] = parts;
  const stack = stackFacets({ film: filmPart, substrate: substratePart, ...choice });
  const orientation = orientationRelation(filmPart, substratePart, stack);
  return {
    structure: {
      // Comments of files are printable ASCII.
      calculation: orientation.replace('∥', '||'),
      latticeAngstrom: stack.structure.latticeAngstrom,
      species: stack.structure.species,
      cartesianAngstrom: [...stack.structure.cartesianAngstrom],
    },
    orientation,
    filmPlanes: filmPart.planes,
    substratePlanes: substratePart.planes,
    parts: stack.parts,
    filmAtoms: stack.filmAtoms,
    substrateAtoms: stack.substrateAtoms,
    filmSense: stack.filmSense,
  };
}

function withPlanes({ bulk, facet, planes }: StackedSlab): StackPart {
  return {
    bulk,
    facet,
    planes: planes ?? Math.max(1, Math.ceil(LEAST_THICKNESS_ANGSTROM / facet.planeSpacingAngstrom)),
  };
}
