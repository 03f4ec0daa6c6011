/** A question about candidates as SQL: its conditions by column, its scope, its order. */
import { type RawBuilder, sql } from 'kysely';
import type { CandidateQuery } from '../../model/candidate-query.ts';
import type { CandidateFields } from './candidate-fields.ts';
import type { Place } from './page-place.ts';

export type Sql = RawBuilder<unknown>;

export interface Question {
  readonly asked: CandidateQuery;
  readonly fields: CandidateFields;
  /** Of the order. */
  readonly column: string;
  readonly direction: 'asc' | 'desc';
  /** On the column of the order: they bound the walk along its index. */
  readonly onOrder: readonly Sql[];
  /** On other columns, together by column. */
  readonly others: ReadonlyMap<string, readonly Sql[]>;
}

export function readQuestion(asked: CandidateQuery, fields: CandidateFields): Question {
  const { field, direction } = asked.sort ?? { field: 'rank', direction: 'asc' };
  const column = fields.columnOf(field);
  const others = new Map<string, Sql[]>();
  for (const [name, condition] of conditionsOf(asked, fields)) {
    others.set(name, [...(others.get(name) ?? []), condition]);
  }
  const onOrder = others.get(column) ?? [];
  others.delete(column);
  return { asked, fields, column, direction, onOrder, others };
}

/** Condition and the column it is on. */
function conditionsOf({ where, ion, label, status }: CandidateQuery, fields: CandidateFields): [string, Sql][] {
  const conditions = where.map(({ field, operator, value }): [string, Sql] => {
    const column = fields.columnOf(field);
    // The operator is one of five literals, of a checked request.
    return [column, sql`${sql.ref(column)} ${sql.raw(OPERATOR_SQL[operator])} ${value}::double precision`];
  });
  if (ion !== undefined) conditions.push(['ion', sql`ion = ${ion}`]);
  if (label !== undefined) {
    conditions.push(['label', sql`label ilike ${`%${label.replace(/[\\%_]/g, '\\$&')}%`}`]);
  }
  if (status !== undefined) conditions.push(['rank', status === 'ranked' ? sql`rank is not null` : sql`rank is null`]);
  return conditions;
}

const OPERATOR_SQL = { '<': '<', '<=': '<=', '>': '>', '>=': '>=', '=': '=' } as const;

/** Whose candidates, and of which rankings. Every index by value begins with these. */
export function ofProject({ project, ranking }: CandidateQuery): Sql[] {
  return [sql`project = ${project}::uuid`, ranking === undefined ? sql`is_current` : sql`ranking = ${ranking}::uuid`];
}

export function ofScreening({ screening }: CandidateQuery): Sql[] {
  return screening === undefined ? [] : [sql`screening = ${screening}::uuid`];
}

/** Behind a place among the candidates that have a value of the order, or among those that have none. */
export function behind({ column, direction }: Question, { value, screening, id }: Place): Sql {
  const beyond = direction === 'asc' ? sql`>` : sql`<`;
  const key = sql`${screening}::uuid, ${id}::text`;
  if (value === null) return sql`(screening, id) ${beyond} (${key})`;
  return sql`(${sql.ref(column)}, screening, id) ${beyond} (${value}::double precision, ${key})`;
}

/**
 * Ties go in the direction of the order, so that an index gives it in either; where missing values stand is for the
 * caller to say. They are named in the order even when all are missing: an index by another name would fit otherwise.
 */
export function orderOf({ column, direction }: Question, table?: string): Sql {
  const turn = direction === 'asc' ? sql` asc` : sql` desc`;
  const names = [column, 'screening', 'id'];
  return sql.join(names.map((name) => sql`${sql.ref(table === undefined ? name : `${table}.${name}`)}${turn}`));
}

export function all(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}
