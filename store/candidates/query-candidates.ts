/**
 * One page of candidates by conditions on their values, in an order that no page cuts or repeats.
 *
 * PostgreSQL guesses how many rows meet several conditions as if these were independent, and a rank is made of the very
 * values that are asked for. Left to the guess, it may walk the whole order of a million candidates for a page that is at
 * its end. Two questions with bounded cost are therefore asked (figures: bench/candidate-query.ts):
 *
 * 1. *In order*: the first rows of the wanted order, at most `WALK_ROWS` of them, those that meet the conditions. Enough
 *    when many candidates do.
 * 2. *By conditions*, when the first did not fill the page: all that meet the conditions, then the first of these.
 *
 * Candidates with a value come before those without, each part in its own question: an index is walked in either
 * direction, but its missing values stand at one end only.
 */
import { type RawBuilder, sql } from 'kysely';
import type { CandidatePage, CandidateQuery } from '../../model/candidate-query.ts';
import { AdatomError } from '../../model/errors.ts';
import { writeCursor } from '../cursor.ts';
import type { Queries } from '../database.ts';
import type { CandidateFields } from './candidate-fields.ts';
import { candidateRow, type RowRecord } from './candidate-row.ts';
import { type Place, placeAfter } from './page-place.ts';

/**
 * An index entry takes some 0.15 µs in either question. A longer walk is lost time for a selective question, which the
 * second one answers at once; a shorter one leaves too much to it when many candidates meet the conditions.
 */
const WALK_ROWS = 10_000;
/** A condition on the label is checked in the table, at some 1 µs per row. */
const WALK_ROWS_IN_TABLE = 2_000;
/** A screening of fewer candidates is read as a whole. */
const SMALL_SCREENING = 20_000;

export async function queryCandidates(
  db: Queries,
  question: CandidateQuery,
  fields: CandidateFields,
): Promise<CandidatePage> {
  if (question.ranking !== undefined && question.screening === undefined) {
    throw new AdatomError('request', 'ranking: names one of a screening; give the screening too');
  }
  const { field, direction } = question.sort ?? { field: 'rank', direction: 'asc' };
  const plan: Plan = {
    question,
    fields,
    column: fields.columnOf(field),
    direction,
    conditions: conditionsOf(question, fields),
    walkRows: await walkRows(db, question),
  };
  const place = question.after === undefined ? undefined : placeAfter(question.after, { field, direction });
  const wanted = question.limit + 1;
  const withValue = place?.value === null ? [] : await partOf(db, plan, { missing: false, place, wanted });
  const without =
    withValue.length >= wanted
      ? []
      : await partOf(db, plan, {
          missing: true,
          place: place?.value === null ? place : undefined,
          wanted: wanted - withValue.length,
        });
  const rows = [...withValue, ...without];
  const shown = rows.slice(0, question.limit);
  const last = shown.at(-1);
  return {
    rows: shown.map((row) => candidateRow(row, fields)),
    ...(rows.length > question.limit &&
      last !== undefined && { next: writeCursor([field, direction, last[plan.column], last.screening, last.id]) }),
  };
}

interface Plan {
  readonly question: CandidateQuery;
  readonly fields: CandidateFields;
  /** Of the order. */
  readonly column: string;
  readonly direction: 'asc' | 'desc';
  readonly conditions: readonly RawBuilder<unknown>[];
  /** 0: not worth a walk. */
  readonly walkRows: number;
}

interface Part {
  /** Candidates without a value of the order, or those with one. */
  readonly missing: boolean;
  readonly place: Place | undefined;
  readonly wanted: number;
}

async function partOf(db: Queries, plan: Plan, part: Part): Promise<RowRecord[]> {
  if (plan.conditions.length === 0 && plan.walkRows > 0) return ask(db, plan, part, inOrder(plan, part, undefined));
  if (plan.walkRows > 0) {
    const rows = await ask(db, plan, part, inOrder(plan, part, plan.walkRows));
    if (rows.length >= part.wanted) return rows;
  }
  return ask(db, plan, part, byConditions(plan, part));
}

