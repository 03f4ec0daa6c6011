/**
 * What the manifest states about calculations, with its paths resolved. A path that names nothing is an issue: a
 * statement that is silently ignored would be worse than none.
 */
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { Manifest } from '../model/manifest.ts';
import { formula } from '../model/structure.ts';
import type { LinkKind, Role } from '../model/system.ts';
import { unitFormula } from './shared/composition-difference.ts';
import { contradictions } from './stated-contradictions.ts';

export interface StatedSystem {
  readonly id: string;
  readonly label?: string;
  readonly facet?: readonly number[];
  readonly slab?: Calculation;
  readonly adsorbed: readonly Calculation[];
  readonly bulk?: Calculation;
  readonly paths: readonly string[];
}

export interface StatedPath {
  readonly start?: Calculation;
  readonly end?: Calculation;
  readonly equivalentEndpoints?: boolean;
}

/** A link outside the slab systems. */
export interface StatedRelation {
  readonly kind: LinkKind;
  readonly from: Calculation;
  readonly to: Calculation;
}

export interface Statements {
  /** The manifest. */
  readonly file: string;
  readonly roles: ReadonlyMap<string, Role>;
  readonly cleanSlabs: ReadonlyMap<string, Calculation>;
  /** Formula of what a calculation carries. */
  readonly adsorbates: ReadonlyMap<string, string>;
  /** By element. */
  readonly atomReferences: ReadonlyMap<string, Calculation>;
  readonly bulkReferences: ReadonlyMap<string, Calculation>;
  /** By formula of the molecule. */
  readonly moleculeReferences: ReadonlyMap<string, Calculation>;
  readonly systems: readonly StatedSystem[];
  readonly paths: ReadonlyMap<string, StatedPath>;
  readonly relations: readonly StatedRelation[];
  readonly issues: readonly Issue[];
}

export interface ManifestSource {
  readonly file: string;
  /** Path in the tree of a path as the manifest states it; undefined when it lies outside. */
  readonly locate: (path: string) => string | undefined;
}

const BESIDE_THE_TREE: ManifestSource = { file: 'adatom.yaml', locate: (path) => path };

/** Resolves every path of the manifest. What it says about one calculation also says what that calculation is. */
export function resolveStatements(
  manifest: Manifest | undefined,
  tree: { readonly calculations: readonly Calculation[]; readonly paths: readonly string[] },
  source = BESIDE_THE_TREE,
): Statements {
  const issues: Issue[] = [];
  const tell = (text: string): void => {
    issues.push(issue('E_MANIFEST', { problem: text }, { file: source.file }));
  };
  const find = (path: string | undefined, key: string): Calculation | undefined => {
    if (path === undefined) return undefined;
    const located = source.locate(path);
    const [found, ...others] = located === undefined ? [] : calculationsAt(tree.calculations, located);
    if (found === undefined) tell(`${key}: no calculation at "${path}"`);
    if (others.length === 0) return found;
    const files = [found, ...others].map((calculation) => calculation?.id).join(', ');
    tell(`${key}: several calculations at "${path}", name one of ${files}`);
    return undefined;
  };
  const findPath = (path: string, key: string): string[] => {
    const name = normalise(source.locate(path) ?? '');
    if (tree.paths.includes(name)) return [name];
    tell(`${key}: no NEB folder at "${path}"`);
    return [];
  };
  const finders = { find, findPath, tell };
  const calculations = statedCalculations(manifest, finders);
  const references = statedReferences(manifest, finders);
  const systems = statedSystems(manifest, finders);
  const cleanSlabs = cleanSlabsOf(calculations, systems);
  const paths = statedPaths(manifest, finders);
  const adsorbates = new Map(
    calculations.flatMap(({ calculation, adsorbate }) =>
      adsorbate === undefined ? [] : [[calculation.id, adsorbate] as const],
    ),
  );
  const roles = rolesOf({ calculations, systems, cleanSlabs, ...references });
  for (const problem of contradictions({ roles, cleanSlabs, adsorbates, systems }, tree.calculations)) tell(problem);
  return {
    file: source.file,
    roles,
    cleanSlabs,
    adsorbates,
    ...references,
    systems,
    paths,
    relations: calculations.flatMap(({ relations }) => relations),
    issues,
  };
}

interface Finders {
  readonly find: (path: string | undefined, key: string) => Calculation | undefined;
  readonly findPath: (path: string, key: string) => string[];
  readonly tell: (problem: string) => void;
}

interface StatedCalculation {
  readonly calculation: Calculation;
  readonly role?: Role;
  readonly slab?: Calculation;
  readonly adsorbate?: string;
  readonly relations: readonly StatedRelation[];
}

/** Keys of a calculation that name another one, and what the first is by that. */
const RELATIONS = [
  { key: 'film', kind: 'interface-film', role: 'interface' },
  { key: 'substrate', kind: 'interface-substrate', role: 'interface' },
  { key: 'host', kind: 'defect-host', role: 'defect-cell' },
  { key: 'of', kind: 'single-point-of', role: 'single-point' },
] as const;

function statedCalculations(manifest: Manifest | undefined, { find }: Finders): StatedCalculation[] {
  return Object.entries(manifest?.calculations ?? {}).flatMap(([path, statement]) => {
    const { role, slab: slabPath, adsorbate } = statement;
    const calculation = find(path, 'calculations');
    const slab = find(slabPath, `calculations.${path}.slab`);
    const partners = RELATIONS.flatMap(({ key, kind }) => {
      const to = find(statement[key], `calculations.${path}.${key}`);
      return to === undefined ? [] : [{ kind, to }];
    });
    if (calculation === undefined) return [];
    return {
      calculation,
      relations: partners.map(({ kind, to }) => ({ kind, from: calculation, to })),
      ...(role !== undefined && { role: role === 'ignore' ? ('ignored' as const) : role }),
      ...(slab !== undefined && { slab }),
      ...(adsorbate !== undefined && { adsorbate }),
    };
  });
}

