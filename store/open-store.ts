/**
 * The store on one database: its parts, one pool of connections and one listening connection.
 *
 * A database that was never migrated, or by another version of the program, is refused here and not by a failing
 * statement somewhere later.
 */
import { sql } from 'kysely';
import type { Log } from '../model/log.ts';
import type { DescriptorDescription } from '../model/screening.ts';
import { auditStore } from './audit.ts';
import { candidateStore } from './candidates.ts';
import { askOnce, openDatabase } from './database.ts';
import { deadLetterStore } from './dead-letters.ts';
import { eventStore } from './events.ts';
import { idempotencyStore } from './idempotency.ts';
import { keyStore } from './keys.ts';
import { openListener } from './listener.ts';
import { projectStore } from './projects.ts';
import { readingStore } from './readings.ts';
import { resultStore } from './results.ts';
import { refuseOtherSchema, schemaVersion } from './schema-version.ts';
import { screeningStore } from './screenings.ts';
import { statisticStore } from './statistics.ts';
import type { Store } from './store.ts';
import { uploadStore } from './uploads.ts';
import { workStore } from './work.ts';

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
    projects: projectStore(database),
    keys: keyStore(database),
    audit: auditStore(database),
    idempotency: idempotencyStore(database),
    screenings: screeningStore(database),
    work: workStore(database, listener),
    readings: readingStore(database),
    results: resultStore(database, definitions),
    candidates: candidateStore(database, definitions),
    events: eventStore(database, listener),
    uploads: uploadStore(database),
    deadLetters: deadLetterStore(database),
    statistics: statisticStore(database),
    ping: async () => {
      await askOnce(database, (db) => sql`select 1`.execute(db));
    },
    close: async () => {
      await listener.close();
      await database.close();
    },
  };
}
