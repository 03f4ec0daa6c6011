/** A store on its own database, and screenings in it that have come as far as a test needs them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { calculationLine } from '../../exports/calculation-line.ts';
import type { Ranking } from '../../model/ranking.ts';
import type { DescriptorDescription } from '../../model/screening.ts';
import type { CompletedRequest, StoredScreening } from '../../model/service.ts';
import { structureDocument } from '../../model/structure-document.ts';
import type { Candidate } from '../../model/system.ts';
import { assembleScreening } from '../../pipeline/assemble-screening.ts';
import { describeScreening } from '../../pipeline/describe-screening.ts';
import { rankScreening } from '../../pipeline/rank-screening.ts';
import type { ReadTree } from '../../pipeline/read-tree.ts';
import { countsOf, descriptorDescriptions } from '../../pipeline/screen.ts';
import { parseProfile } from '../../ranking/index.ts';
import { migrateDatabase } from '../../store/migrate.ts';
import { openStore } from '../../store/open-store.ts';
import type { AssemblyRows, FolderTask, Store } from '../../store/store.ts';
import { newDatabase } from '../services/database.ts';
import { silentLog } from '../services/silent-log.ts';

export interface TestStore {
  readonly store: Store;
  readonly databaseUrl: string;
  readonly project: string;
  readonly otherProject: string;
  readonly end: () => Promise<void>;
}

export async function newStore(
  definitions: readonly DescriptorDescription[] = descriptorDescriptions(),
): Promise<TestStore> {
  const database = await newDatabase();
  await migrateDatabase(database.databaseUrl, definitions, silentLog);
  const store = await openStore({ databaseUrl: database.databaseUrl, definitions, log: silentLog, maxConnections: 8 });
  return {
    store,
    databaseUrl: database.databaseUrl,
    project: (await store.projects.ensure('zno')).id,
    otherProject: (await store.projects.ensure('other')).id,
    end: async () => {
      await store.close();
      await database.drop();
    },
  };
}

const PROFILE_FILE = fileURLToPath(new URL('../../profiles/li-moderate.yaml', import.meta.url));
export const PROFILE = parseProfile(readFileSync(PROFILE_FILE, 'utf8'), 'li-moderate.yaml');
export const REQUEST: CompletedRequest = { ion: 'Li', profile: PROFILE, seed: 1 };

export function newScreening(store: Store, project: string, title = 'Li on ZnO'): Promise<StoredScreening> {
  return store.screenings.create({
    project,
    stated: { title, priority: 'normal' },
    sources: [{ kind: 'path', paths: ['/campaigns/zno'] }],
  });
}

export function folderTask(folder: string, readingKey = `key of ${folder}`): FolderTask {
  return { folder, readingKey, plan: { files: { outcar: `/campaigns/zno/${folder}/OUTCAR` } } };
}

export async function discovered(store: Store, project: string, folders: readonly string[]): Promise<StoredScreening> {
  const screening = await newScreening(store, project);
  await store.work.setState(screening.id, 1, 'discovering');
  await store.work.saveDiscovery(screening.id, 1, {
    request: REQUEST,
    foundTree: Buffer.from('tree'),
    folders: folders.map((folder) => folderTask(folder)),
  });
  return screening;
}

export const NO_ROWS: AssemblyRows = {
  calculations: [],
  structures: [],
  files: [],
  counts: { found: 0, parsed: 0, unreadable: 0 },
  roles: [],
  systems: [],
  relations: [],
  paths: [],
  unused: [],
  issues: [],
  state: Buffer.from('state'),
};

/** The stages of a tree, as the jobs hand them to the store. */
export function stagesOf(tree: ReadTree, profile = PROFILE) {
  const assembly = assembleScreening(tree, { ion: 'Li' });
  const roles = new Map(assembly.roles.map((role) => [role.calculation, role]));
  const { calculations, ...documents } = assembly;
  const rows: AssemblyRows = {
    ...documents,
    calculations: calculations.map((calculation) => {
      const role = roles.get(calculation.id)?.role;
      return {
        id: calculation.id,
        folder: calculation.folder,
        ...(role !== undefined && { role }),
        parsed: calculation.final !== undefined,
        line: calculationLine(calculation, roles),
      };
    }),
    structures: calculations.flatMap((calculation) => structureDocument(calculation) ?? []),
    files: calculations.flatMap(({ files }) =>
      Object.values(files).map(({ path, sha256 }) => ({
        path,
        location: `/campaigns/${path}`,
        ...(sha256 !== undefined && { sha256 }),
      })),
    ),
    counts: countsOf(calculations),
    state: Buffer.from('state of the assembly'),
  };
  const description = describeScreening(assembly);
  return { rows, description, ranking: rankScreening(description.candidates, { ion: 'Li', profile, seed: 1 }) };
}

/** A candidate with these values and no others. */
export function candidateWith(id: string, values: Readonly<Record<string, number>>, label = id): Candidate {
  const descriptors = Object.entries(values).map(([identifier, value]) => [
    identifier,
    {
      available: true as const,
      value,
      unit: 'eV',
      convention: '',
      uncertainty: 0.1,
      quality: 'ok' as const,
      parts: {},
      inputs: [],
      issues: [],
    },
  ]);
  return { id, label, ion: 'Li', system: id, descriptors: Object.fromEntries(descriptors), issues: [] };
}

/** A screening that is done, ranked by the order of `ranked`; returns its own ranking too. */
export async function doneScreening(
  store: Store,
  project: string,
  found: { readonly candidates: readonly Candidate[]; readonly ranked: readonly string[] },
): Promise<{ readonly screening: string; readonly ranking: string }> {
  const { id } = await discovered(store, project, []);
  await store.results.saveAssembly(id, 1, NO_ROWS);
  await store.results.saveDescription(id, 1, { candidates: found.candidates, issues: [] });
  const ranking = (await store.work.ownRanking(id, 1))?.id ?? '';
  await store.results.saveRanking(ranking, rankingOf(found));
  await store.work.setState(id, 1, 'done');
  return { screening: id, ranking };
}

export function rankingOf(found: {
  readonly candidates: readonly Candidate[];
  readonly ranked: readonly string[];
}): Ranking {
  const unranked = found.candidates.filter(({ id }) => !found.ranked.includes(id));
  return {
    profile: PROFILE.name,
    profileVersion: PROFILE.version,
    method: 'desirability',
    seed: 1,
    generator: 'by hand',
    draws: 1,
    ranked: found.ranked.map((id, place) => ({
      id,
      rank: place + 1,
      score: 1 / (place + 2),
      front: 1,
      contributions: {},
      firstRankProbability: place === 0 ? 1 : 0,
      rankProbabilities: [place === 0 ? 1 : 0],
      robust: place === 0,
      weightAcceptability: place === 0 ? 1 : 0,
      tieGroup: place + 1,
      issues: [],
    })),
    unranked: unranked.map(({ id }) => ({ id, reasons: [] })),
    weightVariations: [],
    nextCalculations: [],
    issues: [],
  };
}
