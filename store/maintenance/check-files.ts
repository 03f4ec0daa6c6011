/**
 * Whether the files of uploads are where their rows say, and whether there are files that no row knows. A database that
 * was restored without its data folder shows here.
 */
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Database, query } from '../database.ts';
import { entriesIn, statOf } from '../durable-file.ts';
import { openUploadFolder } from '../upload-folder.ts';
import { type CheckFinding, finding } from './check-finding.ts';
import { uploadsWithoutRow } from './prune-uploads.ts';

export async function checkFiles(database: Database, dataFolder: string): Promise<readonly CheckFinding[]> {
  const folder = openUploadFolder(dataFolder);
  const lost = await lostFiles(database, dataFolder);
  const spare = await uploadsWithoutRow(database, folder, new Date());
  return [
    finding({
      subject: 'files of complete uploads that are not in the data folder',
      kind: 'fault',
      names: lost,
      advice: `bring back ${dataFolder}/blobs and ${dataFolder}/uploads, or hand them in again`,
    }),
    finding({
      subject: 'folders of uploads that the database does not know',
      kind: 'waste',
      names: spare.map(({ project, upload }) => join('uploads', project, upload)),
      advice: 'run "adatom db prune"',
    }),
    finding({
      subject: 'contents that no upload has',
      kind: 'waste',
      names: await spareContents(database, join(dataFolder, 'blobs')),
      advice: 'a running service removes them after a day',
    }),
  ];
}

interface UploadedFile {
  readonly project: string;
  readonly upload: string;
  readonly path: string;
  readonly bytes: number;
}

/** Files of an open upload may still come. What is read is the tree; a content may lie there alone. */
async function lostFiles(database: Database, dataFolder: string): Promise<readonly string[]> {
  const { rows } = await query(database, (db) =>
    sql<UploadedFile>`
      select u.project, f.upload, f.path, f.bytes from upload_files f join uploads u on u.id = f.upload
      where u.state = 'complete' order by f.upload, f.path
    `.execute(db),
  );
  const lost: UploadedFile[] = [];
  for (const file of rows) {
    const there = await statOf(join(dataFolder, 'uploads', file.project, file.upload, 'tree', file.path));
    if (there?.size !== file.bytes) lost.push(file);
  }
  if (lost.length === 0) return [];
  // An upload that was pruned meanwhile has lost nothing.
  const left = await query(database, (db) => sql<{ id: string }>`select id from uploads`.execute(db));
  const known = new Set(left.rows.map(({ id }) => id));
  return lost
    .filter(({ upload }) => known.has(upload))
    .map(({ project, upload, path }) => join('uploads', project, upload, 'tree', path));
}

/** Contents lie at `PROJECT/ab/SHA256`; what is being written has a folder of another name. */
async function spareContents(database: Database, folder: string): Promise<readonly string[]> {
  const there: string[] = [];
  for (const { name: project } of await entriesIn(folder)) {
    for (const { name: start } of await entriesIn(join(folder, project))) {
      if (!/^[0-9a-f]{2}$/.test(start)) continue;
      for (const { name } of await entriesIn(join(folder, project, start))) there.push(join(project, start, name));
    }
  }
  const { rows } = await query(database, (db) =>
    sql<{ project: string; sha256: string }>`
      select distinct u.project, f.sha256 from upload_files f join uploads u on u.id = f.upload
    `.execute(db),
  );
  const known = new Set(rows.map(({ project, sha256 }) => join(project, sha256.slice(0, 2), sha256)));
  return there.filter((name) => !known.has(name));
}
