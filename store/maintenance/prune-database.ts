/**
 * Throws away what is old and not in use: rankings that are not current, uploads that no screening refers to, readings
 * that no generation has, events of finished screenings, answers to repeated requests. The audit log stays.
 *
 * The service may go on meanwhile. The mistake avoided here: something is seen to be unused, is taken into use, and is
 * deleted then. Each part holds a lock, from its look to its deletion, that those who would use the rows have to take too.
 */
import { sql } from 'kysely';
import { type Database, inTransaction, type Queries, query } from '../database.ts';
import { lockScreening } from '../screening-state.ts';
import type { UploadFolder } from '../upload-folder.ts';
import { pruneUploads } from './prune-uploads.ts';

export interface PruneReport {
  readonly rankings: number;
  readonly readings: number;
  readonly uploads: number;
  readonly events: number;
  readonly answers: number;
}

export async function pruneDatabase(database: Database, folder: UploadFolder, before: Date): Promise<PruneReport> {
  const limit = before.toISOString();
  const rankings = await pruneRankings(database, limit);
  const readings = await pruneReadings(database, limit);
  const events = await inTransaction(database, (queries) => pruneEvents(queries, limit));
  const answers = await inTransaction(database, pruneAnswers);
  const uploads = await pruneUploads(database, folder, limit);
  return { rankings, readings, uploads, events, answers };
}

/**
 * The ranking that comes with the generation that is shown stays, also when another one is current: it is the one that
 * was asked for with the screening. So does one with a letter that may still be answered with "again".
 */
const SPARE_RANKING = sql`r.state <> 'queued' and not r.is_current and s.ranking is distinct from r.id
  and not (r.own and r.generation >= coalesce(s.shown_generation, 0))
  and not exists (select from dead_letters d
    where d.screening = r.screening and d.state <> 'dismissed' and d.payload->>'ranking' = r.id::text)`;

/** One screening after the other, under the lock that making a ranking current takes. */
async function pruneRankings(database: Database, limit: string): Promise<number> {
  const { rows } = await query(database, (db) =>
    sql<{ id: string }>`
      select distinct s.id from rankings r join screenings s on s.id = r.screening
      where r.finished_at < ${limit} and ${SPARE_RANKING} order by 1
    `.execute(db),
  );
  let count = 0;
  for (const { id } of rows) {
    count += await inTransaction(database, async (queries) => {
      await lockScreening(queries, id);
      const gone = await sql`
        delete from rankings r using screenings s
        where s.id = ${id} and r.screening = s.id and r.finished_at < ${limit} and ${SPARE_RANKING} returning r.id
      `.execute(queries);
      return gone.rows.length;
    });
  }
  return count;
}

/**
 * A pass that is under way may have readings of its own, whose keys no folder has (workers/shared/folder-plan.ts): all
 * readings that came after its submissions stay until it is over.
 */
export const SPARE_READING = sql`not exists (select from folder_tasks t where t.reading_key = r.key)
  and not exists (select from screenings s join submissions u on u.screening = s.id and u.generation = s.generation
    where s.state not in ('done', 'failed', 'cancelled') and u.created_at <= r.created_at)`;

/** Readings are large: few in one transaction, as folders wait for it. */
const READINGS_AT_ONCE = 1000;

async function pruneReadings(database: Database, limit: string): Promise<number> {
  const { rows } = await query(database, (db) =>
    sql<{
      key: string;
    }>`select key from readings r where created_at < ${limit} and ${SPARE_READING} order by key`.execute(db),
  );
  let count = 0;
  for (let from = 0; from < rows.length; from += READINGS_AT_ONCE) {
    const keys = rows.slice(from, from + READINGS_AT_ONCE).map(({ key }) => key);
    count += await inTransaction(database, async (queries) => {
      // A discovery stores its folders and then looks which readings are known. It comes before this or after it.
      await sql`lock table folder_tasks in share mode`.execute(queries);
      const gone = await sql`
        delete from readings r where key = any(${keys}::text[]) and ${SPARE_READING} returning 1
      `.execute(queries);
      return gone.rows.length;
    });
  }
  return count;
}

async function pruneEvents(queries: Queries, limit: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with gone as (
      delete from events e using screenings s where s.id = e.screening and e.at < ${limit}
        and s.state in ('done', 'failed', 'cancelled')
      returning 1
    ) select count(*) as count from gone
  `.execute(queries);
  return rows[0]?.count ?? 0;
}

/** They are kept for a day, whatever is asked for (idempotency.ts). */
async function pruneAnswers(queries: Queries): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with gone as (delete from idempotency where started_at < now() - interval '24 hours' returning 1)
    select count(*) as count from gone
  `.execute(queries);
  return rows[0]?.count ?? 0;
}
