/**
 * Screenings, the work on them, and their results.
 *
 * Everything that belongs to one pass hangs on its row in `generations` and goes with it; rankings, their placements and
 * candidate rows hang on the screening, so that their history outlives the generation. Documents that are given out again
 * are `json`, which keeps their text; `jsonb` would sort keys and change numbers. `position` keeps the order of the
 * result. Ids sort by their bytes (collation "C"), the same on every server.
 */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...SCREENINGS, ...RESULTS, ...RANKINGS]) await sql.raw(statement).execute(db);
}

const SCREENINGS = [
  `create table screenings (
    id uuid primary key default gen_random_uuid(),
    project uuid not null references projects,
    stated json not null,
    state text not null default 'queued' check (state in
      ('queued', 'discovering', 'parsing', 'assembling', 'describing', 'ranking', 'done', 'failed', 'cancelled')),
    generation integer not null default 1 check (generation >= 1),
    shown_generation integer,
    ranking uuid,
    failure text,
    folders_total integer not null default 0,
    folders_waiting integer not null default 0 check (folders_waiting >= 0),
    folders_done integer not null default 0,
    folders_failed integer not null default 0,
    progress_at timestamptz(3),
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    finished_at timestamptz(3),
    check (folders_total = folders_waiting + folders_done + folders_failed)
  )`,
  'create index screenings_by_project on screenings (project, created_at, id)',
  `create index screenings_unfinished on screenings (created_at, id)
    where state not in ('done', 'failed', 'cancelled')`,
  `create index screenings_waiting on screenings (project) include (folders_waiting)
    where state not in ('done', 'failed', 'cancelled') and folders_waiting > 0`,
  // A row without its screening would be nobody's.
  `alter table events add foreign key (screening) references screenings on delete cascade`,
  `alter table dead_letters add foreign key (screening) references screenings on delete cascade`,

  `create table submissions (
    id uuid primary key default gen_random_uuid(),
    screening uuid not null references screenings on delete cascade,
    generation integer not null,
    source json not null,
    sequence bigint generated always as identity,
    created_at timestamptz(3) not null default now()
  )`,
  'create index submissions_by_screening on submissions (screening, sequence)',

  `create table generations (
    screening uuid not null references screenings on delete cascade,
    generation integer not null,
    request json not null,
    found_tree bytea not null,
    counts json,
    assembly_state bytea,
    assembled boolean not null default false,
    described boolean not null default false,
    primary key (screening, generation)
  )`,
  `create table folder_tasks (
    screening uuid not null,
    generation integer not null,
    position integer not null,
    folder text collate "C" not null,
    reading_key text collate "C" not null,
    plan json not null,
    state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
    error text,
    primary key (screening, generation, folder),
    foreign key (screening, generation) references generations on delete cascade
  )`,
  `create table readings (
    key text collate "C" primary key,
    reading bytea not null,
    created_at timestamptz(3) not null default now()
  )`,
  'create index readings_by_age on readings (created_at)',
  `create table fair_tags (
    project uuid primary key references projects on delete cascade,
    last_tag double precision not null,
    step double precision not null check (step > 0)
  )`,
];

/** A table of rows of one generation in their order; `columns` come before the document. */
function ofGeneration(table: string, columns: string): string {
  return `create table ${table} (
    screening uuid not null,
    generation integer not null,
    position integer not null check (position >= 0),
    ${columns}
    primary key (screening, generation, position),
    foreign key (screening, generation) references generations on delete cascade
  )`;
}

const TEXT = 'text collate "C"';

