/**
 * Adsorbed slab → clean slab: the same slab in the same cell without n atoms of the working ion.
 *
 * The mistakes avoided here: taking the other termination of the same composition, a slab with a vacancy, or a thinner
 * slab for the clean one. When one that fits by composition has another cell or other places, that is said: it is the
 * usual reason for a missing reference.
 */
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { Link } from '../model/system.ts';
import { bestLink } from './link-candidates.ts';
import { type AdsorbedStructure, isAdlayer } from './shared/adsorbate.ts';
import { cellMismatch } from './shared/cell-mismatch.ts';
import { extraAtoms } from './shared/composition-difference.ts';
import { matchAtoms } from './shared/match-atoms.ts';
import { widestAxis } from './shared/slab-geometry.ts';

export interface CleanSlabSearch {
  readonly link?: Link;
  /** Why there is no link. */
  readonly issues: readonly Issue[];
}

/** When more than half of the atoms are farther than this from their places, it is another slab, Å. */
const ANOTHER_SLAB_ANGSTROM = 0.5;

/** `slabs`: those that may be clean. Of several numbers of adsorbates the largest counts: a clean slab has none. */
export function linkCleanSlab(adsorbed: Calculation, slabs: readonly Calculation[], ion: string): CleanSlabSearch {
  const fitting = slabs.flatMap((slab) => fitOf(adsorbed, slab, ion) ?? []);
  const same = fitting.filter(isSameSlab);
  const most = Math.max(...same.map((fit) => fit.count));
  const bySlab = new Map(same.filter((fit) => fit.count === most).map((fit) => [fit.slab, fit] as const));
  const link = bestLink({
    kind: 'clean-slab',
    pair: 'slab-pair',
    from: adsorbed,
    role: 'clean slab',
    partners: [...bySlab.keys()],
    evidence: (slab) => evidenceOf(bySlab.get(slab), ion),
    distanceAngstrom: (slab) => bySlab.get(slab)?.adsorbed?.match.largestDisplacementAngstrom ?? 0,
  });
  return link === undefined ? { issues: missingSlab(adsorbed, fitting, ion) } : { link, issues: [] };
}

/** Farthest that an atom of the slab is from its place in the clean one, Å; undefined when it is another slab. */
export function distanceToSlab(adsorbed: Calculation, slab: Calculation, ion: string): number | undefined {
  const fit = fitOf(adsorbed, slab, ion);
  return fit !== undefined && isSameSlab(fit) ? fit.adsorbed?.match.largestDisplacementAngstrom : undefined;
}

/** A slab that has the composition of the clean one. */
interface Fit {
  readonly slab: Calculation;
  readonly count: number;
  /** Absent when the cells differ. */
  readonly adsorbed?: AdsorbedStructure;
  /** Whether the additional atoms can be told from the slab's own. */
  readonly isAdsorbate: boolean;
}

function fitOf(adsorbed: Calculation, slab: Calculation, ion: string): Fit | undefined {
  const [structure, clean] = [adsorbed.structure, slab.structure];
  if (slab === adsorbed || structure === undefined || clean === undefined) return undefined;
  const count = extraAtoms(structure.species, clean.species, ion);
  if (count === undefined) return undefined;
  if (cellMismatch(structure.latticeAngstrom, clean.latticeAngstrom) !== undefined) {
    return { slab, count, isAdsorbate: true };
  }
  const found = { structure, axis: widestAxis(clean), match: matchAtoms(structure, clean) };
  const isAdsorbate = !clean.species.includes(ion) || isAdlayer(found, clean);
  return { slab, count, adsorbed: found, isAdsorbate };
}

function isSameSlab({ adsorbed, isAdsorbate }: Fit): boolean {
  if (adsorbed === undefined || !isAdsorbate) return false;
  return adsorbed.match.medianDisplacementAngstrom <= ANOTHER_SLAB_ANGSTROM;
}

function evidenceOf(fit: Fit | undefined, ion: string): string[] {
  return [
    `composition: + ${fit?.count ?? 0} ${ion}`,
    'same cell within 0.01 Å and 0.1°',
    `slab atoms within ${(fit?.adsorbed?.match.largestDisplacementAngstrom ?? 0).toFixed(2)} Å of their places`,
  ];
}

function missingSlab(adsorbed: Calculation, fitting: readonly Fit[], ion: string): Issue[] {
  const needed = `the clean slab: this slab without its ${ion}, same cell`;
  const missing = issue('E_REFERENCE_MISSING', { needed }, { file: adsorbed.id });
  const elsewhere = fitting
    .flatMap(({ slab, adsorbed: found }) => (found === undefined ? [] : [{ slab, match: found.match }]))
    .sort((left, right) => left.match.medianDisplacementAngstrom - right.match.medianDisplacementAngstrom)[0];
  if (elsewhere !== undefined) {
    const { largestDisplacementAngstrom: displacementAngstrom } = elsewhere.match;
    return [missing, issue('W_MATCH_AMBIGUOUS', { displacementAngstrom }, { file: elsewhere.slab.id })];
  }
  const otherCells = fitting
    .flatMap(({ slab }) => {
      const mismatch = cellsOf(adsorbed, slab);
      return mismatch === undefined ? [] : [{ slab, mismatch }];
    })
    .sort((left, right) => left.mismatch.deviationAngstrom - right.mismatch.deviationAngstrom)[0];
  if (otherCells === undefined) return [missing];
  return [missing, issue('E_CELL_MISMATCH', otherCells.mismatch, { file: otherCells.slab.id })];
}

function cellsOf(left: Calculation, right: Calculation) {
  if (left.structure === undefined || right.structure === undefined) return undefined;
  return cellMismatch(left.structure.latticeAngstrom, right.structure.latticeAngstrom);
}
