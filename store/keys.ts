/**
 * API keys: `adk_PREFIX_SECRET`, the secret 256 random bits. Only the SHA-256 of the whole key is kept, and a key is
 * found by it: how long the search takes tells nothing about the key, and a stolen table opens no door. A slow hash is
 * for passwords that can be guessed; these cannot.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { ApiKey, Scope } from '../model/service.ts';
import { type Database, inTransaction, type Queries, query } from './database.ts';
import type { KeyStore, NewKey } from './store.ts';
import type { ServiceTables } from './tables/service.ts';

type KeyRow = Selectable<ServiceTables['api_keys']>;

const PREFIX_BYTES = 4;
const SECRET_BYTES = 32;

export function openKeys(database: Database): KeyStore {
  return {
    create: async (wanted) => {
      const made = newSecret();
      // The same id when it is asked twice.
      const id = randomUUID();
      return { key: toKey(await query(database, (db) => insertKey(db, id, wanted, made))), secret: made.secret };
    },
    verify: (secret) => verify(database, secret),
    ended: async (secret) => {
      const row = await query(database, (db) =>
        db
          .selectFrom('api_keys')
          .selectAll()
          .where('secret_sha256', '=', sha256(secret))
          .where(sql<boolean>`not (${isValid})`)
          .executeTakeFirst(),
      );
      return row === undefined ? undefined : toKey(row);
    },
    list: async (project) => {
      const rows = await query(database, (db) =>
        db
          .selectFrom('api_keys')
          .selectAll()
          .where('project', '=', project)
          .orderBy('created_at')
          .orderBy('id')
          .execute(),
      );
      return rows.map(toKey);
    },
    revoke: async (project, id) => {
      const row = await query(database, (db) =>
        db
          .updateTable('api_keys')
          .set({ revoked_at: sql`coalesce(revoked_at, now())` })
          .where('project', '=', project)
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirst(),
      );
      return row === undefined ? undefined : toKey(row);
    },
    rotate: (...wanted) => inTransaction(database, (queries) => rotate(queries, ...wanted)),
  };
}

async function rotate(queries: Queries, ...[project, id, graceSeconds]: Parameters<KeyStore['rotate']>) {
  const old = await queries
    .selectFrom('api_keys')
    .selectAll()
    .where('project', '=', project)
    .where('id', '=', id)
    .where(isValid)
    .forUpdate()
    .executeTakeFirst();
  if (old === undefined) return undefined;
  await queries
    .updateTable('api_keys')
    .set({ expires_at: sql`least(expires_at, now() + make_interval(secs => ${graceSeconds}))` })
    .where('id', '=', id)
    .execute();
  const made = newSecret();
  const row = await insertKey(queries, randomUUID(), renewed(old), made);
  return { key: toKey(row), secret: made.secret };
}

async function verify(database: Database, secret: string): ReturnType<KeyStore['verify']> {
  const row = await query(database, (db) =>
    db
      .selectFrom('api_keys')
      .innerJoin('projects', 'projects.id', 'api_keys.project')
      .select(['api_keys.id', 'api_keys.project', 'api_keys.scopes', 'projects.name as project_name'])
      .select(sql<boolean>`coalesce(last_used_at < now() - interval '1 minute', true)`.as('use_is_news'))
      .where('secret_sha256', '=', sha256(secret))
      .where(isValid)
      .executeTakeFirst(),
  );
  if (row === undefined) return undefined;
  if (row.use_is_news) {
    await query(database, (db) =>
      db.updateTable('api_keys').set({ last_used_at: sql`now()` }).where('id', '=', row.id).execute(),
    );
  }
  return { project: row.project, projectName: row.project_name, key: row.id, scopes: row.scopes };
}

const isValid = sql<boolean>`revoked_at is null and (expires_at is null or expires_at > now())`;

interface NewSecret {
  readonly prefix: string;
  readonly secret: string;
}

function newSecret(): NewSecret {
  const prefix = `adk_${randomBytes(PREFIX_BYTES).toString('hex')}`;
  return { prefix, secret: `${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}` };
}

function sha256(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

async function insertKey(queries: Queries, id: string, wanted: NewKey, { prefix, secret }: NewSecret): Promise<KeyRow> {
  await queries
    .insertInto('api_keys')
    .values({
      id,
      project: wanted.project,
      name: wanted.name,
      scopes: [...new Set<Scope>(wanted.scopes)],
      prefix,
      secret_sha256: sha256(secret),
      expires_at: wanted.expiresAt ?? null,
      revoked_at: null,
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  return queries.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** A key that ends gets a successor that lasts as long as it was meant to last itself, counted from now. */
function renewed(old: KeyRow): NewKey {
  const { project, name, scopes } = old;
  if (old.expires_at === null) return { project, name, scopes };
  const lifetimeMs = Date.parse(old.expires_at) - Date.parse(old.created_at);
  return { project, name, scopes, expiresAt: new Date(Date.now() + lifetimeMs).toISOString() };
}

function toKey(row: KeyRow): ApiKey {
  return {
    id: row.id,
    project: row.project,
    name: row.name,
    scopes: row.scopes,
    prefix: row.prefix,
    createdAt: row.created_at,
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
    ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at }),
  };
}
