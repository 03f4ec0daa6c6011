/**
 * How far two structures of the same atoms in the same cell are apart, atom by atom or with the atoms renamed.
 *
 * The mistake avoided here: calling a geometry another one because its file counts the same atoms in another order. The
 * rarest element is looked at first: it is the adatom, and on another site it ends the comparison.
 */
import { dot, minimumImage, norm, periodicDistance, surelyShortest, type Vector3 } from '../../model/lattice.ts';
import { isSameList, type Structure } from '../../model/structure.ts';
import { atomsByElement } from './atom-pairing.ts';

export interface GeometryComparison {
  /** Largest displacement atom by atom, Å; undefined when the species stand in another order, or beyond `limit`. */
  readonly namedAngstrom: (other: Structure, limit: number) => number | undefined;
  /** The same with each atom at the nearest one of its element; undefined beyond `limit`, which is less than a bond. */
  readonly renamedAngstrom: (other: Structure, limit: number) => number | undefined;
}

/** Made once for a structure that is held against many, all in its cell. */
export function geometryComparison(own: Structure): GeometryComparison {
  const shortSquare = surelyShortest(own.latticeAngstrom) ** 2;
  let image: ReturnType<typeof minimumImage> | undefined;
  const lengthOf = (displacement: Vector3): number => {
    // An atom near its place: no image of it is looked for.
    if (dot(displacement, displacement) < shortSquare) return norm(displacement);
    image ??= minimumImage(own.latticeAngstrom);
    return norm(image(displacement));
  };
  let distance: ReturnType<typeof periodicDistance> | undefined;
  // The rarest element first.
  const groups = [...atomsByElement(own)].sort(([, left], [, right]) => left.length - right.length);
  return {
    namedAngstrom: (other, limit) => {
      if (!isSameList(own.species, other.species)) return undefined;
      let largest = 0;
      for (const [, atoms] of groups) {
        for (const atom of atoms) {
          largest = Math.max(largest, lengthOf(offset(own, atom, other, atom)));
          if (largest > limit) return undefined;
        }
      }
      return largest;
    },
    renamedAngstrom: (other, limit) => {
      if (other.species.length !== own.species.length) return undefined;
      distance ??= periodicDistance(own.latticeAngstrom);
      const distanceIn = distance;
      const atomsOf = atomsByElement(other);
      let largest = 0;
      for (const [element, atoms] of groups) {
        const free = new Set(atomsOf.get(element));
        if (free.size !== atoms.length) return undefined;
        for (const atom of atoms) {
          const partner = within(free, limit, (there) => distanceIn(...offset(own, atom, other, there)));
          if (partner === undefined) return undefined;
          free.delete(partner.atom);
          largest = Math.max(largest, partner.distanceAngstrom);
        }
      }
      return largest;
    },
  };
}

function offset(from: Structure, atom: number, to: Structure, other: number): Vector3 {
  const [start, end] = [from.cartesianAngstrom, to.cartesianAngstrom];
  return [
    (end[3 * other] ?? 0) - (start[3 * atom] ?? 0),
    (end[3 * other + 1] ?? 0) - (start[3 * atom + 1] ?? 0),
    (end[3 * other + 2] ?? 0) - (start[3 * atom + 2] ?? 0),
  ];
}

/** With a limit below any bond there is no second atom as near. */
function within(atoms: ReadonlySet<number>, limit: number, distanceTo: (atom: number) => number) {
  for (const atom of atoms) {
    const distanceAngstrom = distanceTo(atom);
    if (distanceAngstrom <= limit) return { atom, distanceAngstrom };
  }
  return undefined;
}
