/**
 * How far two structures of the same atoms in the same cell are apart, atom by atom or with the atoms renamed.
 *
 * The mistake avoided here: calling a geometry another one because its file counts the same atoms in another order. The
 * rarest element is looked at first: it is the adatom, and on another site it ends the comparison.
 */
import { minimumImage, norm, periodicDistance, type Vector3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import { atomsByElement } from './atom-pairing.ts';

export interface GeometryComparison {
  /** Largest displacement atom by atom, Å; undefined when the species stand in another order, or beyond `limit`. */
  readonly namedAngstrom: (other: Structure, limit: number) => number | undefined;
  /** The same with each atom at the nearest one of its element; undefined beyond `limit`, which is less than a bond. */
  readonly renamedAngstrom: (other: Structure, limit: number) => number | undefined;
}

/** Made once for a structure that is held against many, all in its cell. */
export function geometryComparison(own: Structure): GeometryComparison {
  const image = minimumImage(own.latticeAngstrom);
  let distance: ReturnType<typeof periodicDistance> | undefined;
  // The rarest element first.
  const groups = [...atomsByElement(own)].sort(([, left], [, right]) => left.length - right.length);
  return {
    namedAngstrom: (other, limit) => {
      if (!sameOrder(own.species, other.species)) return undefined;
      let largest = 0;
      for (const [, atoms] of groups) {
        for (const atom of atoms) {
          largest = Math.max(largest, norm(image(offset(own, atom, other, atom))));
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

function sameOrder(left: readonly string[], right: readonly string[]): boolean {
  return left === right || (left.length === right.length && left.every((element, atom) => element === right[atom]));
}

function offset(from: Structure, atom: number, to: Structure, other: number): Vector3 {
  const [start, end] = [from.cartesianAngstrom, to.cartesianAngstrom];
  const along = (axis: number): number => (end[3 * other + axis] ?? 0) - (start[3 * atom + axis] ?? 0);
  return [along(0), along(1), along(2)];
}

/** With a limit below any bond there is no second atom as near. */
function within(atoms: ReadonlySet<number>, limit: number, distanceTo: (atom: number) => number) {
  for (const atom of atoms) {
    const distanceAngstrom = distanceTo(atom);
    if (distanceAngstrom <= limit) return { atom, distanceAngstrom };
  }
  return undefined;
}
