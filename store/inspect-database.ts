/** What `adatom doctor` asks a database: which server it is, which schema it has, and whether its clock is ours. */
import { sql } from 'kysely';
import type { Log } from '../model/log.ts';
import { askOnce, openDatabase } from './database.ts';
import { type SchemaVersion, schemaVersion } from './schema-version.ts';

export interface DatabaseInspection {
  /** E.g. `18.4`. */
  readonly serverVersion: string;
  readonly schema: SchemaVersion;
  /** How far the server's clock is ahead of ours; negative when it is behind. */
  readonly clockAheadSeconds: number;
}

/** Throws `transient` when the database cannot be reached. */
export async function inspectDatabase(databaseUrl: string, log: Log): Promise<DatabaseInspection> {
  const database = openDatabase(databaseUrl, log, 1);
  try {
    const schema = await schemaVersion(database);
    const sentAt = Date.now();
    const { rows } = await askOnce(database, (db) =>
      sql<{ version: string; now: string }>`
        select current_setting('server_version') as version, extract(epoch from clock_timestamp())::text as now
      `.execute(db),
    );
    const middle = (sentAt + Date.now()) / 2 / 1000;
    const [row] = rows;
    return {
      serverVersion: row?.version ?? '',
      schema,
      clockAheadSeconds: row === undefined ? 0 : Number.parseFloat(row.now) - middle,
    };
  } finally {
    await database.close();
  }
}
