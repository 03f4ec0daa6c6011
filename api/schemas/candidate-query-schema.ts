/**
 * Questions about candidates as a query string tells them: `where=adsorption-energy<=-0.3&sort=-score`.
 *
 * What is no condition is told with its place; whether a field exists is the store's to say, which knows the descriptors.
 */
import { z } from 'zod';
import { type CandidateQuery, type Condition, OPERATORS, RANKING_FIELDS } from '../../model/candidate-query.ts';
import { cursor, limit, repeated } from './page-schema.ts';
import { CANDIDATE_FIELDS } from './result-schema.ts';

const CONDITIONS = 16;
const DERIVED = 8;
const EXPRESSION_CHARACTERS = 500;

/** Longer operators first, so that `<=` is not read as `<`. */
const CONDITION = /^\s*([A-Za-z][\w-]*)\s*(<=|>=|<|>|=)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?)\s*$/;
const DERIVATION = /^\s*([A-Za-z][\w-]*)\s*:=(.+)$/s;

export const candidateQuerySchema = z.strictObject({
  where: repeated(
    z
      .string()
      .regex(CONDITION, `a condition such as adsorption-energy<=-0.3, with one of ${OPERATORS.join(' ')}`)
      .refine((text) => Number.isFinite(condition(text).value), 'a number below 1.8e308'),
    CONDITIONS,
  ).describe('a field (a descriptor, or `rank` and its like), an operator, a number; all must hold'),
  sort: z
    .string()
    .regex(/^-?[A-Za-z][\w-]*$/, 'a field, with "-" before it for descending')
    .exactOptional()
    .describe('default: rank'),
  fields: z
    .string()
    .max(1000)
    .exactOptional()
    .describe(`parts of a row, separated by commas: ${CANDIDATE_FIELDS.join(', ')}, or descriptors`),
  screening: z.uuid().exactOptional(),
  ranking: z.uuid().exactOptional().describe('instead of the current one; needs `screening`'),
  ion: z.string().min(1).max(10).exactOptional(),
  label: z.string().min(1).max(200).exactOptional().describe('part of the label, any case'),
  status: z.enum(['ranked', 'unranked']).exactOptional(),
  derived: repeated(z.string().max(EXPRESSION_CHARACTERS).regex(DERIVATION, 'NAME:=EXPRESSION'), DERIVED).describe(
    'quantities to compute for each row of the page, e.g. `margin:=-adsorption_energy - 0.3`',
  ),
  limit,
  after: cursor,
});
export type CandidateQueryString = z.output<typeof candidateQuerySchema>;

export interface Derivation {
  readonly name: string;
  readonly expression: string;
}

/** The question without what concerns the answer's form. */
export function candidateQuery(project: string, query: CandidateQueryString): CandidateQuery {
  const { where, sort, fields: _fields, derived: _derived, ...rest } = query;
  return { ...rest, project, where: where.map(condition), ...(sort !== undefined && { sort: order(sort) }) };
}

export function derivation(text: string): Derivation {
  const [, name = '', expression = ''] = DERIVATION.exec(text) ?? [];
  return { name, expression };
}

function condition(text: string): Condition {
  // The schema's rule has been met, so every part is there and the operator is one of them.
  const [, field = '', operator = '=', value = ''] = CONDITION.exec(text) ?? [];
  return { field, operator: operator as Condition['operator'], value: Number(value) };
}

function order(text: string): NonNullable<CandidateQuery['sort']> {
  return text.startsWith('-') ? { field: text.slice(1), direction: 'desc' } : { field: text, direction: 'asc' };
}

/** Names that a derived quantity may not take. */
export const TAKEN_NAMES: readonly string[] = [...RANKING_FIELDS, ...CANDIDATE_FIELDS];
