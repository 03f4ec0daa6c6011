/**
 * Adsorbed slab → clean slab: the same slab in the same cell without its adsorbate, atoms or molecules of any element.
 *
 * The mistakes avoided here: taking the other termination of the same composition, a slab with a vacancy, or a thinner
 * slab for the clean one. When one that fits by composition has another cell or other places, that is said: it is the
 * usual reason for a missing reference.
 */
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { Structure } from '../model/structure.ts';
import type { Adsorbate, Link } from '../model/system.ts';
import { bestOfGroups, type Partners } from './link-candidates.ts';
import type { Comparer } from './partner-groups.ts';
import { isAdlayer } from './shared/adsorbate.ts';
import { type CellMismatch, cellMismatch } from './shared/cell-mismatch.ts';
import { treeDistance } from './shared/folder-tree.ts';
import type { AtomMatch } from './shared/match-atoms.ts';
import type { Hosts, SlabGroup } from './slab-index.ts';

/** When more than half of the atoms are farther than this from their places, it is another slab, Å. */
const ANOTHER_SLAB_ANGSTROM = 0.5;
/** Geometries of one composition in one cell whose atoms are paired at any cost; of more, those nearest in the tree. */
const MOST_GEOMETRIES = 24;
/** Those that are looked at for whether their atoms lie in the same order at the same places, which is cheap. */
const MOST_IN_ORDER = 256;

export interface CleanSlabSearch {
  /** Slabs that the adsorbed one differs from by one kind of adsorbate. */
  readonly hosts: readonly Hosts[];
  readonly comparer: Comparer;
}

/** The atoms of an adsorbed slab paired with those of its clean one. */
export interface PairedSlab {
  readonly clean: Structure;
  readonly match: AtomMatch;
}

export interface CleanSlabLink {
  readonly link: Link;
  readonly paired: PairedSlab;
}

/** The best of the hosts; undefined when the slab stands on none of them. */
export function linkCleanSlab(adsorbed: Calculation, { hosts, comparer }: CleanSlabSearch): CleanSlabLink | undefined {
  const { structure } = adsorbed;
  if (structure === undefined) return undefined;
  // Of several numbers of adsorbates the largest counts: a clean slab has none.
  for (const { adsorbate, groups } of [...hosts].sort((left, right) => right.adsorbate.count - left.adsorbate.count)) {
    const fits = worthMatching(groups, structure, adsorbed.id).flatMap((group) => fitOf(structure, group) ?? []);
    const same = fits.filter(isSameSlab);
    if (same.length > 0) return linkTo(adsorbed, { adsorbate, fits: same, comparer });
  }
  return undefined;
}

/** Why a slab that carries an adsorbate has no clean one: `hosts` are those that its composition would allow. */
export function missingSlab(adsorbed: Calculation, hosts: readonly Hosts[], adsorbate: string): Issue[] {
  const needed = `the clean slab: this slab without its ${adsorbate}, same cell`;
  const missing = issue('E_REFERENCE_MISSING', { needed }, { file: adsorbed.id });
  const { structure } = adsorbed;
  if (structure === undefined) return [missing];
  const [nearest] = hosts
    .flatMap(({ groups }) => worthMatching(groups, structure, adsorbed.id))
    .flatMap((group) => fitOf(structure, group) ?? [])
    .sort((left, right) => left.match.medianDisplacementAngstrom - right.match.medianDisplacementAngstrom);
  if (nearest !== undefined) {
    const { largestDisplacementAngstrom: displacementAngstrom } = nearest.match;
    const file = nearest.group.members[0]?.id ?? '';
    return [missing, issue('W_MATCH_AMBIGUOUS', { displacementAngstrom }, { file })];
  }
  const [closest] = hosts
    .flatMap(({ elsewhere }) => elsewhere())
    .flatMap((slab) => {
      const mismatch = mismatchOf(structure, slab);
      return mismatch === undefined || !isNearMiss(mismatch) ? [] : [{ slab, mismatch }];
    })
    .sort((left, right) => left.mismatch.deviationAngstrom - right.mismatch.deviationAngstrom);
  if (closest === undefined) return [missing];
  return [missing, issue('E_CELL_MISMATCH', closest.mismatch, { file: closest.slab.id })];
}

