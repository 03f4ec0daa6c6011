/**
 * Looks for what should not be: a schema of another version, rows that point to nothing, counts that are not those of
 * the rows, readings that nobody uses, uploads and files that do not belong to each other, indexes that failed.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type RawBuilder, sql } from 'kysely';
import { type Database, query } from '../database.ts';
import { schemaVersion } from '../schema-version.ts';

export interface CheckFinding {
  readonly subject: string;
  /** How many; none is well. */
  readonly count: number;
  /** `waste` costs space only, `fault` must not be. */
  readonly kind: 'fault' | 'waste';
  /** A few of them, by name. */
  readonly examples: readonly string[];
  readonly advice: string;
}

const MOST_EXAMPLES = 3;

export async function checkDatabase(database: Database, dataFolder: string): Promise<readonly CheckFinding[]> {
  const schema = await schemaVersion(database);
  const other = [...schema.missing.map((name) => `without ${name}`), ...schema.unknown.map((name) => `with ${name}`)];
  const versions = finding(
    'schema of another version',
    'fault',
    other,
    'run "adatom db migrate", or use a newer adatom',
  );
  if (other.length > 0) return [versions];
  const findings = [versions];
  for (const { subject, kind, rows, advice } of QUESTIONS) {
    const found = await query(database, (db) => rows.execute(db));
    findings.push(
      finding(
        subject,
        kind,
        found.rows.map(({ name }) => name),
        advice,
      ),
    );
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
    rows: sql`select key as name from readings r where not exists (select from folder_tasks t where t.reading_key = r.key)`,
    advice: 'run "adatom db prune"',
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
    rows: sql`select indexrelid::regclass::text as name from pg_index where not indisvalid`,
    advice: 'run REINDEX on them',
  },
];

/** Contents lie at `blobs/PROJECT/ab/SHA256` below the data folder. */
async function checkFiles(database: Database, dataFolder: string): Promise<readonly CheckFinding[]> {
  const { rows } = await query(database, (db) =>
    sql<{ project: string; sha256: string }>`
      select distinct u.project, f.sha256 from upload_files f join uploads u on u.id = f.upload
    `.execute(db),
  );
  const known = new Set(rows.map(({ project, sha256 }) => join(project, sha256.slice(0, 2), sha256)));
  const folder = join(dataFolder, 'blobs');
  const missing: string[] = [];
  for (const name of known) if (!(await isThere(join(folder, name)))) missing.push(name);
  const unknown = (await blobNames(folder)).filter((name) => !known.has(name));
  return [
    finding('files of uploads that are not on the disk', 'fault', missing, 'hand them in again'),
    finding('files on the disk that no upload has', 'waste', unknown, 'they go when abandoned uploads are removed'),
  ];
}

async function blobNames(folder: string): Promise<readonly string[]> {
  if (!(await isThere(folder))) return [];
  const names: string[] = [];
  for (const project of await readdir(folder)) {
    for (const start of await readdir(join(folder, project))) {
      for (const sha256 of await readdir(join(folder, project, start))) names.push(join(project, start, sha256));
    }
  }
  return names;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

function finding(subject: string, kind: CheckFinding['kind'], names: readonly string[], advice: string): CheckFinding {
  return { subject, kind, count: names.length, examples: names.slice(0, MOST_EXAMPLES), advice };
}
