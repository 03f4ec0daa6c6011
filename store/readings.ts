/**
 * What was read of each folder, by the key of its reading, so that no folder is parsed twice.
 *
 * Calls of `put` that come within a few milliseconds are one INSERT: workers finish folders faster than a database
 * commits (an fsync each).
 */
import { sql } from 'kysely';
import { type Database, query } from './database.ts';
import type { ReadingStore } from './store.ts';

const GATHER_MS = 3;
/** A statement is held in memory on both sides. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_READINGS = 500;

interface Waiting {
  readonly readings: Map<string, Uint8Array>;
  bytes: number;
  readonly written: Promise<void>;
  readonly write: () => void;
}

export function openReadings(database: Database): ReadingStore {
  let waiting: Waiting | undefined;

  function gather(): Waiting {
    const readings = new Map<string, Uint8Array>();
    const { promise, resolve } = startSignal();
    const written = promise.then(() => insert(database, readings));
    const timer = setTimeout(() => write(), GATHER_MS);
    const own: Waiting = { readings, bytes: 0, written, write };
    function write(): void {
      clearTimeout(timer);
      if (waiting === own) waiting = undefined;
      resolve();
    }
    return own;
  }

  return {
    known: (keys) =>
      query(database, async (db) => {
        const rows = await sql<{ key: string }>`
          select key from readings where key = any(${[...keys]}::text[])`.execute(db);
        return new Set(rows.rows.map(({ key }) => key));
      }),
    put: async (key, reading) => {
      waiting ??= gather();
      const own = waiting;
      own.readings.set(key, reading);
      own.bytes += reading.byteLength;
      if (own.bytes >= MOST_BYTES || own.readings.size >= MOST_READINGS) own.write();
      await own.written;
    },
    get: (keys) =>
      query(database, async (db) => {
        const rows = await sql<{ key: string; reading: Buffer }>`
          select key, reading from readings where key = any(${[...keys]}::text[])`.execute(db);
        return new Map(rows.rows.map(({ key, reading }) => [key, reading]));
      }),
  };
}

function startSignal(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** In the order of the keys: two batches with the same keys then wait for each other in turn, not crosswise. */
async function insert(database: Database, readings: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const rows = [...readings].sort(([left], [right]) => (left < right ? -1 : 1));
  const keys = rows.map(([key]) => key);
  const bytes = rows.map(([, reading]) => Buffer.from(reading.buffer, reading.byteOffset, reading.byteLength));
  await query(database, (db) =>
    sql`insert into readings (key, reading) select * from unnest(${keys}::text[], ${bytes}::bytea[])
        on conflict do nothing`.execute(db),
  );
}
