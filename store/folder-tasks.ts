/** What discovery found: the completed request, the tree, and the folders as units of work. */
import { sql } from 'kysely';
import type { CompletedRequest } from '../model/service.ts';
import { profileTextSha256 } from './current-ranking.ts';
import type { Queries } from './database.ts';
import { lockScreening } from './screening-state.ts';
import type { FolderTask, WorkStore } from './store.ts';

interface Pass {
  readonly id: string;
  readonly generation: number;
}

type Discovery = Parameters<WorkStore['saveDiscovery']>[2];

/** Folders in one statement. */
const CHUNK_FOLDERS = 5000;

/**
 * A folder that is there with the same reading key keeps its state: when discovery is repeated, the jobs of folders that
 * are done do not run again. False, and nothing is kept, when the generation is over or has gone on: a worker that was
 * held up comes back with what another one has found long since.
 */
export async function saveDiscovery(queries: Queries, { id, generation }: Pass, found: Discovery): Promise<boolean> {
  const screening = await lockScreening(queries, id);
  if (screening === undefined || screening.generation !== generation) return false;
  if (screening.state !== 'queued' && screening.state !== 'discovering') return false;
  await queries
    .insertInto('generations')
    .values({
      screening: id,
      generation,
      request: JSON.stringify(found.request),
      found_tree: asBuffer(found.foundTree),
    })
    .onConflict((conflict) =>
      conflict.columns(['screening', 'generation']).doUpdateSet(({ ref }) => ({
        request: ref('excluded.request'),
        found_tree: ref('excluded.found_tree'),
      })),
    )
    .execute();
  const folders = [...new Map(found.folders.map((task) => [task.folder, task])).values()];
  await removeOthers(queries, { id, generation }, folders);
  for (let start = 0; start < folders.length; start += CHUNK_FOLDERS) {
    await putFolders(queries, { id, generation }, { start, folders: folders.slice(start, start + CHUNK_FOLDERS) });
  }
  await countFolders(queries, { id, generation });
  await putOwnRanking(queries, { id, generation, project: screening.project }, found.request);
  return true;
}

export async function discovery(
  db: Queries,
  id: string,
  generation: number,
): Promise<{ readonly request: CompletedRequest; readonly foundTree: Buffer } | undefined> {
  const row = await db
    .selectFrom('generations')
    .select(['request', 'found_tree'])
    .where('screening', '=', id)
    .where('generation', '=', generation)
    .executeTakeFirst();
  return row && { request: row.request, foundTree: row.found_tree };
}

export async function folder(db: Queries, pass: Pass, name: string): Promise<FolderTask | undefined> {
  const row = await foldersOf(db, pass).where('folder', '=', name).executeTakeFirst();
  return row && { folder: row.folder, readingKey: row.reading_key, plan: row.plan };
}

export async function folders(db: Queries, pass: Pass) {
  const rows = await foldersOf(db, pass).orderBy('position').execute();
  return rows.map(({ folder: name, reading_key, plan, state, error }) => ({
    folder: name,
    readingKey: reading_key,
    plan,
    state,
    ...(error !== null && { error }),
  }));
}

function foldersOf(db: Queries, { id, generation }: Pass) {
  return db.selectFrom('folder_tasks').selectAll().where('screening', '=', id).where('generation', '=', generation);
}

async function removeOthers(queries: Queries, { id, generation }: Pass, tasks: readonly FolderTask[]): Promise<void> {
  const names = tasks.map((task) => task.folder);
  await sql`
    delete from folder_tasks t where screening = ${id} and generation = ${generation}
      and not exists (select from unnest(${names}::text[]) as kept(folder) where kept.folder = t.folder)
  `.execute(queries);
}

async function putFolders(
  queries: Queries,
  { id, generation }: Pass,
  { start, folders: tasks }: { readonly start: number; readonly folders: readonly FolderTask[] },
): Promise<void> {
  const names = tasks.map((task) => task.folder);
  const keys = tasks.map((task) => task.readingKey);
  const plans = tasks.map((task) => JSON.stringify(task.plan));
  await sql`
    insert into folder_tasks (screening, generation, position, folder, reading_key, plan)
    select ${id}::uuid, ${generation}::integer, ${start}::integer + place - 1, folder, reading_key, plan::json
    from unnest(${names}::text[], ${keys}::text[], ${plans}::text[]) with ordinality as t(folder, reading_key, plan, place)
    on conflict (screening, generation, folder) do update set
      position = excluded.position, plan = excluded.plan, reading_key = excluded.reading_key,
      state = case when folder_tasks.reading_key = excluded.reading_key then folder_tasks.state else 'waiting' end,
      error = case when folder_tasks.reading_key = excluded.reading_key then folder_tasks.error end
  `.execute(queries);
}

async function countFolders(queries: Queries, { id, generation }: Pass): Promise<void> {
  await sql`
    update screenings set folders_total = total, folders_waiting = waiting, folders_done = done,
      folders_failed = failed, updated_at = now()
    from (
      select count(*) as total, count(*) filter (where state = 'waiting') as waiting,
        count(*) filter (where state = 'done') as done, count(*) filter (where state = 'failed') as failed
      from folder_tasks where screening = ${id} and generation = ${generation}) as counted
    where id = ${id}
  `.execute(queries);
}

/** One per generation; when discovery is repeated with another profile, the ranking is asked for by that one. */
async function putOwnRanking(
  queries: Queries,
  { id, generation, project }: Pass & { readonly project: string },
  { profile, seed }: CompletedRequest,
): Promise<void> {
  const sha256 = profileTextSha256(profile);
  await sql`
    delete from rankings where screening = ${id} and generation = ${generation} and own and state = 'queued'
      and (profile_text_sha256, seed) <> (${sha256}::bytea, ${seed}::bigint)
  `.execute(queries);
  await queries
    .insertInto('rankings')
    .values({
      project,
      screening: id,
      generation,
      profile: JSON.stringify(profile),
      profile_text_sha256: sha256,
      seed,
      own: true,
      wants_current: true,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
