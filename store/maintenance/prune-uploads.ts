/**
 * Removes uploads that are over and that no screening refers to: the row first, so that no new submission can name what
 * is about to be removed, then its files. Folders that lost their row, because a process ended between the two, go too.
 */
import { sql } from 'kysely';
import { type Database, inTransaction, query } from '../database.ts';
import type { UploadAddress, UploadFolder } from '../upload-folder.ts';

const SPARE_UPLOAD = sql`u.state <> 'open'
  and not exists (select from submissions s where s.source->>'upload' = u.id::text)`;

/** Returns how many uploads, with or without a row, were removed. */
export async function pruneUploads(database: Database, folder: UploadFolder, limit: string): Promise<number> {
  const { rows } = await query(database, (db) =>
    sql<{ project: string; upload: string }>`
      select project, id as upload from uploads u where moved_at < ${limit} and ${SPARE_UPLOAD}
    `.execute(db),
  );
  let count = 0;
  for (const address of rows) {
    const sha256s = await takeRow(database, address);
    if (sha256s === undefined) continue;
    await folder.remove(address, sha256s);
    count += 1;
  }
  for (const address of await uploadsWithoutRow(database, folder, new Date(limit))) {
    await folder.remove(address, []);
    count += 1;
  }
  return count;
}

/** Hashes of the files of an upload that is gone now; undefined when somebody has taken it into use meanwhile. */
function takeRow(database: Database, { upload }: UploadAddress): Promise<readonly string[] | undefined> {
  return inTransaction(database, async (queries) => {
    // A submission holds the row while it is stored; the next statement sees it then.
    await sql`select from uploads where id = ${upload} for update`.execute(queries);
    const { rows } = await sql<{ sha256: string }>`select sha256 from upload_files where upload = ${upload}`.execute(
      queries,
    );
    const gone = await sql`delete from uploads u where id = ${upload} and ${SPARE_UPLOAD} returning id`.execute(
      queries,
    );
    return gone.rows.length === 0 ? undefined : rows.map(({ sha256 }) => sha256);
  });
}

/** An upload has its row before it has a folder; the folders are listed first. */
export async function uploadsWithoutRow(
  database: Database,
  folder: UploadFolder,
  before: Date,
): Promise<readonly UploadAddress[]> {
  const addresses = await folder.uploads(before);
  const { rows } = await query(database, (db) => sql<{ id: string }>`select id from uploads`.execute(db));
  const known = new Set(rows.map(({ id }) => id));
  return addresses.filter(({ upload }) => !known.has(upload));
}
