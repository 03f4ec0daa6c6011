/** A backup is one moment of the whole database, and restored it is that database; whatever else is refused unharmed. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../api/app.ts';
import { serviceSettingsSchema } from '../../model/service-settings.ts';
import { restoreDatabase } from '../../store/maintenance/index.ts';
import { openStore } from '../../store/open-store.ts';
import { type StoredCampaign, storedCampaign } from '../api/stored-campaign.ts';
import { newDatabase, newEmptyDatabase } from '../services/database.ts';
import { silentLog } from '../services/silent-log.ts';
import { allRows, connect, DEFINITIONS, entriesOf, maintenanceOf, someoneWaits, withManifest } from './maintenance.ts';
import { discovered, newScreening } from './screening-store.ts';

let folder = '';
let campaign: StoredCampaign;
/** Of the campaign. */
let file = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adatom-backup-'));
  campaign = await storedCampaign({ data: join(folder, 'data') });
  await fillOtherTables(campaign);
  file = join(folder, 'campaign.tar.gz');
  await backup(campaign.databaseUrl, file);
});
afterAll(async () => {
  await campaign.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a screening of the example leaves empty, with the characters and bytes that COPY writes in its own way. */
async function fillOtherTables({ store, databaseUrl, project, screening, ranking }: StoredCampaign): Promise<void> {
  const text = 'tab\t, line\nend, \\N, "quotes", Å';
  await store.readings.put('every byte', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)));
  const upload = await store.uploads.create(project, { fileName: text, sizeBytes: 2 ** 40 });
  await store.uploads.addFiles(project, upload.id, [{ path: text, sha256: 'ab'.repeat(32), bytes: 7 }]);
  await store.audit.append({
    project,
    action: 'key.create',
    subject: text,
    requestId: 'r',
    details: { b: 1, a: text },
  });
  await store.idempotency.begin(project, text, 'fingerprint');
  await store.idempotency.finish(project, text, { status: 201, body: `{"b":1.50,"a":"${text}"}` });
  const payload = { screening, generation: 1 };
  await store.deadLetters.put({ screening, job: 'assemble-screening', payload, error: text, attempts: 3 });
  await store.work.fairTags(project, 3, 1);
  await discovered(store, project, [text]);
  const client = await connect(databaseUrl);
  const job = `insert into job_statistics values ('rank-screening', 'done', 3, 0.1 + 0.2, 7)`;
  // Issues have no key; two may be equal.
  const issue = `insert into issues (screening, stage, ranking, position, code, severity, document)
    select $1, 3, $2, 0, 'tie', 'info', '{"b":1.50,  "a":1}' from generate_series(1, 2)`;
  await client.query(job);
  await client.query(issue, [screening, ranking]);
  await client.end();
}

async function backup(databaseUrl: string, to: string) {
  const maintenance = maintenanceOf(databaseUrl, join(folder, 'data'));
  try {
    return await maintenance.backup(to);
  } finally {
    await maintenance.close();
  }
}

const restore = (databaseUrl: string, from: string) =>
  restoreDatabase({ databaseUrl, file: from, definitions: DEFINITIONS, log: silentLog });

/** The files of a service on that database. */
async function exportsOf(databaseUrl: string): Promise<readonly string[]> {
  const store = await openStore({ databaseUrl, definitions: DEFINITIONS, log: silentLog });
  const settings = serviceSettingsSchema.parse({
    ADATOM_DATA: join(folder, 'data'),
    DATABASE_URL: databaseUrl,
    ADATOM_LOG_LEVEL: 'silent',
  });
  const app = await buildApp({ store, settings, log: silentLog, adatomVersion: '0' });
  try {
    const headers = { authorization: `Bearer ${campaign.secret}` };
    const bodies: string[] = [];
    for (const format of ['json', 'csv', 'calculations']) {
      const url = `/v1/screenings/${campaign.screening}/exports/${format}`;
      const answer = await app.inject({ url, headers });
      expect(answer.statusCode).toBe(200);
      bodies.push(answer.body);
    }
    return bodies;
  } finally {
    await app.close();
    await store.close();
  }
}

