/** A fresh, migrated database for one test file, copied from a template that the setup has made. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { services } from './services.ts';

export interface TestDatabase {
  readonly databaseUrl: string;
  /** Also ends who is still connected; call it in afterAll. */
  readonly drop: () => Promise<void>;
}

export async function newDatabase(): Promise<TestDatabase> {
  const { postgresUrl, template } = services();
  if (postgresUrl === undefined || template === undefined) throw new Error('the setup has no PostgreSQL');
  return makeDatabase(postgresUrl, template);
}

/** Without any table. */
export async function newEmptyDatabase(): Promise<TestDatabase> {
  const { postgresUrl } = services();
  if (postgresUrl === undefined) throw new Error('the setup has no PostgreSQL');
  return makeDatabase(postgresUrl, 'template0');
}

export async function makeDatabase(postgresUrl: string, template: string): Promise<TestDatabase> {
  const name = `adatom_test_${randomBytes(6).toString('hex')}`;
  await onServer(postgresUrl, `create database ${name} template ${template}`);
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  return {
    databaseUrl: url.href,
    drop: () => onServer(postgresUrl, `drop database if exists ${name} with (force)`),
  };
}

async function onServer(postgresUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
