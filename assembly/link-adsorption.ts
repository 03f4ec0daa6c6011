/**
 * Adsorbed slab → clean slab, isolated atom and bulk metal: the three calculations behind an adsorption energy.
 *
 * A clean slab has the same cell and the same composition without n atoms of the working ion. When one that fits by
 * composition has another cell, that is said: it is the usual reason for a missing reference.
 */
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue, located } from '../model/issues.ts';
import { atomCount } from '../model/structure.ts';
import type { Link } from '../model/system.ts';
import { bestLink } from './link-candidates.ts';
import { type AdsorbateMatch, adsorbateIssues, matchAdsorbate } from './shared/adsorbate.ts';
import { cellDeviation } from './shared/cell-deviation.ts';
import { extraAtoms } from './shared/composition-difference.ts';
import { type Axis, heights, largestGaps } from './shared/slab-geometry.ts';

export interface CleanSlabSearch {
  readonly link?: Link;
  /** Why there is no link. */
  readonly issues: readonly Issue[];
}

/** Slab atoms that moved further than this between the two calculations are another slab, Å. */
const LARGEST_RECONSTRUCTION_ANGSTROM = 1.5;

export function linkCleanSlab(adsorbed: Calculation, slabs: readonly Calculation[], ion: string): CleanSlabSearch {
  const fitting = slabs.filter((slab) => slab !== adsorbed && adsorbateCount(adsorbed, slab, ion) !== undefined);
  const sameCell = fitting.filter((slab) => deviation(adsorbed, slab) === undefined);
  const matched = new Map(sameCell.map((slab) => [slab, match(adsorbed, slab, ion)] as const));
  const same = sameCell.filter(
    (slab) => (matched.get(slab)?.largestDisplacementAngstrom ?? 0) <= LARGEST_RECONSTRUCTION_ANGSTROM,
  );
  // The clean slab of a slab with several adatoms is the one with none, not the one with one adatom fewer.
  const most = Math.max(...same.map((slab) => adsorbateCount(adsorbed, slab, ion) ?? 0));
  const link = bestLink({
    kind: 'clean-slab',
    pair: 'slab-pair',
    from: adsorbed,
    role: 'clean slab',
    partners: same.filter((slab) => adsorbateCount(adsorbed, slab, ion) === most),
    evidence: (slab) => [
      `composition: + ${adsorbateCount(adsorbed, slab, ion) ?? 0} ${ion}`,
      'same cell within 0.01 Å and 0.1°',
      `slab atoms within ${(matched.get(slab)?.largestDisplacementAngstrom ?? 0).toFixed(2)} Å of their places`,
    ],
    distanceAngstrom: (slab) => matched.get(slab)?.largestDisplacementAngstrom ?? 0,
  });
  return link === undefined ? { issues: missingSlab(adsorbed, fitting, ion) } : { link, issues: [] };
}

/** n: atoms of the ion that the adsorbed slab has more than the clean one; undefined when anything else differs. */
export function adsorbateCount(adsorbed: Calculation, slab: Calculation, ion: string): number | undefined {
  if (adsorbed.structure === undefined || slab.structure === undefined) return undefined;
  return extraAtoms(adsorbed.structure.species, slab.structure.species, ion);
}

/** Desorbed, subsurface, doubtful matching: with the file they were seen in. */
export function siteIssues(adsorbed: Calculation, slab: Calculation, axis: Axis, ion: string): Issue[] {
  if (adsorbed.structure === undefined || slab.structure === undefined) return [];
  const found = match(adsorbed, slab, ion);
  return located(adsorbateIssues(adsorbed.structure, found, axis), { file: adsorbed.id });
}

export function linkAtomReference(adsorbed: Calculation, atoms: readonly Calculation[], ion: string): Link | undefined {
  return bestLink({
    kind: 'atom-reference',
    pair: 'atom-reference',
    from: adsorbed,
    role: `isolated ${ion} atom`,
    partners: atoms,
    evidence: () => [`one ${ion} atom with vacuum on all sides`],
  });
}

export function linkBulkReference(adsorbed: Calculation, bulks: readonly Calculation[], ion: string): Link | undefined {
  return bestLink({
    kind: 'bulk-reference',
    pair: 'bulk-reference',
    from: adsorbed,
    role: `bulk ${ion}`,
    partners: bulks,
    evidence: (bulk) => [`${bulk.structure === undefined ? 0 : atomCount(bulk.structure)} ${ion} atoms, no vacuum`],
  });
}

/** Whether all atoms of the ion lie outside the other atoms: an adsorbed slab even when no clean slab is at hand. */
export function ionLiesOutside(calculation: Calculation, axis: Axis, ion: string): boolean {
  const structure = calculation.structure;
  const gap = structure === undefined ? undefined : largestGaps(structure)[axis];
  if (structure === undefined || gap === undefined) return false;
  const all = Array.from(heights(structure, gap), (height, atom) => ({
    height,
    isIon: structure.species[atom] === ion,
  }));
  const others = all.filter((atom) => !atom.isIon).map((atom) => atom.height);
  const ions = all.filter((atom) => atom.isIon).map((atom) => atom.height);
  if (others.length === 0 || ions.length === 0) return false;
  return ions.every((height) => height > Math.max(...others) || height < Math.min(...others));
}

function match(adsorbed: Calculation, slab: Calculation, ion: string): AdsorbateMatch {
  if (adsorbed.structure === undefined || slab.structure === undefined) {
    return { atoms: [], largestDisplacementAngstrom: 0 };
  }
  return matchAdsorbate(adsorbed.structure, slab.structure, ion);
}

function deviation(adsorbed: Calculation, slab: Calculation): number | undefined {
  if (adsorbed.structure === undefined || slab.structure === undefined) return undefined;
  return cellDeviation(adsorbed.structure.latticeAngstrom, slab.structure.latticeAngstrom);
}

function missingSlab(adsorbed: Calculation, fitting: readonly Calculation[], ion: string): Issue[] {
  const where = { file: adsorbed.id };
  const missing = issue(
    'E_REFERENCE_MISSING',
    { needed: `the clean slab: this slab without its ${ion}, same cell` },
    where,
  );
  const deviations = fitting.flatMap((slab) => {
    const deviationAngstrom = deviation(adsorbed, slab);
    return deviationAngstrom === undefined ? [] : [{ deviationAngstrom, slab }];
  });
  deviations.sort((left, right) => left.deviationAngstrom - right.deviationAngstrom);
  const [nearest] = deviations;
  if (nearest === undefined) return [missing];
  const { deviationAngstrom } = nearest;
  return [missing, issue('E_CELL_MISMATCH', { deviationAngstrom }, { file: nearest.slab.id })];
}
