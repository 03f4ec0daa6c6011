/** A screening as columns of a table: the place of each candidate, then every descriptor with its uncertainty and quality. */
import type { BasicType } from 'hyparquet-writer';
import type { AvailableDescriptor } from '../../model/descriptor.ts';
import type { ScreeningResult } from '../../model/screening.ts';
import type { PlacedCandidate } from './candidate-order.ts';
import type { TableColumn } from './parquet-table.ts';
import { objectiveColumns, PLACE_COLUMNS, REASON_COLUMN } from './place-columns.ts';

type Column = TableColumn<PlacedCandidate>;

export function screeningColumns({ definitions, ranked }: ScreeningResult): Column[] {
  return [
    { name: 'id', type: 'STRING', cell: ({ id }) => id },
    { name: 'label', type: 'STRING', cell: ({ candidate }) => candidate?.label ?? null },
    { name: 'ion', type: 'STRING', cell: ({ candidate }) => candidate?.ion ?? null },
    ...PLACE_COLUMNS,
    { name: 'wetting', type: 'STRING', cell: ({ candidate }) => candidate?.wetting ?? null },
    REASON_COLUMN,
    ...definitions.flatMap(({ identifier, unit }): Column[] => [
      column(`${identifier} (${unit})`, 'DOUBLE', identifier, ({ value }) => value),
      column(`${identifier}_uncertainty (${unit})`, 'DOUBLE', identifier, ({ uncertainty }) => uncertainty),
      column(`${identifier}_quality`, 'STRING', identifier, ({ quality }) => quality),
    ]),
    ...objectiveColumns(ranked),
  ];
}

function column(
  name: string,
  type: BasicType,
  identifier: string,
  part: (value: AvailableDescriptor) => string | number | undefined,
): Column {
  return {
    name,
    type,
    cell: ({ candidate }) => {
      const value = candidate?.descriptors[identifier];
      return value?.available === true ? (part(value) ?? null) : null;
    },
  };
}
