/** Pruning takes what is old and not in use, and nothing else, also when it comes into use at that moment. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Maintenance } from '../../store/maintenance/index.ts';
import { openUploadFolder, type UploadFolder } from '../../store/upload-folder.ts';
import { connect, maintenanceOf, someoneWaits } from './maintenance.ts';
import {
  candidateWith,
  discovered,
  doneScreening,
  folderTask,
  NO_ROWS,
  newScreening,
  newStore,
  PROFILE,
  REQUEST,
  rankingOf,
  type TestStore,
} from './screening-store.ts';

const DAY_MS = 24 * 3_600_000;
/** Ninety days ago, and a hundred, as the database writes it. */
const LIMIT = new Date(Date.now() - 90 * DAY_MS);
const LONG_AGO = `now() - interval '100 days'`;

let opened: TestStore;
let client: pg.Client;
let data = '';
let folder: UploadFolder;
let maintenance: Maintenance;

beforeEach(async () => {
  opened = await newStore();
  client = await connect(opened.databaseUrl);
  data = mkdtempSync(join(tmpdir(), 'adatom-prune-'));
  folder = openUploadFolder(data);
  maintenance = maintenanceOf(opened.databaseUrl, data);
});
afterEach(async () => {
  await maintenance.close();
  await client.end();
  await opened.end();
  rmSync(data, { recursive: true, force: true });
});

const NOTHING = { rankings: 0, readings: 0, uploads: 0, events: 0, answers: 0 };

async function column(question: string, values: readonly unknown[] = []): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(question, [...values]);
  return rows.map(({ name }) => name);
}

describe('rankings', () => {
  const found = { candidates: [candidateWith('a', {}), candidateWith('b', {})], ranked: ['a', 'b'] };
  const ranked = () => column('select seed::text as name from rankings order by sequence');

  async function wanted(screening: string, seed: number, current: boolean): Promise<string> {
    const { store, project } = opened;
    const ranking = await store.screenings.requestRanking(project, screening, { profile: PROFILE, seed, current });
    return ranking?.id ?? '';
  }

  test('that are old and not current go with all their rows; the own, current, young and waiting ones stay', async () => {
    const { store, project } = opened;
    const { screening } = await doneScreening(store, project, found);
    const replaced = await wanted(screening, 2, true);
    await store.results.saveRanking(replaced, rankingOf(found));
    const current = await wanted(screening, 3, true);
    await store.results.saveRanking(current, rankingOf(found));
    const beside = await wanted(screening, 4, false);
    await store.results.saveRanking(beside, rankingOf(found));
    await store.results.failRanking(await wanted(screening, 5, false), 'no memory');
    const again = await wanted(screening, 6, false);
    await store.results.failRanking(again, 'no memory');
    const payload = { screening, generation: 1, ranking: again };
    await store.deadLetters.put({ screening, job: 'rank-screening', payload, error: 'no memory', attempts: 3 });
    await wanted(screening, 7, false);
    await client.query(`update rankings set created_at = ${LONG_AGO}`);
    await client.query(`update rankings set finished_at = ${LONG_AGO} where state <> 'queued'`);
    const young = await wanted(screening, 8, false);
    await store.results.saveRanking(young, rankingOf(found));

    expect(await maintenance.prune(LIMIT)).toEqual({ ...NOTHING, rankings: 3 });
    // 1 came with the screening, 3 is current, 6 has a letter to answer, 7 waits, 8 is young.
    expect(await ranked()).toEqual(['1', '3', '6', '7', '8']);
    const owners = `select distinct seed::text as name from rankings r join`;
    expect(await column(`${owners} placements p on p.ranking = r.id order by 1`)).toEqual(['1', '3', '8']);
    expect(await column(`${owners} candidate_rows c on c.ranking = r.id order by 1`)).toEqual(['1', '3', '8']);
    expect(await maintenance.prune(LIMIT)).toEqual(NOTHING);
  });

  test('of generations that were replaced are history, and go when they are old', async () => {
    const { store, project } = opened;
    const { screening } = await doneScreening(store, project, found);
    await store.screenings.addSources(project, screening, [{ kind: 'path', paths: ['/campaigns/more'] }]);
    await client.query(`update rankings set finished_at = ${LONG_AGO}`);
    // The second generation is under way: the first one is still shown.
    await store.work.saveDiscovery(screening, 2, { request: REQUEST, foundTree: Buffer.from(''), folders: [] });
    expect(await maintenance.prune(LIMIT)).toEqual(NOTHING);
    await store.results.saveAssembly(screening, 2, NO_ROWS);
    await store.results.saveDescription(screening, 2, { candidates: found.candidates, issues: [] });
    const own = await store.work.ownRanking(screening, 2);
    await store.results.saveRanking(own?.id ?? '', rankingOf(found));
    await store.work.setState(screening, 2, 'done');
    expect(await maintenance.prune(LIMIT)).toEqual({ ...NOTHING, rankings: 1 });
    expect(await column('select generation::text as name from rankings')).toEqual(['2']);
    expect(await store.results.result(project, own?.id ?? '')).toBeDefined();
  });

  test('one that is made current at that moment stays', async () => {
    const { store, project } = opened;
    const { screening } = await doneScreening(store, project, found);
    const other = await wanted(screening, 2, false);
    await store.results.saveRanking(other, rankingOf(found));
    await client.query(`update rankings set finished_at = ${LONG_AGO}`);
    await client.query(`begin; select from screenings for no key update`);
    await client.query('update rankings set is_current = false where is_current');
    await client.query('update rankings set is_current = true where id = $1', [other]);
    await client.query('update screenings set ranking = $1', [other]);
    const pruned = maintenance.prune(LIMIT);
    await someoneWaits(client);
    await client.query('commit');
    expect(await pruned).toEqual(NOTHING);
    expect(await ranked()).toEqual(['1', '2']);
  });
});

