/**
 * From calculations with roles to systems: each clean slab with its adsorbed slabs, references, bulk and paths.
 *
 * An adsorbed slab whose clean slab is missing is a system too, so that it is listed with its reason and not lost.
 */
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { Link, Role, RoleAssignment, System } from '../model/system.ts';
import { withSites } from './adsorption-sites.ts';
import { assignPaths } from './assign-paths.ts';
import { withMissingDipole } from './dipole-correction.ts';
import { withExposedFacets } from './exposed-facets.ts';
import { type AdsorbedSlab, linkAdsorbedSlabs } from './link-adsorbed-slabs.ts';
import { compareText } from './link-candidates.ts';
import { linkReferences, linkSlabBulk, type References } from './link-references.ts';
import type { AssembledPath } from './migration-path.ts';
import { nameSystems } from './name-systems.ts';
import { reducedFormula } from './shared/composition-difference.ts';
import type { StatedSystem, Statements } from './stated-links.ts';

export interface AssembledTree {
  readonly systems: readonly System[];
  /** Roles, with slabs that carry an adsorbate promoted to adsorbed slabs. */
  readonly roles: readonly RoleAssignment[];
  /** Stated systems that none of the slabs found here belongs to, and stated facets that their slabs do not expose. */
  readonly issues: readonly Issue[];
}

export interface AssemblyInput {
  readonly calculations: readonly Calculation[];
  readonly roles: readonly RoleAssignment[];
  readonly paths: readonly AssembledPath[];
  readonly statements: Statements;
  readonly ion: string;
}

export function assembleSystems(input: AssemblyInput): AssembledTree {
  const { calculations, statements, ion } = input;
  const roles = new Map(input.roles.map((role) => [role.calculation, role]));
  const withRole = (...wanted: Role[]): Calculation[] =>
    calculations.filter((calculation) => wanted.some((role) => role === roles.get(calculation.id)?.role));
  const slabs = withRole('slab', 'adsorbed-slab').filter((slab) => !statements.otherAdsorbates.has(slab.id));
  const adsorption = linkAdsorbedSlabs({ slabs, roles, statements, ion });
  const drafts = draftSystems(slabs, adsorption, statements);
  const bulks = withRole('bulk');
  const references: References = {
    ion,
    atoms: pure(withRole('isolated-atom'), ion),
    metals: pure(bulks, ion),
    bulks,
    ...(statements.atomReference !== undefined && { statedAtom: statements.atomReference }),
    ...(statements.bulkReference !== undefined && { statedMetal: statements.bulkReference }),
  };
  const systems = assignPaths(drafts, input).map((draft) => completed(draft, references));
  const facets = withExposedFacets(nameSystems(systems, input), { ...input, file: statements.file });
  return {
    systems: withSites(facets.systems, calculations),
    roles: withDipoles(
      input.roles.map((role) => promoted(role, adsorption)),
      calculations,
      adsorption,
    ),
    issues: [...unmetStatements(drafts, statements), ...facets.issues],
  };
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

function promoted(role: RoleAssignment, adsorption: ReadonlyMap<string, AdsorbedSlab>): RoleAssignment {
  const adsorbed = adsorption.get(role.calculation);
  if (adsorbed === undefined || role.stated === 'manifest') return role;
  const evidence = adsorbed.link?.evidence ?? ['the ion lies outside all other atoms; its clean slab was not found'];
  return { ...role, role: 'adsorbed-slab', evidence: [...role.evidence, ...evidence] };
}

/** Once per slab; the faces of an adsorbed one are those of its clean slab. */
function withDipoles(
  roles: readonly RoleAssignment[],
  calculations: readonly Calculation[],
  adsorption: ReadonlyMap<string, AdsorbedSlab>,
): RoleAssignment[] {
  const byId = new Map(calculations.map((calculation) => [calculation.id, calculation]));
  return roles.map((role) => {
    const bare = role.role === 'slab' ? role.calculation : (adsorption.get(role.calculation)?.link?.to ?? '');
    return withMissingDipole(role, byId.get(role.calculation), byId.get(bare)?.structure);
  });
}

function draftSystems(
  slabs: readonly Calculation[],
  adsorption: ReadonlyMap<string, AdsorbedSlab>,
  statements: Statements,
): SystemDraft[] {
  const clean = new Map(slabs.filter((slab) => !adsorption.has(slab.id)).map((slab) => [slab.id, slab]));
  const onSlab = new Map<string, AdsorbedSlab[]>();
  const orphans: AdsorbedSlab[] = [];
  for (const entry of adsorption.values()) {
    const host = entry.link?.to ?? '';
    const others = onSlab.get(host);
    if (others !== undefined) others.push(entry);
    else if (clean.has(host)) onSlab.set(host, [entry]);
    else orphans.push(entry);
  }
  const drafts = [
    ...[...clean.values()].map((slab) => draftOf(onSlab.get(slab.id) ?? [], slab)),
    ...orphans.map((entry) => draftOf([entry])),
  ];
  return withStatements(drafts, statements);
}

function draftOf(adsorbed: readonly AdsorbedSlab[], slab?: Calculation): SystemDraft {
  return {
    ...(slab !== undefined && { slab }),
    adsorbed: adsorbed.map((entry) => entry.calculation),
    paths: [],
    links: adsorbed.flatMap((entry) => entry.link ?? []),
    issues: adsorbed.flatMap((entry) => entry.issues),
  };
}

/** A stated system is one system: of the one whose slab it names, else of the first that holds one of its members. */
function withStatements(drafts: readonly SystemDraft[], { systems }: Statements): SystemDraft[] {
  const statedOf = new Map<SystemDraft, StatedSystem>();
  for (const stated of systems) {
    const free = drafts.filter((draft) => !statedOf.has(draft));
    const own =
      free.find((draft) => draft.slab !== undefined && draft.slab === stated.slab) ??
      free.find((draft) => draft.adsorbed.some((member) => stated.adsorbed.includes(member)));
    if (own !== undefined) statedOf.set(own, stated);
  }
  return drafts.map((draft) => {
    const stated = statedOf.get(draft);
    return stated === undefined ? draft : { ...draft, stated };
  });
}

/** A system of which neither the slab nor an adsorbed slab is named, or none of them was found. */
function unmetStatements(drafts: readonly SystemDraft[], { systems, file }: Statements): Issue[] {
  const met = new Set(drafts.map((draft) => draft.stated));
  const problem = (id: string): string =>
    `systems.${id}: neither its slab nor an adsorbed slab of it is a slab found here`;
  return systems.flatMap((stated) =>
    met.has(stated) ? [] : [issue('E_MANIFEST', { problem: problem(stated.id) }, { file })],
  );
}

/** Adds references and bulk, and says what is missing. */
function completed(draft: SystemDraft, references: References): System {
  const { ion } = references;
  const issues = [...draft.issues];
  if (draft.adsorbed.length === 0) {
    const needed = `a slab of this system with adsorbed ${ion}`;
    issues.push(issue('E_REFERENCE_MISSING', { needed }, { file: draft.slab?.id ?? '' }));
  }
  const bulk = draft.slab === undefined ? undefined : linkSlabBulk(draft.slab, references, draft.stated?.bulk);
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
    links: [
      ...draft.links,
      ...draft.adsorbed.flatMap((adsorbed) => linkReferences(adsorbed, references)),
      ...(bulk === undefined ? [] : [bulk]),
    ],
    issues,
  };
}

/** Calculations of nothing but this element. */
function pure(calculations: readonly Calculation[], element: string): Calculation[] {
  return calculations.filter((calculation) => calculation.structure?.species.every((symbol) => symbol === element));
}
