/**
 * How far a walk along the order is worth it, before the conditions are asked instead.
 *
 * PostgreSQL knows well how many candidates meet the conditions on one column, and guesses badly how many meet those on
 * several, as if they were independent: a rank is made of the very values that are asked for. So only the estimate per
 * column decides: the fewest is what the conditions cost (entries of an index), and a walk may cost a part of that.
 * Whatever the values, a question costs little more than the cheaper way, or a quarter more than its conditions.
 */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Queries } from '../database.ts';
import { all, ofProject, ofScreening, type Question, type Sql } from './candidate-conditions.ts';

/** Of the entries that the conditions cost. */
const SHARE_OF_CONDITIONS = 1 / 4;
/** Conditions that cost less are asked at once: a walk would save less than a round trip. */
const FEW_ENTRIES = 2_000;
/** A condition on the label is looked up in the table, which costs several times an entry of an index. */
const ENTRIES_PER_TABLE_ROW = 8;

/** Entries of the order; 0: not worth a walk. */
export async function walkLength(db: Queries, question: Question, wanted: number): Promise<number> {
  const { asked, onOrder, others } = question;
  // Rankings that are not current have no index by value.
  if (asked.ranking !== undefined) return 0;
  const whole = ofProject(asked);
  const scope = [...whole, ...ofScreening(asked)];
  const perColumn = [onOrder, ...others.values()].filter((conditions) => conditions.length > 0);
  const [project = 0, matching = 0, ...perIndex] = await estimates(db, [
    whole,
    [...scope, ...perColumn.flat()],
    ...(asked.screening === undefined ? [] : [scope]),
    ...perColumn.map((conditions) => [...whole, ...conditions]),
  ]);
  const entries = Math.min(...perIndex);
  const expected = (wanted * project) / Math.max(1, matching);
  if (entries < FEW_ENTRIES || expected > entries) return 0;
  const length = entries * SHARE_OF_CONDITIONS;
  return Math.ceil(others.has('label') ? length / ENTRIES_PER_TABLE_ROW : length);
}

const estimateSchema = z.object({ 'Plan Rows': z.number() });
const planSchema = z.tuple([
  z.object({ Plan: z.object({ 'Node Type': z.literal('Append'), Plans: z.array(estimateSchema) }) }),
]);

/** Rows that PostgreSQL expects of each; one round trip, nothing is read. */
async function estimates(db: Queries, selections: readonly (readonly Sql[])[]): Promise<number[]> {
  const parts = selections.map((conditions) => sql`(select from candidate_rows where ${all(conditions)})`);
  const { rows } = await sql<{
    'QUERY PLAN': unknown;
  }>`explain (format json) ${sql.join(parts, sql` union all `)}`.execute(db);
  const [{ Plan }] = planSchema.parse(rows[0]?.['QUERY PLAN']);
  return Plan.Plans.map((plan) => plan['Plan Rows']);
}
