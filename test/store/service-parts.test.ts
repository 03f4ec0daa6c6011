/** Projects, audit, uploads, dead letters and sums on a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AdatomError } from '../../model/errors.ts';
import { openAudit } from '../../store/audit.ts';
import { openDeadLetters } from '../../store/dead-letters.ts';
import { openProjects } from '../../store/projects.ts';
import { openStatistics } from '../../store/statistics.ts';
import { openUploads } from '../../store/uploads.ts';
import { insertScreening, type OpenTestDatabase, openTestDatabase } from './service-tables.ts';

let opened: OpenTestDatabase;
let other: string;
beforeAll(async () => {
  opened = await openTestDatabase();
  other = (await openProjects(opened.database).ensure('lithium')).id;
});
afterAll(() => opened.close());

const NOBODY = '00000000-0000-4000-8000-000000000000';

test('a project is made once, by whoever asks first', async () => {
  const projects = openProjects(opened.database);
  const made = await Promise.all(Array.from({ length: 10 }, () => projects.ensure('tin')));
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  expect((await projects.list()).map(({ name }) => name)).toEqual(['lithium', 'tin', 'zinc']);
});

describe('the audit log', () => {
  const entry = (subject: string) => ({
    project: opened.project,
    action: 'screening.submit',
    subject,
    requestId: 'r-1',
    details: { folders: 3 },
  });

  test('is read newest first, in pages that meet without gap or overlap', async () => {
    const audit = openAudit(opened.database);
    for (const subject of ['a', 'b', 'c', 'd', 'e']) await audit.append(entry(subject));
    await audit.append({ ...entry('foreign'), project: other, key: NOBODY });
    const seen: string[] = [];
    for (let after: string | undefined, pages = 0; pages < 5; pages += 1) {
      const page = await audit.list(opened.project, { limit: 2, ...(after === undefined ? {} : { after }) });
      seen.push(...page.rows.map(({ subject }) => subject));
      after = page.next;
      if (after === undefined) break;
    }
    expect(seen).toEqual(['e', 'd', 'c', 'b', 'a']);
    const [foreign] = (await audit.list(other, { limit: 10 })).rows;
    expect(foreign).toMatchObject({ key: NOBODY, subject: 'foreign', details: { folders: 3 }, requestId: 'r-1' });
  });

  test.each(['update audit set action = $$x$$', 'delete from audit', 'truncate audit'])(
    'refuses "%s"',
    async (change) => {
      await expect(sql.raw(change).execute(opened.database.db)).rejects.toThrow('only appended to');
    },
  );

  test('refuses a cursor of another list', async () => {
    const failure = openAudit(opened.database).list(opened.project, { limit: 2, after: 'bm8' });
    await expect(failure).rejects.toMatchObject({ class: 'request' });
  });
});

describe('an upload', () => {
  test('moves on only from where it is, also when two say so at once', async () => {
    const uploads = openUploads(opened.database);
    const { id } = await uploads.create(opened.project, { fileName: 'zn.tar.gz', sizeBytes: 6_000_000_000 });
    expect(await uploads.advance(opened.project, id, 0, 10)).toBe(true);
    const both = await Promise.all([1, 2].map(() => uploads.advance(opened.project, id, 10, 5_000_000_000)));
    expect(both.sort()).toEqual([false, true]);
    expect(await uploads.advance(other, id, 5_000_000_000, 6_000_000_000)).toBe(false);
    expect(await uploads.get(opened.project, id)).toMatchObject({
      receivedBytes: 5_000_000_000,
      sizeBytes: 6_000_000_000,
      fileName: 'zn.tar.gz',
      state: 'open',
    });
    expect(await uploads.get(other, id)).toBeUndefined();
  });

  test('takes files in several calls; the last one under a path counts', async () => {
    const uploads = openUploads(opened.database);
    const { id } = await uploads.create(opened.project, {});
    await uploads.addFiles(opened.project, id, [
      { path: 'b/OUTCAR', sha256: 'b1', bytes: 7 },
      { path: 'a/OUTCAR', sha256: 'a1', bytes: 5 },
      { path: 'b/OUTCAR', sha256: 'b2', bytes: 8 },
    ]);
    await uploads.addFiles(opened.project, id, [{ path: 'a/OUTCAR', sha256: 'a2', bytes: 6 }]);
    expect(await uploads.files(id)).toEqual([
      { path: 'a/OUTCAR', sha256: 'a2', bytes: 6 },
      { path: 'b/OUTCAR', sha256: 'b2', bytes: 8 },
    ]);
    const foreign = uploads.addFiles(other, id, [{ path: 'x', sha256: 'x', bytes: 1 }]);
    await expect(foreign).rejects.toBeInstanceOf(AdatomError);
    await uploads.setState(opened.project, id, 'complete');
    const late = uploads.addFiles(opened.project, id, [{ path: 'x', sha256: 'x', bytes: 1 }]);
    await expect(late).rejects.toMatchObject({ class: 'request' });
    await uploads.remove(id);
    expect(await uploads.files(id)).toEqual([]);
  });

  test('that has not moved is abandoned; one that is complete or failed is not', async () => {
    const uploads = openUploads(opened.database);
    const still = await uploads.create(opened.project, {});
    const complete = await uploads.create(opened.project, {});
    await uploads.setState(opened.project, complete.id, 'failed', 'the archive is cut');
    const found = await uploads.abandoned(new Date(Date.now() + 60_000).toISOString());
    expect(found.map(({ id }) => id)).toContain(still.id);
    expect(found.map(({ id }) => id)).not.toContain(complete.id);
    expect(await uploads.abandoned(new Date(Date.now() - 60_000).toISOString())).toEqual([]);
    expect(await uploads.get(opened.project, complete.id)).toMatchObject({ failure: 'the archive is cut' });
  });
});

describe('dead letters', () => {
  test('are one per job, whatever the order of its keys, and raise the attempts', async () => {
    const letters = openDeadLetters(opened.database);
    const screening = await insertScreening(opened);
    const letter = { screening, job: 'parse-calculation', error: 'disk', attempts: 3 } as const;
    await letters.put({ ...letter, payload: { screening, generation: 1, folder: 'a' } });
    await letters.put({ ...letter, payload: { folder: 'a', generation: 1, screening }, error: 'memory', attempts: 2 });
    await letters.put({ ...letter, payload: { screening, generation: 1, folder: 'b' } });
    const { rows } = await letters.list(opened.project, { limit: 10 });
    expect(rows.map(({ payload, attempts, error, state }) => [payload.folder, attempts, error, state]).sort()).toEqual([
      ['a', 5, 'memory', 'open'],
      ['b', 3, 'disk', 'open'],
    ]);
    expect((await letters.list(other, { limit: 10 })).rows).toEqual([]);
    const first = await letters.list(opened.project, { limit: 1 });
    const second = await letters.list(opened.project, { limit: 1, after: first.next! });
    expect([...first.rows, ...second.rows]).toEqual(rows);
    expect(second.next).toBeUndefined();
  });

  test('are handed out for a rerun until they are taken, and open again when they fail again', async () => {
    const letters = openDeadLetters(opened.database);
    const screening = await insertScreening(opened);
    const payload = { screening, generation: 1 };
    const letter = { screening, job: 'assemble-screening', error: 'x', attempts: 1, payload } as const;
    await letters.put(letter);
    const end = (state: 'failed' | 'cancelled') =>
      opened.database.db.updateTable('screenings').set({ state }).where('id', '=', screening).execute();
    const find = async () =>
      (await letters.list(opened.project, { limit: 50 })).rows.find((row) => row.screening === screening)!;
    const { id } = await find();
    expect(await letters.setState(other, id, 'rerun')).toBeUndefined();
    expect(await letters.setState(opened.project, id, 'rerun')).toMatchObject({ id, state: 'rerun' });
    // Not while it runs.
    expect(await letters.toRerun(10)).toEqual([]);
    await end('failed');
    expect((await letters.toRerun(10)).map((row) => row.id)).toEqual([id]);
    expect((await letters.toRerun(10)).map((row) => row.id)).toEqual([id]);
    await letters.taken(id);
    expect(await letters.toRerun(10)).toEqual([]);
    await letters.put(letter);
    expect(await find()).toMatchObject({ id, state: 'open', attempts: 2 });
    expect(await letters.setState(opened.project, id, 'dismissed')).toMatchObject({ state: 'dismissed' });
    expect(await letters.get(opened.project, id)).toMatchObject({ state: 'dismissed' });
    expect(await letters.get(other, id)).toBeUndefined();
  });
});

test('sums over workers lose nothing when twenty add at the same time', async () => {
  const statistics = openStatistics(opened.database);
  const parsed = { job: 'parse-calculation', outcome: 'completed', count: 1, seconds: 0.25, bytes: 5 } as const;
  const ranked = { job: 'rank-screening', outcome: 'failed', count: 2, seconds: 0.5, bytes: 0 } as const;
  await Promise.all(
    Array.from({ length: 20 }, (_, at) => statistics.add(at % 2 === 0 ? [parsed, ranked, parsed] : [ranked, parsed])),
  );
  expect(await statistics.sums()).toEqual([
    { job: 'parse-calculation', outcome: 'completed', count: 30, seconds: 7.5, bytes: 150 },
    { job: 'rank-screening', outcome: 'failed', count: 40, seconds: 10, bytes: 0 },
  ]);
  expect(Object.keys(await statistics.rowCounts())).toContain('screenings');
});
