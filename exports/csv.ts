/**
 * The ranking as a table: one row per candidate, ranked ones first, with every descriptor, its uncertainty and the
 * reasons of what is missing. `adatom rank` reads this file back.
 */
import type { ScreeningResult } from '../model/screening.ts';
import { candidatesInOrder } from './shared/candidate-order.ts';
import { csvRows } from './shared/csv-row.ts';
import type { ResultFormat } from './shared/export-format.ts';
import { screeningColumns } from './shared/screening-columns.ts';

export const csvFormat: ResultFormat = {
  identifier: 'csv',
  title: 'The ranking as a table, as in ranking.csv',
  mediaType: 'text/csv; charset=utf-8; header=present',
  extension: 'csv',
  madeOf: 'result',
  write: rankingRows,
};

/** The whole table as one text. */
export function rankingCsv(result: ScreeningResult): string {
  return [...rankingRows(result)].join('');
}

function rankingRows(result: ScreeningResult): Generator<string> {
  return csvRows(screeningColumns(result), candidatesInOrder(result));
}
