/** The check of a sound database finds nothing, and each planted fault is found, once, under its own name. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrateDatabase } from '../../store/migrate.ts';
import { openUploadFolder } from '../../store/upload-folder.ts';
import { type StoredCampaign, storedCampaign } from '../api/stored-campaign.ts';
import { newEmptyDatabase } from '../services/database.ts';
import { silentLog } from '../services/silent-log.ts';
import { connect, DEFINITIONS, maintenanceOf } from './maintenance.ts';
import { discovered } from './screening-store.ts';

const SHA256 = createHash('sha256').update('OUTCAR').digest('hex');
let data = '';
let campaign: StoredCampaign;
let upload = '';

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'adatom-check-'));
  campaign = await storedCampaign({ data });
  const { store, project } = campaign;
  const { id } = await store.uploads.create(project, {});
  upload = id;
  await openUploadFolder(data).putFile({ project, upload }, ['zno/OUTCAR'], outcar(), { maxBytes: 100 });
  await store.uploads.addFiles(project, upload, [{ path: 'zno/OUTCAR', sha256: SHA256, bytes: 6 }]);
  await store.uploads.setState(project, upload, 'complete');
  const open = await store.uploads.create(project, {});
  await store.uploads.addFiles(project, open.id, [{ path: 'later', sha256: 'f'.repeat(64), bytes: 1 }]);
  await discovered(store, project, ['a', 'b']);
});
afterAll(async () => {
  await campaign.close();
  rmSync(data, { recursive: true, force: true });
});

async function* outcar(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('OUTCAR');
}

/** What is not well, as subject and names. */
async function found(databaseUrl = campaign.databaseUrl, folder = data): Promise<Record<string, readonly string[]>> {
  const maintenance = maintenanceOf(databaseUrl, folder);
  try {
    const findings = await maintenance.check();
    return Object.fromEntries(findings.filter(({ count }) => count > 0).map((one) => [one.subject, one.examples]));
  } finally {
    await maintenance.close();
  }
}

/** Runs the statements, checks, and takes them back by the second list. */
async function planted(faults: readonly string[], undo: readonly string[]): Promise<Record<string, readonly string[]>> {
  const client = await connect(campaign.databaseUrl);
  try {
    for (const statement of faults) await client.query(statement);
    const result = await found();
    for (const statement of undo) await client.query(statement);
    return result;
  } finally {
    await client.end();
  }
}

test('a stored campaign, a running screening, a complete and an open upload are sound', async () => {
  expect(await found()).toEqual({});
});

test('a missing index, constraint or trigger is named; the schema that is compared with leaves no trace', async () => {
  expect(await planted(['drop index events_by_age'], ['create index events_by_age on events (at)'])).toEqual({
    'parts of the schema that are missing': ['index events_by_age'],
  });
  const trigger = 'trigger audit_is_append_only';
  expect(await planted([`alter table audit disable ${trigger}`], [`alter table audit enable ${trigger}`])).toEqual({
    'parts of the schema that are missing': ['trigger audit.audit_is_append_only'],
  });
  const client = await connect(campaign.databaseUrl);
  const { rows } = await client.query(`select nspname from pg_namespace where nspname like 'adatom%'`);
  expect(rows).toEqual([]);
  await client.end();
});

test('a missing column of a descriptor is named with its indexes, and migrating brings them back', async () => {
  const missing = await planted(['alter table candidate_rows drop column adsorption_energy_ev'], []);
  expect(missing['parts of the schema that are missing']).toContain(
    'column candidate_rows.adsorption_energy_ev double precision',
  );
  await migrateDatabase(campaign.databaseUrl, DEFINITIONS, silentLog);
  expect(await found()).toEqual({});
});

test('an index of one’s own is no fault; a column without its indexes is one until the database is migrated', async () => {
  expect(await planted(['create index mine on events (type)'], ['drop index mine'])).toEqual({});
  const added = await planted(['alter table candidate_rows add column hue_nm double precision'], []);
  expect(Object.keys(added)).toEqual(['parts of the schema that are missing']);
  await migrateDatabase(campaign.databaseUrl, DEFINITIONS, silentLog);
  expect(await found()).toEqual({});
});

