/**
 * From calculations with roles to systems: each clean slab with its adsorbed slabs, references, bulk and paths.
 *
 * An adsorbed slab whose clean slab is missing is a system too, so that it is listed with its reason and not lost.
 */
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { Role, RoleAssignment, System } from '../model/system.ts';
import { withSites } from './adsorption-sites.ts';
import { assignPaths } from './assign-paths.ts';
import { isReferenceAtom } from './classify-role.ts';
import { withMissingDipole } from './dipole-correction.ts';
import { withExposedFacets } from './exposed-facets.ts';
import { type AdsorbedSlab, linkAdsorbedSlabs } from './link-adsorbed-slabs.ts';
import { compareText } from './link-candidates.ts';
import { indexReferences, linkReferences, linkSlabBulk, type References } from './link-references.ts';
import type { AssembledPath } from './migration-path.ts';
import { nameSystems } from './name-systems.ts';
import { type Comparer, openComparer } from './partner-groups.ts';
import { reducedFormula } from './shared/composition-difference.ts';
import type { Axis } from './shared/slab-geometry.ts';
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
  /** Of the same calculations, when something was compared before. */
  readonly comparer?: Comparer;
}

export function assembleSystems(input: AssemblyInput): AssembledTree {
  const { calculations, statements, ion, comparer = openComparer() } = input;
  const roles = new Map(input.roles.map((role) => [role.calculation, role]));
  const withRole = (...wanted: Role[]): Calculation[] =>
    calculations.filter((calculation) => wanted.some((role) => role === roles.get(calculation.id)?.role));
  const slabs = withRole('slab', 'adsorbed-slab');
  const { adsorbed, index } = linkAdsorbedSlabs({ slabs, roles, statements, ion, comparer });
  const drafts = draftSystems(slabs, adsorbed, { ...input, roleOf: roles });
  const atoms = withRole('isolated-atom').filter((atom) => isReferenceAtom(atom, roles.get(atom.id)?.stated));
  const found = { atoms, bulks: withRole('bulk'), molecules: withRole('isolated-molecule') };
  const references = indexReferences(found, { comparer, statements });
  const systems = assignPaths(drafts, { ...input, index, comparer }).map((draft) => completed(draft, references, ion));
  const facets = withExposedFacets(nameSystems(systems, input), { ...input, file: statements.file });
  return {
    systems: withSites(facets.systems, calculations, (id) => adsorbed.get(id)?.paired),
    roles: withDipoles(
      input.roles.map((role) => promoted(role, adsorbed)),
      calculations,
      adsorbed,
    ),
    issues: [...unmetStatements(drafts, statements), ...facets.issues],
  };
}

/** A system under construction. */
export interface SystemDraft {
  readonly stated?: StatedSystem;
  readonly slab?: Calculation;
  /** With the ion on them. */
  readonly adsorbed: readonly AdsorbedSlab[];
  /** With something else on them. */
  readonly otherAdsorbed: readonly AdsorbedSlab[];
  readonly paths: readonly string[];
  /** Across the vacuum of the slab. */
  readonly axis?: Axis;
}

