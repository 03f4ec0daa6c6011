/**
 * How every part of the store asks the database: `query` for what may run twice, `inTransaction` for the rest.
 *
 * Both repeat by themselves what is known to have changed nothing, so that a restart of PostgreSQL shows as a delay. The
 * mistake avoided here is repeating a transaction whose COMMIT was sent: it may have happened. That one fails as
 * `transient`, and its caller looks what is there.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import type pg from 'pg';
import type { Log } from '../model/log.ts';
import { asksToRepeat, databaseError, isTransient } from './database-errors.ts';
import { openPool } from './pool.ts';
import type { ScreeningTables } from './tables/screenings.ts';
import type { ServiceTables } from './tables/service.ts';

export type Tables = ServiceTables & ScreeningTables;
/** The query builder, in a transaction or outside of one. */
export type Queries = Kysely<Tables>;

export interface Database {
  readonly db: Queries;
  readonly pool: pg.Pool;
  readonly close: () => Promise<void>;
}

/** Waits between attempts, in all long enough for a restart of PostgreSQL (0.2 s in tests, some seconds in earnest). */
const PAUSES_MS = [20, 50, 100, 200, 400, 800, 1600, 2000, 2000, 2000];
/** Deadlocks and serialization failures are over as soon as the other side is through. */
const REPEAT_PAUSE_MS = 20;

export function openDatabase(databaseUrl: string, log: Log, maxConnections?: number): Database {
  const pool = openPool(databaseUrl, log, maxConnections);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  let closed: Promise<void> | undefined;
  return {
    db,
    pool,
    // A query builder that was never used does not close its pool.
    close: () => {
      closed ??= db.destroy().then(() => (pool.ending ? undefined : pool.end()));
      return closed;
    },
  };
}

/** Runs what changes nothing when it runs twice: a question, or one statement that settles on the same rows. */
export function query<T>({ db }: Pick<Database, 'db'>, ask: (db: Queries) => Promise<T>): Promise<T> {
  return repeated(() => ask(db));
}

/** One attempt without repeats, to learn whether the database is there now. */
export async function askOnce<T>({ db }: Pick<Database, 'db'>, ask: (db: Queries) => Promise<T>): Promise<T> {
  try {
    return await ask(db);
  } catch (error) {
    throw databaseError(error);
  }
}

/**
 * Runs `work` in one transaction; it may run several times and must change nothing outside of the database.
 * `connection` is the one that `queries` uses, for COPY.
 */
export function inTransaction<T>(
  { pool }: Pick<Database, 'pool'>,
  work: (queries: Queries, connection: pg.PoolClient) => Promise<T>,
  isolation: 'read committed' | 'repeatable read' | 'serializable' = 'read committed',
): Promise<T> {
  return repeated(async (progress) => {
    const connection = await pool.connect();
    try {
      await connection.query(`begin isolation level ${isolation}`);
      const result = await work(queriesOn(connection), connection);
      progress.commitSent = true;
      await connection.query('commit');
      connection.release();
      return result;
    } catch (error) {
      await giveUp(connection);
      throw error;
    }
  });
}

interface Progress {
  commitSent: boolean;
}

async function repeated<T>(attempt: (progress: Progress) => Promise<T>): Promise<T> {
  for (let count = 0; ; count += 1) {
    const progress: Progress = { commitSent: false };
    try {
      return await attempt(progress);
    } catch (error) {
      const pauseMs = PAUSES_MS[count];
      const undecided = progress.commitSent && !asksToRepeat(error);
      if (pauseMs === undefined || undecided || !isTransient(error)) throw databaseError(error);
      // Apart from each other, so that those who collided do not collide again.
      await delay((asksToRepeat(error) ? REPEAT_PAUSE_MS : pauseMs) * (0.5 + Math.random()));
    }
  }
}

/** A query builder on one connection that somebody else has begun a transaction on. */
function queriesOn(connection: pg.PoolClient): Queries {
  const borrowed = { query: connection.query.bind(connection), release: () => {} };
  // The dialect asks no more of a pool than these two methods.
  const pool = { connect: async () => borrowed, end: async () => {} } as unknown as PostgresPool;
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/** Rolls back; a connection that cannot even do that is thrown away. */
async function giveUp(connection: pg.PoolClient): Promise<void> {
  try {
    await connection.query('rollback');
    connection.release();
  } catch (error) {
    connection.release(error instanceof Error ? error : true);
  }
}
