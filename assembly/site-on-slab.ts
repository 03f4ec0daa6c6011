/**
 * The adsorbate of a slab that was found, or stated, to stand on a clean one: how many there are, and whether they are
 * still adsorbed.
 *
 * What the adsorbed slab has more must be a whole number of adsorbates, atoms or molecules (SCIENCE §2.1). Which of its
 * atoms they are is told by pairing, not by element: on ZnO the adsorbed Zn is one Zn of many (§4.9).
 */
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue, located } from '../model/issues.ts';
import { formula } from '../model/structure.ts';
import { adsorbateIssues, isDoubleSided } from './shared/adsorbate.ts';
import { cellMismatch } from './shared/cell-mismatch.ts';
import { extraUnits } from './shared/composition-difference.ts';
import { matchAtoms } from './shared/match-atoms.ts';
import { widestAxis } from './shared/slab-geometry.ts';

export interface Site {
  /** n: adsorbates in the cell, both faces together. */
  readonly count: number;
  readonly isDoubleSided: boolean;
  /** Composition that does not fit, desorbed, subsurface, doubtful matching. */
  readonly issues: readonly Issue[];
}

/** `adsorbate`: element or formula of a molecule, `Li`, `H2O`. */
export function siteOn(adsorbed: Calculation, slab: Calculation, adsorbate: string): Site {
  const [structure, clean] = [adsorbed.structure, slab.structure];
  const file = adsorbed.id;
  const misfit = (found: string): Site => {
    const expected = `${clean === undefined ? 'the clean slab' : formula(clean.species)} + n ${adsorbate}`;
    return { count: 0, isDoubleSided: false, issues: [issue('E_STOICHIOMETRY', { expected, found }, { file })] };
  };
  if (structure === undefined || clean === undefined) return misfit('a calculation without a structure');
  // The descriptor itself refuses a slab with as many adsorbates as its clean slab.
  if (formula(structure.species) === formula(clean.species)) return { count: 0, isDoubleSided: false, issues: [] };
  const count = extraUnits(structure.species, clean.species, adsorbate);
  if (count === undefined) return misfit(formula(structure.species));
  // The gate says that the cells differ.
  if (cellMismatch(structure.latticeAngstrom, clean.latticeAngstrom) !== undefined) {
    return { count, isDoubleSided: false, issues: [] };
  }
  const found = { structure, axis: widestAxis(clean), match: matchAtoms(structure, clean) };
  return { count, isDoubleSided: isDoubleSided(found), issues: located(adsorbateIssues(found), { file }) };
}
