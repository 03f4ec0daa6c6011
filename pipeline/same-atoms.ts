/**
 * Whether two lists of atoms are one: the same elements in the same order and cell, each at its place.
 *
 * The mistake avoided here: a file that an earlier run left in a folder, taken for the run that is there now.
 */
import { cellMismatch } from '../assembly/shared/cell-mismatch.ts';
import type { UnnamedStructure } from '../model/calculation.ts';
import { periodicDistance } from '../model/lattice.ts';
import { formula, type Structure } from '../model/structure.ts';

/** Why they are not, in words behind "it"; undefined when they are. A file without names is known by its places. */
export function otherAtoms(
  ours: Structure,
  theirs: Structure | UnnamedStructure,
  toleranceAngstrom: number,
): string | undefined {
  const [count, found] = [ours.cartesianAngstrom.length / 3, theirs.cartesianAngstrom.length / 3];
  if (count !== found) return `holds ${found} atoms, the run ${count}`;
  if ('species' in theirs && theirs.species.join() !== ours.species.join()) {
    const isPermuted = formula(theirs.species) === formula(ours.species);
    return isPermuted
      ? 'lists its atoms in another order than the run'
      : `holds ${formula(theirs.species)}, the run ${formula(ours.species)}`;
  }
  if (cellMismatch(ours.latticeAngstrom, theirs.latticeAngstrom) !== undefined) return 'has another cell than the run';
  const farthest = farthestAtom(ours, theirs.cartesianAngstrom);
  if (farthest.distanceAngstrom <= toleranceAngstrom) return undefined;
  return `has atom ${farthest.atom + 1} ${farthest.distanceAngstrom.toFixed(2)} Å from where the run has it`;
}

export function farthestAtom(
  { latticeAngstrom, cartesianAngstrom: ours }: Structure,
  theirs: Float64Array,
): { readonly atom: number; readonly distanceAngstrom: number } {
  const distanceIn = periodicDistance(latticeAngstrom);
  let farthest = { atom: 0, distanceAngstrom: 0 };
  for (let at = 0; at < ours.length; at += 3) {
    const [x, y, z] = [0, 1, 2].map((axis) => (ours[at + axis] ?? 0) - (theirs[at + axis] ?? 0));
    const distanceAngstrom = distanceIn(x ?? 0, y ?? 0, z ?? 0);
    if (distanceAngstrom > farthest.distanceAngstrom) farthest = { atom: at / 3, distanceAngstrom };
  }
  return farthest;
}
