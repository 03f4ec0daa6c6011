/**
 * The plane lattice of a slab: its smallest in-plane cell, whatever supercell it was calculated in.
 *
 * The mistake avoided here: a mismatch that changes with the supercell. Atoms of a relaxed supercell lie only nearly where
 * its translations bring them, so a translation is taken as the whole fraction of the cell that it stands for.
 */
import { cross, dot, norm, reducedPair, scale, type Vector3 } from '../model/lattice.ts';
import { type PlaneLattice, planeLatticeOf } from '../model/plane-lattice.ts';
import type { Structure } from '../model/structure.ts';
import { rememberedAlong } from './shared/remembered.ts';
import { type Axis, planeVectors } from './shared/slab-geometry.ts';
import { placedSlab, primitiveBasis } from './shared/slab-symmetry.ts';

export interface SlabMesh {
  readonly lattice: PlaneLattice;
  /** How many of its cells the cell of the calculation holds. */
  readonly cells: number;
}

/** Seen from above. Translations that bring every atom within 0.1 Å of one of its element count. */
export const slabMesh = rememberedAlong((structure: Structure, axis: Axis): SlabMesh => {
  const cell = reducedPair(...planeVectors(structure.latticeAngstrom, axis));
  const found = snapped(primitiveBasis(placedSlab(structure, axis, cell)), cell);
  const [u, v] = found?.basis ?? cell;
  const isUpwards = dot(cross(u, v), structure.latticeAngstrom[axis]) > 0;
  return { lattice: planeLatticeOf(u, isUpwards ? v : scale(v, -1)), cells: found?.cells ?? 1 };
});

type Basis = readonly [Vector3, Vector3];

/** In whole fractions of the cell; undefined when the vectors are no basis of a lattice that the cell is one of. */
function snapped(basis: Basis, [a, b]: Basis): { readonly basis: Basis; readonly cells: number } | undefined {
  const normal = cross(a, b);
  const area2 = dot(normal, normal);
  const cells = Math.round(Math.sqrt(area2) / norm(cross(...basis)));
  const parts = basis.map((vector) => [
    Math.round((cells * dot(cross(vector, b), normal)) / area2),
    Math.round((cells * dot(cross(a, vector), normal)) / area2),
  ]);
  const [[p = 0, q = 0] = [], [r = 0, s = 0] = []] = parts;
  if (!(cells >= 1) || Math.abs(p * s - q * r) !== cells) return undefined;
  const along = (i: number, j: number): Vector3 => [
    (i * a[0] + j * b[0]) / cells,
    (i * a[1] + j * b[1]) / cells,
    (i * a[2] + j * b[2]) / cells,
  ];
  return { basis: reducedPair(along(p, q), along(r, s)), cells };
}
