/**
 * Looks for what should not be: a schema of another version, rows that point to nothing, counts that are not those of
 * the rows, readings that nobody uses, uploads and files that do not belong to each other, indexes that failed.
 */
import { type RawBuilder, sql } from 'kysely';
import type { DescriptorDescription } from '../../model/screening.ts';
import { type Database, query } from '../database.ts';
import { schemaVersion } from '../schema-version.ts';
import { checkFiles } from './check-files.ts';
import { type CheckFinding, finding } from './check-finding.ts';
import { missingSchema } from './missing-schema.ts';
import { SPARE_READING } from './prune-database.ts';

export interface CheckOptions {
  readonly dataFolder: string;
  readonly definitions: readonly DescriptorDescription[];
}

export async function checkDatabase(
  database: Database,
  { dataFolder, definitions }: CheckOptions,
): Promise<readonly CheckFinding[]> {
  const schema = await schemaVersion(database);
  const other = [...schema.missing.map((name) => `without ${name}`), ...schema.unknown.map((name) => `with ${name}`)];
  const versions = finding({
    subject: 'schema of another version',
    kind: 'fault',
    names: other,
    advice: 'run "adatom db migrate", or use a newer adatom',
  });
  if (other.length > 0) return [versions];
  const missing = await missingSchema(database, definitions);
  const shape = finding({
    subject: 'parts of the schema that are missing',
    kind: 'fault',
    names: missing,
    advice:
      'run "adatom db migrate"; what it does not bring back was taken away by hand: make it again as the migrations do',
  });
  // Without a table or a column the questions below fail.
  if (missing.some((part) => /^(table|column) /.test(part))) return [versions, shape];
  const findings = [versions, shape];
  for (const { rows, ...question } of QUESTIONS) {
    const found = await query(database, (db) => rows.execute(db));
    findings.push(finding({ ...question, names: found.rows.map(({ name }) => name) }));
  }
  findings.push(...(await checkFiles(database, dataFolder)));
  return findings;
}

interface Question {
  readonly subject: string;
  readonly kind: CheckFinding['kind'];
  readonly rows: RawBuilder<{ name: string }>;
  readonly advice: string;
}

/** Each asks for names; foreign keys see to everything that is not asked here. */
const QUESTIONS: readonly Question[] = [
  {
    subject: 'submissions of uploads that are not there',
    kind: 'fault',
    rows: sql`select id::text as name from submissions s where s.source->>'kind' = 'upload'
      and not exists (select from uploads u where u.id::text = s.source->>'upload')`,
    advice: 'their screenings cannot be run again',
  },
  {
    subject: 'rows of candidates of another project than their screening',
    kind: 'fault',
    rows: sql`select r.screening::text as name from candidate_rows r join screenings s on s.id = r.screening
      where s.project <> r.project group by 1`,
    advice: 'report this',
  },
  {
    subject: 'screenings that are done without a ranking',
    kind: 'fault',
    rows: sql`select id::text as name from screenings where state = 'done' and ranking is null`,
    advice: 'ask for a ranking of them',
  },
  {
    subject: 'screenings whose counts are not those of their folders',
    kind: 'fault',
    rows: sql`select s.id::text as name from screenings s join folder_tasks t
        on t.screening = s.id and t.generation = s.generation
      group by s.id having s.folders_total <> count(*)
        or s.folders_waiting <> count(*) filter (where t.state = 'waiting')`,
    advice: 'report this',
  },
  {
    subject: 'readings that nobody uses',
    kind: 'waste',
    rows: sql`select key as name from readings r where ${SPARE_READING}`,
    advice: '"adatom db prune" removes them when they are old',
  },
  {
    subject: 'complete uploads without a file',
    kind: 'fault',
    rows: sql`select id::text as name from uploads u where state = 'complete'
      and not exists (select from upload_files f where f.upload = u.id)`,
    advice: 'hand them in again',
  },
  {
    subject: 'indexes that are not valid',
    kind: 'fault',
    rows: sql`select indexrelid::regclass::text as name from pg_index where not indisvalid and indrelid in
      (select oid from pg_class where relnamespace = current_schema()::regnamespace)`,
    advice: 'run REINDEX on them',
  },
];
