/** A row of `candidate_rows` as it is given out: a value that is not there has no key. */
import type { Selectable } from 'kysely';
import type { CandidateRow } from '../../model/candidate-query.ts';
import { CANDIDATE_COLUMNS } from '../descriptor-columns.ts';
import type { ScreeningTables } from '../tables/screenings.ts';
import type { CandidateFields } from './candidate-fields.ts';

/** Columns of descriptors are known when the program runs. */
export type RowRecord = Selectable<ScreeningTables['candidate_rows']> & Readonly<Record<string, unknown>>;

type Column = Exclude<(typeof CANDIDATE_COLUMNS)[number], 'project' | 'is_current'>;

const COLUMNS = CANDIDATE_COLUMNS.filter((column): column is Column => column !== 'project' && column !== 'is_current');

export function rowSelection({ descriptors }: CandidateFields): readonly Column[] {
  // Columns of descriptors exist beside those of the type.
  return [...COLUMNS, ...descriptors.values()] as unknown as readonly Column[];
}

export function candidateRow(row: RowRecord, { descriptors }: CandidateFields): CandidateRow {
  const values = [...descriptors].flatMap(([identifier, column]) => {
    const value = row[column];
    return typeof value === 'number' ? [[identifier, value] as const] : [];
  });
  return {
    screening: row.screening,
    ranking: row.ranking,
    id: row.id,
    label: row.label,
    ion: row.ion,
    ...(row.rank !== null && { rank: row.rank }),
    ...(row.score !== null && { score: row.score }),
    ...(row.front !== null && { front: row.front }),
    ...(row.first_rank_probability !== null && { firstRankProbability: row.first_rank_probability }),
    ...(row.tie_group !== null && { tieGroup: row.tie_group }),
    values: Object.fromEntries(values),
  };
}
