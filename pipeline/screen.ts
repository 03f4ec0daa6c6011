/**
 * The whole way from what was read to a ranking, without touching a disk, a network or a clock: the same records,
 * profile and seed give the same result anywhere.
 */
import { assembleSystems } from '../assembly/assemble-systems.ts';
import { assignRoles } from '../assembly/assign-roles.ts';
import { checkProtocol } from '../assembly/check-protocol.ts';
import { isElasticBand } from '../assembly/elastic-band.ts';
import { compareText } from '../assembly/link-candidates.ts';
import { assemblePath } from '../assembly/migration-path.ts';
import { type ManifestSource, resolveStatements } from '../assembly/stated-links.ts';
import { DESCRIPTORS } from '../descriptors/index.ts';
import type { Band } from '../model/band.ts';
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Profile } from '../model/profile.ts';
import type { Protocol } from '../model/protocol.ts';
import type { DescriptorDescription, ScreeningResult } from '../model/screening.ts';
import type { Candidate, PathReport, System } from '../model/system.ts';
import { checkProfileDescriptors, descriptorNames, rankCandidates } from '../ranking/index.ts';
import { buildBands } from './build-bands.ts';
import { coverageMismatch } from './coverage-mismatch.ts';
import { describeCandidate } from './describe-candidate.ts';
import { describePath, describePathTable } from './describe-path.ts';
import { mergeCalculation } from './merge-calculation.ts';
import { rankableCandidate } from './rankable-candidate.ts';
import type { ReadTree } from './read-tree.ts';
import { unusedCalculations } from './unused-calculations.ts';

export interface ScreenOptions {
  readonly adatomVersion: string;
  readonly ion: string;
  readonly profile: Profile;
  readonly protocol?: Protocol;
  readonly manifest?: Manifest;
  /** How the manifest's file is called, and where a path it states lies in the tree. */
  readonly manifestSource?: ManifestSource;
  readonly seed: number;
}

export interface Screening {
  readonly result: ScreeningResult;
  readonly calculations: readonly Calculation[];
}

export function screen(found: ReadTree, options: ScreenOptions): Screening {
  const names = descriptorNames(DESCRIPTORS);
  checkProfileDescriptors(options.profile, names);
  const tree = inOrder(found);
  const { calculations, roles, systems, assembled, paths, issues } = understand(tree, options);
  const input = {
    calculations: new Map(calculations.map((calculation) => [calculation.id, calculation])),
    roles: new Map(roles.map((role) => [role.calculation, role])),
    paths: new Map(paths.map((path) => [path.id, path])),
  };
  const candidates = systems.map((system) => withProtocol(describeCandidate(system, input), system, input, options));
  const ranking = rankCandidates(
    candidates.map((candidate) => rankableCandidate(candidate, names)),
    options.profile,
    { seed: options.seed },
  );
  const parsed = calculations.filter((calculation) => calculation.final !== undefined).length;
  const result: ScreeningResult = {
    adatomVersion: options.adatomVersion,
    profile: options.profile.name,
    profileVersion: options.profile.version,
    ion: options.ion,
    ...(options.protocol !== undefined && { protocol: options.protocol.name }),
    seed: ranking.seed,
    generator: ranking.generator,
    draws: ranking.draws,
    definitions: DESCRIPTORS.map(description),
    calculations: { found: calculations.length, parsed, unreadable: calculations.length - parsed },
    roles,
    systems,
    paths,
    candidates,
    ranked: ranking.ranked,
    unranked: ranking.unranked,
    unused: unusedCalculations({ calculations, roles, systems, paths: assembled }, options.ion),
    issues: [
      ...tree.issues,
      ...profileIssues(options),
      ...issues,
      ...coverageMismatch(candidates.flatMap(({ descriptors }) => descriptors['adsorption-energy'] ?? [])),
      ...ranking.issues,
    ],
  };
  return { calculations, result };
}

/** What every calculation is, what belongs together, and the paths: everything but numbers of candidates. */
function understand(tree: ReadTree, options: ScreenOptions) {
  const calculations = tree.runs.map(mergeCalculation);
  const bands = buildBands(tree.bands, calculations).filter(isElasticBand);
  const known = { calculations, paths: bands.map((band) => band.id) };
  const statements = resolveStatements(options.manifest, known, options.ion, options.manifestSource);
  const isIgnored = ({ id }: Calculation): boolean => statements.roles.get(id) === 'ignored';
  const relaxations = relaxationsOutside(calculations, bands).filter((calculation) => !isIgnored(calculation));
  const assembled = bands.map((band) => assemblePath(band, { relaxations, ...statements.paths.get(band.id) }));
  const { systems, roles, issues } = assembleSystems({
    calculations,
    roles: assignRoles(calculations, bands, statements.roles),
    paths: assembled,
    statements,
    ion: options.ion,
  });
  const paths = assembled.map((path) =>
    describePath(path, { energyKind: 'sigma0', ...equivalence(statements.paths.get(path.id)) }),
  );
  return {
    calculations,
    roles,
    systems,
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

function description({
  identifier,
  version,
  symbol,
  unit,
  title,
  sign,
  formula,
  reference,
}: (typeof DESCRIPTORS)[number]): DescriptorDescription {
  return { identifier, version, symbol, unit, title, sign, formula, reference };
}

function profileIssues({ profile, ion }: ScreenOptions): Issue[] {
  if (profile.ion === ion) return [];
  return [issue('W_PROFILE_ION', { profile: profile.name, profileIon: profile.ion, ion })];
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

function withProtocol(
  candidate: Candidate,
  system: System,
  input: {
    readonly calculations: ReadonlyMap<string, Calculation>;
    readonly roles: Parameters<typeof describeCandidate>[1]['roles'];
  },
  options: ScreenOptions,
): Candidate {
  const { protocol } = options;
  if (protocol === undefined) return candidate;
  const members = [...(system.slab === undefined ? [] : [system.slab]), ...system.adsorbed];
  const verdicts = members.flatMap((id) => {
    const calculation = input.calculations.get(id);
    return calculation === undefined ? [] : checkProtocol(calculation, input.roles.get(id), protocol);
  });
  return { ...candidate, protocol: verdicts };
}