function promoted(role: RoleAssignment, adsorption: ReadonlyMap<string, AdsorbedSlab>): RoleAssignment {
  const adsorbed = adsorption.get(role.calculation);
  if (adsorbed === undefined || role.stated === 'manifest') return role;
  const alone = `${adsorbed.adsorbate} lies outside all other atoms; its clean slab was not found`;
  return { ...role, role: 'adsorbed-slab', evidence: [...role.evidence, ...(adsorbed.link?.evidence ?? [alone])] };
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

/**
 * One system for each slab that is clean, or that the ion stands on; one for each slab with the ion that has no clean one.
 * A second calculation of a clean slab, with another k-mesh or in an earlier try, is no second surface.
 */
function draftSystems(
  slabs: readonly Calculation[],
  adsorption: ReadonlyMap<string, AdsorbedSlab>,
  { statements, ion, roleOf }: AssemblyInput & { readonly roleOf: ReadonlyMap<string, RoleAssignment> },
): SystemDraft[] {
  const known = new Set(slabs.map((slab) => slab.id));
  const onSlab = new Map<string, AdsorbedSlab[]>();
  const orphans: AdsorbedSlab[] = [];
  for (const entry of adsorption.values()) {
    const host = rootOf(entry, adsorption, ion);
    const others = onSlab.get(host ?? '');
    if (others !== undefined) others.push(entry);
    else if (host !== undefined && known.has(host)) onSlab.set(host, [entry]);
    else orphans.push(entry);
  }
  const isOfIon = ({ adsorbate }: AdsorbedSlab): boolean => adsorbate === ion;
  const spare = spareSlabs(adsorption, statements);
  const drafts = [
    ...slabs
      .filter(({ id }) => (adsorption.has(id) ? onSlab.get(id)?.some(isOfIon) : onSlab.has(id) || !spare.has(id)))
      .map((slab) => {
        const carried = onSlab.get(slab.id) ?? [];
        const geometry = roleOf.get(slab.id)?.slab;
        return {
          slab,
          ...(geometry !== undefined && { axis: geometry.axis }),
          adsorbed: carried.filter(isOfIon),
          otherAdsorbed: carried.filter((entry) => !isOfIon(entry)),
          paths: [],
        };
      }),
    ...orphans.filter(isOfIon).map((entry) => ({ adsorbed: [entry], otherAdsorbed: [], paths: [] })),
  ];
  return withStatements(drafts, statements);
}

/** Slabs that would have fitted under an adsorbed one, where another one was better. */
function spareSlabs(adsorption: ReadonlyMap<string, AdsorbedSlab>, { systems }: Statements): ReadonlySet<string> {
  const spare = new Set([...adsorption.values()].flatMap(({ link }) => link?.others ?? []));
  for (const { slab } of systems) if (slab !== undefined) spare.delete(slab.id);
  return spare;
}

/** What is adsorbed beside the ion belongs to the clean slab below both: a slab with the ion on it is no system. */
function rootOf(entry: AdsorbedSlab, adsorption: ReadonlyMap<string, AdsorbedSlab>, ion: string): string | undefined {
  const host = entry.link?.to;
  const below = adsorption.get(host ?? '');
  // Every link leads to a slab of fewer atoms, so the chain ends.
  return entry.adsorbate === ion || below?.adsorbate !== ion || below.link === undefined
    ? host
    : rootOf(below, adsorption, ion);
}

/** A stated system is one system: of the one whose slab it names, else of the first that holds one of its members. */
function withStatements(drafts: readonly SystemDraft[], { systems }: Statements): SystemDraft[] {
  const statedOf = new Map<SystemDraft, StatedSystem>();
  for (const stated of systems) {
    const free = drafts.filter((draft) => !statedOf.has(draft));
    const own =
      free.find((draft) => draft.slab !== undefined && draft.slab === stated.slab) ??
      free.find((draft) => draft.adsorbed.some(({ calculation }) => stated.adsorbed.includes(calculation)));
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
function completed(draft: SystemDraft, references: References, ion: string): System {
  const { slab, stated, adsorbed, otherAdsorbed } = draft;
  const issues = adsorbed.flatMap((entry) => entry.issues);
  if (adsorbed.length === 0) {
    const needed = `a slab of this system with adsorbed ${ion}`;
    issues.push(issue('E_REFERENCE_MISSING', { needed }, { file: slab?.id ?? '' }));
  }
  const bulk =
    slab === undefined ? undefined : linkSlabBulk(slab, references, { stated: stated?.bulk, axis: draft.axis });
  const anchor = slab ?? adsorbed[0]?.calculation;
  const carried = [...adsorbed, ...otherAdsorbed];
  const ids = (entries: readonly AdsorbedSlab[]): string[] =>
    entries.map(({ calculation }) => calculation.id).sort(compareText);
  return {
    id: stated?.id ?? anchor?.id ?? '',
    label: stated?.label ?? '',
    ...(stated?.facet !== undefined && { facet: stated.facet }),
    ion,
    formula: reducedFormula(anchor?.structure?.species ?? []),
    ...(slab !== undefined && { slab: slab.id }),
    adsorbed: ids(adsorbed),
    otherAdsorbed: ids(otherAdsorbed),
    paths: draft.paths,
    ...(bulk !== undefined && { bulk: bulk.to }),
    links: [
      ...carried.flatMap(({ link }) => link ?? []),
      ...carried.flatMap(({ calculation, adsorbate }) => linkReferences(calculation, adsorbate, references)),
      ...(bulk === undefined ? [] : [bulk]),
    ],
    issues,
  };
}
