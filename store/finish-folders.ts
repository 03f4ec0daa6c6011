/**
 * Folders that were read, or could not be. Many workers tell the same folder, and many folders, at the same time: each
 * counts once, when its row leaves `waiting`.
 */
import { sql } from 'kysely';
import type { Queries } from './database.ts';
import { appendEvent } from './events.ts';
import { storable } from './screening-state.ts';
import type { WorkStore } from './store.ts';

type Finished = Parameters<WorkStore['finishFolders']>[0];

interface Progress {
  readonly id: string;
  readonly project: string;
  readonly generation: number;
  readonly total: number;
  readonly waiting: number;
  readonly done: number;
  readonly failed: number;
  readonly tell: boolean;
}

export async function finishFolders(queries: Queries, finished: Finished): Promise<void> {
  const screenings = finished.map((one) => one.screening);
  const generations = finished.map((one) => one.generation);
  const folders = finished.map((one) => one.folder);
  const keys = finished.map((one) => one.readingKey ?? null);
  const errors = finished.map((one) => (one.error === undefined ? null : storable(one.error)));
  // Screenings before folders, and in one order: everybody locks like this.
  await sql`
    select id from screenings where id = any(${screenings}::uuid[]) order by id for no key update
  `.execute(queries);
  const { rows } = await sql<Progress>`
    with finished as (
      update folder_tasks t
      set state = case when f.error is null then 'done' else 'failed' end, error = f.error
      from unnest(${screenings}::uuid[], ${generations}::integer[], ${folders}::text[], ${keys}::text[], ${errors}::text[])
        as f(screening, generation, folder, reading_key, error)
      where t.screening = f.screening and t.generation = f.generation and t.folder = f.folder and t.state = 'waiting'
        and t.reading_key = coalesce(f.reading_key, t.reading_key)
      returning t.screening, t.generation, t.state
    ), counted as (
      select screening, generation, count(*) as folders, count(*) filter (where state = 'failed') as failed
      from finished group by screening, generation
    )
    update screenings s set
      folders_waiting = folders_waiting - c.folders,
      folders_done = folders_done + c.folders - c.failed,
      folders_failed = folders_failed + c.failed,
      updated_at = now(),
      progress_at = case
        when folders_waiting = c.folders or coalesce(progress_at <= now() - interval '1 second', true) then now()
        else progress_at end
    from counted c where s.id = c.screening and s.generation = c.generation
    returning s.id, s.project, s.generation, folders_total as total, folders_waiting as waiting, folders_done as done,
      folders_failed as failed, progress_at = now()::timestamptz(3) as tell
  `.execute(queries);
  for (const { id, project, tell, ...data } of rows.sort((left, right) => (left.id < right.id ? -1 : 1))) {
    if (tell) await appendEvent(queries, { project, screening: id, type: 'progress', data });
  }
}
