/**
 * What happened to screenings, in an order that nobody sees a gap in.
 *
 * The mistake avoided here: numbers are given when a row is made but rows show when their transaction ends, so that a
 * reader who has seen number 8 would never look for the 7 that came later. Whoever appends to a screening therefore waits
 * for the transaction that appended before.
 */
import { sql } from 'kysely';
import type { ScreeningEvent } from '../model/service.ts';
import { type Database, type Queries, query } from './database.ts';
import { CHANNELS, type Listener } from './listener.ts';
import type { EventStore } from './store.ts';

export type NewEvent = Pick<ScreeningEvent, 'screening' | 'type' | 'data'> & { readonly project: string };

/** Any number; distinguishes these locks from other advisory locks. */
const EVENT_LOCK = 0x61_64_65_76;

/** In the transaction that makes it happen; when it is about several screenings, in the order of their ids. */
export async function appendEvent(queries: Queries, { project, screening, type, data }: NewEvent): Promise<void> {
  await sql`select pg_advisory_xact_lock(${EVENT_LOCK}::integer, hashtext(${screening}))`.execute(queries);
  await queries
    .insertInto('events')
    .values({ project, screening, type, data: JSON.stringify(data) })
    .execute();
  // Heard when the transaction is committed; equal calls of one transaction are told once.
  await sql`select pg_notify(${CHANNELS.events}, ${screening})`.execute(queries);
}

export function openEvents(database: Database, listener: Listener): EventStore {
  return {
    list: async (project, screening, after, limit) => {
      const rows = await query(database, (db) =>
        db
          .selectFrom('events')
          .select(['sequence', 'screening', 'type', 'data', 'at'])
          .where('project', '=', project)
          .where('screening', '=', screening)
          .where('sequence', '>', after)
          .orderBy('sequence')
          .limit(limit)
          .execute(),
      );
      return rows;
    },
    subscribe: (screening, wake) =>
      listener.listen('events', (told) => {
        if (told === undefined || told === screening) wake();
      }),
  };
}
