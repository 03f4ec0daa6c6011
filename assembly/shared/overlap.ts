/**
 * Atoms closer than any bond: no calculation ends so, only a file made without one.
 */
import { covalentRadiusAngstrom } from '../../model/elements.ts';
import { periodicDistance } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';

/** Of the sum of both covalent radii: the shortest bonds there are, of several orders, keep three quarters of it. */
const OVERLAP_SHARE = 0.6;

/** Shortest distance below which one of `atoms` overlaps any other atom in one of the images, Å; undefined without. */
export function closestOverlap(images: readonly Structure[], atoms: readonly number[]): number | undefined {
  let closest: number | undefined;
  for (const { latticeAngstrom, species, cartesianAngstrom: at } of images) {
    const distance = periodicDistance(latticeAngstrom);
    const apart = (atom: number, other: number, axis: number): number =>
      (at[3 * other + axis] ?? 0) - (at[3 * atom + axis] ?? 0);
    for (const atom of atoms) {
      for (const other of species.keys()) {
        if (other === atom) continue;
        const bond = radius(species[atom]) + radius(species[other]);
        const length = distance(apart(atom, other, 0), apart(atom, other, 1), apart(atom, other, 2));
        if (length < OVERLAP_SHARE * bond && length < (closest ?? Number.POSITIVE_INFINITY)) closest = length;
      }
    }
  }
  return closest;
}

/** What is no element overlaps nothing. */
function radius(symbol = ''): number {
  return covalentRadiusAngstrom(symbol) ?? 0;
}
