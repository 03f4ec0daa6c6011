/** A request that may be done twice (idempotency.ts) gets the id of what it makes before it is begun. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table idempotency add column subject uuid not null default gen_random_uuid()`.execute(db);
}
