/**
 * A system as a tree: its clean slab, what is adsorbed on it and where, the references, the bulk and the paths.
 */
import type { Link, LinkKind, System } from '../../model/system.ts';
import { type InspectContext, issueBranches, remarksOn } from './inspect-context.ts';
import { evidenceText, linkRemarks } from './inspect-link.ts';
import { pathBranch } from './inspect-relations.ts';
import { siteText } from './site-text.ts';
import { slabText } from './slab-text.ts';
import { visible } from './terminal.ts';
import { type Branch, branch, firstOf } from './tree-text.ts';

const MOST_ADSORBED = 20;
const MOST_PATHS = 20;

export function systemBranch(system: System, context: InspectContext): Branch {
  const { paint } = context;
  const name = visible(system.label === '' ? system.id : system.label);
  const title = system.label !== '' && system.label !== system.id ? `${name} [${visible(system.id)}]` : name;
  return branch(
    `${paint('bold', title)}  ${system.formula}${facetText(system)}`,
    slabBranches(system, context),
    adsorbedBranches(system, system.adsorbed, context),
    adsorbedBranches(system, system.otherAdsorbed, context),
    referenceBranches(system, context),
    bulkBranches(system, context),
    firstOf(
      system.paths.flatMap((id) => context.paths.get(id) ?? []),
      MOST_PATHS,
      (path) => pathBranch(path, context, 'path '),
    ),
    systemIssues(system, context),
  );
}

/** That nothing is adsorbed is told as it is: the list of what is missing has it too. */
function systemIssues({ adsorbed, ion, issues, slab }: System, context: InspectContext): Branch[] {
  if (adsorbed.length > 0) return issueBranches(issues, context, slab ?? adsorbed[0]);
  const others = issues.filter(({ code }) => code !== 'E_REFERENCE_MISSING');
  return [branch(`no slab with ${ion} on it`), ...issueBranches(others, context, slab)];
}

function facetText({ exposedFacet, facet }: System): string {
  const index = facet === undefined ? '' : `(${facet.join(' ')}) stated in the manifest`;
  if (exposedFacet === undefined) return index === '' ? '' : `, ${index}`;
  const side = exposedFacet.termination === undefined ? '' : ` (${exposedFacet.termination})`;
  const share = `${(100 * exposedFacet.matchedShare).toFixed(0)} % of the inner atoms on sites of the bulk`;
  return `, exposes ${exposedFacet.label}${side}: ${share}${index === '' ? '' : `; ${index}`}`;
}

function slabBranches({ slab }: System, context: InspectContext): Branch[] {
  if (slab === undefined) return [branch(`clean slab: ${context.paint('red', 'missing')}`)];
  const calculation = context.calculations.get(slab);
  const geometry = calculation?.slab === undefined ? '' : `: ${slabText(calculation.slab)}`;
  const of = calculation?.formula === undefined ? '' : ` ${calculation.formula}`;
  return [branch(`clean slab ${context.nameOf(slab)}${of}${geometry}`, remarksOn(slab, context))];
}

function adsorbedBranches(system: System, ids: readonly string[], context: InspectContext): Branch[] {
  const links = new Map(system.links.filter(({ kind }) => kind === 'clean-slab').map((link) => [link.from, link]));
  const sites = new Map(system.sites?.map((site) => [site.calculation, site]));
  return firstOf(ids, MOST_ADSORBED, (id) => {
    const link = links.get(id);
    const site = sites.get(id);
    const { formula, count } = link?.adsorbate ?? { formula: system.ion, count: undefined };
    const amount = count === undefined ? formula : `${count} ${formula}`;
    const where = site === undefined ? '' : `: ${siteText(site)}; ${site.coveragePerNm2.toFixed(2)} nm⁻²`;
    const same =
      site?.duplicateOf === undefined ? [] : [branch(`the same site as ${context.nameOf(site.duplicateOf)}`)];
    return branch(
      `${amount} on it: ${context.nameOf(id)}${where}`,
      link === undefined
        ? []
        : [branch(`on ${context.nameOf(link.to)}: ${evidenceText(link)}`, linkRemarks(link, context))],
      same,
      issueBranches(site?.issues ?? [], context),
      remarksOn(id, context, system.slab),
    );
  });
}

const REFERENCES: Readonly<Partial<Record<LinkKind, string>>> = {
  'atom-reference': 'isolated atom',
  'bulk-reference': 'bulk metal',
  'molecule-reference': 'molecule',
};

/** One branch for each reference: the same one stands behind all slabs of a system. */
function referenceBranches(system: System, context: InspectContext): Branch[] {
  const { links, adsorbed } = system;
  const groups = new Map<string, Link[]>();
  for (const link of links) {
    if (REFERENCES[link.kind] === undefined) continue;
    const key = `${link.kind} ${link.to}`;
    groups.set(key, [...(groups.get(key) ?? []), link]);
  }
  const found = new Set(links.map(({ kind }) => kind));
  const missing = (['atom-reference', 'bulk-reference'] as const)
    .filter((kind) => adsorbed.length > 0 && !found.has(kind))
    .map((kind) => branch(`${REFERENCES[kind]}: ${context.paint('red', 'missing')}`));
  const linked = [...groups.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    const serves = all.length === 1 ? '' : ` (of ${all.length} slabs)`;
    const text = `${REFERENCES[first.kind]} ${context.nameOf(first.to)}${serves}: ${evidenceText(first)}`;
    return [branch(text, sharedRemarks(all, context), remarksOn(first.to, context))];
  });
  return [...linked, ...missing];
}

/** What is said of each of the links once. */
function sharedRemarks(links: readonly Link[], context: InspectContext): Branch[] {
  const remarks = links.flatMap((link) => linkRemarks(link, context));
  return [...new Map(remarks.map((remark) => [remark.text, remark])).values()];
}

function bulkBranches({ links }: System, context: InspectContext): Branch[] {
  const link = links.find(({ kind }) => kind === 'slab-bulk');
  if (link === undefined) return [];
  const text = `bulk ${context.nameOf(link.to)}: ${evidenceText(link)}`;
  return [branch(text, linkRemarks(link, context), remarksOn(link.to, context))];
}
