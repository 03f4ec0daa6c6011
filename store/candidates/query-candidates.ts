/**
 * One page of candidates by conditions on their values, in an order that no page cuts or repeats.
 *
 * Left to itself, PostgreSQL may walk the whole order of a million candidates for a page that is at its end. Two
 * questions with bounded cost are therefore asked (figures: docs/scaling.md, "Candidate queries"):
 *
 * 1. *In order*: some first entries of the wanted order (walk-length.ts), those that meet the conditions. Enough when
 *    many candidates do.
 * 2. *By conditions*, when the first did not fill the page: all that meet the conditions, then the first of these.
 *
 * Candidates with a value come before those without. A walk goes along one kind at a time: an index is walked in either
 * direction, but its missing values stand at one end only.
 */
import { sql } from 'kysely';
import type { CandidatePage, CandidateQuery } from '../../model/candidate-query.ts';
import { AdatomError } from '../../model/errors.ts';
import { writeCursor } from '../cursor.ts';
import type { Queries } from '../database.ts';
import {
  all,
  behind,
  ofProject,
  ofScreening,
  orderOf,
  type Question,
  readQuestion,
  type Sql,
} from './candidate-conditions.ts';
import type { CandidateFields } from './candidate-fields.ts';
import { candidateRow, type RowRecord } from './candidate-row.ts';
import { type Place, placeAfter } from './page-place.ts';
import { walkLength } from './walk-length.ts';

export async function queryCandidates(
  db: Queries,
  asked: CandidateQuery,
  fields: CandidateFields,
): Promise<CandidatePage> {
  if (asked.ranking !== undefined && asked.screening === undefined) {
    throw new AdatomError('request', 'ranking: names one of a screening; give the screening too');
  }
  const question = readQuestion(asked, fields);
  const sort = asked.sort ?? { field: 'rank', direction: 'asc' };
  const place = asked.after === undefined ? undefined : placeAfter(asked.after, sort);
  const rows = await firstRows(db, question, { place, wanted: asked.limit + 1 });
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  return {
    rows: shown.map((row) => candidateRow(row, fields)),
    ...(rows.length > asked.limit &&
      last !== undefined && {
        next: writeCursor([sort.field, sort.direction, last[question.column], last.screening, last.id]),
      }),
  };
}

interface Part {
  readonly place: Place | undefined;
  readonly wanted: number;
}

interface Walk extends Part {
  /** Along the candidates without a value of the order, or along those with one. */
  readonly missing: boolean;
  /** Undefined: as far as needed. */
  readonly entries: number | undefined;
}

async function firstRows(db: Queries, question: Question, part: Part): Promise<RowRecord[]> {
  const { asked, onOrder, others } = question;
  const missing = part.place?.value === null || (asked.status === 'unranked' && question.column === 'rank');
  if (others.size === 0 && asked.ranking === undefined && asked.screening === undefined) {
    // The order alone answers.
    const rows = await ask(db, question, inOrder(question, { ...part, missing, entries: undefined }));
    if (missing || onOrder.length > 0 || rows.length >= part.wanted) return rows;
    const rest = { place: undefined, wanted: part.wanted - rows.length, missing: true, entries: undefined };
    return [...rows, ...(await ask(db, question, inOrder(question, rest)))];
  }
  const entries = await walkLength(db, question, part.wanted);
  if (entries > 0) {
    const rows = await ask(db, question, inOrder(question, { ...part, missing, entries }));
    if (rows.length >= part.wanted) return rows;
  }
  return ask(db, question, byConditions(question, part));
}

/** The keys of a page are found first, on an index alone; its rows are looked up by them. */
async function ask(db: Queries, question: Question, keys: Sql): Promise<RowRecord[]> {
  const { asked, fields, column } = question;
  const ranking = asked.ranking === undefined ? sql`c.is_current` : sql`c.ranking = ${asked.ranking}::uuid`;
  const columns = [...fields.descriptors.values()].map((name) => sql`, c.${sql.ref(name)}`);
  const { rows } = await sql<RowRecord>`
    with page as materialized (${keys})
    select c.screening, c.ranking, c.id, c.label, c.ion, c.rank, c.score, c.front, c.first_rank_probability,
      c.tie_group ${sql.join(columns, sql``)}
    from page join candidate_rows c on c.screening = page.screening and c.id = page.id and ${ranking}
    order by c.${sql.ref(column)} is null, ${orderOf(question, 'c')}`.execute(db);
  return rows;
}

function inOrder(question: Question, { place, wanted, missing, entries }: Walk): Sql {
  const bounds = [
    ...ofProject(question.asked),
    ...question.onOrder,
    missing ? sql`${sql.ref(question.column)} is null` : sql`${sql.ref(question.column)} is not null`,
    ...(place === undefined ? [] : [behind(question, place)]),
  ];
  const walked = sql`select * from candidate_rows where ${all(bounds)} order by ${orderOf(question)}`;
  if (entries === undefined) return sql`${walked} limit ${wanted}`;
  const conditions = [...ofScreening(question.asked), ...[...question.others.values()].flat()];
  return sql`
    select screening, id from (${walked} limit ${entries}) as walked where ${all(conditions)} limit ${wanted}`;
}

/** "offset 0" keeps the order out of the choice of the index. */
function byConditions(question: Question, { place, wanted }: Part): Sql {
  const { asked, column, onOrder, others } = question;
  const missing = sql`${sql.ref(column)} is null`;
  const conditions = [...ofProject(asked), ...ofScreening(asked), ...onOrder, ...[...others.values()].flat()];
  if (place?.value === null) conditions.push(missing, behind(question, place));
  else if (place !== undefined) conditions.push(sql`(${missing} or ${behind(question, place)})`);
  return sql`
    select screening, id from (
      select screening, id, ${sql.ref(column)} from candidate_rows where ${all(conditions)} offset 0) as matching
    order by ${missing}, ${orderOf(question)} limit ${wanted}`;
}
