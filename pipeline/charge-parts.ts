/**
 * The runs whose densities make a charge-density difference: an adsorbed slab, and its slab and its adatoms each alone in
 * the same cell, every atom where it is in the whole (SCIENCE §7).
 *
 * The mistake avoided here: the relaxed clean slab for the slab alone. Its atoms moved, and the difference of the
 * densities is that of atoms displaced.
 */
import type { Calculation } from '../model/calculation.ts';
import { formula, type Structure } from '../model/structure.ts';
import { companionOf } from './runs-of-structure.ts';
import { otherAtoms } from './same-atoms.ts';

export interface ChargeParts {
  readonly whole: Calculation;
  readonly slab: Calculation;
  readonly adsorbate: Calculation;
}

/** Farther apart, what was displaced would show in the difference of the densities. */
const SAME_PLACE_ANGSTROM = 0.01;

/** For the adsorbed slabs of a screening: `atoms` are those of the adsorbates. */
export function chargePartsAmong(
  calculations: Iterable<Calculation>,
): (whole: Calculation, atoms: readonly number[]) => ChargeParts | undefined {
  const byFormula = new Map<string, Calculation[]>();
  for (const calculation of calculations) {
    if (calculation.structure === undefined || companionOf(calculation, 'chgcar') === undefined) continue;
    const key = formula(calculation.structure.species);
    const group = byFormula.get(key);
    if (group === undefined) byFormula.set(key, [calculation]);
    else group.push(calculation);
  }
  const alone = (part: Structure): Calculation | undefined =>
    byFormula
      .get(formula(part.species))
      ?.find(
        ({ structure }) => structure !== undefined && otherAtoms(part, structure, SAME_PLACE_ANGSTROM) === undefined,
      );
  return (whole, atoms) => {
    const { structure } = whole;
    if (atoms.length === 0) return undefined;
    if (structure === undefined || companionOf(whole, 'chgcar') === undefined) return undefined;
    const own = new Set(atoms);
    // The adsorbate first: of most adsorbed slabs nobody calculated it alone in that cell.
    const adsorbate = alone(partOf(structure, (atom) => own.has(atom)));
    const slab = adsorbate === undefined ? undefined : alone(partOf(structure, (atom) => !own.has(atom)));
    return adsorbate === undefined || slab === undefined ? undefined : { whole, slab, adsorbate };
  };
}

/** Some atoms of a structure, in its order. */
function partOf(
  { latticeAngstrom, species, cartesianAngstrom }: Structure,
  isIn: (atom: number) => boolean,
): Structure {
  const atoms = species.flatMap((_, atom) => (isIn(atom) ? [atom] : []));
  return {
    latticeAngstrom,
    species: atoms.map((atom) => species[atom] ?? ''),
    cartesianAngstrom: Float64Array.from(
      atoms.flatMap((atom) => [...cartesianAngstrom.subarray(3 * atom, 3 * atom + 3)]),
    ),
  };
}
