/**
 * First stage of a screening: what every calculation is, what belongs together, and the paths. Depends on the tree, the
 * working ion and the manifest; neither on a protocol nor on a profile.
 */
import { assembleSystems } from '../assembly/assemble-systems.ts';
import { assignRoles } from '../assembly/assign-roles.ts';
import { isElasticBand } from '../assembly/elastic-band.ts';
import { compareText } from '../assembly/link-candidates.ts';
import { assemblePath } from '../assembly/migration-path.ts';
import { relateCalculations } from '../assembly/relate-calculations.ts';
import { indexRelaxations } from '../assembly/relaxation-index.ts';
import { type ManifestSource, resolveStatements } from '../assembly/stated-links.ts';
import type { Band } from '../model/band.ts';
import type { Calculation } from '../model/calculation.ts';
import type { Issue, IssueCode } from '../model/issues.ts';
import type { Manifest } from '../model/manifest.ts';
import type { UnusedCalculation } from '../model/screening.ts';
import type { PathReport, Relation, RoleAssignment, System } from '../model/system.ts';
import { buildBands } from './build-bands.ts';
import { describePath, describePathTable } from './describe-path.ts';
import { domainOfPath } from './domain-of-path.ts';
import { mergeCalculation } from './merge-calculation.ts';
import type { ReadTree } from './read-tree.ts';
import { unusedCalculations } from './unused-calculations.ts';

export interface AssembleOptions {
  readonly ion: string;
  readonly manifest?: Manifest;
  /** How the manifest's file is called, and where a path it states lies in the tree. */
  readonly manifestSource?: ManifestSource;
}

export interface Assembly {
  /** By id. */
  readonly calculations: readonly Calculation[];
  readonly roles: readonly RoleAssignment[];
  readonly systems: readonly System[];
  readonly relations: readonly Relation[];
  readonly paths: readonly PathReport[];
  readonly unused: readonly UnusedCalculation[];
  readonly issues: readonly Issue[];
}

export function assembleScreening(found: ReadTree, options: AssembleOptions): Assembly {
  const tree = inOrder(found);
  const { assembled, ...understood } = understand(tree, options);
  const { calculations, roles, systems, relations } = understood;
  return {
    ...understood,
    unused: unusedCalculations({ calculations, roles, systems, relations, paths: assembled }, options.ion),
    issues: [...tree.issues, ...severalTellings(calculations), ...understood.issues],
  };
}

/** What the files of one run tell otherwise, and earlier runs in them: to be seen without opening every calculation. */
function severalTellings(calculations: readonly Calculation[]): Issue[] {
  return calculations.flatMap(({ issues }) => issues.filter(({ code }) => SEVERAL_TELLINGS.has(code)));
}

const SEVERAL_TELLINGS: ReadonlySet<IssueCode> = new Set(['W_SOURCES_DISAGREE', 'W_OTHER_SOURCE', 'I_APPENDED_RUN']);

function understand(tree: ReadTree, options: AssembleOptions) {
  const calculations = tree.runs.map(mergeCalculation);
  const bands = buildBands(tree.bands, calculations).filter(isElasticBand);
  const known = { calculations, paths: bands.map((band) => band.id) };
  const statements = resolveStatements(options.manifest, known, options.manifestSource);
  const isIgnored = ({ id }: Calculation): boolean => statements.roles.get(id) === 'ignored';
  const outside = relaxationsOutside(calculations, bands).filter((calculation) => !isIgnored(calculation));
  const relaxations = indexRelaxations(outside);
  const assembled = bands.map((band) => assemblePath(band, { relaxations, ...statements.paths.get(band.id) }));
  const shown = assignRoles(calculations, bands, statements.roles);
  const related = relateCalculations(calculations, shown, statements.relations);
  const { systems, roles, issues } = assembleSystems({
    calculations,
    roles: related.roles,
    paths: assembled,
    statements,
    ion: options.ion,
    comparer: relaxations.comparer,
  });
  const context = {
    calculations: new Map(calculations.map((calculation) => [calculation.id, calculation])),
    roles: new Map(roles.map((role) => [role.calculation, role])),
    relations: related.relations,
  };
  const paths = assembled.map((path) => {
    const domain = domainOfPath(path, context);
    return describePath(path, {
      energyKind: 'sigma0',
      ...equivalence(statements.paths.get(path.id)),
      ...(domain !== undefined && { domain }),
    });
  });
  return {
    calculations,
    roles,
    systems,
    relations: related.relations,
    assembled,
    paths: [...paths, ...pathTables(tree)],
    issues: [...statements.issues, ...issues],
  };
}

/** The order in which folders were found must not show in the result. */
function inOrder(tree: ReadTree): ReadTree {
  return {
    ...tree,
    runs: [...tree.runs].sort((left, right) => compareText(left.id, right.id)),
    bands: [...tree.bands].sort((left, right) => compareText(left.folder, right.folder)),
  };
}

/** Endpoints are looked for among the calculations that are no images themselves. */
export function relaxationsOutside(calculations: readonly Calculation[], bands: readonly Band[]): Calculation[] {
  const images = new Set(bands.flatMap((band) => band.images.map((image) => image.calculation?.id)));
  return calculations.filter((calculation) => !images.has(calculation.id) && calculation.supersededBy === undefined);
}

/** Bands of which only the table neb.dat is there. */
function pathTables(tree: ReadTree): PathReport[] {
  return tree.bands.flatMap((band) => {
    const rows = band.table?.record.pathTable;
    if (band.images.length > 0 || band.table === undefined || rows === undefined || rows.length < 2) return [];
    return [describePathTable(band.table.identity.path, rows, band.table.record.issues)];
  });
}

function equivalence(stated: { readonly equivalentEndpoints?: boolean } | undefined) {
  return stated?.equivalentEndpoints === undefined ? {} : { equivalentEndpoints: stated.equivalentEndpoints };
}
