/**
 * The ranking as a table: one row per candidate, ranked ones first, with every descriptor, its uncertainty and the
 * reasons of what is missing. `adatom rank` reads this file back.
 */
import type { ScreeningResult } from '../model/screening.ts';
import { RANKING_HEADERS } from '../ranking/index.ts';
import { candidatesInOrder, type PlacedCandidate, unrankedBecause } from './shared/candidate-order.ts';
import { csvRow } from './shared/csv-row.ts';
import type { ResultFormat } from './shared/export-format.ts';

export const csvFormat: ResultFormat = {
  identifier: 'csv',
  title: 'The ranking as a table, as in ranking.csv',
  mediaType: 'text/csv; charset=utf-8; header=present',
  extension: 'csv',
  madeOf: 'result',
  write: csvRows,
};

/** The whole table as one text. */
export function rankingCsv(result: ScreeningResult): string {
  return [...csvRows(result)].join('');
}

function* csvRows(result: ScreeningResult): Generator<string> {
  yield csvRow([
    'id',
    'label',
    ...RANKING_HEADERS,
    ...result.definitions.flatMap(({ identifier, unit }) => [
      `${identifier} (${unit})`,
      `${identifier}_uncertainty (${unit})`,
      `${identifier}_quality`,
    ]),
  ]);
  for (const placed of candidatesInOrder(result)) yield csvRow(cellsOf(placed, result));
}

function cellsOf(placed: PlacedCandidate, { definitions }: ScreeningResult): string[] {
  const { id, candidate, ranked } = placed;
  const text = (value: number | undefined): string => (value === undefined ? '' : String(value));
  return [
    id,
    candidate?.label ?? '',
    candidate?.ion ?? '',
    text(ranked?.rank),
    text(ranked?.score),
    text(ranked?.front),
    text(ranked?.firstRankProbability),
    text(ranked?.tieGroup),
    candidate?.wetting ?? '',
    unrankedBecause(placed),
    ...definitions.flatMap(({ identifier }) => {
      const value = candidate?.descriptors[identifier];
      return value?.available === true ? [text(value.value), text(value.uncertainty), value.quality] : ['', '', ''];
    }),
  ];
}
