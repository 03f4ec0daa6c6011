/**
 * Throws away what nobody can ask for any more: rankings that were replaced, uploads that no screening refers to, readings
 * that no generation uses, events of finished screenings, answers to repeated requests. The audit log stays.
 */
import { sql } from 'kysely';
import { type Database, inTransaction, type Queries, query } from '../database.ts';
import type { UploadFolder } from '../upload-folder.ts';

export interface PruneReport {
  readonly rankings: number;
  readonly readings: number;
  readonly uploads: number;
  readonly events: number;
  readonly answers: number;
}

export async function pruneDatabase(database: Database, folder: UploadFolder, before: Date): Promise<PruneReport> {
  const limit = before.toISOString();
  const rankings = await inTransaction(database, (queries) => pruneRankings(queries, limit));
  const readings = await inTransaction(database, (queries) => pruneReadings(queries, limit));
  const events = await inTransaction(database, (queries) => pruneEvents(queries, limit));
  const answers = await inTransaction(database, pruneAnswers);
  const uploads = await pruneUploads(database, folder, limit);
  return { rankings, readings, uploads, events, answers };
}

/** The ranking that comes with the generation that is shown stays, also when another one is current. */
async function pruneRankings(queries: Queries, limit: string): Promise<number> {
  const { rows } = await sql`
    delete from rankings r using screenings s
    where s.id = r.screening and r.state <> 'queued' and not r.is_current and s.ranking is distinct from r.id
      and not (r.own and r.generation >= coalesce(s.shown_generation, 0)) and r.finished_at < ${limit}
    returning r.id
  `.execute(queries);
  return rows.length;
}

async function pruneReadings(queries: Queries, limit: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with gone as (
      delete from readings r where r.created_at < ${limit}
        and not exists (select from folder_tasks t where t.reading_key = r.key)
      returning 1
    ) select count(*) as count from gone
  `.execute(queries);
  return rows[0]?.count ?? 0;
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

/** First the row, so that no new submission can name what is about to be removed. */
async function pruneUploads(database: Database, folder: UploadFolder, limit: string): Promise<number> {
  const { rows } = await query(database, (db) =>
    sql<{ id: string; project: string }>`
      select id, project from uploads u where state <> 'open' and moved_at < ${limit}
        and not exists (select from submissions s where s.source->>'upload' = u.id::text)
    `.execute(db),
  );
  for (const { id, project } of rows) {
    const files = await inTransaction(database, async (queries) => {
      const kept = await queries.selectFrom('upload_files').select('sha256').where('upload', '=', id).execute();
      await queries.deleteFrom('uploads').where('id', '=', id).execute();
      return kept;
    });
    await folder.remove(
      { project, upload: id },
      files.map(({ sha256 }) => sha256),
    );
  }
  return rows.length;
}
