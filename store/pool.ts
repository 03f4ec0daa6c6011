/**
 * Connections to PostgreSQL, and how its values are read.
 *
 * The mistakes avoided here: a lost connection whose 'error' event nobody hears ends the process, at rest in the pool as
 * well as in use; whole numbers of 64 bits come as texts; times come as local dates.
 */
import pg from 'pg';
import type { Log } from '../model/log.ts';

/** Object identifiers of types, as pg_type lists them. */
const INT8 = 20;
const TIMESTAMPTZ = 1184;

const CONNECT_TIMEOUT_MS = 5000;
const IDLE_TIMEOUT_MS = 30_000;

export function openPool(databaseUrl: string, log: Log, maxConnections = 10): pg.Pool {
  const pool = new pg.Pool({
    ...connectionOptions(databaseUrl),
    max: maxConnections,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
  });
  const tell = (error: Error) => log.debug({ reason: error.message }, 'a connection to PostgreSQL was lost');
  pool.on('error', tell);
  pool.on('connect', (client) => client.on('error', tell));
  return pool;
}

/** For pools that others open: it breaks unheard between two queries, and the next one tells it. */
export class ClientThatMayBreak extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

export function connectionOptions(databaseUrl: string): pg.ClientConfig {
  return {
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'adatom',
    types: { getTypeParser: readerOf as typeof pg.types.getTypeParser },
  };
}

/** The cast above is needed because pg declares one overload per format; the driver calls it with both. */
function readerOf(type: number, format?: 'text' | 'binary'): unknown {
  if (format === 'binary') return pg.types.getTypeParser(type, 'binary');
  if (type === INT8) return readWholeNumber;
  if (type === TIMESTAMPTZ) return (text: string) => new Date(isoTime(text)).toISOString();
  return pg.types.getTypeParser(type, 'text');
}

function readWholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`${text} is beyond the whole numbers of JavaScript`);
  return value;
}

/** `2026-11-21 07:00:00.5+00` as PostgreSQL writes it, in the form that `Date` reads everywhere. */
function isoTime(text: string): string {
  return text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
}
