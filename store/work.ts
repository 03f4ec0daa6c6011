/** The side of the workers: what is not final, how a generation moves on, and the news of more to do. */
import { sql } from 'kysely';
import type { StoredRanking, StoredScreening } from '../model/service.ts';
import { type Database, inTransaction, type Queries, query } from './database.ts';
import { fairTags } from './fair-tags.ts';
import { finishFolders } from './finish-folders.ts';
import { discovery, folder, folders, saveDiscovery } from './folder-tasks.ts';
import type { Listener } from './listener.ts';
import { lockScreening, moveTo } from './screening-state.ts';
import { submissionsOf } from './screenings.ts';
import type { UnfinishedWork, WorkStore } from './store.ts';
import { isFinal, RANKING_COLUMNS, type ScreeningRecord, storedRanking, storedScreening } from './stored-screening.ts';

export function openWork(database: Database, listener: Listener): WorkStore {
  return {
    unfinished: (limit) => query(database, (db) => unfinished(db, limit)),
    onNewWork: async (wake) => {
      const stop = await listener.listen('work', () => wake());
      return async () => stop();
    },
    screening: (id) =>
      query(database, async (db) => {
        const row = await screeningRow(db, id);
        return row && storedScreening(row);
      }),
    submissions: (id) =>
      query(database, async (db) => {
        const row = await screeningRow(db, id);
        return row === undefined ? [] : submissionsOf(db, id, row.generation);
      }),
    ranking: (id) => query(database, (db) => ranking(rankings(db).where('id', '=', id))),
    ownRanking: (id, generation) =>
      query(database, (db) =>
        ranking(rankings(db).where('screening', '=', id).where('generation', '=', generation).where('own', '=', true)),
      ),
    setState: (id, generation, state, failure) =>
      inTransaction(database, async (queries) => {
        const screening = await lockScreening(queries, id);
        if (screening === undefined || screening.generation !== generation || isFinal(screening.state)) return false;
        await moveTo(queries, screening, state, failure);
        return true;
      }),
    saveDiscovery: (id, generation, found) =>
      inTransaction(database, (queries) => saveDiscovery(queries, { id, generation }, found)),
    discovery: (id, generation) => query(database, (db) => discovery(db, id, generation)),
    folder: (id, generation, name) => query(database, (db) => folder(db, { id, generation }, name)),
    folders: (id, generation) => query(database, (db) => folders(db, { id, generation })),
    finishFolders: async (finished) => {
      if (finished.length > 0) await inTransaction(database, (queries) => finishFolders(queries, finished));
    },
    fairTags: (project, count, weight) =>
      inTransaction(database, (queries) => fairTags(queries, project, { count, weight })),
  };
}

function screeningRow(db: Queries, id: string): Promise<ScreeningRecord | undefined> {
  return db.selectFrom('screenings').selectAll().where('id', '=', id).executeTakeFirst();
}

function rankings(db: Queries) {
  return db.selectFrom('rankings').select(RANKING_COLUMNS);
}

async function ranking(rows: ReturnType<typeof rankings>): Promise<StoredRanking | undefined> {
  const row = await rows.executeTakeFirst();
  return row && storedRanking(row);
}

async function unfinished(db: Queries, limit: number): Promise<readonly UnfinishedWork[]> {
  const { rows } = await sql<ScreeningRecord>`
    select * from screenings where id in (
      select id from screenings where state not in ('done', 'failed', 'cancelled')
      union select screening from rankings where state = 'queued')
    order by created_at, id limit ${limit}`.execute(db);
  if (rows.length === 0) return [];
  const screenings = rows.map(storedScreening);
  const waiting = await waitingRankings(db, screenings);
  return screenings
    .map((screening) => ({ screening, rankings: waiting.filter((one) => one.screening === screening.id) }))
    .filter(({ screening, rankings }) => !isFinal(screening.state) || rankings.length > 0);
}

/** The own ranking of a running generation is part of its run, and not told here. */
async function waitingRankings(db: Queries, screenings: readonly StoredScreening[]): Promise<StoredRanking[]> {
  const rows = await rankings(db)
    .where('state', '=', 'queued')
    .where(
      'screening',
      'in',
      screenings.map(({ id }) => id),
    )
    .where(sql<boolean>`exists (
      select from generations g join screenings s on s.id = g.screening
      where g.screening = rankings.screening and g.generation = rankings.generation and g.described
        and (not rankings.own or s.generation <> g.generation or s.state in ('done', 'failed', 'cancelled')))`)
    .orderBy('sequence')
    .execute();
  return rows.map(storedRanking);
}
