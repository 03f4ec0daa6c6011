/**
 * The largest force on an atom, over all atoms and over those that may move.
 */
import { freeComponents } from '../assembly/shared/free-components.ts';
import type { Matrix3 } from '../model/lattice.ts';

/** max over atoms of |F|, in the unit of `forces` (3N components); undefined without atoms or with a missing number. */
export function maxForce(forces: Float64Array): number | undefined {
  let largestSquare = -1;
  for (let at = 0; at + 2 < forces.length; at += 3) {
    const x = forces[at] ?? Number.NaN;
    const y = forces[at + 1] ?? Number.NaN;
    const z = forces[at + 2] ?? Number.NaN;
    const square = x * x + y * y + z * z;
    if (!Number.isFinite(square)) return undefined;
    if (square > largestSquare) largestSquare = square;
  }
  return largestSquare < 0 ? undefined : Math.sqrt(largestSquare);
}

/**
 * The same without the components along fixed lattice vectors; 0 when everything is fixed. `flags`: 3N, 1 = free.
 * Undefined when the flags are those of another number of atoms.
 */
export function maxFreeForce(forces: Float64Array, flags: Uint8Array, lattice: Matrix3): number | undefined {
  if (flags.length !== forces.length || maxForce(forces) === undefined) return undefined;
  return maxForce(freeComponents(forces, flags, lattice));
}