describe('readings', () => {
  const kept = () => column('select key as name from readings order by 1');

  test('that no folder has go when they are old; those of folders stay', async () => {
    const { store, project } = opened;
    await store.work.setState((await discovered(store, project, ['zno'])).id, 1, 'failed', 'no');
    for (const key of ['key of zno', 'old', 'young']) await store.readings.put(key, Buffer.from(key));
    await client.query(`update readings set created_at = ${LONG_AGO} where key <> 'young'`);
    expect(await maintenance.prune(LIMIT)).toEqual({ ...NOTHING, readings: 1 });
    expect(await kept()).toEqual(['key of zno', 'young']);
  });

  test('of a pass that is under way stay also when no folder has their key, until it is over', async () => {
    const { store, project } = opened;
    await store.readings.put('before', Buffer.from('x'));
    const { id } = await discovered(store, project, ['zno']);
    await store.readings.put('of this pass', Buffer.from('x'));
    await client.query(`update readings set created_at = now() - interval '2 days' where key = 'before'`);
    expect(await maintenance.prune(new Date(Date.now() + DAY_MS))).toMatchObject({ readings: 1 });
    expect(await kept()).toEqual(['of this pass']);
    await store.screenings.cancel(project, id);
    expect(await maintenance.prune(new Date(Date.now() + DAY_MS))).toMatchObject({ readings: 1 });
  });

  test('one that a discovery takes up at that moment stays', async () => {
    const { store, project } = opened;
    const { id } = await discovered(store, project, ['zno']);
    await store.work.setState(id, 1, 'failed', 'no');
    await store.readings.put('taken up', Buffer.from('x'));
    await client.query(`update readings set created_at = ${LONG_AGO}`);
    await client.query('begin');
    const { folder: name, readingKey, plan } = folderTask('more', 'taken up');
    const insert = 'insert into folder_tasks (screening, generation, position, folder, reading_key, plan)';
    await client.query(`${insert} values ($1, 1, 1, $2, $3, $4)`, [id, name, readingKey, plan]);
    const pruned = maintenance.prune(LIMIT);
    await someoneWaits(client);
    await client.query('commit');
    expect(await pruned).toEqual(NOTHING);
    expect(await kept()).toEqual(['taken up']);
  });
});

test('events go when they are old and their screening is over; answers after a day', async () => {
  const { store, project } = opened;
  const running = await newScreening(store, project);
  const over = await newScreening(store, project);
  await store.screenings.cancel(project, over.id);
  await client.query(`update events set at = ${LONG_AGO} where data->>'state' = 'queued'`);
  for (const key of ['old', 'young']) await store.idempotency.begin(project, key, 'x');
  await client.query(`update idempotency set started_at = now() - interval '25 hours' where key = 'old'`);
  await store.audit.append({ project, action: 'a', subject: 's', requestId: 'r', details: {} });
  expect(await maintenance.prune(LIMIT)).toEqual({ ...NOTHING, events: 1, answers: 1 });
  const left = `select screening || ' ' || (data->>'state') as name from events order by sequence`;
  expect(await column(left)).toEqual([`${running.id} queued`, `${over.id} cancelled`]);
  expect(await column('select key as name from idempotency')).toEqual(['young']);
  // Whatever the age: an audit log that can be pruned would be none.
  expect(await maintenance.prune(new Date(Date.now() + DAY_MS))).toMatchObject({ events: 1 });
  expect(await column('select action as name from audit')).toEqual(['a']);
});

