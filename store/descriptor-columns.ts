/**
 * One column of `candidate_rows` per descriptor, named from identifier and unit, and the indexes that queries run on.
 *
 * Columns are added when the database is migrated and never taken away, so that programs with different descriptors can
 * share it. Names of columns are the only SQL text that is not fixed: they are made here, by one function, of a strict
 * pattern.
 *
 * Every index is one order of the candidates of a project and carries all values, so that a query reads it alone: what
 * would be a random read of the table per row is a comparison beside the key (bench/candidate-query.ts).
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { DescriptorDescription } from '../model/screening.ts';
import { type Database, inTransaction, type Queries } from './database.ts';

type Named = Pick<DescriptorDescription, 'identifier' | 'unit'>;

/** Columns that every candidate has, in the order in which rows are copied. */
export const CANDIDATE_COLUMNS = [
  'project',
  'screening',
  'ranking',
  'is_current',
  'id',
  'label',
  'ion',
  'rank',
  'score',
  'front',
  'first_rank_probability',
  'tie_group',
] as const;
/** A descriptor may not be called like one. */
const OWN_COLUMNS: ReadonlySet<string> = new Set(CANDIDATE_COLUMNS);
/** Columns of a ranking that candidates are sorted by often. */
const SORTED_COLUMNS = ['rank', 'score'] as const;
const INDEX_PREFIX = 'candidate_rows_by_';
/** PostgreSQL allows 32 columns in an index; a wide one costs more than it saves. */
const MOST_CARRIED = 16;
/** Of pg_advisory_xact_lock: one process at a time changes columns. */
const LOCK = 0x61_64_63_6f;

const UNIT_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\//g, ' per '],
  [/²/g, '2'],
  [/³/g, '3'],
  [/[ÅÅ]/g, 'angstrom'],
  [/[ΩΩ]/g, 'ohm'],
  [/[µμ]/g, 'micro'],
  [/%/g, 'percent'],
  [/°/g, 'degree'],
];

/** `adsorption-energy` in `eV` → `adsorption_energy_ev`; a dimensionless quantity (`1` or nothing) has no unit in it. */
export function descriptorColumn({ identifier, unit }: Named): string {
  const words = UNIT_WORDS.reduce((text, [sign, word]) => text.replace(sign, word), unit === '1' ? '' : unit);
  const name = `${identifier}_${words}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  if (!/^[a-z][a-z0-9_]{0,59}$/.test(name) || OWN_COLUMNS.has(name)) {
    throw new Error(`the descriptor ${JSON.stringify(identifier)} in ${JSON.stringify(unit)} gives no column name`);
  }
  return name;
}

/** Column by descriptor identifier. Two descriptors that would share a column are a fault of their definitions. */
export function descriptorColumns(definitions: readonly Named[]): ReadonlyMap<string, string> {
  const columns = new Map(definitions.map((definition) => [definition.identifier, descriptorColumn(definition)]));
  const owners = new Map([...columns].map(([identifier, column]) => [column, identifier]));
  for (const [identifier, column] of columns) {
    if (owners.get(column) === identifier) continue;
    throw new Error(`the descriptors ${identifier} and ${owners.get(column)} share the column ${column}`);
  }
  return columns;
}

/** After the migrations. Adding nothing new costs two questions. */
export async function addDescriptorColumns(database: Database, definitions: readonly Named[]): Promise<void> {
  const wanted = [...descriptorColumns(definitions).values()];
  await inTransaction(database, async (queries) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(queries);
    await putColumns(queries, wanted);
  });
}

/** In the schema of the transaction: columns that are not there, and the indexes of all. */
export async function putColumns(queries: Queries, wanted: readonly string[]): Promise<void> {
  const there = await descriptorColumnsThere(queries);
  const added = wanted.filter((column) => !there.includes(column));
  for (const column of added) {
    await sql`alter table candidate_rows add column ${sql.ref(column)} double precision`.execute(queries);
  }
  await putIndexes(queries, [...there, ...added]);
}

/** Those of descriptors, in the order in which they were added. */
export async function descriptorColumnsThere(queries: Queries): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = 'candidate_rows'::regclass and attnum > 0 and not attisdropped order by attnum
  `.execute(queries);
  return rows.map(({ name }) => name).filter((name) => !OWN_COLUMNS.has(name));
}

interface WantedIndex {
  readonly name: string;
  readonly definition: string;
}

/** An index whose definition has changed has another name: it is made anew, and the old one goes. */
async function putIndexes(queries: Queries, columns: readonly string[]): Promise<void> {
  const wanted = [...SORTED_COLUMNS, ...columns].map((column) => wantedIndex(column, columns));
  const { rows } = await sql<{ name: string }>`
    select indexname as name from pg_indexes
    where tablename = 'candidate_rows' and schemaname = current_schema() and starts_with(indexname, ${INDEX_PREFIX})
  `.execute(queries);
  const there = new Set(rows.map(({ name }) => name));
  for (const { name } of rows.filter((row) => !wanted.some((index) => index.name === row.name))) {
    await sql`drop index ${sql.ref(name)}`.execute(queries);
  }
  for (const { name, definition } of wanted.filter((index) => !there.has(index.name))) {
    await sql`create index ${sql.ref(name)} on candidate_rows ${sql.raw(definition)}`.execute(queries);
  }
}

/** Screening and id make the order one, so that a page can begin anywhere in it. */
function wantedIndex(column: string, columns: readonly string[]): WantedIndex {
  const carried = ['ion', ...SORTED_COLUMNS, ...columns.slice(0, MOST_CARRIED)].filter((other) => other !== column);
  const quoted = (name: string): string => `"${name}"`;
  const definition = `(project, ${quoted(column)}, screening, id) include (${carried.map(quoted).join(', ')}) where is_current`;
  const hash = createHash('sha256').update(definition).digest('hex').slice(0, 8);
  return { name: `${INDEX_PREFIX}${column.slice(0, 30)}_${hash}`, definition };
}
