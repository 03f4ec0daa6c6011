/**
 * Where along a path the atom migrates: on the face of a slab, or inside the material (SCIENCE §13.12).
 *
 * The mistake avoided here: comparing the hop of an adatom over a facet with a hop through the layers of a coating because
 * both cells are slabs. The ends decide: on the way an atom may dip into the face and still be one that stays on it.
 */
import { add, minimumImage, norm, periodicDistance, scale, subtract } from '../../model/lattice.ts';
import { position, type Structure } from '../../model/structure.ts';
import type { Migration } from '../../model/system.ts';
import { atomicLayersOf, heights, largestGaps, MINIMUM_VACUUM_ANGSTROM } from './slab-geometry.ts';

/** An atom this far below the outermost plane still belongs to it, Å; half of the least distance of dense planes. */
const FACE_DEPTH_ANGSTROM = 1;

/** Atoms beside a vacancy relax by less, Å; sites are farther apart. */
const SAME_SITE_ANGSTROM = 0.5;

/** `vacancy`: an atom of a perfect lattice hops onto the one site that is empty. Undefined when nobody migrates. */
export function pathDomain(
  images: readonly Structure[],
  migration: Migration,
): 'surface' | 'vacancy' | 'bulk' | undefined {
  const [first, last] = [images[0], images.at(-1)];
  if (first === undefined || last === undefined || migration.atoms.length === 0) return undefined;
  const moving = migration.atoms.map(({ atom }) => atom - 1);
  if (isOnFace(first, moving) && isOnFace(last, moving)) return 'surface';
  const [hopping, ...others] = moving;
  return hopping !== undefined && others.length === 0 && isHopIntoVacancy(first, last, hopping) ? 'vacancy' : 'bulk';
}

/**
 * With the atom at both ends of its way the cell is a lattice that the hop itself maps onto atoms of the same element. An
 * interstitial leaves one place behind that is not there: beyond its second one. In a cell of two hops that cannot be seen.
 */
function isHopIntoVacancy(first: Structure, last: Structure, hopping: number): boolean {
  const nearest = minimumImage(first.latticeAngstrom);
  const distance = periodicDistance(first.latticeAngstrom);
  const [from, to] = [position(first, hopping), position(last, hopping)];
  const hop = subtract(to, from);
  if (norm(nearest(scale(hop, 2))) < SAME_SITE_ANGSTROM) return false;
  const sites = first.species.map((element, atom) => {
    const place = position(first, atom);
    const moved = nearest(subtract(position(last, atom), place));
    // Between both ends the relaxation towards either vacancy cancels.
    return { element, place: atom === hopping ? place : add(place, scale(moved, 0.5)) };
  });
  const all = [...sites, { element: first.species[hopping] ?? '', place: to }];
  return all.every(({ element, place }) => {
    const [x, y, z] = add(place, hop);
    return all.some(
      (other) =>
        other.element === element &&
        distance(x - other.place[0], y - other.place[1], z - other.place[2]) < SAME_SITE_ANGSTROM,
    );
  });
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
