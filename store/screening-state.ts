/**
 * How a screening moves: forward through its states, never out of a final one, and on to the next generation when folders
 * were added while it ran.
 *
 * Whoever changes a screening or counts its folders locks its row first. All locks are taken in that order, so that two
 * transactions never wait for each other.
 */
import { sql } from 'kysely';
import { SCREENING_STATES, type ScreeningState } from '../model/service.ts';
import type { Queries } from './database.ts';
import { appendEvent } from './events.ts';
import { CHANNELS } from './listener.ts';
import { isFinal, type ScreeningRecord } from './stored-screening.ts';

/** Undefined when there is none, or none of that project. */
export function lockScreening(queries: Queries, id: string, project?: string): Promise<ScreeningRecord | undefined> {
  let rows = queries.selectFrom('screenings').selectAll().where('id', '=', id);
  if (project !== undefined) rows = rows.where('project', '=', project);
  // Foreign keys of other transactions may still refer to the row meanwhile.
  return rows.forNoKeyUpdate().executeTakeFirst();
}

/** Wakes the workers once the transaction is committed. */
export async function tellWork(queries: Queries, screening: string): Promise<void> {
  await sql`select pg_notify(${CHANNELS.work}, ${screening})`.execute(queries);
}

/** `screening` is locked and not final. A state that lies behind it changes nothing: a repeated job goes on. */
export async function moveTo(
  queries: Queries,
  screening: ScreeningRecord,
  state: ScreeningState,
  failure?: string,
): Promise<void> {
  if (SCREENING_STATES.indexOf(state) <= SCREENING_STATES.indexOf(screening.state)) return;
  const ends = isFinal(state);
  await queries
    .updateTable('screenings')
    .set({
      state,
      failure: failure === undefined ? null : storable(failure),
      updated_at: sql`now()`,
      ...(ends && { finished_at: sql<string>`now()` }),
    })
    .where('id', '=', screening.id)
    .execute();
  await tellState(queries, screening, {
    state,
    generation: screening.generation,
    ...(failure !== undefined && { failure }),
  });
  if (state === 'failed' || state === 'cancelled') await failOwnRanking(queries, screening, state);
  if (ends && state !== 'cancelled' && (await hasNewerFolders(queries, screening))) {
    await startNextGeneration(queries, screening);
  }
}

/** `screening` is locked, and what ran is over. */
export async function startNextGeneration(queries: Queries, screening: ScreeningRecord): Promise<void> {
  const generation = screening.generation + 1;
  await queries
    .updateTable('screenings')
    .set({
      state: 'queued',
      generation,
      failure: null,
      folders_total: 0,
      folders_waiting: 0,
      folders_done: 0,
      folders_failed: 0,
      updated_at: sql`now()`,
      finished_at: null,
    })
    .where('id', '=', screening.id)
    .execute();
  await tellState(queries, screening, { state: 'queued', generation });
  await tellWork(queries, screening.id);
}

/** Texts of PostgreSQL hold no NUL; the text of an error may. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}

async function tellState(
  queries: Queries,
  { id, project }: ScreeningRecord,
  data: Readonly<Record<string, unknown>>,
): Promise<void> {
  await appendEvent(queries, { project, screening: id, type: 'state', data });
}

async function hasNewerFolders(queries: Queries, { id, generation }: ScreeningRecord): Promise<boolean> {
  const newer = await queries
    .selectFrom('submissions')
    .select('id')
    .where('screening', '=', id)
    .where('generation', '>', generation)
    .limit(1)
    .executeTakeFirst();
  return newer !== undefined;
}

/** It waits for a generation that will not come to its end. */
async function failOwnRanking(
  queries: Queries,
  { id, generation }: ScreeningRecord,
  state: 'failed' | 'cancelled',
): Promise<void> {
  await queries
    .updateTable('rankings')
    .set({
      state: 'failed',
      failure: `the screening ${state === 'failed' ? 'has failed' : 'was cancelled'}`,
      finished_at: sql`now()`,
    })
    .where('screening', '=', id)
    .where('generation', '=', generation)
    .where('own', '=', true)
    .where('state', '=', 'queued')
    .execute();
}