/** An energy per atom of the wrong thing would shift every value: a reference must hold what it is named for. */
function statedReferences(manifest: Manifest | undefined, { find, tell }: Finders) {
  const stated = (kind: 'atom' | 'bulk' | 'molecule', fits: (species: readonly string[], name: string) => boolean) =>
    new Map(
      Object.entries(manifest?.references?.[kind] ?? {}).flatMap(([name, path]) => {
        const key = `references.${kind}.${name}`;
        const found = find(path, key);
        const species = found?.structure?.species;
        if (found === undefined) return [];
        if (species === undefined || fits(species, name)) return [[name, found] as const];
        const wanted = { atom: `one ${name}`, bulk: `nothing but ${name}`, molecule: `one ${name}` }[kind];
        tell(`${key}: ${found.id} holds ${formula(species)}, not ${wanted}`);
        return [];
      }),
    );
  return {
    atomReferences: stated('atom', (species, element) => species.length === 1 && species[0] === element),
    bulkReferences: stated('bulk', (species, element) => species.every((symbol) => symbol === element)),
    moleculeReferences: stated('molecule', (species, molecule) => formula(species) === unitFormula(molecule)),
  };
}

function statedSystems(manifest: Manifest | undefined, { find, findPath }: Finders): StatedSystem[] {
  return Object.entries(manifest?.systems ?? {}).map(([id, statement]) => {
    const key = `systems.${id}`;
    const slab = find(statement.slab, `${key}.slab`);
    const bulk = find(statement.bulk, `${key}.bulk`);
    const adsorbed = (statement.adsorbed ?? []).flatMap((path) => find(path, `${key}.adsorbed`) ?? []);
    return {
      id,
      ...(statement.label !== undefined && { label: statement.label }),
      ...(statement.facet !== undefined && { facet: statement.facet }),
      ...(slab !== undefined && { slab }),
      ...(bulk !== undefined && { bulk }),
      adsorbed,
      paths: (statement.paths ?? []).flatMap((path) => findPath(path, `${key}.paths`)),
    };
  });
}

function statedPaths(manifest: Manifest | undefined, { find, findPath }: Finders): Map<string, StatedPath> {
  const paths = new Map<string, StatedPath>();
  for (const [path, { start: startPath, end: endPath, equivalentEndpoints }] of Object.entries(manifest?.paths ?? {})) {
    const start = find(startPath, `paths.${path}.start`);
    const end = find(endPath, `paths.${path}.end`);
    for (const id of findPath(path, 'paths')) {
      paths.set(id, {
        ...(start !== undefined && { start }),
        ...(end !== undefined && { end }),
        ...(equivalentEndpoints !== undefined && { equivalentEndpoints }),
      });
    }
  }
  return paths;
}

/** A slab stated for one calculation wins over the slab of its system. */
function cleanSlabsOf(
  calculations: readonly StatedCalculation[],
  systems: readonly StatedSystem[],
): Map<string, Calculation> {
  const cleanSlabs = new Map<string, Calculation>();
  for (const { slab, adsorbed } of systems) {
    if (slab !== undefined) for (const member of adsorbed) cleanSlabs.set(member.id, slab);
  }
  for (const { calculation, slab } of calculations) if (slab !== undefined) cleanSlabs.set(calculation.id, slab);
  return cleanSlabs;
}

/** Stated roles, and those that follow from what a calculation is stated for. */
function rolesOf(stated: {
  readonly calculations: readonly StatedCalculation[];
  readonly systems: readonly StatedSystem[];
  readonly cleanSlabs: ReadonlyMap<string, Calculation>;
  readonly atomReferences: ReadonlyMap<string, Calculation>;
  readonly bulkReferences: ReadonlyMap<string, Calculation>;
  readonly moleculeReferences: ReadonlyMap<string, Calculation>;
}): Map<string, Role> {
  const roles = new Map<string, Role>();
  const imply = (role: Role, members: readonly (Calculation | undefined)[]): void => {
    for (const member of members) if (member !== undefined && !roles.has(member.id)) roles.set(member.id, role);
  };
  for (const { calculation, role } of stated.calculations) if (role !== undefined) roles.set(calculation.id, role);
  const adsorbed = stated.calculations.filter(({ slab, adsorbate }) => slab !== undefined || adsorbate !== undefined);
  const inSystems = stated.systems.flatMap((system) => system.adsorbed);
  imply('adsorbed-slab', [...adsorbed.map((entry) => entry.calculation), ...inSystems]);
  for (const { kind, role } of RELATIONS) {
    const named = stated.calculations.flatMap((entry) => entry.relations.filter((relation) => relation.kind === kind));
    imply(
      role,
      named.map(({ from }) => from),
    );
  }
  imply('slab', [...stated.cleanSlabs.values(), ...stated.systems.map((system) => system.slab)]);
  imply('bulk', [...stated.systems.map((system) => system.bulk), ...stated.bulkReferences.values()]);
  imply('isolated-atom', [...stated.atomReferences.values()]);
  imply('isolated-molecule', [...stated.moleculeReferences.values()]);
  return roles;
}

/** By file, or by folder: then the runs in it that count. */
function calculationsAt(calculations: readonly Calculation[], path: string): readonly Calculation[] {
  const name = normalise(path);
  const exact = calculations.filter((calculation) => calculation.id === name);
  if (exact.length > 0) return exact;
  return calculations.filter(({ folder, supersededBy }) => folder === name && supersededBy === undefined);
}

function normalise(path: string): string {
  const trimmed = path.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
  return trimmed === '' ? '.' : trimmed;
}
