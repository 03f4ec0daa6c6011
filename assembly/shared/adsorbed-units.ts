/**
 * Which adsorbed atoms belong together: each atom of an adsorbed element is one unit, a molecule is what its bonds join.
 *
 * A molecule that fell apart shows: its pieces are units of their own.
 */
import { minimumImage, norm, subtract } from '../../model/lattice.ts';
import { position, type Structure } from '../../model/structure.ts';
import { BOND_FACTOR, sumOfRadii } from './adsorbed-surface.ts';

/** Atoms of each unit, ascending. `atomsPerUnit`: of one adsorbate as its formula says. */
export function adsorbedUnits(structure: Structure, atoms: readonly number[], atomsPerUnit: number): number[][] {
  if (atomsPerUnit === 1) return atoms.map((atom) => [atom]);
  const image = minimumImage(structure.latticeAngstrom);
  const isBonded = (atom: number, other: number): boolean =>
    norm(image(subtract(position(structure, other), position(structure, atom)))) <
    BOND_FACTOR * sumOfRadii(structure, atom, other);
  const units: number[][] = [];
  const free = new Set(atoms);
  for (const first of atoms) {
    if (!free.delete(first)) continue;
    const unit = [first];
    for (const atom of unit) {
      for (const other of [...free].filter((candidate) => isBonded(atom, candidate))) {
        free.delete(other);
        unit.push(other);
      }
    }
    units.push(unit.sort((left, right) => left - right));
  }
  return units;
}
