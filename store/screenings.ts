/** Screenings as their submitters see them: handed in, added to, cancelled, ranked again. */
import { sql } from 'kysely';
import { z } from 'zod';
import { AdatomError } from '../model/errors.ts';
import { FINAL_STATES, type StoredRanking, type Submission, type SubmissionSource } from '../model/service.ts';
import { dropOldGenerations, makeCurrent, mayBeCurrent, profileTextSha256 } from './current-ranking.ts';
import { pageOf, readCursor } from './cursor.ts';
import { type Database, inTransaction, type Queries, query } from './database.ts';
import { appendEvent } from './events.ts';
import { lockScreening, moveTo, startNextGeneration, tellWork } from './screening-state.ts';
import type { NewScreening, ScreeningStore } from './store.ts';
import { isFinal, RANKING_COLUMNS, type ScreeningRecord, storedRanking, storedScreening } from './stored-screening.ts';

type Wanted = Parameters<ScreeningStore['requestRanking']>[2];

export function openScreenings(database: Database): ScreeningStore {
  return {
    create: (screening) => inTransaction(database, (queries) => create(queries, screening)),
    get: (project, id) =>
      query(database, async (db) => {
        const row = await ofProject(db, project, id).executeTakeFirst();
        return row && storedScreening(row);
      }),
    list: (project, page) => query(database, (db) => list(db, project, page)),
    submissions: (project, id) =>
      query(database, async (db) =>
        (await ofProject(db, project, id).executeTakeFirst()) === undefined ? [] : submissionsOf(db, id),
      ),
    addSources: (project, id, sources, submission) =>
      inTransaction(database, async (queries) => {
        const screening = await lockScreening(queries, id, project);
        if (screening === undefined) return undefined;
        const added = { id: submission, generation: screening.generation + 1, sources };
        if (await insertSubmissions(queries, id, added)) {
          if (isFinal(screening.state)) await startNextGeneration(queries, screening);
          else await tellWork(queries, id);
        }
        return storedScreening(await ofProject(queries, project, id).executeTakeFirstOrThrow());
      }),
    cancel: (project, id) =>
      inTransaction(database, async (queries) => {
        const screening = await lockScreening(queries, id, project);
        if (screening === undefined) return undefined;
        if (!isFinal(screening.state)) await moveTo(queries, screening, 'cancelled');
        return storedScreening(await ofProject(queries, project, id).executeTakeFirstOrThrow());
      }),
    requestRanking: (project, id, wanted) =>
      inTransaction(database, async (queries) => {
        const screening = await lockScreening(queries, id, project);
        return screening && requestRanking(queries, screening, wanted);
      }),
    rankings: (project, id) =>
      query(database, async (db) => {
        const rows = db.selectFrom('rankings').select(RANKING_COLUMNS);
        const own = rows.where('screening', '=', id).where('project', '=', project);
        return (await own.orderBy('sequence', 'desc').execute()).map(storedRanking);
      }),
    waitingFolders: (project) =>
      query(database, async (db) => {
        const { waiting } = await db
          .selectFrom('screenings')
          .select(({ fn }) => fn.coalesce(fn.sum<number>('folders_waiting'), sql<number>`0`).as('waiting'))
          .where('project', '=', project)
          .where('state', 'not in', FINAL_STATES)
          .where('folders_waiting', '>', 0)
          .executeTakeFirstOrThrow();
        return Number(waiting);
      }),
    waitingScreenings: (project) =>
      query(database, async (db) => {
        const { waiting } = await db
          .selectFrom('screenings')
          .select(({ fn }) => fn.countAll().as('waiting'))
          .where('project', '=', project)
          .where('state', 'in', ['queued', 'discovering'])
          .executeTakeFirstOrThrow();
        return Number(waiting);
      }),
  };
}

/** In the order in which they were handed in. */
export async function submissionsOf(db: Queries, screening: string, upTo?: number): Promise<readonly Submission[]> {
  let rows = db.selectFrom('submissions').selectAll().where('screening', '=', screening);
  if (upTo !== undefined) rows = rows.where('generation', '<=', upTo);
  return (await rows.orderBy('sequence').execute()).map(({ created_at, sequence: _, ...row }) => ({
    ...row,
    createdAt: created_at,
  }));
}

function ofProject(db: Queries, project: string, id: string) {
  return db.selectFrom('screenings').selectAll().where('id', '=', id).where('project', '=', project);
}

