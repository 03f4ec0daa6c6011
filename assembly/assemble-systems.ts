/**
 * From calculations with roles to systems: each clean slab with its adsorbed slabs, references, bulk and paths.
 *
 * An adsorbed slab whose clean slab is missing is a system too, so that it is listed with its reason and not lost.
 */
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { Link, Role, RoleAssignment, System } from '../model/system.ts';
import { assignPaths } from './assign-paths.ts';
import { ionLiesOutside, linkAtomReference, linkBulkReference, linkCleanSlab } from './link-adsorption.ts';
import { bestLink, compareText, statedLink } from './link-candidates.ts';
import type { AssembledPath } from './migration-path.ts';
import { nameSystems } from './name-systems.ts';
import { formulaMultiple, reducedFormula } from './shared/composition-difference.ts';
import type { StatedSystem, Statements } from './stated-links.ts';

export interface AssembledTree {
  readonly systems: readonly System[];
  /** Roles, with slabs that carry an adsorbate promoted to adsorbed slabs. */
  readonly roles: readonly RoleAssignment[];
}

export interface AssemblyInput {
  readonly calculations: readonly Calculation[];
  readonly roles: readonly RoleAssignment[];
  readonly paths: readonly AssembledPath[];
  readonly statements: Statements;
  readonly ion: string;
}

export function assembleSystems(input: AssemblyInput): AssembledTree {
  const byRole = (...wanted: Role[]): Calculation[] => {
    const ids = new Set(input.roles.filter((role) => wanted.includes(role.role)).map((role) => role.calculation));
    return input.calculations.filter((calculation) => ids.has(calculation.id));
  };
  const adsorption = linkAdsorbedSlabs(input, byRole('slab', 'adsorbed-slab'));
  const roles = input.roles.map((role) => promoted(role, adsorption));
  const drafts = draftSystems(input, byRole('slab'), adsorption);
  const withPaths = assignPaths(drafts, input);
  const atoms = pure(byRole('isolated-atom'), input.ion);
  const metals = pure(byRole('bulk'), input.ion);
  const bulks = byRole('bulk').filter((bulk) => !metals.includes(bulk));
  const systems = withPaths.map((draft) => completed(draft, input, { atoms, metals, bulks: [...bulks, ...metals] }));
  return { systems: nameSystems(systems, input), roles };
}

/** A system under construction. */
export interface SystemDraft {
  readonly stated?: StatedSystem;
  readonly slab?: Calculation;
  readonly adsorbed: readonly Calculation[];
  readonly paths: readonly string[];
  readonly links: readonly Link[];
  readonly issues: readonly Issue[];
}

interface AdsorbedSlab {
  readonly calculation: Calculation;
  readonly link?: Link;
  readonly issues: readonly Issue[];
}

function linkAdsorbedSlabs(input: AssemblyInput, slabs: readonly Calculation[]): Map<string, AdsorbedSlab> {
  const { ion, statements } = input;
  const roleOf = new Map(input.roles.map((role) => [role.calculation, role]));
  const found = new Map<string, AdsorbedSlab>();
  for (const calculation of slabs) {
    const role = roleOf.get(calculation.id);
    if (role?.stated === 'manifest' && role.role === 'slab') continue;
    const stated = statements.cleanSlabs.get(calculation.id) ?? slabOfStatedSystem(statements, calculation);
    if (stated !== undefined) {
      found.set(calculation.id, {
        calculation,
        link: statedLink('clean-slab', 'slab-pair', calculation, stated),
        issues: [],
      });
      continue;
    }
    if (calculation.structure?.species.includes(ion) !== true) continue;
    const search = linkCleanSlab(calculation, slabs, ion);
    const outside = role?.slab !== undefined && ionLiesOutside(calculation, role.slab.axis, ion);
    if (search.link !== undefined) found.set(calculation.id, { calculation, link: search.link, issues: [] });
    else if (outside || role?.role === 'adsorbed-slab') {
      found.set(calculation.id, { calculation, issues: search.issues });
    }
  }
  return found;
}

function slabOfStatedSystem(statements: Statements, calculation: Calculation): Calculation | undefined {
  return statements.systems.find((system) => system.adsorbed.includes(calculation))?.slab;
}

function promoted(role: RoleAssignment, adsorption: ReadonlyMap<string, AdsorbedSlab>): RoleAssignment {
  const adsorbed = adsorption.get(role.calculation);
  if (adsorbed === undefined || role.stated === 'manifest') return role;
  const evidence = adsorbed.link?.evidence ?? ['the ion lies outside all other atoms; its clean slab was not found'];
  return { ...role, role: 'adsorbed-slab', evidence: [...role.evidence, ...evidence] };
}

