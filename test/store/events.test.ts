/** Events: their order, who is woken, and that a reader who follows them misses none. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { inTransaction } from '../../store/database.ts';
import { appendEvent, openEvents } from '../../store/events.ts';
import { type Listener, openListener } from '../../store/listener.ts';
import { openProjects } from '../../store/projects.ts';
import { silentLog } from '../services/silent-log.ts';
import { insertScreening, type OpenTestDatabase, openTestDatabase } from './service-tables.ts';

let opened: OpenTestDatabase;
let listener: Listener;
beforeAll(async () => {
  opened = await openTestDatabase();
  listener = openListener(opened.databaseUrl, silentLog);
});
afterAll(async () => {
  await listener.close();
  await opened.close();
});

function append(screening: string, number: number, pauseMs = 0): Promise<void> {
  return inTransaction(opened.database, async (queries) => {
    await appendEvent(queries, { project: opened.project, screening, type: 'progress', data: { number } });
    await delay(pauseMs);
  });
}

test('events come in their order behind the one that was seen last', async () => {
  const events = openEvents(opened.database, listener);
  const screening = await insertScreening(opened);
  for (const number of [1, 2, 3]) await append(screening, number);
  const all = await events.list(opened.project, screening, 0, 10);
  expect(all.map(({ data }) => data.number)).toEqual([1, 2, 3]);
  expect((await events.list(opened.project, screening, all[0]!.sequence, 1)).map(({ data }) => data.number)).toEqual([
    2,
  ]);
  const other = (await openProjects(opened.database).ensure('lithium')).id;
  expect(await events.list(other, screening, 0, 10)).toEqual([]);
});

test('a reader that follows while eight transactions write at once sees every event once and in order', async () => {
  const events = openEvents(opened.database, listener);
  const screening = await insertScreening(opened);
  let writing = true;
  const writers = Promise.all(
    // Those that begin first end last, so that numbers and ends would be in opposite order.
    Array.from({ length: 8 }, async (_, writer) => {
      for (let round = 0; round < 5; round += 1) await append(screening, writer * 10 + round, 8 - writer);
    }),
  ).finally(() => {
    writing = false;
  });
  const seen: number[] = [];
  for (let last = 0, more = true; more; ) {
    const stillWriting = writing;
    const rows = await events.list(opened.project, screening, last, 100);
    seen.push(...rows.map(({ sequence }) => sequence));
    last = rows.at(-1)?.sequence ?? last;
    more = stillWriting || rows.length > 0;
  }
  await writers;
  const kept = (await events.list(opened.project, screening, 0, 100)).map(({ sequence }) => sequence);
  expect(kept).toHaveLength(40);
  expect(seen).toEqual(kept);
});

test('only subscribers of the screening are woken, and none after it has stopped', async () => {
  const events = openEvents(opened.database, listener);
  const [first, second] = [await insertScreening(opened), await insertScreening(opened)];
  const wakeFirst = vi.fn();
  const wakeSecond = vi.fn();
  const stopFirst = await events.subscribe(first, wakeFirst);
  const stopSecond = await events.subscribe(second, wakeSecond);
  await append(first, 1);
  await vi.waitFor(() => expect(wakeFirst).toHaveBeenCalledTimes(1));
  expect(wakeSecond).not.toHaveBeenCalled();
  stopFirst();
  await append(first, 2);
  await append(second, 3);
  await vi.waitFor(() => expect(wakeSecond).toHaveBeenCalledTimes(1));
  expect(wakeFirst).toHaveBeenCalledTimes(1);
  stopSecond();
});

test('when the listening line was cut, everybody is woken to look, and hears again afterwards', async () => {
  const events = openEvents(opened.database, listener);
  const screening = await insertScreening(opened);
  const wake = vi.fn();
  const stop = await events.subscribe(screening, wake);
  await opened.database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen%'`,
  );
  await vi.waitFor(() => expect(wake).toHaveBeenCalledTimes(1), { timeout: 10_000 });
  await append(screening, 1);
  await vi.waitFor(() => expect(wake).toHaveBeenCalledTimes(2), { timeout: 10_000 });
  stop();
});
