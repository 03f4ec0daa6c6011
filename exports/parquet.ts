/**
 * The table of `csv` as Apache Parquet: numbers are doubles and integers, a missing value is null. Column names are
 * those of the CSV, with the unit; what each descriptor means is in the file's metadata under `adatom.definitions`.
 *
 * Rows are handed to the writer in groups, so that the bytes of a group leave memory before the next is made.
 */
import { type BasicType, ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { AvailableDescriptor } from '../model/descriptor.ts';
import type { ScreeningResult } from '../model/screening.ts';
import { candidatesInOrder, type PlacedCandidate, unrankedBecause } from './shared/candidate-order.ts';
import type { ResultFormat } from './shared/export-format.ts';

export const parquetFormat: ResultFormat = {
  identifier: 'parquet',
  title: 'The ranking as a table of typed columns, for pandas, DuckDB and the like',
  mediaType: 'application/vnd.apache.parquet',
  extension: 'parquet',
  madeOf: 'result',
  write: parquetBytes,
};

const ROWS_PER_GROUP = 20_000;

interface Column {
  readonly name: string;
  readonly type: BasicType;
  /** Null stands for a missing value: that is Parquet's own word for it. */
  readonly cell: (placed: PlacedCandidate) => string | number | null;
}

function* parquetBytes(result: ScreeningResult): Generator<Uint8Array> {
  const columns = columnsOf(result);
  const bytes = new ByteWriter();
  const file = new ParquetWriter({
    writer: bytes,
    schema: schemaFromColumnData({ columnData: columns.map((column) => source(column, [])) }),
    kvMetadata: metadataOf(result),
    createdBy: `adatom ${result.adatomVersion}`,
  });
  for (const rows of groups(candidatesInOrder(result))) {
    file.write({ columnData: columns.map((column) => source(column, rows)), rowGroupSize: ROWS_PER_GROUP });
    yield taken(bytes);
  }
  file.finish();
  yield taken(bytes);
}

function source({ name, type, cell }: Column, rows: readonly PlacedCandidate[]): ColumnSource {
  return { name, type, data: rows.map(cell) };
}

/** A copy of what was written since the last time; the writer goes on counting offsets from the start of the file. */
function taken(bytes: ByteWriter): Uint8Array {
  const copy = bytes.getBytes().slice();
  bytes.index = 0;
  return copy;
}

function* groups(candidates: Iterable<PlacedCandidate>): Generator<readonly PlacedCandidate[]> {
  let group: PlacedCandidate[] = [];
  for (const placed of candidates) {
    group.push(placed);
    if (group.length < ROWS_PER_GROUP) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

function columnsOf({ definitions }: ScreeningResult): Column[] {
  return [
    { name: 'id', type: 'STRING', cell: ({ id }) => id },
    { name: 'label', type: 'STRING', cell: ({ candidate }) => candidate?.label ?? null },
    { name: 'ion', type: 'STRING', cell: ({ candidate }) => candidate?.ion ?? null },
    { name: 'rank', type: 'INT32', cell: ({ ranked }) => ranked?.rank ?? null },
    { name: 'score', type: 'DOUBLE', cell: ({ ranked }) => ranked?.score ?? null },
    { name: 'front', type: 'INT32', cell: ({ ranked }) => ranked?.front ?? null },
    { name: 'first_rank_probability', type: 'DOUBLE', cell: ({ ranked }) => ranked?.firstRankProbability ?? null },
    { name: 'tie_group', type: 'INT32', cell: ({ ranked }) => ranked?.tieGroup ?? null },
    { name: 'wetting', type: 'STRING', cell: ({ candidate }) => candidate?.wetting ?? null },
    { name: 'unranked_because', type: 'STRING', cell: (placed) => unrankedBecause(placed) || null },
    ...definitions.flatMap(({ identifier, unit }): Column[] => [
      column(`${identifier} (${unit})`, 'DOUBLE', identifier, ({ value }) => value),
      column(`${identifier}_uncertainty (${unit})`, 'DOUBLE', identifier, ({ uncertainty }) => uncertainty),
      column(`${identifier}_quality`, 'STRING', identifier, ({ quality }) => quality),
    ]),
  ];
}

function column(
  name: string,
  type: BasicType,
  identifier: string,
  part: (value: AvailableDescriptor) => string | number,
): Column {
  return {
    name,
    type,
    cell: ({ candidate }) => {
      const value = candidate?.descriptors[identifier];
      return value?.available === true ? part(value) : null;
    },
  };
}

function metadataOf(result: ScreeningResult): { readonly key: string; readonly value: string }[] {
  const { adatomVersion, profile, profileVersion, ion, protocol, seed, generator, draws, definitions } = result;
  const screening = { adatomVersion, profile, profileVersion, ion, protocol, seed, generator, draws };
  return [
    { key: 'adatom.screening', value: JSON.stringify(screening) },
    { key: 'adatom.definitions', value: JSON.stringify(definitions) },
  ];
}
