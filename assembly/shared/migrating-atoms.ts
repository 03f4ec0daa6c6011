/**
 * Which atoms migrate along a path, and how far.
 *
 * The mistake avoided here: taking the minimum image between both ends for the way. An atom that hops over the edge of
 * a small cell, or on to its own image, would have gone back or stayed; so the steps from image to image are added.
 */
import type { Structure } from '../../model/structure.ts';
import type { MigratingAtom, Migration } from '../../model/system.ts';
import { atomNorm, type Displace } from './path-geometry.ts';

/** Neighbours that make room and return to a place of their own go less, Å: half the shortest hop between sites. */
const LEAST_HOP_ANGSTROM = 0.5;
/** In a concerted motion all partners hop about as far; what is only dragged along goes less than half of it. */
const PARTNER_SHARE = 0.5;

/** The images hold the same atoms in the same order and cell. */
export function migratingAtoms(images: readonly Structure[], displace: Displace): Migration {
  const [first] = images;
  const species = first?.species ?? [];
  const walked = new Float64Array(species.length);
  const farthest = new Float64Array(species.length);
  const place = new Float64Array(3 * species.length);
  for (const [at, image] of images.entries()) {
    const before = images[at - 1];
    if (before === undefined) continue;
    const step = displace(before, image);
    for (let atom = 0; atom < species.length; atom += 1) {
      for (let axis = 3 * atom; axis < 3 * atom + 3; axis += 1) place[axis] = (place[axis] ?? 0) + (step[axis] ?? 0);
      walked[atom] = (walked[atom] ?? 0) + atomNorm(step, atom);
      farthest[atom] = Math.max(farthest[atom] ?? 0, atomNorm(place, atom));
    }
  }
  const moves = species.map(
    (element, atom): MigratingAtom => ({
      atom: atom + 1,
      element,
      pathLengthAngstrom: walked[atom] ?? 0,
      straightAngstrom: atomNorm(place, atom),
    }),
  );
  const longest = moves.reduce((most, move) => Math.max(most, move.straightAngstrom), 0);
  const least = Math.max(LEAST_HOP_ANGSTROM, PARTNER_SHARE * longest);
  const atoms = moves.filter((move) => move.straightAngstrom >= least);
  const others = moves.filter((move) => move.straightAngstrom < least).map(({ atom }) => farthest[atom - 1] ?? 0);
  return {
    atoms: atoms.sort((left, right) => right.pathLengthAngstrom - left.pathLengthAngstrom || left.atom - right.atom),
    ...(others.length > 0 && {
      othersLargestDisplacementAngstrom: others.reduce((most, own) => Math.max(most, own), 0),
    }),
  };
}
