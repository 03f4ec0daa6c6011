/**
 * A slab cut from a bulk: so many lattice planes of a facet, ended where the planes of atoms are farthest apart.
 *
 * The mistakes avoided here: a slab that ends inside a molecule or between the two halves of a double layer (wurtzite
 * (0001) would show three dangling bonds per atom instead of one), and a slab that is no whole number of cells and so has
 * another composition than its bulk.
 */
import { cross, dot, norm, reciprocal, scale, toFractional } from '../../model/lattice.ts';
import type { BulkFacet } from '../bulk-facets.ts';
import { formulaInOrder } from './composition-difference.ts';
import type { Crystal } from './crystal.ts';

export interface SlabCut {
  /** Lattice planes, each one primitive cell thick. */
  readonly planes: number;
  /** Which of the gaps between planes of atoms ends the slab: 0 = the widest one. */
  readonly termination?: number;
}

/** An atom by its place in the primitive mesh of the facet, and its height. */
export interface SlabAtom {
  readonly species: string;
  readonly alongU: number;
  readonly alongV: number;
  /** Above the lowest atom, Å. */
  readonly heightAngstrom: number;
}

/** Atoms nearer to each other along the normal belong to one plane that is not cut, Å. */
const SAME_PLANE_ANGSTROM = 0.1;
/** Gaps that are as wide as each other, Å. */
const AS_WIDE_ANGSTROM = 1e-3;

/** From below, along the normal of the facet. */
export function cutSlab(crystal: Crystal, facet: BulkFacet, { planes, termination = 0 }: SlabCut): SlabAtom[] {
  const [u, v, next] = facet.basisAngstrom;
  const normal = scale(cross(u, v), 1 / norm(cross(u, v)));
  const inverse = reciprocal([u, v, normal]);
  const step = toFractional(next, inverse);
  const cell = crystal.atoms.map(({ species, place }) => ({ species, at: toFractional(place, inverse) }));
  const heights = cell.map(({ at }) => at[2]);
  const bottom = bottomsOf(heights, facet.planeSpacingAngstrom)[termination];
  if (bottom === undefined) throw new RangeError(`termination ${termination} of ${facet.name}: there are fewer`);
  const atoms: SlabAtom[] = [];
  for (let plane = 0; plane < planes; plane += 1) {
    for (const { species, at } of cell) {
      const steps = plane - Math.floor((at[2] - bottom + SAME_PLANE_ANGSTROM / 2) / facet.planeSpacingAngstrom);
      atoms.push({
        species,
        alongU: at[0] + steps * step[0],
        alongV: at[1] + steps * step[1],
        heightAngstrom: at[2] + steps * step[2] - bottom,
      });
    }
  }
  return atoms.sort((left, right) => left.heightAngstrom - right.heightAngstrom);
}

/** The elements that a slab ends with, as it is cut unless told otherwise: what tells the sides of a polar facet apart. */
export function facesOf(crystal: Crystal, facet: BulkFacet): { readonly top: string; readonly bottom: string } {
  const atoms = cutSlab(crystal, facet, { planes: 1 });
  const [lowest, highest] = [atoms[0]?.heightAngstrom ?? 0, atoms.at(-1)?.heightAngstrom ?? 0];
  const at = (height: number): string =>
    formulaInOrder(
      atoms
        .filter(({ heightAngstrom }) => Math.abs(heightAngstrom - height) <= SAME_PLANE_ANGSTROM)
        .map(({ species }) => species),
    );
  return { top: at(highest), bottom: at(lowest) };
}

/** How many slabs with other ends there are. */
export function terminationCount({ atoms }: Crystal, { basisAngstrom, planeSpacingAngstrom }: BulkFacet): number {
  const [u, v] = basisAngstrom;
  const normal = scale(cross(u, v), 1 / norm(cross(u, v)));
  return bottomsOf(
    atoms.map(({ place }) => dot(place, normal)),
    planeSpacingAngstrom,
  ).length;
}

/** Heights of the lowest atoms of all possible slabs, by the width of the gap below them. */
function bottomsOf(heights: readonly number[], period: number): number[] {
  const wrapped = heights.map((height) => height - period * Math.floor(height / period)).sort((p, q) => p - q);
  const gaps = wrapped.map((height, at) => {
    const below = wrapped[at - 1] ?? (wrapped.at(-1) ?? 0) - period;
    return { height, gap: height - below };
  });
  const open = gaps.filter(({ gap }) => gap > SAME_PLANE_ANGSTROM);
  // A stable sort: of gaps as wide as each other the lowest comes first.
  const sorted = open.sort((left, right) => Math.round((right.gap - left.gap) / AS_WIDE_ANGSTROM));
  return sorted.map(({ height }) => height);
}
