/**
 * Adsorbed slab → isolated atom and bulk metal, slab → its bulk: the references that energies are taken relative to.
 */
import type { Calculation } from '../model/calculation.ts';
import { atomCount } from '../model/structure.ts';
import type { Link } from '../model/system.ts';
import { bestLink, statedLink } from './link-candidates.ts';
import { formulaMultiple, reducedFormula } from './shared/composition-difference.ts';

export interface References {
  readonly ion: string;
  /** Isolated atoms of the ion. */
  readonly atoms: readonly Calculation[];
  /** Bulk of nothing but the ion. */
  readonly metals: readonly Calculation[];
  /** All bulks. */
  readonly bulks: readonly Calculation[];
  readonly statedAtom?: Calculation;
  readonly statedMetal?: Calculation;
}

/** What an adsorption energy of this slab is relative to: the links that are possible. */
export function linkReferences(adsorbed: Calculation, references: References): Link[] {
  const atom =
    references.statedAtom === undefined
      ? linkAtom(adsorbed, references)
      : statedLink('atom-reference', 'atom-reference', adsorbed, references.statedAtom);
  const bulk =
    references.statedMetal === undefined
      ? linkMetal(adsorbed, references)
      : statedLink('bulk-reference', 'bulk-reference', adsorbed, references.statedMetal);
  return [atom, bulk].flatMap((link) => link ?? []);
}

/** The bulk that the slab is cut from, by composition. */
export function linkSlabBulk(
  slab: Calculation,
  references: References,
  stated: Calculation | undefined,
): Link | undefined {
  if (stated !== undefined) return statedLink('slab-bulk', 'bulk-reference', slab, stated);
  const species = slab.structure?.species ?? [];
  return bestLink({
    kind: 'slab-bulk',
    pair: 'bulk-reference',
    from: slab,
    role: 'bulk',
    partners: references.bulks.filter((bulk) => formulaMultiple(species, bulk.structure?.species ?? []) !== undefined),
    evidence: (bulk) => [`same composition: ${reducedFormula(bulk.structure?.species ?? [])}`],
  });
}

function linkAtom(adsorbed: Calculation, { atoms, ion }: References): Link | undefined {
  return bestLink({
    kind: 'atom-reference',
    pair: 'atom-reference',
    from: adsorbed,
    role: `isolated ${ion} atom`,
    partners: atoms,
    evidence: () => [`one ${ion} atom with vacuum on all sides`],
  });
}

function linkMetal(adsorbed: Calculation, { metals, ion }: References): Link | undefined {
  return bestLink({
    kind: 'bulk-reference',
    pair: 'bulk-reference',
    from: adsorbed,
    role: `bulk ${ion}`,
    partners: metals,
    evidence: (bulk) => [`${bulk.structure === undefined ? 0 : atomCount(bulk.structure)} ${ion} atoms, no vacuum`],
  });
}
