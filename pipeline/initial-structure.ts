/**
 * What a run started from: its POSCAR, whose atoms stand in the order of the output.
 *
 * The mistake avoided here: a POSCAR that another run left behind, or one that was overwritten with the CONTCAR, taken for
 * a start. The first has other atoms or another cell; the second shows no atom that moved and tells nothing.
 */
import type { Potcar } from '../model/calculation.ts';
import { periodicDistance } from '../model/lattice.ts';
import { isSameList, type Structure } from '../model/structure.ts';
import { namedStructure, potcarElements } from './named-structure.ts';
import type { ReadFile } from './read-tree.ts';

/** Digits that a file may round away, Å. */
const SAME_PLACE_ANGSTROM = 1e-3;

export function initialStructure(
  poscar: ReadFile | undefined,
  structure: Structure,
  potcars: readonly Potcar[],
): { readonly initialStructure?: Structure } {
  if (poscar === undefined) return {};
  const start = namedStructure(poscar, potcarElements(potcars));
  if (start === undefined || !isSameList(start.species, structure.species)) return {};
  return hasMoved(start, structure) ? { initialStructure: start } : {};
}

function hasMoved(
  { cartesianAngstrom: from }: Structure,
  { cartesianAngstrom: to, latticeAngstrom }: Structure,
): boolean {
  const distance = periodicDistance(latticeAngstrom);
  const along = (at: number): number => (to[at] ?? 0) - (from[at] ?? 0);
  for (let at = 0; at < to.length; at += 3) {
    if (distance(along(at), along(at + 1), along(at + 2)) > SAME_PLACE_ANGSTROM) return true;
  }
  return false;
}
