/**
 * Everything but screenings and their results: projects, keys, audit, idempotency, uploads, events, dead letters, sums.
 *
 * Names and keys sort by their bytes (collation "C"), so that pages come in one order on every server.
 */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table projects (
    id uuid primary key default gen_random_uuid(),
    name text collate "C" not null unique check (name <> ''),
    created_at timestamptz(3) not null default now()
  )`,

  `create table api_keys (
    id uuid primary key default gen_random_uuid(),
    project uuid not null references projects,
    name text not null,
    scopes text[] not null,
    prefix text not null,
    secret_sha256 bytea not null unique check (length(secret_sha256) = 32),
    created_at timestamptz(3) not null default now(),
    expires_at timestamptz(3),
    revoked_at timestamptz(3),
    last_used_at timestamptz(3)
  )`,
  'create index api_keys_by_project on api_keys (project, created_at)',

  `create table audit (
    sequence bigint generated always as identity primary key,
    at timestamptz(3) not null default now(),
    project uuid not null references projects,
    key uuid,
    action text not null,
    subject text not null,
    request_id text not null,
    details json not null
  )`,
  'create index audit_by_project on audit (project, sequence)',
  `create function audit_is_append_only() returns trigger language plpgsql as $$
    begin raise exception 'the audit log is only appended to'; end
  $$`,
  `create trigger audit_is_append_only before update or delete or truncate on audit
    for each statement execute function audit_is_append_only()`,

  `create table idempotency (
    project uuid not null references projects,
    key text collate "C" not null,
    fingerprint text not null,
    attempt uuid not null,
    status integer,
    body text,
    started_at timestamptz(3) not null default now(),
    primary key (project, key)
  )`,
  'create index idempotency_by_age on idempotency (started_at)',

  `create table uploads (
    id uuid primary key default gen_random_uuid(),
    project uuid not null references projects,
    state text not null default 'open' check (state in ('open', 'complete', 'failed')),
    file_name text,
    size_bytes bigint,
    received_bytes bigint not null default 0,
    failure text,
    created_at timestamptz(3) not null default now(),
    moved_at timestamptz(3) not null default now()
  )`,
  `create index uploads_open on uploads (moved_at) where state = 'open'`,
  `create table upload_files (
    upload uuid not null references uploads on delete cascade,
    path text collate "C" not null,
    sha256 text collate "C" not null,
    bytes bigint not null,
    primary key (upload, path)
  )`,
  'create index upload_files_by_content on upload_files (sha256)',

  // Screenings have no table yet when this runs; 0002 adds the references.
  `create table events (
    sequence bigint generated always as identity primary key,
    project uuid not null references projects,
    screening uuid not null,
    type text not null,
    data json not null,
    at timestamptz(3) not null default now()
  )`,
  'create index events_by_screening on events (screening, sequence)',
  'create index events_by_age on events (at)',

  `create table dead_letters (
    id uuid primary key default gen_random_uuid(),
    project uuid not null references projects,
    screening uuid not null,
    job text not null,
    payload json not null,
    payload_text text collate "C" not null,
    error text not null,
    attempts integer not null,
    state text not null default 'open' check (state in ('open', 'rerun', 'dismissed')),
    taken boolean not null default false,
    at timestamptz(3) not null default now(),
    unique (job, payload_text)
  )`,
  'create index dead_letters_by_project on dead_letters (project, at, id)',
  `create index dead_letters_to_rerun on dead_letters (at) where state = 'rerun' and not taken`,

  `create table job_statistics (
    job text not null,
    outcome text not null,
    count bigint not null,
    seconds double precision not null,
    bytes bigint not null,
    primary key (job, outcome)
  )`,
];