const RESULTS = [
  ofGeneration(
    'calculations',
    `id ${TEXT} not null, folder ${TEXT} not null, role ${TEXT}, parsed boolean not null, line json not null,`,
  ),
  'create unique index calculations_by_id on calculations (screening, generation, id)',
  ofGeneration('structures', `calculation ${TEXT} not null, document json not null,`),
  'create unique index structures_by_calculation on structures (screening, generation, calculation)',
  ofGeneration('files', `path ${TEXT} not null, location text not null, sha256 ${TEXT},`),
  'create index files_by_path on files (screening, generation, path)',
  ofGeneration('roles', `calculation ${TEXT} not null, role ${TEXT} not null, document json not null,`),
  'create index roles_by_calculation on roles (screening, generation, calculation)',
  ofGeneration(
    'systems',
    `id ${TEXT} not null, label text not null, formula ${TEXT} not null, document json not null,`,
  ),
  'create index systems_by_id on systems (screening, generation, id)',
  ofGeneration(
    'links',
    `system ${TEXT} not null, kind ${TEXT} not null, from_calculation ${TEXT} not null, to_calculation ${TEXT} not null,
     stated ${TEXT} not null, document json not null,`,
  ),
  'create index links_from on links (screening, generation, from_calculation)',
  'create index links_to on links (screening, generation, to_calculation)',
  ofGeneration('paths', `id ${TEXT} not null, document json not null,`),
  ofGeneration('unused', `calculation ${TEXT} not null, document json not null,`),
  ofGeneration('candidates', `id ${TEXT} not null, label text not null, document json not null,`),
  'create index candidates_by_id on candidates (screening, generation, id)',
  ofGeneration(
    'descriptor_values',
    `candidate ${TEXT} not null, descriptor ${TEXT} not null, version integer, available boolean not null,
     value double precision, unit text, uncertainty double precision, quality text, inputs json, reasons json,
     check (not available or (value is not null and unit is not null)),`,
  ),
  'create index descriptor_values_by_candidate on descriptor_values (screening, generation, candidate, descriptor)',
];

const RANKINGS = [
  `create table rankings (
    id uuid primary key default gen_random_uuid(),
    project uuid not null references projects,
    screening uuid not null references screenings on delete cascade,
    generation integer not null,
    profile json not null,
    profile_text_sha256 bytea not null,
    seed bigint not null,
    own boolean not null,
    state text not null default 'queued' check (state in ('queued', 'done', 'failed')),
    failure text,
    wants_current boolean not null,
    is_current boolean not null default false,
    head json,
    candidate_count integer not null default 0,
    sequence bigint generated always as identity,
    created_at timestamptz(3) not null default now(),
    finished_at timestamptz(3),
    unique (screening, generation, profile_text_sha256, seed),
    check (state <> 'done' or head is not null)
  )`,
  'create unique index rankings_own on rankings (screening, generation) where own',
  'create unique index rankings_current on rankings (screening) where is_current',
  `create index rankings_waiting on rankings (created_at) where state = 'queued'`,
  `alter table screenings add foreign key (ranking) references rankings deferrable initially deferred`,

  `create table issues (
    screening uuid not null references screenings on delete cascade,
    generation integer,
    stage integer not null check (stage between 1 and 3),
    ranking uuid references rankings on delete cascade,
    position integer not null,
    code text collate "C" not null,
    severity text not null check (severity in ('error', 'warning', 'info')),
    document json not null,
    check ((stage = 3) = (ranking is not null)),
    check ((ranking is null) = (generation is not null)),
    foreign key (screening, generation) references generations on delete cascade
  )`,
  'create index issues_by_generation on issues (screening, generation, stage, position)',
  'create index issues_by_ranking on issues (ranking) where ranking is not null',

  `create table placements (
    ranking uuid not null references rankings on delete cascade,
    screening uuid not null references screenings on delete cascade,
    position integer not null,
    candidate text collate "C" not null,
    rank integer,
    score double precision,
    entry json not null,
    primary key (ranking, position)
  )`,
  'create index placements_by_candidate on placements (screening, candidate)',

  // One column per descriptor and the indexes of queries are added by descriptor-columns.ts. All numbers are of one type,
  // because an index answers comparisons within a type only, and requests may ask for rank <= 2.5.
  `create table candidate_rows (
    project uuid not null,
    screening uuid not null references screenings on delete cascade,
    ranking uuid not null references rankings on delete cascade,
    is_current boolean not null,
    id text collate "C" not null,
    label text not null,
    ion text collate "C" not null,
    rank double precision,
    score double precision,
    front double precision,
    first_rank_probability double precision,
    tie_group double precision,
    primary key (ranking, id)
  ) with (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)`,
  'create unique index candidate_rows_of_screening on candidate_rows (screening, id) where is_current',
];
