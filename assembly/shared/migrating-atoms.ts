/**
 * Which atoms migrate along a path, and how far.
 *
 * The mistake avoided here: taking the minimum image between both ends for the way. An atom that hops over the edge of
 * a small cell, or on to its own image, would have gone back or stayed; so the steps from image to image are added.
 */
import type { Structure } from '../../model/structure.ts';
import type { MigratingAtom, Migration } from '../../model/system.ts';
import { atomNorm, type Displace, isSurelyShorter, largestAtomNorm } from './path-geometry.ts';

/** Neighbours that make room and return to a place of their own go less, Å: half the shortest hop between sites. */
const LEAST_HOP_ANGSTROM = 0.5;
/** In a concerted motion all partners hop about as far; what is only dragged along goes less than half of it. */
const PARTNER_SHARE = 0.5;

/** The images hold the same atoms in the same order and cell. */
export function migratingAtoms(images: readonly Structure[], displace: Displace): Migration {
  const [first] = images;
  const species = first?.species ?? [];
  const steps = images.slice(1).map((image, at) => displace(images[at] ?? image, image));
  const places = placesAfter(steps, 3 * species.length);
  const end = places.at(-1) ?? new Float64Array(3 * species.length);
  const least = Math.max(LEAST_HOP_ANGSTROM, PARTNER_SHARE * largestAtomNorm(end));
  const atoms: MigratingAtom[] = [];
  let [othersFarthest, others] = [0, 0];
  for (let atom = 0; atom < species.length; atom += 1) {
    const straightAngstrom = isSurelyShorter(end, atom, least) ? 0 : atomNorm(end, atom);
    if (straightAngstrom >= least) {
      const pathLengthAngstrom = steps.reduce((sum, step) => sum + atomNorm(step, atom), 0);
      atoms.push({ atom: atom + 1, element: species[atom] ?? '', pathLengthAngstrom, straightAngstrom });
      continue;
    }
    others += 1;
    for (const place of places) {
      if (!isSurelyShorter(place, atom, othersFarthest))
        othersFarthest = Math.max(othersFarthest, atomNorm(place, atom));
    }
  }
  return {
    atoms: atoms.sort((left, right) => right.pathLengthAngstrom - left.pathLengthAngstrom || left.atom - right.atom),
    ...(others > 0 && { othersLargestDisplacementAngstrom: othersFarthest }),
  };
}

/** Where every atom is after each step, from where it began, length 3N, Å. */
function placesAfter(steps: readonly Float64Array[], length: number): Float64Array[] {
  let before = new Float64Array(length);
  return steps.map((step) => {
    const place = new Float64Array(length);
    for (let at = 0; at < length; at += 1) place[at] = (before[at] ?? 0) + (step[at] ?? 0);
    before = place;
    return place;
  });
}