describe('a backup that is restored into an empty database', () => {
  test('gives every row of every table, the same exports byte for byte, and the same backup', async () => {
    const target = await newEmptyDatabase();
    const manifest = await restore(target.databaseUrl, file);
    const before = await allRows(campaign.databaseUrl);
    const empty = Object.keys(before).filter((name) => before[name]?.length === 0);
    // In the example every calculation stands in a system.
    expect(empty.sort()).toEqual(['relations', 'unused']);
    expect(await allRows(target.databaseUrl)).toEqual(before);
    expect(Object.fromEntries(manifest.tables.map(({ name, rows }) => [name, rows]))).toEqual(
      Object.fromEntries(Object.entries(before).map(([name, rows]) => [name, rows.length])),
    );
    expect(await exportsOf(target.databaseUrl)).toEqual(await exportsOf(campaign.databaseUrl));

    const again = join(folder, 'again.tar.gz');
    // The exports have noted the use of the key, which is not what is compared here.
    const fresh = await newEmptyDatabase();
    await restore(fresh.databaseUrl, file);
    await backup(fresh.databaseUrl, again);
    await withManifest(again, again, (own) => ({ ...own, createdAt: '' }));
    await withManifest(file, join(folder, 'first.tar.gz'), (own) => ({ ...own, createdAt: '' }));
    expect(await entriesOf(again)).toEqual(await entriesOf(join(folder, 'first.tar.gz')));
    await fresh.drop();
    await target.drop();
  });

  test('goes on with numbers that were never told, and with screenings and keys', async () => {
    const target = await newDatabase();
    await restore(target.databaseUrl, file);
    const store = await openStore({ databaseUrl: target.databaseUrl, definitions: DEFINITIONS, log: silentLog });
    const { project, screening } = campaign;
    expect(await store.keys.verify(campaign.secret)).toMatchObject({ project });
    const told = await store.events.list(project, screening, 0, 100);
    expect(told).toEqual(await campaign.store.events.list(project, screening, 0, 100));
    await store.screenings.addSources(project, screening, [{ kind: 'path', paths: ['/campaigns/more'] }]);
    const newer = await store.events.list(project, screening, told.at(-1)?.sequence ?? 0, 100);
    expect(newer.map(({ type, data }) => ({ type, data }))).toEqual([
      { type: 'state', data: { state: 'queued', generation: 2 } },
    ]);
    await store.close();
    await target.drop();
  });

  test('keeps the values of a descriptor that this program does not have', async () => {
    const source = await newEmptyDatabase();
    await restore(source.databaseUrl, file);
    const client = await connect(source.databaseUrl);
    await client.query('alter table candidate_rows add column hue_nm double precision');
    await client.query('update candidate_rows set hue_nm = 0.1 + 0.2');
    await client.end();
    await backup(source.databaseUrl, join(folder, 'hue.tar.gz'));
    const target = await newEmptyDatabase();
    await restore(target.databaseUrl, join(folder, 'hue.tar.gz'));
    expect(await allRows(target.databaseUrl)).toEqual(await allRows(source.databaseUrl));
    const maintenance = maintenanceOf(target.databaseUrl, join(folder, 'data'));
    expect((await maintenance.check()).filter(({ kind, count }) => kind === 'fault' && count > 0)).toEqual([]);
    await maintenance.close();
    await source.drop();
    await target.drop();
  });
});

test('a backup that is taken while rows are written is one moment', async () => {
  const source = await newEmptyDatabase();
  await restore(source.databaseUrl, file);
  const before = await allRows(source.databaseUrl);
  const client = await connect(source.databaseUrl);
  // Screenings are copied before uploads, their submissions and events after them.
  await client.query('begin; lock table uploads in access exclusive mode');
  const taken = backup(source.databaseUrl, join(folder, 'moment.tar.gz'));
  await someoneWaits(client);
  const store = await openStore({ databaseUrl: source.databaseUrl, definitions: DEFINITIONS, log: silentLog });
  await newScreening(store, campaign.project, 'came later');
  await client.query('commit');
  await taken;
  const target = await newEmptyDatabase();
  await restore(target.databaseUrl, join(folder, 'moment.tar.gz'));
  expect(await allRows(target.databaseUrl)).toEqual(before);
  await store.close();
  await client.end();
  await target.drop();
  await source.drop();
});

test('a backup is its owner’s alone, and a folder that is not there is told with nothing left behind', async () => {
  await expect(backup(campaign.databaseUrl, join(folder, 'nowhere/x.tar.gz'))).rejects.toMatchObject({
    class: 'request',
    message: expect.stringMatching(/nowhere\/x\.tar\.gz cannot be written: ENOENT/),
  });
  expect(readdirSync(folder).filter((name) => name.startsWith('.adatom-backup'))).toEqual([]);
});

