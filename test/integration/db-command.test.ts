/** `adatom db` and `adatom keys` as an administrator types them, each a process of its own on one database. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Run, runAdatom } from '../cli/run-adatom.ts';
import { newEmptyDatabase, type TestDatabase } from '../services/database.ts';

let folder = '';
let database: TestDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adatom-db-'));
  database = await newEmptyDatabase();
  process.env.DATABASE_URL = database.databaseUrl;
  process.env.ADATOM_DATA = join(folder, 'data');
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const adatom = (...args: string[]): Promise<Run> => runAdatom(args, { cwd: folder });

async function answered(...args: string[]): Promise<Record<string, unknown>> {
  const run = await adatom(...args, '--json');
  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  return JSON.parse(run.stdout) as Record<string, unknown>; // shape: what the test looks at
}

async function refused(message: RegExp, ...args: string[]): Promise<void> {
  const run = await adatom(...args);
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toMatch(message);
}

describe('the schema', () => {
  test('a database without it is told what to do, and is not changed by a question', async () => {
    await refused(/the database is empty, expected \S+; run "adatom db migrate"/, 'keys', 'list');
    await refused(/the database is empty/, 'db', 'backup', 'x.tar.gz');
    const check = await adatom('db', 'check', '--json');
    expect(check.exitCode).toBe(3);
    expect(JSON.parse(check.stdout)).toMatchObject({
      findings: [{ subject: 'schema of another version', kind: 'fault' }],
    });
  });

  test('migrate runs what is missing, once', async () => {
    const first = await answered('db', 'migrate');
    expect(first.applied).toContain('0001-service');
    expect(await answered('db', 'migrate')).toEqual({ applied: [], version: first.version });
    expect((await adatom('db', 'migrate')).stdout).toBe(`${String(first.version)}: nothing to do\n`);
  });
});

describe('keys', () => {
  let id = '';

  test('create prints the secret alone on stdout, once; list shows no secret', async () => {
    const made = await adatom('keys', 'create', 'Ångström', '--project', 'zinc', '--scope', 'read, admin');
    expect(made.exitCode).toBe(0);
    expect(made.stdout).toMatch(/^adk_\S{43,}\n$/);
    expect(made.stderr).toMatch(/^Ångström, id \S+; the secret is shown this once\n$/);
    const listed = await answered('keys', 'list', '--project', 'zinc');
    expect(listed).toMatchObject({ keys: [{ name: 'Ångström', scopes: ['read', 'admin'] }] });
    expect(JSON.stringify(listed)).not.toContain(made.stdout.trim());
    const [key] = listed.keys as { id: string }[]; // shape: the line above
    id = key?.id ?? '';
  });

  test('--json answers with the key and its secret; a key may end by itself', async () => {
    const { key, secret } = await answered('keys', 'create', 'guest', '--project', 'zinc', '--expires-in', '1');
    expect(secret).toMatch(/^adk_/);
    const { expiresAt, createdAt } = key as { expiresAt: string; createdAt: string }; // shape: ApiKey
    const hours = (Date.parse(expiresAt) - Date.parse(createdAt)) / 3_600_000;
    expect(Math.abs(hours - 24)).toBeLessThan(0.1);
  });

  test('rotate gives a successor and ends the old one; revoke ends at once; both are shown', async () => {
    const { key } = await answered('keys', 'rotate', id, '--project', 'zinc');
    expect(key).toMatchObject({ name: 'Ångström', scopes: ['read', 'admin'] });
    const { id: successor } = key as { id: string }; // shape: ApiKey
    expect((await adatom('keys', 'revoke', successor, '--project', 'zinc')).stdout).toMatch(
      /^Ångström \(adk_.*\) is revoked 2/,
    );
    const { stdout } = await adatom('keys', 'list', '--project', 'zinc');
    expect(stdout.split('\n').filter((line) => /Ångström.*(revoked|expired) 2/.test(line))).toHaveLength(2);
    expect(stdout).toMatch(/guest.*good until 2/);
    await refused(/zinc has no key \S+ that is still good/, 'keys', 'rotate', successor, '--project', 'zinc');
  });

  test('wrong names, ids, scopes and numbers are one sentence each; no project is made by a question', async () => {
    await refused(/there is no project znic; there are: zinc/, 'keys', 'list', '--project', 'znic');
    const stranger = '00000000-0000-4000-8000-000000000000';
    await refused(/zinc has no key 0{8}/, 'keys', 'revoke', stranger, '--project', 'zinc');
    await refused(/the database refuses a value/, 'keys', 'revoke', 'first', '--project', 'zinc');
    await refused(/--scope: expected read, submit, admin, found "write"/, 'keys', 'create', 'x', '--scope', 'write');
    await refused(/expected a whole number from 1 on, found "0"/, 'keys', 'create', 'x', '--expires-in', '0');
    await refused(/missing required argument 'name'/, 'keys', 'create');
    await refused(/unknown command 'lits'/, 'keys', 'lits');
    await refused(/there is no project default; there are: zinc/, 'keys', 'list');
  });
});

describe('db', () => {
  test('check finds a migrated database with keys well', async () => {
    const run = await adatom('db', 'check');
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(
      run.stdout
        .trim()
        .split('\n')
        .every((line) => line.startsWith('ok     no ')),
    ).toBe(true);
  });

  test('prune tells what it removed', async () => {
    const none = { rankings: 0, readings: 0, uploads: 0, events: 0, answers: 0 };
    expect(await answered('db', 'prune')).toEqual(none);
    expect((await adatom('db', 'prune', '--older-than', '0')).stdout).toMatch(
      /^rankings: 0\nreadings: 0\nuploads: 0\n/,
    );
    await refused(/expected a whole number from 0 on, found "soon"/, 'db', 'prune', '--older-than', 'soon');
  });

  test('a backup is read by its owner alone, and restored by another process into an empty database', async () => {
    const told = await answered('db', 'backup', 'all.tar.gz');
    expect(told).toMatchObject({ file: 'all.tar.gz', format: 'adatom-backup' });
    expect(statSync(join(folder, 'all.tar.gz')).mode & 0o777).toBe(0o600);
    await refused(/the database is not empty \(/, 'db', 'restore', 'all.tar.gz');
    const before = await answered('keys', 'list', '--project', 'zinc');
    const target = await newEmptyDatabase();
    process.env.DATABASE_URL = target.databaseUrl;
    writeFileSync(join(folder, 'half.tar.gz'), readFileSync(join(folder, 'all.tar.gz')).subarray(0, 500));
    await refused(/half\.tar\.gz is no complete backup: /, 'db', 'restore', 'half.tar.gz');
    await refused(/none\.tar\.gz cannot be read: ENOENT/, 'db', 'restore', 'none.tar.gz');
    const restored = await adatom('db', 'restore', 'all.tar.gz');
    expect(restored).toMatchObject({ exitCode: 0, stderr: '' });
    expect(restored.stdout).toMatch(/^\d+ rows of \d+ tables from 2/);
    expect(await answered('keys', 'list', '--project', 'zinc')).toEqual(before);
    process.env.DATABASE_URL = database.databaseUrl;
    await target.drop();
  });

  test('help names every part and says that uploaded files are not in a backup', async () => {
    const help = await adatom('db', '--help');
    expect(help.exitCode).toBe(0);
    for (const name of ['migrate', 'check', 'prune', 'backup', 'restore']) expect(help.stdout).toContain(`  ${name} `);
    expect((await adatom('db', 'backup', '--help')).stdout.replace(/\s+/g, ' ')).toContain(
      'uploaded files are not in it',
    );
    await refused(/unknown command 'bakcup'/, 'db', 'bakcup');
    await refused(/missing required argument 'file'/, 'db', 'backup');
  });

  test('an unknown variable and a wrong value are one sentence each', async () => {
    process.env.ADATOM_DATTA = 'x';
    await refused(/^adatom: environment: ADATOM_DATTA: unknown key; did you mean "ADATOM_DATA"\?\n$/, 'db', 'check');
    delete process.env.ADATOM_DATTA;
    process.env.DATABASE_URL = 'mysql://somewhere';
    await refused(/^adatom: environment: DATABASE_URL: /, 'keys', 'list');
    process.env.DATABASE_URL = database.databaseUrl;
  });
});
