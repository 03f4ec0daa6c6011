/**
 * Brings a database to the schema of this program. Several processes may do so at once: one works, the others wait.
 */
import { Migrator } from 'kysely';
import type { Log } from '../model/log.ts';
import type { DescriptorDescription } from '../model/screening.ts';
import { openDatabase } from './database.ts';
import { databaseError } from './database-errors.ts';
import { addDescriptorColumns } from './descriptor-columns.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { MIGRATION_TABLE, refuseOtherSchema, schemaVersion } from './schema-version.ts';

export interface MigrationReport {
  /** Names of the migrations that were run now. */
  readonly applied: readonly string[];
  readonly version: string;
}

/** `definitions`: what can be queried gets what it needs to be queried quickly. */
export async function migrateDatabase(
  databaseUrl: string,
  definitions: readonly DescriptorDescription[],
  log: Log,
): Promise<MigrationReport> {
  const database = openDatabase(databaseUrl, log, 2);
  try {
    const before = await schemaVersion(database);
    if (before.unknown.length > 0) refuseOtherSchema(before);
    const migrator = new Migrator({
      db: database.db,
      provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
      migrationTableName: MIGRATION_TABLE,
    });
    const { error, results = [] } = await migrator.migrateToLatest();
    if (error !== undefined) throw databaseError(error);
    await addDescriptorColumns(database, definitions);
    const applied = results.map(({ migrationName }) => migrationName);
    log.info({ applied, definitions: definitions.length }, 'the database has the schema of this program');
    return { applied, version: before.expected };
  } finally {
    await database.close();
  }
}