/** A slab in the same cell, with its atoms paired. */
interface Fit {
  readonly group: SlabGroup;
  readonly match: AtomMatch;
  /** Whether the additional atoms can be told from the slab's own. */
  readonly isAdsorbate: boolean;
}

function fitOf(structure: Structure, group: SlabGroup): Fit | undefined {
  const { species } = group.structure;
  if (species.length >= structure.species.length) return undefined;
  const match = group.matcher().match(structure);
  const more = match.unmatched.map((atom) => structure.species[atom] ?? '');
  // A molecule is known by its foreign element; its others may pair with the slab's own.
  const isForeign = more.some((element) => !species.includes(element));
  const isAdsorbate = isForeign || isAdlayer({ structure, axis: group.axis(), match }, group.structure);
  return { group, match, isAdsorbate };
}

function isSameSlab({ match, isAdsorbate }: Fit): boolean {
  return isAdsorbate && match.medianDisplacementAngstrom <= ANOTHER_SLAB_ANGSTROM;
}

interface Found {
  readonly adsorbate: Adsorbate;
  readonly fits: readonly Fit[];
  readonly comparer: Comparer;
}

function linkTo(adsorbed: Calculation, { adsorbate, fits, comparer }: Found): CleanSlabLink | undefined {
  const fitOfSlab = new Map(fits.flatMap((fit) => fit.group.members.map((member) => [member.id, fit] as const)));
  const partners = fits.flatMap(({ group, match }) =>
    comparer.groupsOf(group.members).map(
      (alike): Partners => ({
        group: alike,
        distanceAngstrom: match.largestDisplacementAngstrom,
        arrangementAngstrom: match.medianDisplacementAngstrom,
      }),
    ),
  );
  const link = bestOfGroups({
    kind: 'clean-slab',
    pair: 'slab-pair',
    from: adsorbed,
    role: 'clean slab',
    partners,
    comparer,
    evidence: (slab) => [
      `composition: + ${adsorbate.count} ${adsorbate.formula}`,
      'same cell within 0.01 Å and 0.1°',
      `slab atoms within ${(fitOfSlab.get(slab.id)?.match.largestDisplacementAngstrom ?? 0).toFixed(2)} Å of their places`,
    ],
  });
  const fit = link && fitOfSlab.get(link.to);
  return fit && { link: { ...link, adsorbate }, paired: { clean: fit.group.structure, match: fit.match } };
}

function worthMatching(groups: readonly SlabGroup[], structure: Structure, id: string): readonly SlabGroup[] {
  if (groups.length <= MOST_GEOMETRIES) return groups;
  const near = groups
    .map((group) => ({ group, distance: treeDistance(id, group.members[0]?.id ?? '') }))
    .sort((left, right) => left.distance - right.distance)
    .slice(0, MOST_IN_ORDER)
    .map(({ group }) => group);
  const same: SlabGroup[] = [];
  for (const group of near) {
    if (same.length === MOST_GEOMETRIES) break;
    const match = group.matcher().matchInOrder(structure);
    if (match !== undefined && match.medianDisplacementAngstrom <= ANOTHER_SLAB_ANGSTROM) same.push(group);
  }
  return same.length > 0 ? same : near.slice(0, MOST_GEOMETRIES);
}

/** Beyond it the cell is another one, and says nothing about a clean slab that was run in a slightly wrong cell. */
const NEAR_MISS = { angstrom: 1, degrees: 5 };

function isNearMiss({ deviationAngstrom, deviationDegrees }: CellMismatch): boolean {
  return deviationAngstrom <= NEAR_MISS.angstrom && deviationDegrees <= NEAR_MISS.degrees;
}

function mismatchOf(structure: Structure, slab: Calculation): CellMismatch | undefined {
  return slab.structure && cellMismatch(structure.latticeAngstrom, slab.structure.latticeAngstrom);
}
