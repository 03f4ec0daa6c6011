/**
 * The table of `csv` as Apache Parquet: numbers are doubles and integers, a missing value is null. Column names are
 * those of the CSV, with the unit; what each descriptor means is in the file's metadata under `adatom.definitions`.
 */
import type { ScreeningResult } from '../model/screening.ts';
import { candidatesInOrder } from './shared/candidate-order.ts';
import type { ResultFormat } from './shared/export-format.ts';
import { parquetTable } from './shared/parquet-table.ts';
import { screeningColumns } from './shared/screening-columns.ts';

export const parquetFormat: ResultFormat = {
  identifier: 'parquet',
  title: 'The ranking as a table of typed columns, for pandas, DuckDB and the like',
  mediaType: 'application/vnd.apache.parquet',
  extension: 'parquet',
  madeOf: 'result',
  write: parquetBytes,
};

function parquetBytes(result: ScreeningResult): Generator<Uint8Array> {
  const { adatomVersion } = result;
  return parquetTable(screeningColumns(result), candidatesInOrder(result), {
    metadata: metadataOf(result),
    adatomVersion,
  });
}

function metadataOf(result: ScreeningResult): { readonly key: string; readonly value: string }[] {
  const { adatomVersion, profile, profileVersion, ion, protocol, seed, generator, draws, definitions } = result;
  const screening = { adatomVersion, profile, profileVersion, ion, protocol, seed, generator, draws };
  return [
    { key: 'adatom.screening', value: JSON.stringify(screening) },
    { key: 'adatom.definitions', value: JSON.stringify(definitions) },
  ];
}
