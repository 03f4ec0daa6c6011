/** Verdicts of a protocol on calculations that are no slab of a candidate; null without a protocol. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table generations add column protocol_verdicts json`.execute(db);
}