/** The keys of a page are found first, on an index alone; its rows are looked up by them. */
async function ask(db: Queries, plan: Plan, part: Part, keys: RawBuilder<unknown>): Promise<RowRecord[]> {
  const { question } = plan;
  const ranking = question.ranking === undefined ? sql`c.is_current` : sql`c.ranking = ${question.ranking}::uuid`;
  const columns = [...plan.fields.descriptors.values()].map((column) => sql`, c.${sql.ref(column)}`);
  const { rows } = await sql<RowRecord>`
    with page as materialized (${keys})
    select c.screening, c.ranking, c.id, c.label, c.ion, c.rank, c.score, c.front, c.first_rank_probability,
      c.tie_group ${sql.join(columns, sql``)}
    from page join candidate_rows c on c.screening = page.screening and c.id = page.id and ${ranking}
    order by ${order(plan, part, 'c')}`.execute(db);
  return rows;
}

function inOrder(plan: Plan, part: Part, rows: number | undefined): RawBuilder<unknown> {
  const walked = sql`
    select * from candidate_rows where ${all(scopeOf(plan, part))} order by ${order(plan, part)}`;
  if (rows === undefined) return sql`${walked} limit ${part.wanted}`;
  return sql`
    select screening, id from (${walked} limit ${rows}) as walked
    where ${all(plan.conditions)} limit ${part.wanted}`;
}

function byConditions(plan: Plan, part: Part): RawBuilder<unknown> {
  return sql`
    select screening, id from (
      select screening, id, ${sql.ref(plan.column)} from candidate_rows
      where ${all([...scopeOf(plan, part), ...plan.conditions])} offset 0) as matching
    order by ${order(plan, part)} limit ${part.wanted}`;
}

/** What index and page ask for: project, ranking, screening, and the place in the order. */
function scopeOf({ question, column, direction }: Plan, { missing, place }: Part): RawBuilder<unknown>[] {
  const scope = [
    sql`project = ${question.project}::uuid`,
    question.ranking === undefined ? sql`is_current` : sql`ranking = ${question.ranking}::uuid`,
    missing ? sql`${sql.ref(column)} is null` : sql`${sql.ref(column)} is not null`,
  ];
  if (question.screening !== undefined) scope.push(sql`screening = ${question.screening}::uuid`);
  if (place === undefined) return scope;
  const beyond = direction === 'asc' ? sql`>` : sql`<`;
  const key = sql`${place.screening}::uuid, ${place.id}::text`;
  return missing
    ? [...scope, sql`(screening, id) ${beyond} (${key})`]
    : [...scope, sql`(${sql.ref(column)}, screening, id) ${beyond} (${place.value}::double precision, ${key})`];
}

/** Ties go in the direction of the order, so that an index gives it in either. */
function order({ column, direction }: Plan, { missing }: Part, table?: string): RawBuilder<unknown> {
  const names = [...(missing ? [] : [column]), 'screening', 'id'];
  const turn = direction === 'asc' ? sql` asc` : sql` desc`;
  return sql.join(names.map((name) => sql`${sql.ref(table === undefined ? name : `${table}.${name}`)}${turn}`));
}

function conditionsOf({ where, ion, label, status }: CandidateQuery, fields: CandidateFields): RawBuilder<unknown>[] {
  const conditions = where.map(({ field, operator, value }) => {
    // The operator is one of five literals, of a checked request.
    return sql`${sql.ref(fields.columnOf(field))} ${sql.raw(OPERATOR_SQL[operator])} ${value}::double precision`;
  });
  if (ion !== undefined) conditions.push(sql`ion = ${ion}`);
  if (label !== undefined) conditions.push(sql`label ilike ${`%${label.replace(/[\\%_]/g, '\\$&')}%`}`);
  if (status !== undefined) conditions.push(status === 'ranked' ? sql`rank is not null` : sql`rank is null`);
  return conditions;
}

const OPERATOR_SQL = { '<': '<', '<=': '<=', '>': '>', '>=': '>=', '=': '=' } as const;

function all(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

async function walkRows(db: Queries, { project, screening, ranking, label }: CandidateQuery): Promise<number> {
  if (ranking !== undefined) return 0;
  if (screening !== undefined) {
    const row = await db
      .selectFrom('rankings')
      .select('candidate_count')
      .where('project', '=', project)
      .where('screening', '=', screening)
      .where('is_current', '=', true)
      .executeTakeFirst();
    if ((row?.candidate_count ?? 0) <= SMALL_SCREENING) return 0;
  }
  return label === undefined ? WALK_ROWS : WALK_ROWS_IN_TABLE;
}
