/**
 * Rows as Apache Parquet: numbers are doubles and integers, a missing value is null.
 *
 * Rows are handed to the writer in groups, so that the bytes of a group leave memory before the next is made.
 */
import { type BasicType, ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';

export interface TableColumn<Row> {
  /** With its unit. */
  readonly name: string;
  readonly type: BasicType;
  /** Null stands for a missing value: that is Parquet's own word for it. */
  readonly cell: (row: Row) => string | number | boolean | null;
}

export interface TableOrigin {
  readonly metadata: readonly { readonly key: string; readonly value: string }[];
  readonly adatomVersion: string;
}

const ROWS_PER_GROUP = 20_000;

export function* parquetTable<Row>(
  columns: readonly TableColumn<Row>[],
  rows: Iterable<Row>,
  { metadata, adatomVersion }: TableOrigin,
): Generator<Uint8Array> {
  const bytes = new ByteWriter();
  const file = new ParquetWriter({
    writer: bytes,
    schema: schemaFromColumnData({ columnData: columns.map((column) => source(column, [])) }),
    kvMetadata: [...metadata],
    createdBy: `adatom ${adatomVersion}`,
  });
  for (const group of groups(rows)) {
    file.write({ columnData: columns.map((column) => source(column, group)), rowGroupSize: ROWS_PER_GROUP });
    yield taken(bytes);
  }
  file.finish();
  yield taken(bytes);
}

function source<Row>({ name, type, cell }: TableColumn<Row>, rows: readonly Row[]): ColumnSource {
  return { name, type, data: rows.map(cell) };
}

/** A copy of what was written since the last time; the writer goes on counting offsets from the start of the file. */
function taken(bytes: ByteWriter): Uint8Array {
  const copy = bytes.getBytes().slice();
  bytes.index = 0;
  return copy;
}

function* groups<Row>(rows: Iterable<Row>): Generator<readonly Row[]> {
  let group: Row[] = [];
  for (const row of rows) {
    group.push(row);
    if (group.length < ROWS_PER_GROUP) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
