/**
 * Where along a path the atom migrates: on the face of a slab, or inside the material (SCIENCE §13.12).
 *
 * The mistake avoided here: comparing the hop of an adatom over a facet with a hop through the layers of a coating because
 * both cells are slabs. The ends decide: on the way an atom may dip into the face and still be one that stays on it.
 */
import type { Structure } from '../../model/structure.ts';
import type { Migration } from '../../model/system.ts';
import { atomicLayersOf, heights, largestGaps, MINIMUM_VACUUM_ANGSTROM } from './slab-geometry.ts';

/** An atom this far below the outermost plane still belongs to it, Å; half of the least distance of dense planes. */
const FACE_DEPTH_ANGSTROM = 1;

/** Undefined when nobody migrates. */
export function pathDomain(images: readonly Structure[], migration: Migration): 'surface' | 'bulk' | undefined {
  const [first, last] = [images[0], images.at(-1)];
  if (first === undefined || last === undefined || migration.atoms.length === 0) return undefined;
  const moving = migration.atoms.map(({ atom }) => atom - 1);
  return isOnFace(first, moving) && isOnFace(last, moving) ? 'surface' : 'bulk';
}

/** Whether all of them lie on, above or just below an outermost plane of the other atoms. */
function isOnFace(structure: Structure, moving: readonly number[]): boolean {
  const gap = largestGaps(structure).find(({ gapAngstrom }) => gapAngstrom >= MINIMUM_VACUUM_ANGSTROM);
  if (gap === undefined) return false;
  const heightsAngstrom = heights(structure, gap.axis);
  const others = [...structure.species.keys()].filter((atom) => !moving.includes(atom));
  const layers = atomicLayersOf(structure, gap.axis, others);
  const meanOf = (layer: readonly number[] = []): number =>
    layer.reduce((sum, atom) => sum + (heightsAngstrom[atom] ?? 0), 0) / layer.length;
  const lowest = meanOf(layers[0]) + FACE_DEPTH_ANGSTROM;
  const highest = meanOf(layers.at(-1)) - FACE_DEPTH_ANGSTROM;
  return moving.every((atom) => {
    const height = heightsAngstrom[atom] ?? 0;
    return height <= lowest || height >= highest;
  });
}
