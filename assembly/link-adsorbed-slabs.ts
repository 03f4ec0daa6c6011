/**
 * Which slabs carry an adsorbate, and on which clean slab.
 *
 * Slabs are taken in the order of their number of atoms, and a slab that carries an adsorbate is never the clean slab of
 * another one with the same: the second adatom is counted from the bare surface, not from the first adatom. A slab that
 * carries something else, such as a hydrogen-terminated face, may be.
 */
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import { composition } from '../model/structure.ts';
import type { Link, RoleAssignment } from '../model/system.ts';
import { compareText, statedLink } from './link-candidates.ts';
import { linkCleanSlab, missingSlab, type PairedSlab } from './link-clean-slab.ts';
import type { Comparer } from './partner-groups.ts';
import { liesOutside } from './shared/adsorbate.ts';
import { adsorbateBetween } from './shared/adsorbate-between.ts';
import { type Hosts, type SlabIndex, slabIndex } from './slab-index.ts';
import type { Statements } from './stated-links.ts';

export interface AdsorbedSlab {
  readonly calculation: Calculation;
  /** Formula of what it carries. */
  readonly adsorbate: string;
  readonly link?: Link;
  /** As the link found it; absent when the link is stated. */
  readonly paired?: PairedSlab;
  /** Why there is no link. */
  readonly issues: readonly Issue[];
}

export interface SlabSearch {
  /** Roles slab and adsorbed-slab. */
  readonly slabs: readonly Calculation[];
  readonly roles: ReadonlyMap<string, RoleAssignment>;
  readonly statements: Statements;
  /** Looked for where no clean slab shows what is adsorbed. */
  readonly ion: string;
  readonly comparer: Comparer;
}

export interface AdsorbedSlabs {
  /** By calculation id. */
  readonly adsorbed: ReadonlyMap<string, AdsorbedSlab>;
  /** All slabs, with what stands on them. */
  readonly index: SlabIndex;
}

export function linkAdsorbedSlabs(search: SlabSearch): AdsorbedSlabs {
  const adsorbed = new Map<string, AdsorbedSlab>();
  const index = slabIndex();
  for (const slab of byAtomCount(search.slabs)) {
    const found = statedSlab(slab, search) ?? searched(slab, index, search);
    if (found !== undefined) adsorbed.set(slab.id, found);
    index.add(slab, found?.adsorbate);
  }
  return { adsorbed, index };
}

/** A clean slab that the manifest names, whatever the structures show. */
function statedSlab(calculation: Calculation, { statements, ion }: SlabSearch): AdsorbedSlab | undefined {
  const stated = statements.cleanSlabs.get(calculation.id);
  if (stated === undefined) return undefined;
  const link = statedLink('clean-slab', 'slab-pair', calculation, stated);
  const named = statements.adsorbates.get(calculation.id);
  const between = adsorbateBetween(
    composition(calculation.structure?.species ?? []),
    composition(stated.structure?.species ?? []),
  );
  const adsorbate = named === undefined || named === between?.formula ? between : undefined;
  return {
    calculation,
    adsorbate: named ?? between?.formula ?? ion,
    link: { ...link, ...(adsorbate !== undefined && { adsorbate }) },
    issues: [],
  };
}

/** Undefined when the slab carries nothing. */
function searched(calculation: Calculation, index: SlabIndex, search: SlabSearch): AdsorbedSlab | undefined {
  const { structure } = calculation;
  const role = search.roles.get(calculation.id);
  const isStated = role?.stated === 'manifest';
  if (structure === undefined || (isStated && role.role === 'slab')) return undefined;
  const isStatedAdsorbed = isStated && role.role === 'adsorbed-slab';
  const named = search.statements.adsorbates.get(calculation.id);
  const hosts = index
    .hostsOf(structure)
    .filter(({ adsorbate }) => named === undefined || adsorbate.formula === named)
    .map(bareOf);
  for (const kind of byPreference(hosts, search.ion)) {
    const found = linkCleanSlab(calculation, { ...search, hosts: kind });
    const adsorbate = found?.link.adsorbate?.formula;
    if (found !== undefined && adsorbate !== undefined) return { calculation, adsorbate, ...found, issues: [] };
  }
  const adsorbate = named ?? search.ion;
  if (isStatedAdsorbed && !structure.species.includes(adsorbate) && named === undefined) {
    return { calculation, adsorbate, issues: [issue('E_NO_ADSORBATE', {}, { file: calculation.id })] };
  }
  const isOutside = role?.slab !== undefined && liesOutside(structure, role.slab.axis, adsorbate);
  if (!isOutside && !isStatedAdsorbed) return undefined;
  const possible = hosts.filter((host) => host.adsorbate.formula === adsorbate);
  return { calculation, adsorbate, issues: missingSlab(calculation, possible, adsorbate) };
}

/** Without those that carry the same adsorbate. */
function bareOf(hosts: Hosts): Hosts {
  return { ...hosts, groups: hosts.groups.filter(({ adsorbate }) => adsorbate !== hosts.adsorbate.formula) };
}

/** Hosts of one adsorbate together: the ion first, then other atoms, then molecules. */
function byPreference(hosts: readonly Hosts[], ion: string): (readonly Hosts[])[] {
  const byAdsorbate = new Map<string, Hosts[]>();
  for (const host of hosts) {
    const known = byAdsorbate.get(host.adsorbate.formula);
    if (known === undefined) byAdsorbate.set(host.adsorbate.formula, [host]);
    else known.push(host);
  }
  const rank = (formula: string): number => (formula === ion ? 0 : /^[A-Z][a-z]?$/.test(formula) ? 1 : 2);
  return [...byAdsorbate]
    .sort(([left], [right]) => rank(left) - rank(right) || compareText(left, right))
    .map(([, kind]) => kind);
}

/** A clean slab comes before the slabs that stand on it. */
function byAtomCount(slabs: readonly Calculation[]): Calculation[] {
  const count = ({ structure }: Calculation): number => structure?.species.length ?? 0;
  return [...slabs].sort((left, right) => count(left) - count(right) || compareText(left.id, right.id));
}
