/** Candidates across the screenings of a project: found by their values, looked at in full, followed through rankings. */
import { sql } from 'kysely';
import type { CandidateDetail } from '../model/candidate-query.ts';
import { AdatomError } from '../model/errors.ts';
import type { DescriptorDescription } from '../model/screening.ts';
import { candidateFields } from './candidates/candidate-fields.ts';
import { candidateRow, type RowRecord, rowSelection } from './candidates/candidate-row.ts';
import { queryCandidates } from './candidates/query-candidates.ts';
import { type Database, inTransaction, type Queries, query } from './database.ts';
import { wasEnded } from './database-errors.ts';
import type { CandidateStore } from './store.ts';
import { RANKING_COLUMNS, storedRanking } from './stored-screening.ts';

/** A question over a million candidates takes some hundred milliseconds at worst (docs/scaling.md). */
const ANSWER_LIMIT_MS = 10_000;

export function openCandidates(
  database: Database,
  definitions: readonly DescriptorDescription[],
  answerLimitMs = ANSWER_LIMIT_MS,
): CandidateStore {
  const fields = candidateFields(definitions);
  return {
    fields: () => definitions,
    query: (question) => inTime(database, answerLimitMs, (queries) => queryCandidates(queries, question, fields)),
    get: (project, screening, id, ranking) =>
      // One moment for row, document and placement.
      inTransaction(
        database,
        async (queries) => {
          const rows = queries.selectFrom('candidate_rows').select(rowSelection(fields));
          const one = rows.where('project', '=', project).where('screening', '=', screening).where('id', '=', id);
          const row = await (ranking === undefined
            ? one.where('is_current', '=', true)
            : one.where('ranking', '=', ranking)
          ).executeTakeFirst();
          // The selection names the columns of RowRecord; those of descriptors are known only at run time.
          return row && detail(queries, { row: row as unknown as RowRecord, fields });
        },
        'repeatable read',
      ),
    history: (project, screening, id) => query(database, (db) => history(db, { project, screening, id })),
  };
}

/**
 * One moment for all that a page is made of. Settings of the server that suit other work are put aside: short questions
 * are not compiled or divided, and indexes that lie in memory cost no seek.
 */
async function inTime<T>(database: Database, limitMs: number, ask: (queries: Queries) => Promise<T>): Promise<T> {
  try {
    return await inTransaction(
      database,
      async (queries) => {
        await sql`
          select set_config('statement_timeout', ${String(limitMs)}, true), set_config('jit', 'off', true),
            set_config('max_parallel_workers_per_gather', '0', true), set_config('random_page_cost', '1.1', true)
        `.execute(queries);
        return await ask(queries);
      },
      'repeatable read',
    );
  } catch (cause) {
    if (!wasEnded(cause)) throw cause;
    const message = `the question about candidates was ended after ${limitMs / 1000} s; ask for fewer candidates (another condition, one screening), or again when the database has less to do`;
    throw new AdatomError('transient', message, { cause });
  }
}

interface Found {
  readonly row: RowRecord;
  readonly fields: ReturnType<typeof candidateFields>;
}

/** Undefined when the generation of the ranking was replaced: only the place is history then. */
async function detail(db: Queries, { row, fields }: Found): Promise<CandidateDetail | undefined> {
  const documents = await db
    .selectFrom('rankings')
    .innerJoin('candidates', (join) =>
      join
        .onRef('candidates.screening', '=', 'rankings.screening')
        .onRef('candidates.generation', '=', 'rankings.generation'),
    )
    .innerJoin('placements', (join) =>
      join.onRef('placements.ranking', '=', 'rankings.id').onRef('placements.candidate', '=', 'candidates.id'),
    )
    .select(['candidates.document', 'placements.entry'])
    .where('rankings.id', '=', row.ranking)
    .where('candidates.id', '=', row.id)
    .executeTakeFirst();
  return documents && { ...candidateRow(row, fields), candidate: documents.document, placement: documents.entry };
}

async function history(
  db: Queries,
  { project, screening, id }: { readonly project: string; readonly screening: string; readonly id: string },
) {
  const rows = await db
    .selectFrom('placements')
    .innerJoin('rankings', 'rankings.id', 'placements.ranking')
    .select(RANKING_COLUMNS.map((column) => `rankings.${column}` as const))
    .select(['placements.rank', 'placements.score'])
    .where('rankings.project', '=', project)
    .where('placements.screening', '=', screening)
    .where('placements.candidate', '=', id)
    .where('rankings.state', '=', 'done')
    .orderBy('rankings.sequence', 'desc')
    .execute();
  return rows.map(({ rank, score, ...ranking }) => ({
    ranking: storedRanking(ranking),
    ...(rank !== null && { rank }),
    ...(score !== null && { score }),
  }));
}
