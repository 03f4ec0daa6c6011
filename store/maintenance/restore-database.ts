/**
 * A backup read into an empty database, in one transaction: all of it or nothing. Files of uploads are not in it; they
 * are copied with the data folder.
 */
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { AdatomError } from '../../model/errors.ts';
import type { Log } from '../../model/log.ts';
import type { DescriptorDescription } from '../../model/screening.ts';
import { inTransaction, openDatabase, type Queries } from '../database.ts';
import { putColumns } from '../descriptor-columns.ts';
import { migrateDatabase } from '../migrate.ts';
import { schemaVersion } from '../schema-version.ts';
import { type BackupTable, damaged, forEachTable, readBackup } from './backup-file.ts';
import type { BackupManifest } from './backup-manifest.ts';
import { quoted, storeTables } from './tables.ts';

export interface RestoreOptions {
  readonly databaseUrl: string;
  readonly file: string;
  readonly definitions: readonly DescriptorDescription[];
  readonly log: Log;
}

/** Where descriptors have their columns, and of which type (descriptor-columns.ts). */
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
    await inTransaction(database, refuseFull);
    const manifest = await readBackup(file);
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

/** Every table in the schema counts, also one that is not ours. */
async function refuseFull(queries: Queries): Promise<void> {
  for (const { name } of await storeTables(queries)) {
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(queries);
    if (rows.length === 0) continue;
    const message = `the database is not empty (${name} has rows); a backup is restored into an empty one`;
    throw new AdatomError('request', message);
  }
}

/** Nobody adds a row between the look and the end: a service may have been started meanwhile. */
async function lockTables(queries: Queries): Promise<void> {
  const names = (await storeTables(queries)).map(({ name }) => quoted(name)).sort();
  await sql`lock table ${sql.raw(names.join(', '))} in exclusive mode`.execute(queries);
}

interface Backup {
  readonly file: string;
  readonly manifest: BackupManifest;
}

async function readTables(queries: Queries, connection: pg.PoolClient, { file, manifest }: Backup): Promise<void> {
  await addColumns(queries, manifest);
  await lockTables(queries);
  await refuseFull(queries);
  await forEachTable(file, manifest, (table, content) => readTable(connection, file, { table, content }));
  for (const [counter, last] of Object.entries(manifest.counters)) {
    if (last > 0) await sql`select setval(${quoted(counter)}::regclass, ${last})`.execute(queries);
  }
}

/** Descriptors of the program that made the backup have columns here too. */
async function addColumns(queries: Queries, manifest: BackupManifest): Promise<void> {
  const present = await storeTables(queries);
  for (const { name, columns } of manifest.tables) {
    const known = present.find((table) => table.name === name)?.columns.map((column) => column.name) ?? [];
    const added = columns.filter((column) => !known.includes(column.name));
    const foreign = added.find(({ type }) => name !== DESCRIPTOR_TABLE || type !== DESCRIPTOR_TYPE);
    if (foreign !== undefined) {
      throw new AdatomError('request', `the backup has a column ${name}.${foreign.name} that this schema has not`);
    }
    if (added.length === 0) continue;
    await putColumns(
      queries,
      added.map((column) => column.name),
    );
  }
}

interface Entry {
  readonly table: BackupTable;
  readonly content: AsyncIterable<Buffer>;
}

async function readTable(connection: pg.PoolClient, file: string, { table, content }: Entry): Promise<void> {
  const columns = table.columns.map(({ name }) => quoted(name)).join(', ');
  const target = connection.query(copyFrom(`copy ${quoted(table.name)} (${columns}) from stdin`));
  await pipeline(content, target);
  if (target.rowCount !== table.rows) {
    throw damaged(file, `expected ${table.rows} rows of ${table.name}, found ${target.rowCount}`);
  }
}