describe('uploads', () => {
  const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');
  const blobOf = (text: string) => join(data, 'blobs', opened.project, sha256Of(text).slice(0, 2), sha256Of(text));

  /** Complete, with these contents, and as old as `LONG_AGO`. */
  async function upload(...contents: readonly string[]): Promise<string> {
    const { store, project } = opened;
    const { id } = await store.uploads.create(project, {});
    for (const text of contents) {
      const address = { project, upload: id };
      await folder.putFile(address, [`${text}/OUTCAR`], chunks(text), { maxBytes: 100 });
      const file = { path: `${text}/OUTCAR`, sha256: sha256Of(text), bytes: text.length };
      await store.uploads.addFiles(project, id, [file]);
    }
    await store.uploads.setState(project, id, 'complete');
    await client.query(`update uploads set moved_at = ${LONG_AGO} where id = $1`, [id]);
    return id;
  }

  async function* chunks(text: string): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  }

  const submit = (id: string) =>
    opened.store.screenings.create({
      project: opened.project,
      stated: { title: 'upload', priority: 'normal' },
      sources: [{ kind: 'upload', upload: id }],
    });
  const treeOf = (id: string) => folder.treeFolder({ project: opened.project, upload: id });
  const there = () => column('select id as name from uploads order by created_at');

  test('that nobody submitted go with files that nothing else has; submitted, open and young ones stay', async () => {
    const { store, project } = opened;
    const used = await upload('shared', 'used');
    await submit(used);
    const spare = await upload('shared', 'spare');
    const failed = await upload('failed');
    await client.query(`update uploads set state = 'failed' where id = $1`, [failed]);
    const open = await upload('open');
    await client.query(`update uploads set state = 'open' where id = $1`, [open]);
    const young = await upload('young');
    await store.uploads.setState(project, young, 'complete');

    expect(await maintenance.prune(LIMIT)).toEqual({ ...NOTHING, uploads: 2 });
    expect(await there()).toEqual([used, open, young]);
    expect([used, spare, failed, open, young].map((id) => existsSync(treeOf(id)))).toEqual([
      true,
      false,
      false,
      true,
      true,
    ]);
    const texts = ['shared', 'used', 'spare', 'failed', 'open', 'young'];
    expect(texts.filter((text) => existsSync(blobOf(text)))).toEqual(['shared', 'used', 'open', 'young']);
    expect(await maintenance.prune(LIMIT)).toEqual(NOTHING);
  });

  test('an upload that is submitted at that moment stays', async () => {
    const id = await upload('late');
    const screening = await newScreening(opened.store, opened.project);
    await client.query('begin');
    await client.query('select from uploads where id = $1 for key share', [id]);
    const source = JSON.stringify({ kind: 'upload', upload: id });
    const insert = 'insert into submissions (screening, generation, source) values ($1, 2, $2)';
    await client.query(insert, [screening.id, source]);
    const pruned = maintenance.prune(LIMIT);
    await someoneWaits(client);
    await client.query('commit');
    expect(await pruned).toEqual(NOTHING);
    expect(existsSync(treeOf(id))).toBe(true);
  });

  test('a submission of an upload that is being removed is refused, and no screening is left', async () => {
    const { store, project } = opened;
    const id = await upload('gone');
    await client.query('begin');
    await client.query('delete from uploads where id = $1', [id]);
    const refused = expect(submit(id)).rejects.toMatchObject({
      class: 'request',
      message: `upload ${id} does not exist any more; hand it in again`,
    });
    await someoneWaits(client);
    await client.query('commit');
    await refused;
    expect((await store.screenings.list(project, { limit: 10 })).rows).toEqual([]);
  });

  test('a folder that has lost its row goes, one that came just now and other files stay', async () => {
    const lost = await upload('lost');
    await client.query('delete from uploads where id = $1', [lost]);
    mkdirSync(join(data, 'uploads', opened.project, 'notes'));
    expect(await maintenance.prune(LIMIT)).toEqual(NOTHING);
    expect(existsSync(treeOf(lost))).toBe(true);
    expect(await maintenance.prune(new Date(Date.now() + 1000))).toMatchObject({ uploads: 1 });
    expect(existsSync(treeOf(lost))).toBe(false);
    expect(existsSync(join(data, 'uploads', opened.project, 'notes'))).toBe(true);
  });
});