test('a submission whose upload is gone is found', async () => {
  const lost = '00000000-0000-4000-8000-000000000000';
  const { screening } = campaign;
  const source = JSON.stringify({ kind: 'upload', upload: lost });
  const insert = `insert into submissions (screening, generation, source) values ('${screening}', 1, '${source}')`;
  const result = await planted([insert], [`delete from submissions where source->>'upload' = '${lost}'`]);
  expect(Object.keys(result)).toEqual(['submissions of uploads that are not there']);
});

test('rows of another project, wrong counts and a done screening without a ranking are found', async () => {
  const { screening, project } = campaign;
  const rows = 'update candidate_rows set project =';
  expect(await planted([`${rows} gen_random_uuid()`], [`${rows} '${project}'`])).toEqual({
    'rows of candidates of another project than their screening': [screening],
  });
  const counts = 'update screenings set folders_total = folders_total';
  const running = `where state = 'discovering'`;
  expect(
    Object.keys(
      await planted(
        [`${counts} + 1, folders_done = folders_done + 1 ${running}`],
        [`${counts} - 1, folders_done = folders_done - 1 ${running}`],
      ),
    ),
  ).toEqual(['screenings whose counts are not those of their folders']);
  const ranking = campaign.ranking;
  const of = `where id = '${screening}'`;
  const without = `update screenings set ranking = null ${of}`;
  expect(await planted([without], [`update screenings set ranking = '${ranking}' ${of}`])).toEqual({
    'screenings that are done without a ranking': [screening],
  });
});

test('a reading that nobody has is waste, not a fault', async () => {
  const insert = `insert into readings (key, reading, created_at) values ('spare', '', now() - interval '1 year')`;
  expect(await planted([insert], [`delete from readings where key = 'spare'`])).toEqual({
    'readings that nobody uses': ['spare'],
  });
});

test('an upload without files is found, and so is a data folder that was left behind', async () => {
  const rename = (from: string, to: string) => `update upload_files set upload = '${to}' where upload = '${from}'`;
  const client = await connect(campaign.databaseUrl);
  const { rows } = await client.query<{ id: string }>(`select id from uploads where state = 'open'`);
  await client.end();
  const open = rows[0]?.id ?? '';
  const emptied = await planted([rename(upload, open)], [`${rename(open, upload)} and path = 'zno/OUTCAR'`]);
  expect(emptied).toEqual({ 'complete uploads without a file': [upload] });

  const elsewhere = await found(campaign.databaseUrl, join(data, 'nowhere'));
  expect(elsewhere).toEqual({
    'files of complete uploads that are not in the data folder': [
      `uploads/${campaign.project}/${upload}/tree/zno/OUTCAR`,
    ],
  });
});

test('files that no row knows are waste', async () => {
  const client = await connect(campaign.databaseUrl);
  await client.query('delete from uploads where id = $1', [upload]);
  await client.end();
  expect(await found()).toEqual({
    'folders of uploads that the database does not know': [`uploads/${campaign.project}/${upload}`],
    'contents that no upload has': [`${campaign.project}/${SHA256.slice(0, 2)}/${SHA256}`],
  });
});

test('a schema of another version is the only thing that is told', async () => {
  expect(await planted([`insert into kysely_migration values ('9999-later', 'now')`], [])).toEqual({
    'schema of another version': ['with 9999-later'],
  });
  await expect(migrateDatabase(campaign.databaseUrl, DEFINITIONS, silentLog)).rejects.toMatchObject({
    class: 'request',
    message: expect.stringContaining('it has the migration 9999-later'),
  });
  const empty = await newEmptyDatabase();
  expect(Object.keys(await found(empty.databaseUrl))).toEqual(['schema of another version']);
  await empty.drop();
});

test('migrating an empty database runs everything, a second time nothing, and twice at once gives one schema', async () => {
  const empty = await newEmptyDatabase();
  const both = await Promise.all([1, 2].map(() => migrateDatabase(empty.databaseUrl, DEFINITIONS, silentLog)));
  const applied = both.flatMap((report) => report.applied);
  expect(applied).toEqual([...new Set(applied)]);
  expect(applied[0]).toBe('0001-service');
  expect(await migrateDatabase(empty.databaseUrl, DEFINITIONS, silentLog)).toEqual({
    applied: [],
    version: applied.at(-1),
  });
  expect(await found(empty.databaseUrl, join(data, 'nowhere'))).toEqual({});
  await empty.drop();
});
