/** What is being handed in: an archive in parts, or files by their content. The bytes lie in files (intake/). */
import { randomUUID } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { AdatomError } from '../model/errors.ts';
import { type Database, inTransaction, query } from './database.ts';
import type { StoredUpload, UploadFile, UploadStore } from './store.ts';
import type { ServiceTables } from './tables/service.ts';

type UploadRow = Selectable<ServiceTables['uploads']>;

export function openUploads(database: Database): UploadStore {
  return {
    create: (...wanted) => create(database, ...wanted),
    get: async (project, id) => {
      const row = await query(database, (db) =>
        db.selectFrom('uploads').selectAll().where('project', '=', project).where('id', '=', id).executeTakeFirst(),
      );
      return row === undefined ? undefined : toUpload(row);
    },
    advance: (project, id, from, to) => advance(database, { project, id }, from, to),
    addFiles: (project, id, files) => addFiles(database, { project, id }, files),
    files: (id) =>
      query(database, (db) =>
        db
          .selectFrom('upload_files')
          .select(['path', 'sha256', 'bytes'])
          .where('upload', '=', id)
          .orderBy('path')
          .execute(),
      ),
    filesWith: (id, sha256) =>
      query(database, (db) =>
        db
          .selectFrom('upload_files')
          .select(['path', 'sha256', 'bytes'])
          .where('upload', '=', id)
          .where('sha256', '=', sha256)
          .orderBy('path')
          .execute(),
      ),
    setState: async (project, id, state, failure) => {
      await query(database, (db) =>
        db
          .updateTable('uploads')
          .set({ state, failure: failure ?? null, moved_at: sql`now()` })
          .where('project', '=', project)
          .where('id', '=', id)
          .execute(),
      );
    },
    abandoned: async (before) => {
      const rows = await query(database, (db) =>
        db
          .selectFrom('uploads')
          .selectAll()
          .where('state', '=', 'open')
          .where('moved_at', '<', before)
          .orderBy('moved_at')
          .execute(),
      );
      return rows.map(toUpload);
    },
    remove: async (id) => {
      await query(database, (db) => db.deleteFrom('uploads').where('id', '=', id).execute());
    },
  };
}

/** The same id when the statement runs twice. */
async function create(database: Database, ...[project, { fileName, sizeBytes }]: Parameters<UploadStore['create']>) {
  const id = randomUUID();
  const values = { id, project, file_name: fileName ?? null, size_bytes: sizeBytes ?? null, failure: null };
  await query(database, (db) =>
    db
      .insertInto('uploads')
      .values(values)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute(),
  );
  const row = await query(database, (db) =>
    db.selectFrom('uploads').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  );
  return toUpload(row);
}

interface UploadName {
  readonly project: string;
  readonly id: string;
}

/** A transaction, not a statement that may run twice: the second run would find the bytes moved and say no. */
async function advance(database: Database, { project, id }: UploadName, from: number, to: number): Promise<boolean> {
  const moved = await inTransaction(database, (queries) =>
    queries
      .updateTable('uploads')
      .set({ received_bytes: to, moved_at: sql`now()` })
      .where('project', '=', project)
      .where('id', '=', id)
      .where('state', '=', 'open')
      .where('received_bytes', '=', from)
      .returning('id')
      .executeTakeFirst(),
  );
  return moved !== undefined;
}

async function addFiles(database: Database, { project, id }: UploadName, files: readonly UploadFile[]): Promise<void> {
  // One statement cannot replace what it has just written; of equal paths the last one counts.
  const byPath = [...new Map(files.map((file) => [file.path, file])).values()];
  await inTransaction(database, async (queries) => {
    const upload = await queries
      .updateTable('uploads')
      .set({ moved_at: sql`now()` })
      .where('project', '=', project)
      .where('id', '=', id)
      .where('state', '=', 'open')
      .returning('id')
      .executeTakeFirst();
    if (upload === undefined) throw new AdatomError('request', `there is no open upload ${id}`);
    await sql`
      insert into upload_files (upload, path, sha256, bytes)
      select ${id}::uuid, path, sha256, bytes
      from unnest(
        ${byPath.map(({ path }) => path)}::text[],
        ${byPath.map(({ sha256 }) => sha256)}::text[],
        ${byPath.map(({ bytes }) => bytes)}::bigint[]
      ) as file (path, sha256, bytes)
      on conflict (upload, path) do update set sha256 = excluded.sha256, bytes = excluded.bytes
    `.execute(queries);
  });
}

function toUpload(row: UploadRow): StoredUpload {
  return {
    id: row.id,
    project: row.project,
    state: row.state,
    receivedBytes: row.received_bytes,
    createdAt: row.created_at,
    ...(row.file_name === null ? {} : { fileName: row.file_name }),
    ...(row.size_bytes === null ? {} : { sizeBytes: row.size_bytes }),
    ...(row.failure === null ? {} : { failure: row.failure }),
  };
}
