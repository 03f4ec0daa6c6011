/** The way to the database: restarts, conflicts, refusals, and what each of them is told as. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { AdatomError } from '../../model/errors.ts';
import { askOnce, type Database, inTransaction, openDatabase, query } from '../../store/database.ts';
import { openListener } from '../../store/listener.ts';
import { openProjects } from '../../store/projects.ts';
import { newPostgres, type PrivatePostgres } from '../services/postgres.ts';
import { silentLog } from '../services/silent-log.ts';
import { type OpenTestDatabase, openTestDatabase } from './service-tables.ts';

describe('PostgreSQL that restarts under load', () => {
  let server: PrivatePostgres;
  beforeAll(async () => {
    server = await newPostgres();
  });
  afterAll(() => server.stop());

  test('five times: every acknowledged transaction is there once, readers only wait or are told so, listeners hear again', async () => {
    const database = openDatabase(server.databaseUrl, silentLog);
    const listener = openListener(server.databaseUrl, silentLog);
    const project = (await openProjects(database).ensure('zinc')).id;
    const wake = vi.fn();
    await listener.listen('work', wake);
    let busy = true;
    const acknowledged: string[] = [];
    const undecided: unknown[] = [];
    const refused: unknown[] = [];
    let answers = 0;
    const writers = Array.from({ length: 6 }, async () => {
      while (busy) {
        const id = randomUUID();
        try {
          await inTransaction(database, async (queries) => {
            await queries.insertInto('uploads').values(upload(id, project)).execute();
            await queries
              .insertInto('upload_files')
              .values({ upload: id, path: 'OUTCAR', sha256: 'a', bytes: 1 })
              .execute();
          });
          acknowledged.push(id);
        } catch (error) {
          undecided.push(error);
        }
      }
    });
    const readers = Array.from({ length: 2 }, async () => {
      while (busy) {
        try {
          await query(database, (db) => db.selectFrom('uploads').select('id').limit(1).execute());
          answers += 1;
        } catch (error) {
          refused.push(error);
        }
        await delay(2);
      }
    });
    for (let restart = 0; restart < 5; restart += 1) {
      await delay(300);
      const before = acknowledged.length;
      if (restart % 2 === 0) await server.restart();
      else {
        server.kill();
        await server.restart();
      }
      await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(before), { timeout: 20_000 });
    }
    busy = false;
    await Promise.all([...writers, ...readers]);

    const rows = await query(database, (db) =>
      db.selectFrom('uploads').innerJoin('upload_files', 'upload', 'id').select('id').execute(),
    );
    const kept = new Set(rows.map(({ id }) => id));
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    // Only a commit whose answer was lost may be there without having been acknowledged.
    expect(kept.size).toBe(rows.length);
    expect(kept.size).toBeLessThanOrEqual(acknowledged.length + undecided.length);
    for (const error of [...undecided, ...refused])
      expect(error).toMatchObject({ name: 'AdatomError', class: 'transient' });
    expect(answers).toBeGreaterThan(0);

    // The listening connection comes back in its own time, and what is said before that nobody hears: said until heard.
    await vi.waitFor(
      async () => {
        await query(database, (db) => sql`select pg_notify('adatom_work', 'now')`.execute(db));
        await vi.waitFor(() => expect(wake).toHaveBeenCalledWith('now'), { timeout: 500 });
      },
      { timeout: 15_000 },
    );
    await listener.close();
    await database.close();
  });

  test('while it is away a single question fails as transient at once, and is answered when it is back', async () => {
    const database = openDatabase(server.databaseUrl, silentLog);
    await server.pause();
    const failure = askOnce(database, (db) => sql`select 1`.execute(db));
    await expect(failure).rejects.toMatchObject({ class: 'transient' });
    const waiting = query(database, (db) => sql<{ n: number }>`select 1 as n`.execute(db));
    await server.restart();
    expect((await waiting).rows).toEqual([{ n: 1 }]);
    await database.close();
  });
});

describe('a transaction', () => {
  let opened: OpenTestDatabase;
  let database: Database;
  beforeAll(async () => {
    opened = await openTestDatabase();
    database = opened.database;
  });
  afterAll(() => opened.close());

  const received = () =>
    query(database, (db) =>
      db.selectFrom('uploads').select('received_bytes').where('file_name', '=', 'sum').executeTakeFirst(),
    );

  test('that conflicts with others is repeated until it fits', async () => {
    await database.db
      .insertInto('uploads')
      .values({ ...upload(randomUUID(), opened.project), file_name: 'sum' })
      .execute();
    const addOne = () =>
      inTransaction(
        database,
        async (queries) => {
          const row = await queries
            .selectFrom('uploads')
            .select('received_bytes')
            .where('file_name', '=', 'sum')
            .executeTakeFirstOrThrow();
          await queries
            .updateTable('uploads')
            .set({ received_bytes: row.received_bytes + 1 })
            .where('file_name', '=', 'sum')
            .execute();
        },
        'serializable',
      );
    await Promise.all(Array.from({ length: 5 }, addOne));
    expect(await received()).toEqual({ received_bytes: 5 });
  });

  test('that fails leaves nothing, and its connection is used again', async () => {
    const id = randomUUID();
    const failure = inTransaction(database, async (queries) => {
      await queries.insertInto('uploads').values(upload(id, opened.project)).execute();
      throw new Error('a bug');
    });
    await expect(failure).rejects.toThrow('a bug');
    expect(await database.db.selectFrom('uploads').select('id').where('id', '=', id).execute()).toEqual([]);
    expect(database.pool.idleCount).toBe(database.pool.totalCount);
  });

  test('of which the server ends the connection in the middle is run again', async () => {
    let runs = 0;
    await inTransaction(database, async (queries) => {
      runs += 1;
      if (runs === 1) await sql`select pg_terminate_backend(pg_backend_pid())`.execute(queries);
      await sql`select 1`.execute(queries);
    });
    expect(runs).toBe(2);
  });

  test('a value that PostgreSQL cannot hold is a fault of the request', async () => {
    const nul = query(database, (db) => db.selectFrom('projects').select('id').where('name', '=', 'a\0b').execute());
    await expect(nul).rejects.toMatchObject({ class: 'request' });
    const id = query(database, (db) => db.selectFrom('projects').select('id').where('id', '=', 'no-uuid').execute());
    await expect(id).rejects.toMatchObject({ class: 'request' });
  });

  test('a constraint that is broken is a bug of ours and stays what it is', async () => {
    const failure = query(database, (db) => db.insertInto('projects').values({ name: '' }).execute());
    await expect(failure).rejects.not.toBeInstanceOf(AdatomError);
  });

  test('after the end of the store a question fails as transient and is not repeated', async () => {
    const other = openDatabase(opened.databaseUrl, silentLog);
    await other.close();
    const started = performance.now();
    await expect(query(other, (db) => sql`select 1`.execute(db))).rejects.toMatchObject({ class: 'transient' });
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test('times come back in UTC with the milliseconds that were written, whole numbers as numbers', async () => {
    const at = '2026-11-21T07:00:00.123Z';
    const { rows } = await query(database, (db) =>
      sql`select ${at}::timestamptz(3) as at, 5000000000::bigint as bytes, '1969-12-31 23:59:59.5+01'::timestamptz as past`.execute(
        db,
      ),
    );
    expect(rows).toEqual([{ at, bytes: 5_000_000_000, past: '1969-12-31T22:59:59.500Z' }]);
  });
});

test('a wrong password or a database that is not there is told as such, not as a bug', async () => {
  const opened = await openTestDatabase();
  const missing = new URL(opened.databaseUrl);
  missing.pathname = '/nowhere';
  const database = openDatabase(missing.href, silentLog);
  const failure = query(database, (db) => sql`select 1`.execute(db));
  await expect(failure).rejects.toMatchObject({
    class: 'request',
    message: expect.stringContaining('"nowhere" does not exist'),
  });
  await database.close();
  await opened.close();
});

function upload(id: string, project: string) {
  return { id, project, file_name: null, size_bytes: null, failure: null };
}