function draftSystems(
  input: AssemblyInput,
  slabs: readonly Calculation[],
  adsorption: ReadonlyMap<string, AdsorbedSlab>,
): SystemDraft[] {
  const all = [...adsorption.values()];
  const clean = slabs.filter((slab) => !adsorption.has(slab.id));
  const drafts = clean.map((slab): SystemDraft => {
    const own = all.filter((entry) => entry.link?.to === slab.id);
    return {
      ...statedFor(input.statements, [slab, ...own.map((entry) => entry.calculation)]),
      slab,
      adsorbed: own.map((entry) => entry.calculation),
      paths: [],
      links: own.flatMap((entry) => entry.link ?? []),
      issues: [],
    };
  });
  const orphans = all.filter((entry) => !clean.some((slab) => slab.id === entry.link?.to));
  return [
    ...drafts,
    ...orphans.map(
      (entry): SystemDraft => ({
        ...statedFor(input.statements, [entry.calculation]),
        adsorbed: [entry.calculation],
        paths: [],
        links: entry.link === undefined ? [] : [entry.link],
        issues: entry.issues,
      }),
    ),
  ];
}

function statedFor(statements: Statements, members: readonly Calculation[]): { stated?: StatedSystem } {
  const stated = statements.systems.find(
    (system) =>
      members.some((member) => member === system.slab) || members.some((member) => system.adsorbed.includes(member)),
  );
  return stated === undefined ? {} : { stated };
}

interface References {
  readonly atoms: readonly Calculation[];
  readonly metals: readonly Calculation[];
  readonly bulks: readonly Calculation[];
}

/** Adds references and bulk, and says what is missing. */
function completed(draft: SystemDraft, input: AssemblyInput, references: References): System {
  const { ion, statements } = input;
  const links = [...draft.links];
  const issues = [...draft.issues];
  for (const adsorbed of draft.adsorbed) {
    const atom =
      statements.atomReference === undefined
        ? linkAtomReference(adsorbed, references.atoms, ion)
        : statedLink('atom-reference', 'atom-reference', adsorbed, statements.atomReference);
    const bulk =
      statements.bulkReference === undefined
        ? linkBulkReference(adsorbed, references.metals, ion)
        : statedLink('bulk-reference', 'bulk-reference', adsorbed, statements.bulkReference);
    links.push(...[atom, bulk].flatMap((link) => link ?? []));
  }
  if (draft.adsorbed.length === 0) {
    const needed = `a slab of this system with adsorbed ${ion}`;
    issues.push(issue('E_REFERENCE_MISSING', { needed }, { file: draft.slab?.id ?? '' }));
  }
  const bulk = draft.slab === undefined ? undefined : linkSlabBulk(draft.slab, references.bulks, draft.stated?.bulk);
  if (bulk !== undefined) links.push(bulk);
  const anchor = draft.slab ?? draft.adsorbed[0];
  return {
    id: draft.stated?.id ?? anchor?.id ?? '',
    label: draft.stated?.label ?? '',
    ...(draft.stated?.facet !== undefined && { facet: draft.stated.facet }),
    ion,
    formula: reducedFormula(draft.slab?.structure?.species ?? anchor?.structure?.species ?? []),
    ...(draft.slab !== undefined && { slab: draft.slab.id }),
    adsorbed: draft.adsorbed.map((calculation) => calculation.id).sort(compareText),
    paths: draft.paths,
    ...(bulk !== undefined && { bulk: bulk.to }),
    links,
    issues,
  };
}

function linkSlabBulk(slab: Calculation, bulks: readonly Calculation[], stated?: Calculation): Link | undefined {
  if (stated !== undefined) return statedLink('slab-bulk', 'bulk-reference', slab, stated);
  const species = slab.structure?.species ?? [];
  return bestLink({
    kind: 'slab-bulk',
    pair: 'bulk-reference',
    from: slab,
    role: 'bulk',
    partners: bulks.filter((bulk) => formulaMultiple(species, bulk.structure?.species ?? []) !== undefined),
    evidence: (bulk) => [`same composition: ${reducedFormula(bulk.structure?.species ?? [])}`],
  });
}

/** Calculations of nothing but this element. */
function pure(calculations: readonly Calculation[], element: string): Calculation[] {
  return calculations.filter((calculation) => calculation.structure?.species.every((symbol) => symbol === element));
}
