/**
 * Answers to requests that carry an `Idempotency-Key`, so that a repeated request gets the answer of the first one.
 *
 * An answer is kept for a day. A request whose process died leaves its key without an answer; after some minutes the
 * next request with that key does the work.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Database, query } from './database.ts';
import type { IdempotencyStore } from './store.ts';

const KEPT = sql`interval '24 hours'`;
/** Longer than any request may take. */
const GIVEN_UP = sql`interval '5 minutes'`;

export function openIdempotency(database: Database): IdempotencyStore {
  return {
    begin: (project, key, fingerprint) => begin(database, { project, key, fingerprint, attempt: randomUUID() }),
    finish: async (project, key, { status, body }) => {
      await query(database, (db) =>
        db
          .updateTable('idempotency')
          .set({ status, body })
          .where('project', '=', project)
          .where('key', '=', key)
          .execute(),
      );
    },
    abandon: async (project, key) => {
      await query(database, (db) =>
        db
          .deleteFrom('idempotency')
          .where('project', '=', project)
          .where('key', '=', key)
          .where('status', 'is', null)
          .execute(),
      );
    },
  };
}

interface Attempt {
  readonly project: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly attempt: string;
}

async function begin(database: Database, attempt: Attempt): ReturnType<IdempotencyStore['begin']> {
  for (;;) {
    if (await take(database, attempt)) return 'started';
    const row = await query(database, (db) =>
      db
        .selectFrom('idempotency')
        .select(['fingerprint', 'status', 'body'])
        .where('project', '=', attempt.project)
        .where('key', '=', attempt.key)
        .executeTakeFirst(),
    );
    // Given back between the two statements.
    if (row === undefined) continue;
    if (row.fingerprint !== attempt.fingerprint) return 'mismatch';
    return row.status === null || row.body === null ? 'busy' : { status: row.status, body: row.body };
  }
}

/** Whether the key is ours: it was free, or its row is over; also when this question is asked again. */
async function take(database: Database, attempt: Attempt): Promise<boolean> {
  const row = await query(database, (db) =>
    db
      .insertInto('idempotency')
      .values({ ...attempt, status: null, body: null })
      .onConflict((conflict) =>
        conflict
          .columns(['project', 'key'])
          .doUpdateSet({
            fingerprint: attempt.fingerprint,
            attempt: attempt.attempt,
            status: null,
            body: null,
            started_at: sql`now()`,
          })
          .where(
            sql<boolean>`idempotency.attempt = excluded.attempt
              or idempotency.started_at < now() - ${KEPT}
              or (idempotency.status is null and idempotency.fingerprint = excluded.fingerprint
                  and idempotency.started_at < now() - ${GIVEN_UP})`,
          ),
      )
      .returning('key')
      .executeTakeFirst(),
  );
  return row !== undefined;
}