async function create(queries: Queries, { id, project, stated, sources }: NewScreening) {
  const row = await queries
    .insertInto('screenings')
    .values({ ...(id !== undefined && { id }), project, stated: JSON.stringify(stated) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return storedScreening(await ofProject(queries, project, id ?? '').executeTakeFirstOrThrow());
  await insertSubmissions(queries, row.id, { generation: row.generation, sources });
  await appendEvent(queries, {
    project,
    screening: row.id,
    type: 'state',
    data: { state: row.state, generation: row.generation },
  });
  await tellWork(queries, row.id);
  return storedScreening(row);
}

interface NewSubmissions {
  /** Of the first of them. */
  readonly id?: string | undefined;
  readonly generation: number;
  readonly sources: readonly SubmissionSource[];
}

/** False, and nothing is inserted, when the first of them is there already. The screening is locked, or new. */
async function insertSubmissions(
  queries: Queries,
  screening: string,
  { id, generation, sources }: NewSubmissions,
): Promise<boolean> {
  if (sources.length === 0) throw new AdatomError('request', 'sources: expected at least one, found none');
  await holdUploads(queries, sources);
  if (id !== undefined && (await hasSubmission(queries, screening, id))) return false;
  const rows = sources.map((source, at) => ({
    id: at === 0 && id !== undefined ? sql<string>`${id}::uuid` : sql<string>`gen_random_uuid()`,
    screening,
    generation,
    source: JSON.stringify(source),
  }));
  await queries.insertInto('submissions').values(rows).execute();
  return true;
}

async function hasSubmission(queries: Queries, screening: string, id: string): Promise<boolean> {
  const rows = queries.selectFrom('submissions').select('id').where('screening', '=', screening).where('id', '=', id);
  return (await rows.executeTakeFirst()) !== undefined;
}

/** Until the submission is there, so that pruning cannot take an upload away from under it. In one order for everybody. */
async function holdUploads(queries: Queries, sources: readonly SubmissionSource[]): Promise<void> {
  const named = sources.flatMap((source) => (source.kind === 'upload' ? [source.upload] : []));
  for (const upload of [...new Set(named)].sort()) {
    const row = await queries
      .selectFrom('uploads')
      .select('id')
      .where('id', '=', upload)
      .forKeyShare()
      .executeTakeFirst();
    if (row === undefined)
      throw new AdatomError('request', `upload ${upload} does not exist any more; hand it in again`);
  }
}

const listCursor = z.tuple([z.iso.datetime(), z.uuid()]);

async function list(db: Queries, project: string, { limit, after, state }: Parameters<ScreeningStore['list']>[1]) {
  let rows = db.selectFrom('screenings').selectAll().where('project', '=', project);
  if (state !== undefined) rows = rows.where('state', '=', state);
  if (after !== undefined) {
    const [createdAt, id] = readCursor(after, listCursor);
    rows = rows.where(sql<boolean>`(created_at, id) < (${createdAt}::timestamptz, ${id}::uuid)`);
  }
  const found = await rows
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(found, limit, { show: storedScreening, cursor: (row) => [row.created_at, row.id] });
}

/** Of the newest described generation. The same profile and seed again is the ranking that is there. */
async function requestRanking(queries: Queries, screening: ScreeningRecord, wanted: Wanted): Promise<StoredRanking> {
  const { generation } = await queries
    .selectFrom('generations')
    .select(({ fn }) => fn.max('generation').as('generation'))
    .where('screening', '=', screening.id)
    .where('described', '=', true)
    .executeTakeFirstOrThrow();
  // The aggregate of no rows is null, which the builder's type does not tell.
  if ((generation as number | null) === null) {
    throw new AdatomError('request', 'the screening has no candidates yet; rank it again when it is done');
  }
  const row = await insertRanking(queries, { screening, generation, ...wanted });
  if (row.state === 'done' && wanted.current && !row.is_current && mayBeCurrent(screening, generation)) {
    await makeCurrent(queries, screening.id, row);
    await dropOldGenerations(queries, screening.id);
  }
  const data = { ranking: row.id, state: row.state, generation };
  await appendEvent(queries, { project: screening.project, screening: screening.id, type: 'ranking', data });
  if (row.state === 'queued') await tellWork(queries, screening.id);
  const stored = queries.selectFrom('rankings').select(RANKING_COLUMNS).where('id', '=', row.id);
  return storedRanking(await stored.executeTakeFirstOrThrow());
}

interface NewRanking extends Wanted {
  readonly screening: ScreeningRecord;
  readonly generation: number;
}

function insertRanking(queries: Queries, { screening, generation, profile, seed, current }: NewRanking) {
  return queries
    .insertInto('rankings')
    .values({
      project: screening.project,
      screening: screening.id,
      generation,
      profile: JSON.stringify(profile),
      profile_text_sha256: profileTextSha256(profile),
      seed,
      own: false,
      wants_current: current,
    })
    .onConflict((conflict) =>
      conflict.columns(['screening', 'generation', 'profile_text_sha256', 'seed']).doUpdateSet({
        // What failed is tried again.
        state: sql`case when rankings.state = 'failed' then 'queued' else rankings.state end`,
        failure: null,
        finished_at: sql`case when rankings.state = 'failed' then null else rankings.finished_at end`,
        wants_current: sql`rankings.wants_current or excluded.wants_current`,
      }),
    )
    .returning(RANKING_COLUMNS)
    .executeTakeFirstOrThrow();
}
