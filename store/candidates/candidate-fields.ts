/** Fields of candidates by the names that requests use, and the columns they stand for. A request never names a column. */
import type { RankingField } from '../../model/candidate-query.ts';
import { AdatomError } from '../../model/errors.ts';
import { nearest } from '../../model/schema-wording.ts';
import type { DescriptorDescription } from '../../model/screening.ts';
import { descriptorColumns } from '../descriptor-columns.ts';

const RANKING_COLUMNS: Readonly<Record<RankingField, string>> = {
  rank: 'rank',
  score: 'score',
  front: 'front',
  firstRankProbability: 'first_rank_probability',
  tieGroup: 'tie_group',
};

export interface CandidateFields {
  /** Column by descriptor identifier. */
  readonly descriptors: ReadonlyMap<string, string>;
  /** Throws `AdatomError('request')` for a field that does not exist. */
  readonly columnOf: (field: string) => string;
}

export function candidateFields(definitions: readonly DescriptorDescription[]): CandidateFields {
  const descriptors = descriptorColumns(definitions);
  const columns = new Map([...Object.entries(RANKING_COLUMNS), ...descriptors]);
  return {
    descriptors,
    columnOf: (field) => {
      const column = columns.get(field);
      if (column !== undefined) return column;
      const near = nearest(field, [...columns.keys()]);
      const question = near === undefined ? '' : ` Did you mean "${near}"?`;
      const known = [...columns.keys()].join(', ');
      throw new AdatomError('request', `unknown field ${JSON.stringify(field)}.${question} Fields: ${known}`);
    },
  };
}
