/**
 * Answers to requests that carry an `Idempotency-Key`, so that a repeated request gets the answer of the first one.
 *
 * An answer is kept for a day. A request whose process died leaves its key without an answer; some seconds later the next
 * request with that key does the work. It may have been done already, and may even still be under way: what it makes
 * has one id for all attempts, so that doing it twice makes it once.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Database, query } from './database.ts';
import type { IdempotencyStore, StartedRequest } from './store.ts';

const KEPT = sql`interval '24 hours'`;
/** Longer than most requests take; a client waits no longer than this for a process that died. */
const GIVEN_UP = sql`interval '10 seconds'`;
/** Times are kept in milliseconds, and rounded. */
const OVER = sql`${GIVEN_UP} + interval '1 millisecond'`;

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
      // Once another attempt has taken it up, the first one may still change something.
      await query(database, (db) =>
        db
          .deleteFrom('idempotency')
          .where('project', '=', project)
          .where('key', '=', key)
          .where('status', 'is', null)
          .whereRef('attempt', '=', 'subject')
          .execute(),
      );
      await release(database, project, key);
    },
    release: (project, key) => release(database, project, key),
  };
}

interface Attempt {
  readonly project: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly attempt: string;
}

async function release(database: Database, project: string, key: string): Promise<void> {
  await query(database, (db) =>
    db
      .updateTable('idempotency')
      .set({ started_at: sql<string>`now() - (${OVER})` })
      .where('project', '=', project)
      .where('key', '=', key)
      .where('status', 'is', null)
      .execute(),
  );
}

async function begin(database: Database, attempt: Attempt): ReturnType<IdempotencyStore['begin']> {
  for (;;) {
    const started = await take(database, attempt);
    if (started !== undefined) return started;
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

/** Defined when the key is ours: it was free, or its row is over; also when this question is asked again. */
function take(database: Database, attempt: Attempt): Promise<StartedRequest | undefined> {
  return query(database, (db) =>
    db
      .insertInto('idempotency')
      .values({ ...attempt, subject: attempt.attempt, status: null, body: null })
      .onConflict((conflict) =>
        conflict
          .columns(['project', 'key'])
          .doUpdateSet({
            fingerprint: attempt.fingerprint,
            attempt: attempt.attempt,
            subject: sql`case when idempotency.started_at < now() - ${KEPT} then excluded.subject
              else idempotency.subject end`,
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
      .returning('subject')
      .executeTakeFirst(),
  );
}
