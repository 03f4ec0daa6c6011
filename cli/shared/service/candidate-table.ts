/** A question about candidates, put page by page, and its answer as rows and as a table. */
import type { Paint } from '../terminal.ts';
import type { ServiceClient } from './client.ts';
import { type CandidateDocument, candidatePage, descriptorList, expectDocument } from './documents.ts';
import { candidateLines } from './screening-view.ts';

export interface CandidateQuestion {
  readonly where: readonly string[];
  readonly derived?: readonly string[];
  readonly sort?: string;
  readonly screening?: string;
  readonly ranking?: string;
  readonly ion?: string;
  readonly label?: string;
  readonly status?: string;
  readonly limit: number;
}

export interface CandidateAnswer {
  readonly rows: readonly CandidateDocument[];
  /** Rows as the service sent them. */
  readonly documents: readonly unknown[];
  /** Cursor of the first row that is not among them. */
  readonly next?: string;
}

/** Most rows of one request. */
const PAGE_ROWS = 200;

export async function askForCandidates(
  client: ServiceClient,
  question: CandidateQuestion,
  after?: string,
): Promise<CandidateAnswer> {
  const rows: CandidateDocument[] = [];
  const documents: unknown[] = [];
  let next = after;
  do {
    const limit = Math.min(PAGE_ROWS, question.limit - rows.length);
    const answer = await client.json(`/v1/candidates?${parameters(question, limit, next)}`);
    const page = expectDocument(candidatePage, answer, 'candidates');
    rows.push(...page.rows.map(({ document }) => withDerived(document)));
    documents.push(...page.rows.map(({ sent }) => sent));
    next = page.next;
  } while (next !== undefined && rows.length < question.limit);
  return { rows, documents, ...(next !== undefined && { next }) };
}

export interface CandidateTable {
  readonly lines: string[];
  readonly rows: readonly CandidateDocument[];
  readonly hasMore: boolean;
}

/** Names of derived quantities are never those of descriptors: the service refuses them. */
function withDerived({ derived, ...row }: CandidateDocument): CandidateDocument {
  return { ...row, values: { ...row.values, ...derived } };
}

export async function candidateTable(
  client: ServiceClient,
  question: CandidateQuestion,
  { paint, after }: { readonly paint: Paint; readonly after?: string },
): Promise<CandidateTable> {
  const { rows, next } = await askForCandidates(client, question, after);
  const descriptors = expectDocument(descriptorList, await client.json('/v1/descriptors'), 'descriptors').rows;
  const present = new Set(rows.flatMap((row) => Object.keys(row.values)));
  const known = descriptors.map(({ identifier }) => identifier).filter((identifier) => present.has(identifier));
  // What a question derives is no descriptor of the service.
  const fields = [...known, ...[...present].filter((field) => !known.includes(field)).sort()];
  const units = new Map(descriptors.map(({ identifier, unit }) => [identifier, unit]));
  return { lines: candidateLines(rows, { fields, units, paint }), rows, hasMore: next !== undefined };
}

function parameters(question: CandidateQuestion, limit: number, after: string | undefined): URLSearchParams {
  const { where, derived = [], limit: _, ...single } = question;
  const list = new URLSearchParams();
  for (const condition of where) list.append('where', condition);
  for (const definition of derived) list.append('derived', definition);
  for (const [name, value] of Object.entries(single)) if (value !== undefined) list.set(name, value);
  list.set('limit', String(limit));
  if (after !== undefined) list.set('after', after);
  return list;
}