describe('what is no backup of this schema', () => {
  /** Refused with that message, and the database is as empty as before. */
  async function refused(name: string, message: RegExp): Promise<void> {
    const target = await newEmptyDatabase();
    await expect(restore(target.databaseUrl, join(folder, name))).rejects.toMatchObject({
      class: 'request',
      message: expect.stringMatching(message),
    });
    expect(await allRows(target.databaseUrl)).toEqual({});
    await target.drop();
  }

  test('a file that was cut off anywhere is refused', async () => {
    const whole = readFileSync(file);
    for (const length of [0, 1, 100, whole.length >> 1, whole.length - 4096, whole.length - 9, whole.length - 1]) {
      writeFileSync(join(folder, 'cut'), whole.subarray(0, length));
      await refused('cut', /cut is no complete backup: /);
    }
  });

  test('a file with a changed byte is refused', async () => {
    const whole = readFileSync(file);
    for (const at of [0, 200, whole.length >> 1, whole.length - 5]) {
      const changed = Buffer.from(whole);
      changed.writeUInt8(changed.readUInt8(at) ^ 0x10, at);
      writeFileSync(join(folder, 'changed'), changed);
      // Where the byte lies in a text that is read before its hash, the text is told as wrong.
      await refused('changed', /changed(?: is no complete backup)?[:,] /);
    }
  });

  test('a table with another hash, or one that is missing, is named', async () => {
    type Tables = { name: string; sha256: string }[];
    await withManifest(file, join(folder, 'hash'), (own) => ({
      ...own,
      tables: (own.tables as Tables).map(
        (
          table, // shape: the manifest
        ) => (table.name === 'rankings' ? { ...table, sha256: '0'.repeat(64) } : table),
      ),
    }));
    await refused('hash', /no complete backup: rankings does not have its SHA-256/);
    await withManifest(file, join(folder, 'more'), (own) => ({
      ...own,
      tables: [...(own.tables as Tables), { ...(own.tables as Tables)[0], name: 'moods' }], // shape: the manifest
    }));
    await refused('more', /no complete backup: moods is not in it/);
  });

  test('another schema, a later format and a wrong field are told as what they are', async () => {
    await withManifest(file, join(folder, 'schema'), (own) => ({ ...own, schema: '0001-service' }));
    await refused('schema', /a backup of the schema 0001-service, this program has /);
    await withManifest(file, join(folder, 'later'), (own) => ({ ...own, formatVersion: 2, more: true }));
    await refused('later', /a backup of format 2, this program reads 1; use a newer adatom/);
    await withManifest(file, join(folder, 'field'), (own) => ({ ...own, counters: { 'a b': -1 } }));
    await refused('field', /manifest\.json is not that of a backup: counters/);
  });

  test('other files are refused: none, a text, a folder, an archive of something else', async () => {
    await refused('not-there', /not-there cannot be read: ENOENT/);
    await refused('data-folder/..', /cannot be read|no complete backup/);
    writeFileSync(join(folder, 'text'), 'INCAR');
    await refused('text', /text is no complete backup: /);
    writeFileSync(join(folder, 'zeros'), gzipSync(Buffer.alloc(1024)));
    await refused('zeros', /zeros is no complete backup: it has no manifest\.json/);
    writeFileSync(join(folder, 'words'), gzipSync('not a tar archive at all '.repeat(100)));
    await refused('words', /words is no complete backup: /);
  });
});

test('a database that holds a row of anybody is refused and stays as it is', async () => {
  const target = await newDatabase();
  const client = await connect(target.databaseUrl);
  await client.query(`insert into projects (name) values ('mine')`);
  const before = await allRows(target.databaseUrl);
  await expect(restore(target.databaseUrl, file)).rejects.toMatchObject({
    class: 'request',
    message: expect.stringContaining('the database is not empty (projects has rows)'),
  });
  expect(await allRows(target.databaseUrl)).toEqual(before);
  await client.end();
  await target.drop();
  const foreign = await newEmptyDatabase();
  const other = await connect(foreign.databaseUrl);
  await other.query('create table recipes as select 1 as id');
  await expect(restore(foreign.databaseUrl, file)).rejects.toThrow('(recipes has rows)');
  await other.end();
  await foreign.drop();
});

test('a row that comes while a backup is restored waits, and is not mixed with it', async () => {
  const target = await newDatabase();
  const client = await connect(target.databaseUrl);
  await client.query(`begin; insert into projects (name) values ('early')`);
  const restored = restore(target.databaseUrl, file);
  const outcome = expect(restored).rejects.toThrow('the database is not empty (projects has rows)');
  await someoneWaits(client);
  await client.query('commit');
  await outcome;
  await client.end();
  await target.drop();
});
