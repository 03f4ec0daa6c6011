/**
 * Whose turn it is: start-time fair queueing (Goyal, Vin, Cheng 1996) over projects, as whole numbers that a queue takes
 * as priorities.
 *
 * A project's jobs carry tags `step` apart, from the larger of its last tag and the virtual time: the smallest tag that
 * still waits anywhere. Jobs of a project run in the order of their tags, so that its smallest waiting tag follows from
 * its last one and the number of its waiting folders. When nothing waits, tags begin at the first again; beyond the
 * largest priority all tags are equal and the order is that of arrival.
 */
import { sql } from 'kysely';
import { AdatomError } from '../model/errors.ts';
import type { Queries } from './database.ts';

export const FIRST_TAG = 1;
/** The largest priority of the queue. */
export const LAST_TAG = 2 ** 21;
/** Of pg_advisory_xact_lock: tags are given to one caller at a time. */
const LOCK = 0x61_64_74_67;

export async function fairTags(
  queries: Queries,
  project: string,
  { count, weight }: { readonly count: number; readonly weight: number },
): Promise<{ readonly first: number; readonly step: number }> {
  if (!(weight > 0) || !Number.isFinite(weight))
    throw new AdatomError('request', `weight: expected > 0, found ${weight}`);
  await sql`select pg_advisory_xact_lock(${LOCK})`.execute(queries);
  const waiting = await waitingByProject(queries, project, count);
  const step = 1 / weight;
  if (waiting.every(({ folders }) => folders === 0)) await sql`delete from fair_tags`.execute(queries);
  const first = startTag(waiting, project);
  const last = Math.min(LAST_TAG, first + count * step);
  await queries
    .insertInto('fair_tags')
    .values({ project, last_tag: last, step })
    .onConflict((conflict) => conflict.column('project').doUpdateSet({ last_tag: last, step }))
    .execute();
  // The last job must not lie beyond the bound either.
  return { first, step: count > 1 ? Math.min(step, (LAST_TAG - first) / (count - 1)) : step };
}

interface Waiting {
  readonly project: string;
  readonly folders: number;
  readonly lastTag: number;
  readonly step: number;
}

/** Folders of the caller's own jobs wait already when it asks: they are not counted against it. */
async function waitingByProject(queries: Queries, project: string, count: number): Promise<readonly Waiting[]> {
  const { rows } = await sql<Waiting>`
    select t.project, t.last_tag as "lastTag", t.step, coalesce(w.folders, 0)::integer as folders
    from fair_tags t left join (
      select project, sum(folders_waiting) as folders from screenings
      where state not in ('done', 'failed', 'cancelled') and folders_waiting > 0 group by project) w
    on w.project = t.project`.execute(queries);
  return rows.map((row) => (row.project === project ? { ...row, folders: Math.max(0, row.folders - count) } : row));
}

function startTag(waiting: readonly Waiting[], project: string): number {
  const busy = waiting.filter(({ folders }) => folders > 0);
  if (busy.length === 0) return FIRST_TAG;
  const virtualTime = Math.min(
    ...busy.map(({ lastTag, folders, step }) => Math.max(FIRST_TAG, lastTag - folders * step)),
  );
  const own = waiting.find((row) => row.project === project)?.lastTag ?? FIRST_TAG;
  return Math.min(LAST_TAG, Math.max(virtualTime, own));
}
