/**
 * A film on a substrate in their common cell: slabs of both facets, supercells of a match, strained and stacked.
 *
 * The mistakes avoided here: a film that is sheared because the two pairs of vectors were laid onto each other in another
 * order, and a film that is turned into its mirror image without anyone being told: where the two meshes have opposite
 * senses, a crystal that is its own mirror image is laid down in another orientation, any other one is turned upside
 * down. In the plane the film lies as the origins of the two bulks have it; its best place is for a calculation to find,
 * as is the change of its thickness with the strain (SCIENCE §5.4, 6.).
 */
import type { CoincidenceMatch } from '../model/coincidence.ts';
import { determinant, type Matrix3 } from '../model/lattice.ts';
import type { Matrix2, PlaneLattice, Vector2 } from '../model/plane-lattice.ts';
import type { Structure } from '../model/structure.ts';
import type { BulkFacet } from './bulk-facets.ts';
import type { Bulk } from './identify-facet.ts';
import { cutSlab, type SlabAtom, type SlabCut } from './shared/cut-slab.ts';
import {
  betweenCells,
  determinant2,
  inverse2,
  multiplied,
  supercellOrigins,
  swappedRows,
} from './shared/plane-cells.ts';

/** Which of the two gives way: `shared` = the common cell is halfway. */
export type StrainedPart = 'film' | 'substrate' | 'shared';

export interface StackPart extends SlabCut {
  readonly bulk: Bulk;
  readonly facet: BulkFacet;
}

export interface StackRequest {
  readonly film: StackPart;
  readonly substrate: StackPart;
  /** Of the meshes `lattice` of the two facets. */
  readonly match: Pick<CoincidenceMatch, 'filmMatrix' | 'substrateMatrix'>;
  readonly strained: StrainedPart;
  /** Between the highest atom of the substrate and the lowest of the film, along the normal. */
  readonly gapAngstrom: number;
  /** Between the highest atom of the film and the lowest of the next substrate. */
  readonly vacuumAngstrom: number;
  /** Of the film along the two vectors of the common cell. Default 0, 0. */
  readonly shiftFraction?: Vector2;
}

export type FilmSense = 'as cut' | 'mirrored' | 'upside down';

export interface FacetStack {
  /** Right-handed, a along x, the normal along z. Atoms by element, of each those of the substrate first. */
  readonly structure: Structure;
  /** Of each atom. */
  readonly parts: readonly ('film' | 'substrate')[];
  readonly filmAtoms: number;
  readonly substrateAtoms: number;
  /** Of the film against how it was cut. */
  readonly filmSense: FilmSense;
  /** The pairs of the match in the order of the vectors of the common cell. */
  readonly filmMatrix: Matrix2;
  readonly substrateMatrix: Matrix2;
}

const FILM_SHARE: Readonly<Record<StrainedPart, number>> = { film: 1, substrate: 0, shared: 0.5 };

export function stackFacets(request: StackRequest): FacetStack {
  const { film, substrate, match, gapAngstrom, vacuumAngstrom } = request;
  const isLeftHanded = determinant2(multiplied(match.substrateMatrix, substrate.facet.lattice)) < 0;
  const inOrder = (matrix: Matrix2): Matrix2 => (isLeftHanded ? swappedRows(matrix) : matrix);
  const [filmMatrix, substrateMatrix] = [inOrder(match.filmMatrix), inOrder(match.substrateMatrix)];
  const filmCell = multiplied(filmMatrix, film.facet.lattice);
  const filmSense = senseOf(filmCell, film.bulk);
  const cell = betweenCells(
    filmSense === 'as cut' ? filmCell : mirrored(filmCell),
    multiplied(substrateMatrix, substrate.facet.lattice),
    FILM_SHARE[request.strained],
  );
  const below = cutSlab(substrate.bulk.crystal, substrate.facet, substrate);
  const cut = cutSlab(film.bulk.crystal, film.facet, film);
  const above = filmSense === 'upside down' ? upsideDown(cut) : cut;
  const [x = 0, y = 0] = request.shiftFraction ?? [];
  const bottom = vacuumAngstrom / 2;
  const interface_ = bottom + topOf(below) + gapAngstrom;
  const placed = [
    ...inCell(below, { matrix: substrateMatrix, shift: [0, 0], part: 'substrate', bottom }),
    ...inCell(above, { matrix: filmMatrix, shift: [x, y], part: 'film', bottom: interface_ }),
  ];
  const height = topOf(below) + gapAngstrom + topOf(above) + vacuumAngstrom;
  const sorted = byElement(placed);
  return {
    structure: structureOf(sorted, cell, height),
    parts: sorted.map(({ part }) => part),
    filmAtoms: sorted.filter(({ part }) => part === 'film').length,
    substrateAtoms: sorted.filter(({ part }) => part === 'substrate').length,
    filmSense,
    filmMatrix,
    substrateMatrix,
  };
}

