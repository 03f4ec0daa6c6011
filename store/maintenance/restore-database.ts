/**
 * A backup read into an empty database, in one transaction: all of it or nothing. Sizes, hashes and numbers of rows are
 * compared with the manifest before it is committed.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { sql } from 'kysely';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { extract } from 'tar-stream';
import { AdatomError } from '../../model/errors.ts';
import type { Log } from '../../model/log.ts';
import type { DescriptorDescription } from '../../model/screening.ts';
import { type Database, inTransaction, openDatabase, type Queries } from '../database.ts';
import { migrateDatabase } from '../migrate.ts';
import { schemaVersion } from '../schema-version.ts';
import { type BackupManifest, backupManifestSchema, MANIFEST_NAME, tableEntry } from './backup-manifest.ts';
import { quoted, storeTables } from './tables.ts';

export interface RestoreOptions {
  readonly databaseUrl: string;
  readonly file: string;
  readonly definitions: readonly DescriptorDescription[];
  readonly log: Log;
}

/** Descriptors of the program that made the backup have columns of this type here (descriptor-columns.ts). */
const DESCRIPTOR_TYPE = 'double precision';
const DESCRIPTOR_TABLE = 'candidate_rows';

export async function restoreDatabase({
  databaseUrl,
  file,
  definitions,
  log,
}: RestoreOptions): Promise<BackupManifest> {
  const database = openDatabase(databaseUrl, log, 2);
  try {
    const version = await schemaVersion(database);
    // The embedded database gets its schema when it is made; what counts is that nothing is in it.
    if (version.found !== undefined) await refuseFull(database);
    const manifest = await readManifest(file);
    if (manifest.schema !== version.expected) {
      const message = `${file}: a backup of the schema ${manifest.schema}, this program has ${version.expected}; restore it with the adatom that made it, then run "adatom db migrate" with this one`;
      throw new AdatomError('request', message);
    }
    await migrateDatabase(databaseUrl, definitions, log);
    await inTransaction(database, (queries, connection) => readTables(queries, connection, { file, manifest }));
    return manifest;
  } finally {
    await database.close();
  }
}

async function refuseFull(database: Database): Promise<void> {
  await inTransaction(database, async (queries) => {
    for (const { name } of await storeTables(queries)) {
      const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(queries);
      if (rows.length > 0) {
        throw new AdatomError(
          'request',
          `the database is not empty (${name} has rows); a backup is restored into an empty one`,
        );
      }
    }
  });
}

interface Backup {
  readonly file: string;
  readonly manifest: BackupManifest;
}

async function readTables(queries: Queries, connection: pg.PoolClient, { file, manifest }: Backup): Promise<void> {
  await addColumns(queries, manifest);
  const left = new Set(manifest.tables.map(({ name }) => name));
  await forEachEntry(file, async (name, content) => {
    const table = manifest.tables.find((one) => tableEntry(one.name) === name);
    if (table === undefined) return 'skip';
    await readTable(connection, { file, table, content });
    left.delete(table.name);
    return 'taken';
  });
  if (left.size > 0) throw damaged(file, `${[...left].join(', ')} is not in it`);
  for (const [counter, last] of Object.entries(manifest.counters)) {
    if (last > 0) await sql`select setval(${quoted(counter)}::regclass, ${last})`.execute(queries);
  }
}

async function addColumns(queries: Queries, manifest: BackupManifest): Promise<void> {
  const present = await storeTables(queries);
  for (const { name, columns } of manifest.tables) {
    const known = present.find((table) => table.name === name)?.columns.map((column) => column.name) ?? [];
    for (const column of columns.filter((one) => !known.includes(one.name))) {
      if (name !== DESCRIPTOR_TABLE || column.type !== DESCRIPTOR_TYPE) {
        throw new AdatomError('request', `the backup has a column ${name}.${column.name} that this schema has not`);
      }
      await sql`alter table ${sql.table(name)} add column ${sql.ref(column.name)} double precision`.execute(queries);
    }
  }
}

interface TableEntry {
  readonly file: string;
  readonly table: BackupManifest['tables'][number];
  readonly content: AsyncIterable<Buffer>;
}

async function readTable(connection: pg.PoolClient, { file, table, content }: TableEntry): Promise<void> {
  const columns = table.columns.map(({ name }) => quoted(name)).join(', ');
  const target = connection.query(copyFrom(`copy ${quoted(table.name)} (${columns}) from stdin`));
  const hash = createHash('sha256');
  const measured = new Transform({
    transform: (chunk: Buffer, _, done) => {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(content, measured, target);
  if (hash.digest('hex') !== table.sha256) throw damaged(file, `${table.name} does not have its SHA-256`);
  if (target.rowCount !== table.rows) {
    throw damaged(file, `expected ${table.rows} rows of ${table.name}, found ${target.rowCount}`);
  }
}

async function readManifest(file: string): Promise<BackupManifest> {
  let manifest: BackupManifest | undefined;
  await forEachEntry(file, async (name, content) => {
    if (name !== MANIFEST_NAME) return 'stop';
    const parts: Buffer[] = [];
    for await (const part of content) parts.push(part);
    manifest = backupManifestSchema.parse(JSON.parse(Buffer.concat(parts).toString('utf8')));
    return 'stop';
  });
  if (manifest === undefined) throw damaged(file, 'it does not begin with a manifest');
  return manifest;
}

type Visit = (name: string, content: AsyncIterable<Buffer>) => Promise<'taken' | 'skip' | 'stop'>;

/** Whatever keeps the file from being read is told as a fault of the file. */
async function forEachEntry(file: string, visit: Visit): Promise<void> {
  const archive = extract();
  const read = pipeline(createReadStream(file), createGunzip(), archive);
  // Told by the loop, which fails with it.
  read.catch(() => {});
  try {
    for await (const entry of archive) {
      const outcome = await visit(entry.header.name, Readable.from(entry));
      if (outcome === 'stop') return;
      if (outcome === 'skip') entry.resume();
    }
  } catch (error) {
    if (error instanceof AdatomError || (error instanceof Error && 'severity' in error)) throw error;
    throw damaged(file, error instanceof Error ? error.message : String(error), error);
  } finally {
    archive.destroy();
  }
}

function damaged(file: string, reason: string, cause?: unknown): AdatomError {
  return new AdatomError('request', `${file} is no complete backup: ${reason}`, { cause });
}
