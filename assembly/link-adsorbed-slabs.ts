/**
 * Which slabs carry an adsorbate, and on which clean slab.
 *
 * Slabs are taken in the order of their number of ions, and a slab that carries an adsorbate is never the clean slab of
 * another one: the second adatom is counted from the bare surface, not from the first adatom.
 */
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import { formula } from '../model/structure.ts';
import type { Link, RoleAssignment } from '../model/system.ts';
import { compareText, statedLink } from './link-candidates.ts';
import { linkCleanSlab } from './link-clean-slab.ts';
import { liesOutside } from './shared/adsorbate.ts';
import type { Statements } from './stated-links.ts';

export interface AdsorbedSlab {
  readonly calculation: Calculation;
  readonly link?: Link;
  /** Why there is no link. */
  readonly issues: readonly Issue[];
}

export interface SlabSearch {
  /** Roles slab and adsorbed-slab, without those of another adsorbate. */
  readonly slabs: readonly Calculation[];
  readonly roles: ReadonlyMap<string, RoleAssignment>;
  readonly statements: Statements;
  readonly ion: string;
}

/** By calculation id. */
export function linkAdsorbedSlabs(search: SlabSearch): Map<string, AdsorbedSlab> {
  const { ion, statements, roles } = search;
  const found = new Map<string, AdsorbedSlab>();
  const clean = new Map<string, CountedSlab[]>();
  for (const slab of byIonCount(search.slabs, ion)) {
    const { calculation } = slab;
    const host = hostFormula(calculation, ion);
    const known = clean.get(host) ?? [];
    const stated = statements.cleanSlabs.get(calculation.id);
    const adsorbed =
      stated === undefined
        ? searched(slab, known, { ion, role: roles.get(calculation.id) })
        : { calculation, link: statedLink('clean-slab', 'slab-pair', calculation, stated), issues: [] };
    if (adsorbed !== undefined) found.set(calculation.id, adsorbed);
    else if (known.push(slab) === 1) clean.set(host, known);
  }
  return found;
}

interface CountedSlab {
  readonly calculation: Calculation;
  readonly ions: number;
}

/** Undefined when the slab carries none. */
function searched(
  { calculation, ions }: CountedSlab,
  known: readonly CountedSlab[],
  { ion, role }: { readonly ion: string; readonly role: RoleAssignment | undefined },
): AdsorbedSlab | undefined {
  const { structure } = calculation;
  const isStated = role?.stated === 'manifest';
  if (isStated && role.role === 'slab') return undefined;
  const isStatedAdsorbed = isStated && role.role === 'adsorbed-slab';
  if (structure?.species.includes(ion) !== true) {
    const issues = [issue('E_NO_ADSORBATE', {}, { file: calculation.id })];
    return isStatedAdsorbed ? { calculation, issues } : undefined;
  }
  // In the order of their ions: those that have fewer come first.
  const first = known.findIndex((slab) => slab.ions >= ions);
  const fewer = known.slice(0, first < 0 ? known.length : first).map((slab) => slab.calculation);
  const { link, issues } = linkCleanSlab(calculation, fewer, ion);
  if (link !== undefined) return { calculation, link, issues: [] };
  const isOutside = role?.slab !== undefined && liesOutside(structure, role.slab.axis, ion);
  return isOutside || isStatedAdsorbed ? { calculation, issues } : undefined;
}

/** A clean slab comes before the slabs that stand on it. */
function byIonCount(slabs: readonly Calculation[], ion: string): CountedSlab[] {
  const count = ({ structure }: Calculation): number =>
    structure?.species.filter((element) => element === ion).length ?? 0;
  return slabs
    .map((calculation) => ({ calculation, ions: count(calculation) }))
    .sort((left, right) => left.ions - right.ions || compareText(left.calculation.id, right.calculation.id));
}

/** Composition of everything but the ion: slabs of one host agree in it. */
function hostFormula({ structure }: Calculation, ion: string): string {
  return formula((structure?.species ?? []).filter((element) => element !== ion));
}
