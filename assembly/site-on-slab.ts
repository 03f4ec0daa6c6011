/**
 * The adsorbate of a slab that was found, or stated, to stand on a clean one: how many there are, and whether they are
 * still adsorbed.
 *
 * What the adsorbed slab has more must be a whole number of adsorbates, atoms or molecules (SCIENCE §2.1). Which of its
 * atoms they are is told by pairing, not by element: on ZnO the adsorbed Zn is one Zn of many (§4.9).
 */
import type { AdsorptionSite } from '../model/adsorption-site.ts';
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue, located } from '../model/issues.ts';
import { reciprocal, subtract, toFractional, type Vector3 } from '../model/lattice.ts';
import { formula, position, type Structure } from '../model/structure.ts';
import { adsorbateIssues } from './check-adsorbates.ts';
import { type AdsorbedPair, describeSite, type PlacedAdsorbates, placeAdsorbates } from './describe-site.ts';
import type { PairedSlab } from './link-clean-slab.ts';
import { cellMismatch } from './shared/cell-mismatch.ts';
import { type CleanSurface, cleanSurface } from './shared/clean-surface.ts';
import { extraUnits } from './shared/composition-difference.ts';
import { type AtomMatch, type AtomMatcher, atomMatcher, matchAtoms } from './shared/match-atoms.ts';
import { formulaOf } from './shared/remembered.ts';
import { widestAxis } from './shared/slab-geometry.ts';

export interface SiteSearch {
  /** n: adsorbates in the cell, both faces together. */
  readonly count: number;
  /** Absent when the cells or the compositions do not fit. */
  readonly site?: AdsorptionSite;
  /** Of the atoms that bind the adsorbates, in fractions of the cell of the clean slab. */
  readonly placesFractional?: readonly Vector3[];
  /** Composition that does not fit; of a site its issues. */
  readonly issues: readonly Issue[];
}

/** `adsorbate`: element or formula of a molecule, `Li`, `H2O`. */
export function siteOn(adsorbed: Calculation, slab: Calculation, adsorbate: string): SiteSearch {
  return sitesOn(slab)(adsorbed, adsorbate);
}

/** `paired`: its atoms with those of a clean slab, when they are paired already. */
export type FindSite = (adsorbed: Calculation, adsorbate: string, paired?: PairedSlab) => SiteSearch;

/**
 * For many adsorbed slabs on one clean slab: what is known of that alone is found once. `bare`: the slab below, when the
 * clean one carries something else itself.
 */
export function sitesOn(slab: Calculation, bare?: Structure): FindSite {
  const { structure } = slab;
  const covering = structure && bare && new Set(matchAtoms(structure, bare).unmatched);
  const surface = structure && cleanSurface(structure, widestAxis(structure), covering);
  let matcher: AtomMatcher | undefined;
  const matchOf = (larger: Structure, clean: Structure): AtomMatch => {
    matcher ??= atomMatcher(clean);
    return matcher.match(larger);
  };
  return (adsorbed, adsorbate, paired) =>
    siteOnKnown(
      adsorbed,
      surface && {
        surface,
        // Of several copies of the clean slab the pairing may be that of another one.
        match: (larger) => (paired?.clean === structure ? paired.match : matchOf(larger, surface.structure)),
      },
      adsorbate,
    );
}

interface KnownSlab {
  readonly surface: CleanSurface;
  readonly match: (larger: Structure) => AtomMatch;
}

function siteOnKnown(adsorbed: Calculation, known: KnownSlab | undefined, adsorbate: string): SiteSearch {
  const { structure } = adsorbed;
  const clean = known?.surface.structure;
  const file = adsorbed.id;
  const misfit = (found: string): SiteSearch => {
    const expected = `${clean === undefined ? 'the clean slab' : formula(clean.species)} + n ${adsorbate}`;
    return { count: 0, issues: [issue('E_STOICHIOMETRY', { expected, found }, { file })] };
  };
  if (structure === undefined || known === undefined || clean === undefined)
    return misfit('a calculation without a structure');
  // The descriptor itself refuses a slab with as many adsorbates as its clean slab.
  const more = structure.species.length - clean.species.length;
  if (more === 0 && formulaOf(structure) === formulaOf(clean)) return { count: 0, issues: [] };
  const count = extraUnits(structure.species, clean.species, adsorbate);
  if (count === undefined) return misfit(formula(structure.species));
  // The gate says that the cells differ.
  if (cellMismatch(structure.latticeAngstrom, clean.latticeAngstrom) !== undefined) {
    return { count, issues: [] };
  }
  const pair: AdsorbedPair = {
    structure,
    clean: known.surface,
    match: known.match(structure),
    atomsPerUnit: more / count,
    ...(adsorbed.initialStructure !== undefined && { start: adsorbed.initialStructure }),
  };
  const placed = placeAdsorbates(pair);
  const issues = located(adsorbateIssues(placed, known.surface), { file });
  const site = { calculation: adsorbed.id, adsorbate, count, ...describeSite(placed, known.surface), issues };
  return { count, site, placesFractional: placesIn(placed, pair), issues };
}

function placesIn({ units }: PlacedAdsorbates, { structure, match }: AdsorbedPair): Vector3[] {
  const inverse = reciprocal(structure.latticeAngstrom);
  return units.map(({ anchor }) => subtract(toFractional(position(structure, anchor), inverse), match.shiftFractional));
}
