/**
 * The place of a candidate as columns of a table, the same in CSV and Parquet, for a screening and for a ranked table.
 *
 * The mistake avoided here: two lists of columns that drift apart. Whatever stands here is known when the table is read
 * back (`RANKING_HEADERS`); what a ranking does not tell of a candidate is an empty cell.
 */
import type { RankedCandidate, UnrankedCandidate } from '../../model/ranking.ts';
import type { TableColumn } from './parquet-table.ts';

export interface Placed {
  readonly id: string;
  readonly ranked?: RankedCandidate;
  readonly unranked?: UnrankedCandidate;
}

export const PLACE_COLUMNS: readonly TableColumn<Placed>[] = [
  place('rank', 'INT32', ({ rank }) => rank),
  place('score', 'DOUBLE', ({ score }) => score),
  place('front', 'INT32', ({ front }) => front),
  place('first_rank_probability', 'DOUBLE', ({ firstRankProbability }) => firstRankProbability),
  place('tie_group', 'INT32', ({ tieGroup }) => tieGroup),
  place('robust', 'BOOLEAN', ({ robust }) => robust),
  place('score_lower', 'DOUBLE', ({ scoreInterval }) => scoreInterval?.lower),
  place('score_upper', 'DOUBLE', ({ scoreInterval }) => scoreInterval?.upper),
  place('best_rank', 'INT32', ({ scoreInterval }) => scoreInterval?.bestRank),
  place('crowding_distance', 'DOUBLE', ({ crowdingDistance }) => crowdingDistance),
  place('beats_next_probability', 'DOUBLE', ({ beatsNextProbability }) => beatsNextProbability),
  place('weight_acceptability', 'DOUBLE', ({ weightAcceptability }) => weightAcceptability),
];

export const REASON_COLUMN: TableColumn<Placed> = {
  name: 'unranked_because',
  type: 'STRING',
  cell: (placed) => unrankedBecause(placed) || null,
};

/** Of each objective how good the value is, and its part of the score where the score has parts. */
export function objectiveColumns(ranked: readonly RankedCandidate[]): TableColumn<Placed>[] {
  const objectives = [...new Set(ranked.flatMap(({ contributions }) => Object.keys(contributions)))];
  return objectives.flatMap((objective) => [
    place(`${objective}_desirability`, 'DOUBLE', ({ contributions }) => contributions[objective]?.desirability),
    place(`${objective}_effect`, 'DOUBLE', ({ contributions }) => contributions[objective]?.effect),
  ]);
}

function place(
  name: string,
  type: TableColumn<Placed>['type'],
  part: (ranked: RankedCandidate) => string | number | boolean | undefined,
): TableColumn<Placed> {
  return { name, type, cell: ({ ranked }) => (ranked === undefined ? null : (part(ranked) ?? null)) };
}

/** Why a candidate has no rank, as one text; empty for a ranked one. */
function unrankedBecause({ unranked }: Placed): string {
  return (unranked?.reasons ?? []).map((reason) => `${reason.code}: ${reason.message}`).join('; ');
}
