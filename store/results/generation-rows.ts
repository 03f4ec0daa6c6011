/** Rows of one generation: all of them are replaced when a stage is saved again. */
import type pg from 'pg';
import { type Cell, copyRows } from '../copy-rows.ts';
import type { Queries } from '../database.ts';

export interface Pass {
  readonly screening: string;
  readonly generation: number;
}

export interface GenerationRows {
  readonly table:
    | 'calculations'
    | 'structures'
    | 'files'
    | 'roles'
    | 'systems'
    | 'links'
    | 'relations'
    | 'paths'
    | 'unused'
    | 'candidates'
    | 'descriptor_values'
    | 'issues';
  readonly columns: readonly string[];
  /** What comes after screening, generation and position, by column. */
  readonly rows: Iterable<readonly Cell[]>;
}

export async function replaceRows(
  { queries, connection }: { readonly queries: Queries; readonly connection: pg.PoolClient },
  { screening, generation }: Pass,
  { table, columns, rows }: GenerationRows,
): Promise<void> {
  if (table !== 'issues') {
    await queries.deleteFrom(table).where('screening', '=', screening).where('generation', '=', generation).execute();
  }
  await copyRows(
    connection,
    { table, columns: ['screening', 'generation', 'position', ...columns] },
    numbered(rows, screening, generation),
  );
}

function* numbered(rows: Iterable<readonly Cell[]>, screening: string, generation: number): Generator<readonly Cell[]> {
  let position = 0;
  for (const row of rows) {
    yield [screening, generation, position, ...row];
    position += 1;
  }
}