/** The pair of the substrate is right-handed by then. */
function senseOf(filmCell: PlaneLattice, { crystal }: Bulk): FilmSense {
  if (determinant2(filmCell) > 0) return 'as cut';
  return crystal.rotations.some((rotation) => determinant(rotation) < 0) ? 'mirrored' : 'upside down';
}

function mirrored([a, b]: PlaneLattice): PlaneLattice {
  return [
    [a[0], -a[1]],
    [b[0], -b[1]],
  ];
}

function topOf(atoms: readonly SlabAtom[]): number {
  return atoms.reduce((top, { heightAngstrom }) => Math.max(top, heightAngstrom), 0);
}

function upsideDown(atoms: readonly SlabAtom[]): SlabAtom[] {
  const top = topOf(atoms);
  return atoms.map((atom) => ({ ...atom, heightAngstrom: top - atom.heightAngstrom })).reverse();
}

interface CellAtom {
  readonly species: string;
  readonly part: 'film' | 'substrate';
  /** Of the common cell, in [0, 1). */
  readonly alongA: number;
  readonly alongB: number;
  readonly z: number;
}

interface PartCell {
  readonly matrix: Matrix2;
  readonly shift: Vector2;
  readonly part: CellAtom['part'];
  readonly bottom: number;
}

/** A slab of one mesh, repeated over its supercell. */
function inCell(atoms: readonly SlabAtom[], { matrix, shift, part, bottom }: PartCell): CellAtom[] {
  const inverse = inverse2(matrix);
  const origins = supercellOrigins(matrix);
  return atoms.flatMap(({ species, alongU, alongV, heightAngstrom }) =>
    origins.map(([i, j]): CellAtom => {
      const [p, q] = [alongU + i, alongV + j];
      const alongA = p * inverse[0][0] + q * inverse[1][0] + shift[0];
      const alongB = p * inverse[0][1] + q * inverse[1][1] + shift[1];
      return { species, part, alongA: wrapped(alongA), alongB: wrapped(alongB), z: bottom + heightAngstrom };
    }),
  );
}

/** Into [0, 1), where rounding must not put a place at 0 onto the other side of the cell. */
function wrapped(fraction: number): number {
  const within = fraction - Math.floor(fraction);
  return within > 1 - 1e-9 ? 0 : within;
}

/** Files list atoms by element; the order within an element is kept. */
function byElement(atoms: readonly CellAtom[]): CellAtom[] {
  const elements = [...new Set(atoms.map(({ species }) => species))];
  return elements.flatMap((element) => atoms.filter(({ species }) => species === element));
}

function structureOf(atoms: readonly CellAtom[], [a, b]: PlaneLattice, height: number): Structure {
  const lattice: Matrix3 = [
    [a[0], a[1], 0],
    [b[0], b[1], 0],
    [0, 0, height],
  ];
  const places = atoms.flatMap(({ alongA, alongB, z }) => [
    alongA * a[0] + alongB * b[0],
    alongA * a[1] + alongB * b[1],
    z,
  ]);
  return {
    latticeAngstrom: lattice,
    species: atoms.map(({ species }) => species),
    cartesianAngstrom: Float64Array.from(places),
  };
}
