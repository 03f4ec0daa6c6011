/**
 * A backup: every table of the store as one tar.gz, all as they were at one moment (a repeatable-read snapshot), while
 * the service goes on. pg_dump does not come with the embedded PostgreSQL, and would have to be of the server's version.
 *
 * A file in a tar archive begins with its size, so each table goes to a file beside the backup first. The backup gets
 * its name when it is complete.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { pack } from 'tar-stream';
import { AdatomError } from '../../model/errors.ts';
import { type Database, inTransaction } from '../database.ts';
import { codeOf, flushFolder } from '../durable-file.ts';
import { refuseOtherSchema, schemaVersion } from '../schema-version.ts';
import { type BackupManifest, FORMAT_VERSION, MANIFEST_NAME, tableEntry } from './backup-manifest.ts';
import { quoted, storeCounters, storeTables, type TableShape } from './tables.ts';

/** The manifest has the date: what is equal in two backups is equal byte for byte. */
const NO_DATE = new Date(0);

export async function backupDatabase(database: Database, file: string): Promise<BackupManifest> {
  const version = await schemaVersion(database);
  refuseOtherSchema(version);
  const path = resolve(file);
  const folder = await folderBeside(path);
  try {
    const manifest = await writeTables(database, folder, version.expected);
    await writeArchive(manifest, folder, join(folder, 'backup'));
    await rename(join(folder, 'backup'), path);
    await flushFolder(dirname(path));
    return manifest;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function folderBeside(path: string): Promise<string> {
  try {
    return await mkdtemp(join(dirname(path), '.adatom-backup-'));
  } catch (error) {
    throw new AdatomError('request', `${path} cannot be written: ${codeOf(error)}`, { cause: error });
  }
}

function writeTables(database: Database, folder: string, schema: string): Promise<BackupManifest> {
  return inTransaction(
    database,
    async (queries, connection) => {
      const tables: BackupManifest['tables'] = [];
      for (const table of await storeTables(queries)) {
        const columns = table.columns.map((column) => ({ ...column }));
        tables.push({ name: table.name, columns, ...(await writeTable(connection, table, join(folder, table.name))) });
      }
      const counters = await storeCounters(queries);
      const createdAt = new Date().toISOString();
      return { format: 'adatom-backup', formatVersion: FORMAT_VERSION, schema, createdAt, tables, counters };
    },
    'repeatable read',
  );
}

async function writeTable(connection: pg.PoolClient, table: TableShape, path: string) {
  const columns = table.columns.map(({ name }) => quoted(name)).join(', ');
  // A table without a key is put in the order of its rows as text.
  const order = table.key.length > 0 ? table.key.map(quoted).join(', ') : 'own::text collate "C"';
  const stream = connection.query(
    copyTo(`copy (select ${columns} from ${quoted(table.name)} as own order by ${order}) to stdout`),
  );
  const hash = createHash('sha256');
  let bytes = 0;
  const measured = new Transform({
    transform: (chunk: Buffer, _, done) => {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(stream, measured, createWriteStream(path, { mode: 0o600 }));
  return { rows: stream.rowCount, sha256: hash.digest('hex'), bytes };
}

/** Nobody but the owner reads it: it holds what all projects have handed in. */
async function writeArchive(manifest: BackupManifest, folder: string, path: string): Promise<void> {
  const archive = pack();
  const written = pipeline(archive, createGzip(), createWriteStream(path, { mode: 0o600 }));
  // A failure while entries are added is told by the second await.
  written.catch(() => {});
  archive.entry({ name: MANIFEST_NAME, mtime: NO_DATE }, `${JSON.stringify(manifest, null, 2)}\n`);
  for (const { name, bytes } of manifest.tables) {
    const entry = archive.entry({ name: tableEntry(name), size: bytes, mtime: NO_DATE });
    await pipeline(createReadStream(join(folder, name)), entry);
    await rm(join(folder, name));
  }
  archive.finalize();
  await written;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
