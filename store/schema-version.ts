/**
 * Which migrations a database has, and what that means for this program: an older schema is migrated first, a newer one
 * belongs to a newer program. Working on either would damage what is kept.
 */
import { sql } from 'kysely';
import { AdatomError } from '../model/errors.ts';
import { askOnce, type Database } from './database.ts';
import { MIGRATIONS } from './migrations/index.ts';

/** Kysely's own table. */
export const MIGRATION_TABLE = 'kysely_migration';

export interface SchemaVersion {
  /** Name of the last migration; undefined for an empty database. */
  readonly found: string | undefined;
  readonly expected: string;
  readonly missing: readonly string[];
  /** Migrations that this program does not know. */
  readonly unknown: readonly string[];
}

export async function schemaVersion(database: Pick<Database, 'db'>): Promise<SchemaVersion> {
  const done = await askOnce(database, async (db) => {
    const table = await sql<{ known: boolean }>`select to_regclass(${MIGRATION_TABLE}) is not null as known`.execute(
      db,
    );
    if (table.rows[0]?.known !== true) return [];
    return (await sql<{ name: string }>`select name from ${sql.table(MIGRATION_TABLE)} order by name`.execute(db)).rows;
  });
  const names = done.map(({ name }) => name);
  const known = Object.keys(MIGRATIONS).sort();
  return {
    found: names.at(-1),
    expected: known.at(-1) ?? '',
    missing: known.filter((name) => !names.includes(name)),
    unknown: names.filter((name) => !known.includes(name)),
  };
}

export function refuseOtherSchema({ found, expected, missing, unknown }: SchemaVersion): void {
  if (unknown.length > 0) {
    throw new AdatomError(
      'request',
      `the database is newer than this program: it has the migration ${unknown.at(-1)}, this program knows ${expected}; use a newer adatom`,
    );
  }
  if (missing.length > 0) {
    const state = found === undefined ? 'is empty' : `is at ${found}`;
    throw new AdatomError('request', `the database ${state}, expected ${expected}; run "adatom db migrate"`);
  }
}
