/**
 * The facets of a metal that a deposit of it can show: the closest-packed one first, then the next (SCIENCE §5, issue of
 * texture). hcp: (0001) and (10-10); bcc: (110) and (100); fcc: (111) and (100).
 *
 * The mistake avoided here: facets of a polymorph that is not deposited. Where the structure of the metal is known, a bulk
 * of another one gives no film.
 */
import { bulkFacet } from '../assembly/bulk-facets.ts';
import { type Bulk, bulkOf } from '../assembly/identify-facet.ts';
import { type Vector3, volume } from '../model/lattice.ts';
import type { PlaneLattice } from '../model/plane-lattice.ts';
import type { Structure } from '../model/structure.ts';

export interface FilmFacet {
  /** `Zn(10-10)`. */
  readonly name: string;
  /** As a texture is named, by its reflection: `Zn(100)`. */
  readonly texture: string;
  /** Along the conventional axes. */
  readonly miller: Vector3;
  readonly lattice: PlaneLattice;
}

export type MetalStructure = 'hcp' | 'bcc' | 'fcc';

const FACETS: Readonly<Record<MetalStructure, readonly { miller: Vector3; reflection: string }[]>> = {
  hcp: [
    { miller: [0, 0, 1], reflection: '(002)' },
    { miller: [1, 0, 0], reflection: '(100)' },
  ],
  bcc: [
    { miller: [1, 1, 0], reflection: '(110)' },
    { miller: [1, 0, 0], reflection: '(200)' },
  ],
  fcc: [
    { miller: [1, 1, 1], reflection: '(111)' },
    { miller: [1, 0, 0], reflection: '(200)' },
  ],
};

export interface FilmMetal {
  readonly structure: MetalStructure;
  readonly facets: readonly FilmFacet[];
}

/** Undefined for a bulk of none of the three structures. */
export function filmMetal(element: string, structure: Structure): FilmMetal | undefined {
  const bulk = bulkOf(structure);
  const kind = bulk && metalStructure(bulk);
  if (bulk === undefined || kind === undefined) return undefined;
  const facets = FACETS[kind].map(({ miller, reflection }): FilmFacet => {
    const { name, lattice } = bulkFacet(bulk, miller);
    return { name: `${element}${name}`, texture: `${element}${reflection}`, miller, lattice };
  });
  return { structure: kind, facets };
}

function metalStructure({ crystal, axes }: Bulk): MetalStructure | undefined {
  const centring = Math.round(volume(axes.lattice) / volume(crystal.primitive));
  const atoms = crystal.atoms.length;
  if (axes.family === 'hexagonal') return atoms === 2 && centring === 1 ? 'hcp' : undefined;
  if (axes.family !== 'cubic' || atoms !== 1) return undefined;
  if (centring === 2) return 'bcc';
  return centring === 4 ? 'fcc' : undefined;
}
