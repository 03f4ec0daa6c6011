/**
 * The store on one database: its parts, one pool of connections and one listening connection.
 *
 * A database that was never migrated, or by another version of the program, is refused here and not by a failing
 * statement somewhere later.
 */
import { sql } from 'kysely';
import type { Log } from '../model/log.ts';
import type { DescriptorDescription } from '../model/screening.ts';
import { openAudit } from './audit.ts';
import { openCandidates } from './candidates.ts';
import { askOnce, openDatabase } from './database.ts';
import { openDeadLetters } from './dead-letters.ts';
import { openEvents } from './events.ts';
import { openIdempotency } from './idempotency.ts';
import { openKeys } from './keys.ts';
import { openListener } from './listener.ts';
import { openProjects } from './projects.ts';
import { openReadings } from './readings.ts';
import { openResults } from './results.ts';
import { refuseOtherSchema, schemaVersion } from './schema-version.ts';
import { openScreenings } from './screenings.ts';
import { openStatistics } from './statistics.ts';
import type { Store } from './store.ts';
import { openUploads } from './uploads.ts';
import { openWork } from './work.ts';

export interface StoreOptions {
  readonly databaseUrl: string;
  /** Descriptors that candidates can be asked by. */
  readonly definitions: readonly DescriptorDescription[];
  readonly log: Log;
  /** Of this process, besides the one that listens. */
  readonly maxConnections?: number;
}

export async function openStore({ databaseUrl, definitions, log, maxConnections }: StoreOptions): Promise<Store> {
  const database = openDatabase(databaseUrl, log, maxConnections);
  try {
    refuseOtherSchema(await schemaVersion(database));
  } catch (error) {
    await database.close();
    throw error;
  }
  const listener = openListener(databaseUrl, log);
  return {
    projects: openProjects(database),
    keys: openKeys(database),
    audit: openAudit(database),
    idempotency: openIdempotency(database),
    screenings: openScreenings(database),
    work: openWork(database, listener),
    readings: openReadings(database),
    results: openResults(database, definitions),
    candidates: openCandidates(database, definitions),
    events: openEvents(database, listener),
    uploads: openUploads(database),
    deadLetters: openDeadLetters(database),
    statistics: openStatistics(database),
    ping: async () => {
      await askOnce(database, (db) => sql`select 1`.execute(db));
    },
    close: async () => {
      await listener.close();
      await database.close();
    },
  };
}
