/** The example campaign as the workers would store it, in a database of its own, and a server that answers about it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../api/app.ts';
import { calculationLine } from '../../exports/calculation-line.ts';
import { findRuns } from '../../intake/find-runs.ts';
import { serviceSettingsSchema } from '../../model/service-settings.ts';
import { structureDocument } from '../../model/structure-document.ts';
import { assembleScreening } from '../../pipeline/assemble-screening.ts';
import { candidateForProfile } from '../../pipeline/candidate-for-profile.ts';
import { describeScreening } from '../../pipeline/describe-screening.ts';
import { rankScreening } from '../../pipeline/rank-screening.ts';
import { countsOf, descriptorDescriptions } from '../../pipeline/screen.ts';
import { loadProfile, profilesFor } from '../../reading/find-profile.ts';
import { filesToRead, SCREENING_READ_OPTIONS, treeOf } from '../../reading/found-tree.ts';
import { type FileReading, readRecord } from '../../reading/read-record.ts';
import { adatomVersion } from '../../reading/version.ts';
import { openStore } from '../../store/open-store.ts';
import type { AssemblyRows, Store, StoredFile } from '../../store/store.ts';
import { newDatabase } from '../services/database.ts';
import { silentLog } from '../services/silent-log.ts';

export const CAMPAIGN = fileURLToPath(new URL('../../examples/zno-lithium/calculations', import.meta.url));

export interface StoredCampaign {
  readonly databaseUrl: string;
  readonly store: Store;
  readonly app: FastifyInstance;
  readonly project: string;
  readonly screening: string;
  readonly ranking: string;
  /** Secret of a key that may read in the project. */
  readonly secret: string;
  readonly get: (path: string, secret?: string) => Promise<LightMyRequestResponse>;
  readonly post: (path: string, body: object) => Promise<LightMyRequestResponse>;
  readonly close: () => Promise<void>;
}

export interface CampaignChanges {
  readonly data: string;
  /** Changes where the bytes of a file are said to lie. */
  readonly file?: (file: StoredFile) => StoredFile;
  readonly structures?: (structures: AssemblyRows['structures']) => AssemblyRows['structures'];
}

export async function storedCampaign(changes: CampaignChanges): Promise<StoredCampaign> {
  const database = await newDatabase();
  const { databaseUrl } = database;
  const store = await openStore({ databaseUrl, definitions: descriptorDescriptions(), log: silentLog });
  const settings = serviceSettingsSchema.parse({
    ADATOM_DATA: changes.data,
    ADATOM_ROOTS: CAMPAIGN,
    DATABASE_URL: databaseUrl,
    ADATOM_LOG_LEVEL: 'silent',
  });
  const app = await buildApp({ store, settings, log: silentLog, adatomVersion: adatomVersion() });
  const project = (await store.projects.ensure('zinc')).id;
  const { secret } = await store.keys.create({ project, name: 'test', scopes: ['read'] });
  const { screening, ranking } = await storeScreening(store, project, changes);
  return {
    databaseUrl,
    store,
    app,
    project,
    screening,
    ranking,
    secret,
    get: (path, other = secret) => app.inject({ url: path, headers: { authorization: `Bearer ${other}` } }),
    post: (path, body) =>
      app.inject({ method: 'POST', url: path, payload: body, headers: { authorization: `Bearer ${secret}` } }),
    close: async () => {
      await app.close();
      await store.close();
      await database.drop();
    },
  };
}

export async function storeScreening(store: Store, project: string, changes: Omit<CampaignChanges, 'data'> = {}) {
  const stated = { title: 'ZnO', priority: 'normal' } as const;
  const { id } = await store.screenings.create({ project, stated, sources: [{ kind: 'path', paths: [CAMPAIGN] }] });
  return { screening: id, ranking: await storeGeneration(store, { screening: id, generation: 1 }, changes) };
}

/** As the workers would store a pass over the folders. Returns its ranking. */
export async function storeGeneration(
  store: Store,
  { screening: id, generation }: { readonly screening: string; readonly generation: number },
  changes: Omit<CampaignChanges, 'data'> = {},
): Promise<string> {
  const request = { ion: 'Li', profile: loadProfile('li-moderate'), seed: 1 };
  const found = findRuns([CAMPAIGN]);
  const readings = new Map<string, FileReading>();
  for (const { absolutePath } of filesToRead(found)) {
    readings.set(absolutePath, await readRecord(absolutePath, SCREENING_READ_OPTIONS));
  }
  const assembly = assembleScreening(treeOf(found, readings), request);
  const description = describeScreening(assembly);
  const roles = new Map(assembly.roles.map((role) => [role.calculation, role]));
  const structures = assembly.calculations.flatMap((calculation) => structureDocument(calculation) ?? []);
  const files = filesToRead(found).map(({ path, absolutePath }) => storedFile(path, absolutePath));
  await store.work.saveDiscovery(id, generation, { request, foundTree: new Uint8Array(), folders: [] });
  const { calculations, ...rest } = assembly;
  await store.results.saveAssembly(id, generation, {
    ...rest,
    calculations: calculations.map((calculation) => {
      const role = roles.get(calculation.id)?.role;
      const { folder } = calculation;
      const parsed = calculation.final !== undefined;
      const line = calculationLine(calculation, roles);
      return { id: calculation.id, folder, ...(role !== undefined && { role }), parsed, line };
    }),
    structures: changes.structures?.(structures) ?? structures,
    files: changes.file === undefined ? files : files.map(changes.file),
    counts: countsOf(calculations),
    state: new Uint8Array(),
  });
  await store.results.saveDescription(id, generation, description);
  const ranking = await store.work.ownRanking(id, generation);
  if (ranking === undefined) throw new Error('a generation has a ranking of its own');
  const options = { ...request, compared: profilesFor(request.ion) };
  await store.results.saveRanking(
    ranking.id,
    rankScreening(description.candidates, options),
    candidateForProfile(options.profile),
  );
  await store.work.setState(id, generation, 'done');
  return ranking.id;
}

function storedFile(path: string, location: string): StoredFile {
  return { path, location, sha256: createHash('sha256').update(readFileSync(location)).digest('hex') };
}
