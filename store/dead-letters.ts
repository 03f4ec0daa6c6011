/**
 * Jobs that failed for good: one letter per job, to be looked at, run again or put aside.
 *
 * Running again is the only way out of `failed`, and it leads to the next generation: what the failed one has written
 * stays as it is, and folders that were read are not read again.
 */
import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { type DeadLetter, FINAL_STATES } from '../model/service.ts';
import { pageOf, readCursor } from './cursor.ts';
import { type Database, inTransaction, type Queries, query } from './database.ts';
import { lockScreening, startNextGeneration } from './screening-state.ts';
import type { DeadLetterStore } from './store.ts';
import { isFinal } from './stored-screening.ts';
import type { ServiceTables } from './tables/service.ts';

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

type LetterRow = Selectable<ServiceTables['dead_letters']>;

export function openDeadLetters(database: Database): DeadLetterStore {
  return {
    put: (letter) => put(database, letter),
    list: (project, page) => list(database, project, page),
    get: async (project, id) => {
      const row = await query(database, (db) =>
        db
          .selectFrom('dead_letters')
          .selectAll()
          .where('project', '=', project)
          .where('id', '=', id)
          .executeTakeFirst(),
      );
      return row === undefined ? undefined : toLetter(row);
    },
    setState: async (project, id, state) => {
      const row = await query(database, (db) =>
        db
          .updateTable('dead_letters')
          .set({ state, taken: false })
          .where('project', '=', project)
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirst(),
      );
      return row === undefined ? undefined : toLetter(row);
    },
    toRerun: async (limit) => {
      const rows = await query(database, (db) =>
        db
          .selectFrom('dead_letters')
          .selectAll()
          .where('state', '=', 'rerun')
          .where('taken', '=', false)
          // Letters of what still runs must not fill the page.
          .where('screening', 'in', db.selectFrom('screenings').select('id').where('state', 'in', FINAL_STATES))
          .orderBy('at')
          .limit(limit)
          .execute(),
      );
      return rows.map(toLetter);
    },
    passAgain: (screening) => inTransaction(database, (queries) => passAgain(queries, screening)),
    taken: async (id) => {
      await query(database, (db) =>
        db.updateTable('dead_letters').set({ taken: true }).where('id', '=', id).where('state', '=', 'rerun').execute(),
      );
    },
  };
}

/** Also an answered letter opens again when its job fails again. */
async function put(database: Database, letter: Parameters<DeadLetterStore['put']>[0]): Promise<void> {
  const { screening, job, payload, error, attempts } = letter;
  await inTransaction(database, (queries) =>
    sql`
      insert into dead_letters (project, screening, job, payload, payload_text, error, attempts)
      select project, id, ${job}::text, ${JSON.stringify(payload)}::json, ${sortedJson(payload)}::text, ${error}::text,
        ${attempts}::integer
      from screenings where id = ${screening}
      on conflict (job, payload_text) do update set
        error = excluded.error, attempts = dead_letters.attempts + excluded.attempts, state = 'open', taken = false, at = now()
    `.execute(queries),
  );
}

async function passAgain(queries: Queries, id: string): Promise<void> {
  const screening = await lockScreening(queries, id);
  if (screening === undefined || !isFinal(screening.state)) return;
  if (screening.state !== 'cancelled') await startNextGeneration(queries, screening);
  await queries
    .updateTable('dead_letters')
    .set({ taken: true })
    .where('screening', '=', id)
    .where('state', '=', 'rerun')
    .execute();
}

/** Newest first. */
async function list(database: Database, ...[project, { limit, after }]: Parameters<DeadLetterStore['list']>) {
  const cursor = after === undefined ? undefined : readCursor(after, cursorSchema);
  const rows = await query(database, (db) =>
    db
      .selectFrom('dead_letters')
      .selectAll()
      .where('project', '=', project)
      .$if(cursor !== undefined, (letters) =>
        letters.where(sql<boolean>`(at, id) < (${cursor?.[0]}::timestamptz, ${cursor?.[1]}::uuid)`),
      )
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute(),
  );
  return pageOf(rows, limit, { show: toLetter, cursor: ({ at, id }) => [at, id] });
}

/** Payloads are flat: names and numbers. */
function sortedJson(payload: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(payload).sort(([a], [b]) => (a < b ? -1 : 1))));
}

function toLetter({ payload_text: _, taken: __, ...letter }: LetterRow): DeadLetter {
  return letter;
}
