/**
 * Forces on what may move.
 *
 * Selective-dynamics flags belong to the lattice vectors, not to x, y, z. In a hexagonal cell `T F T` frees the
 * directions of a and c, and b is not y. The force is written as Σ f_i a_i, and the terms of fixed directions are dropped
 * (SCIENCE §1.8).
 */
import { type Matrix3, reciprocal, toCartesian, toFractional } from '../../model/lattice.ts';
import { vectorAt } from '../../model/structure.ts';

/** 3N components in, 3N out, in the same unit. `flags`: 3N, 1 = free; without them everything is free. */
export function freeComponents(forces: Float64Array, flags: Uint8Array | undefined, lattice: Matrix3): Float64Array {
  if (flags?.length !== forces.length) return forces;
  const inverse = reciprocal(lattice);
  const free = Float64Array.from(forces);
  for (let atom = 0; 3 * atom < forces.length; atom += 1) {
    const [freeA, freeB, freeC] = [flags[3 * atom] === 1, flags[3 * atom + 1] === 1, flags[3 * atom + 2] === 1];
    // Nothing to drop: the numbers stay as they were printed.
    if (freeA && freeB && freeC) continue;
    const [a, b, c] = toFractional(vectorAt(forces, atom), inverse);
    free.set(toCartesian([freeA ? a : 0, freeB ? b : 0, freeC ? c : 0], lattice), 3 * atom);
  }
  return free;
}
