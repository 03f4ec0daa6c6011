/**
 * What the schema should have and has not. The migrations are run once more, in a schema beside it that is taken away in
 * the same transaction, and the two are compared: no list of tables and indexes that could grow old.
 *
 * What is there and not expected is no fault: columns of another program's descriptors, an administrator's own index.
 */
import { sql } from 'kysely';
import type { DescriptorDescription } from '../../model/screening.ts';
import { type Database, inTransaction, type Queries } from '../database.ts';
import { descriptorColumns, descriptorColumnsThere, putColumns } from '../descriptor-columns.ts';
import { MIGRATIONS } from '../migrations/index.ts';

const BESIDE = 'adatom_check';

/** E.g. `index events_by_age`. */
export function missingSchema(
  database: Database,
  definitions: readonly DescriptorDescription[],
): Promise<readonly string[]> {
  const wanted = [...descriptorColumns(definitions).values()];
  return inTransaction(database, async (queries) => {
    const there = await shapeOf(queries);
    const hasCandidates = there.includes('table candidate_rows');
    const columns = hasCandidates ? await descriptorColumnsThere(queries) : [];
    const added = wanted.filter((column) => !columns.includes(column));
    await sql`create schema ${sql.ref(BESIDE)}`.execute(queries);
    await sql`select set_config('search_path', ${BESIDE}, true)`.execute(queries);
    for (const name of Object.keys(MIGRATIONS).sort()) await MIGRATIONS[name]?.up(queries);
    await putColumns(queries, [...columns, ...added]);
    const expected = await shapeOf(queries);
    await sql`drop schema ${sql.ref(BESIDE)} cascade`.execute(queries);
    return expected.filter((part) => !there.includes(part));
  });
}

/** By name: how PostgreSQL writes a definition depends on where it is. */
async function shapeOf(queries: Queries): Promise<readonly string[]> {
  const { rows } = await sql<{ part: string }>`
    with tables as (
      select oid, relname from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'r'
    )
    select 'table ' || relname as part from tables
    union all select 'column ' || t.relname || '.' || attname || ' ' || format_type(atttypid, atttypmod)
        || case when attnotnull then ' not null' else '' end
      from tables t join pg_attribute on attrelid = t.oid and attnum > 0 and not attisdropped
    union all select 'index ' || c.relname from tables t join pg_index on indrelid = t.oid join pg_class c on c.oid = indexrelid
    union all select 'constraint ' || t.relname || '.' || conname from tables t join pg_constraint on conrelid = t.oid
    union all select 'trigger ' || t.relname || '.' || tgname
      from tables t join pg_trigger on tgrelid = t.oid and not tgisinternal and tgenabled <> 'D'
  `.execute(queries);
  return rows.map(({ part }) => part);
}
