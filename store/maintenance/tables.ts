/**
 * What the tables of the store look like, as the database itself says: a table of a later migration is in a backup
 * without a line of code. The queue lives in a schema of its own and is made again from the store.
 */
import { sql } from 'kysely';
import type { Queries } from '../database.ts';
import { MIGRATION_TABLE } from '../schema-version.ts';

export interface TableShape {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Columns of the primary key, in its order. */
  readonly key: readonly string[];
}

/** Those that others refer to come before them; references that wait for the end of a transaction do not count. */
export async function storeTables(queries: Queries): Promise<readonly TableShape[]> {
  const { rows: columns } = await sql<{ table: string; name: string; type: string; key_position: number | null }>`
    select c.relname as "table", a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
      array_position(k.conkey, a.attnum) as key_position
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_constraint k on k.conrelid = c.oid and k.contype = 'p'
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
      and c.relname not in (${MIGRATION_TABLE}, ${`${MIGRATION_TABLE}_lock`})
    order by c.relname, a.attnum
  `.execute(queries);
  const { rows: references } = await sql<{ from: string; to: string }>`
    select f.relname as "from", t.relname as "to" from pg_constraint r
    join pg_class f on f.oid = r.conrelid join pg_class t on t.oid = r.confrelid
    where r.contype = 'f' and not r.condeferred and f.oid <> t.oid
      and f.relnamespace = current_schema()::regnamespace
  `.execute(queries);
  const names = [...new Set(columns.map(({ table }) => table))];
  return inOrderOfReferences(names, references).map((table) => {
    const own = columns.filter((column) => column.table === table);
    const inKey = own.filter(({ key_position }) => key_position !== null);
    return {
      name: table,
      columns: own.map(({ name, type }) => ({ name, type })),
      key: inKey.sort((a, b) => (a.key_position ?? 0) - (b.key_position ?? 0)).map(({ name }) => name),
    };
  });
}

/** Counters of rows, with what they have given out; a number that was once told is not given again. */
export async function storeCounters(queries: Queries): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ name: string; last: number }>`
    select sequencename as name, coalesce(last_value, 0) as last from pg_sequences
    where schemaname = current_schema() order by 1
  `.execute(queries);
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function inOrderOfReferences(
  names: readonly string[],
  references: readonly { readonly from: string; readonly to: string }[],
): string[] {
  const ordered: string[] = [];
  let waiting = [...names];
  while (waiting.length > 0) {
    const ready = waiting.filter((name) =>
      references.every(({ from, to }) => from !== name || ordered.includes(to) || !waiting.includes(to)),
    );
    if (ready.length === 0) throw new Error(`tables refer to each other in a circle: ${waiting.join(', ')}`);
    ordered.push(...ready);
    waiting = waiting.filter((name) => !ready.includes(name));
  }
  return ordered;
}
