/**
 * What the manifest states about calculations, with its paths resolved. A path that names nothing is an issue: a
 * statement that is silently ignored would be worse than none.
 */
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Role } from '../model/system.ts';

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

export interface Statements {
  readonly roles: ReadonlyMap<string, Role>;
  readonly cleanSlabs: ReadonlyMap<string, Calculation>;
  readonly atomReference?: Calculation;
  readonly bulkReference?: Calculation;
  readonly systems: readonly StatedSystem[];
  readonly paths: ReadonlyMap<string, StatedPath>;
  readonly issues: readonly Issue[];
}

export interface ManifestSource {
  readonly file: string;
  /** Path in the tree of a path as the manifest states it; undefined when it lies outside. */
  readonly locate: (path: string) => string | undefined;
}

const BESIDE_THE_TREE: ManifestSource = { file: 'adatom.yaml', locate: (path) => path };

/** Resolves every path of the manifest. */
export function resolveStatements(
  manifest: Manifest | undefined,
  tree: { readonly calculations: readonly Calculation[]; readonly paths: readonly string[] },
  ion: string,
  source = BESIDE_THE_TREE,
): Statements {
  const issues: Issue[] = [];
  const find = (path: string | undefined, key: string): Calculation | undefined => {
    if (path === undefined) return undefined;
    const located = source.locate(path);
    const found = located === undefined ? undefined : calculationAt(tree.calculations, located);
    if (found === undefined) issues.push(problem(`${key}: no calculation at "${path}"`, source.file));
    return found;
  };
  const roles = new Map<string, Role>();
  const cleanSlabs = new Map<string, Calculation>();
  for (const [path, statement] of Object.entries(manifest?.calculations ?? {})) {
    const calculation = find(path, 'calculations');
    if (calculation === undefined) continue;
    if (statement.role !== undefined)
      roles.set(calculation.id, statement.role === 'ignore' ? 'ignored' : statement.role);
    const slab = find(statement.slab, `calculations.${path}.slab`);
    if (slab !== undefined) cleanSlabs.set(calculation.id, slab);
  }
  const atom = find(manifest?.references?.atom?.[ion], `references.atom.${ion}`);
  const bulk = find(manifest?.references?.bulk?.[ion], `references.bulk.${ion}`);
  const findPath = (path: string, key: string): string[] => {
    const name = normalise(source.locate(path) ?? '');
    if (tree.paths.includes(name)) return [name];
    issues.push(problem(`${key}: no NEB folder at "${path}"`, source.file));
    return [];
  };
  const systems = statedSystems(manifest, { find, findPath });
  const paths = new Map<string, StatedPath>();
  for (const [path, statement] of Object.entries(manifest?.paths ?? {})) {
    const start = find(statement.start, `paths.${path}.start`);
    const end = find(statement.end, `paths.${path}.end`);
    for (const id of findPath(path, 'paths')) {
      paths.set(id, {
        ...(start !== undefined && { start }),
        ...(end !== undefined && { end }),
        ...(statement.equivalentEndpoints !== undefined && { equivalentEndpoints: statement.equivalentEndpoints }),
      });
    }
  }
  return {
    roles,
    cleanSlabs,
    ...(atom !== undefined && { atomReference: atom }),
    ...(bulk !== undefined && { bulkReference: bulk }),
    systems,
    paths,
    issues,
  };
}

interface Finders {
  readonly find: (path: string | undefined, key: string) => Calculation | undefined;
  readonly findPath: (path: string, key: string) => string[];
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

/** By folder or by file; of several runs in a folder the one that counts. */
export function calculationAt(calculations: readonly Calculation[], path: string): Calculation | undefined {
  const name = normalise(path);
  const exact = calculations.find((calculation) => calculation.id === name);
  const inFolder = calculations.filter((calculation) => calculation.folder === name);
  return exact ?? inFolder.find((calculation) => calculation.supersededBy === undefined) ?? inFolder[0];
}

function normalise(path: string): string {
  const trimmed = path.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
  return trimmed === '' ? '.' : trimmed;
}

function problem(text: string, file: string): Issue {
  return issue('E_MANIFEST', { problem: text }, { file });
}
