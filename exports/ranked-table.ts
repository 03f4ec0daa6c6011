/**
 * A table of candidates with its ranking, as `adatom rank` writes it: the place of each candidate, then the values that it
 * was ranked by, in the units of the profile. Reading the table back gives the same ranking.
 */
import type { Profile } from '../model/profile.ts';
import type { RankableCandidate, RankableValue, Ranking } from '../model/ranking.ts';
import type { DescriptorNames } from '../ranking/index.ts';
import { csvRows } from './shared/csv-row.ts';
import { parquetTable, type TableColumn } from './shared/parquet-table.ts';
import { objectiveColumns, PLACE_COLUMNS, type Placed, REASON_COLUMN } from './shared/place-columns.ts';

export interface RankedTable {
  readonly ranking: Ranking;
  readonly profile: Profile;
  readonly names: DescriptorNames;
  readonly candidates: readonly RankableCandidate[];
}

interface Row extends Placed {
  readonly values: RankableCandidate['values'];
}

export function rankedTableCsv(table: RankedTable): Generator<string> {
  return csvRows(columnsOf(table), rowsOf(table));
}

export function rankedTableParquet(table: RankedTable, adatomVersion: string): Generator<Uint8Array> {
  const { profile, profileVersion, method, seed, generator, draws } = table.ranking;
  const ranking = { adatomVersion, profile, profileVersion, method, seed, generator, draws };
  const metadata = [{ key: 'adatom.ranking', value: JSON.stringify(ranking) }];
  return parquetTable(columnsOf(table), rowsOf(table), { metadata, adatomVersion });
}

function* rowsOf({ ranking, candidates }: RankedTable): Generator<Row> {
  const values = new Map(candidates.map((candidate) => [candidate.id, candidate.values]));
  for (const ranked of ranking.ranked) yield { id: ranked.id, ranked, values: values.get(ranked.id) ?? {} };
  for (const unranked of ranking.unranked) yield { id: unranked.id, unranked, values: values.get(unranked.id) ?? {} };
}

function columnsOf({ ranking, profile, names }: RankedTable): TableColumn<Row>[] {
  const used = new Map<string, { readonly descriptor: string; readonly unit: string }>();
  for (const use of [...profile.objectives, ...profile.constraints]) {
    // One column for a descriptor, whatever names the profile has for it: two would be refused when they are read.
    const identifier = names.resolve(use.descriptor)?.identifier ?? use.descriptor;
    if (!used.has(identifier)) used.set(identifier, use);
  }
  return [
    { name: 'id', type: 'STRING', cell: ({ id }) => id },
    ...PLACE_COLUMNS,
    REASON_COLUMN,
    ...[...used.values()].flatMap(({ descriptor, unit }): TableColumn<Row>[] => [
      column(`${descriptor} (${unit})`, 'DOUBLE', descriptor, ({ value }) => value),
      column(`${descriptor}_uncertainty (${unit})`, 'DOUBLE', descriptor, ({ uncertainty }) => uncertainty),
      column(`${descriptor}_quality`, 'STRING', descriptor, ({ quality }) => quality),
    ]),
    ...objectiveColumns(ranking.ranked),
  ];
}

function column(
  name: string,
  type: TableColumn<Row>['type'],
  descriptor: string,
  part: (value: RankableValue) => string | number,
): TableColumn<Row> {
  return {
    name,
    type,
    cell: ({ values }) => {
      const value = Object.hasOwn(values, descriptor) ? values[descriptor] : undefined;
      return value === undefined ? null : part(value);
    },
  };
}
