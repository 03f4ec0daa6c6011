/**
 * Which ranking of a screening counts. Making another one current, and letting go of the generations that nothing shows
 * any more, is one transaction: a reader sees the old order or the new one, never both or none.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Profile } from '../model/profile.ts';
import type { Queries } from './database.ts';
import type { ScreeningRecord } from './stored-screening.ts';

/** `screening` is locked. Whether a ranking of that generation may be the current one: an older one would go back. */
export function mayBeCurrent(screening: ScreeningRecord, generation: number): boolean {
  return screening.ranking === null || generation >= (screening.shown_generation ?? 0);
}

/** `screening` is locked. Candidate rows of the ranking must not be current yet. */
export async function clearCurrent(queries: Queries, screening: string, ranking: string): Promise<void> {
  await queries
    .updateTable('rankings')
    .set({ is_current: false })
    .where('screening', '=', screening)
    .where('is_current', '=', true)
    .where('id', '<>', ranking)
    .execute();
  await queries
    .updateTable('candidate_rows')
    .set({ is_current: false })
    .where('screening', '=', screening)
    .where('is_current', '=', true)
    .where('ranking', '<>', ranking)
    .execute();
}

/** `screening` is locked and the ranking is done. */
export async function makeCurrent(
  queries: Queries,
  screening: string,
  { id, generation }: { readonly id: string; readonly generation: number },
): Promise<void> {
  await clearCurrent(queries, screening, id);
  await queries.updateTable('rankings').set({ is_current: true }).where('id', '=', id).execute();
  await queries
    .updateTable('candidate_rows')
    .set({ is_current: true })
    .where('ranking', '=', id)
    .where('is_current', '=', false)
    .execute();
  await queries
    .updateTable('screenings')
    .set({ ranking: id, shown_generation: generation, updated_at: sql`now()` })
    .where('id', '=', screening)
    .execute();
}

/** Generations before the shown one, unless a ranking of them is still to be made. Their rankings stay as history. */
export async function dropOldGenerations(queries: Queries, screening: string): Promise<void> {
  await sql`
    delete from generations g using screenings s
    where s.id = ${screening} and g.screening = s.id and g.generation < s.shown_generation and not exists (
      select from rankings r where r.screening = s.id and r.generation = g.generation and r.state = 'queued')
  `.execute(queries);
}

/** The same profile, whatever object it comes from: keys in their order, as every reader of profiles makes them. */
export function profileTextSha256(profile: Profile): Buffer {
  return createHash('sha256').update(JSON.stringify(profile)).digest();
}
