/**
 * The largest force on an atom, over all atoms and over those that may move.
 *
 * The mistake avoided here: selective-dynamics flags belong to the lattice vectors, not to x, y, z. In a hexagonal cell
 * `T F T` frees the directions of a and c, and a is not x everywhere. The force is written as Σ f_i a_i, the terms of
 * fixed directions are dropped, and the Cartesian norm of the rest counts (SCIENCE §1.8).
 */
import { type Matrix3, norm, reciprocal, toCartesian, toFractional } from '../model/lattice.ts';
import { vectorAt } from '../model/structure.ts';

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
  const inverse = reciprocal(lattice);
  let largest = 0;
  for (let atom = 0; 3 * atom < forces.length; atom += 1) {
    const [freeA, freeB, freeC] = [flags[3 * atom] === 1, flags[3 * atom + 1] === 1, flags[3 * atom + 2] === 1];
    if (!freeA && !freeB && !freeC) continue;
    const force = vectorAt(forces, atom);
    if (freeA && freeB && freeC) {
      largest = Math.max(largest, norm(force));
      continue;
    }
    const [a, b, c] = toFractional(force, inverse);
    largest = Math.max(largest, norm(toCartesian([freeA ? a : 0, freeB ? b : 0, freeC ? c : 0], lattice)));
  }
  return largest;
}
