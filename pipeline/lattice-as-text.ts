/**
 * A plane lattice as the descriptors of coincidence take it.
 *
 * The mistake avoided here: two cells of one lattice that differ in the last bit, because one stands turned in space,
 * searched as two lattices with results that differ in the last bit.
 */
import type { PlaneLattice } from '../model/plane-lattice.ts';

/** Å and degrees: far below what any cell is known to. */
const DIGITS = 10;

export function latticeText([a, b]: PlaneLattice): string {
  const gamma = Math.atan2(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1]);
  return `oblique:${[Math.hypot(...a), Math.hypot(...b), (gamma * 180) / Math.PI].map(rounded).join(',')}`;
}

function rounded(value: number): number {
  return Number(value.toFixed(DIGITS));
}
