/** What the commands of the service refuse, and what the doctor finds wrong: one sentence, an exit code, no secret. */
import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../services/run-redis.ts';
import { type Run, runAdatom } from './run-adatom.ts';

const CAMPAIGN = fileURLToPath(new URL('../../examples/zno-lithium/calculations', import.meta.url));

let folder = '';
let taken: Server;
let takenPort = 0;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'adatom-refusals-')));
  // PostgreSQL runs under another account when the tests run as root.
  chmodSync(folder, 0o755);
  taken = createServer();
  await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
  const address = taken.address();
  takenPort = typeof address === 'object' && address !== null ? address.port : 0;
});

afterAll(() => {
  taken.close();
  rmSync(folder, { recursive: true, force: true });
});

/** In a clean environment, but for what is stated. */
function adatom(args: readonly string[], stated: Readonly<Record<string, string>> = {}): Promise<Run> {
  return runAdatom(args, { cwd: folder, env: { PATH: process.env.PATH, HOME: folder, ...stated } });
}

/** Nothing on stdout, one line on stderr. */
function expectRefusal(run: Run, exitCode: number, words: RegExp): void {
  expect(run).toMatchObject({ exitCode, stdout: '' });
  expect(run.stderr).toMatch(words);
  expect(run.stderr.trim().split('\n')).toHaveLength(1);
}

// Nothing listens on port 9 (discard) of a machine of our days.
const DEAD_DATABASE = 'postgresql://adatom:topsecret@127.0.0.1:9/adatom';
const DEAD_REDIS = 'redis://:topsecret@127.0.0.1:9';

describe('adatom serve refuses', () => {
  test('Redis without PostgreSQL: its workers could not share results', async () => {
    expectRefusal(await adatom(['serve'], { REDIS_URL: DEAD_REDIS }), 2, /^adatom: REDIS_URL without DATABASE_URL/);
  });

  test('to be open to a network without keys', async () => {
    const run = await adatom(['serve', '--host', '0.0.0.0'], { ADATOM_AUTH: 'off' });
    expectRefusal(run, 2, /^adatom: ADATOM_AUTH=off: .* only on its own database and a loopback address/);
  });

  test('a misspelt setting, with the one that is meant', async () => {
    expectRefusal(await adatom(['serve'], { ADATOM_PROT: '1' }), 2, /ADATOM_PROT: .*did you mean "ADATOM_PORT"\?/);
  });

  test('a data folder that cannot be, also where the system never says so', async () => {
    writeFileSync(join(folder, 'file'), '');
    expectRefusal(await adatom(['serve', '--data', 'file']), 2, /file: the data folder cannot be made or written/);
    const commands = [['serve'], ['keys', 'list'], ['db', 'check']];
    for (const run of await Promise.all(commands.map((args) => adatom(args, { ADATOM_DATA: '/proc/adatom' })))) {
      expectRefusal(run, 2, /^adatom: \/proc\/adatom: the data folder cannot be made or written/);
    }
  });

  test('a database that does not answer, without showing its password', async () => {
    const run = await adatom(['serve'], { DATABASE_URL: DEAD_DATABASE, ADATOM_LOG_LEVEL: 'silent' });
    expectRefusal(run, 3, /^adatom: the database does not answer: .*ECONNREFUSED/);
    expect(run.stderr).not.toContain('topsecret');
  });

  test('a port where another program listens, and leaves no database behind', async () => {
    const data = join(folder, 'port');
    const args = ['serve', '--port', String(takenPort), '--data', data];
    const words = new RegExp(`^adatom: 127.0.0.1:${takenPort}: another program listens there`);
    expectRefusal(await adatom(args, { ADATOM_LOG_LEVEL: 'silent' }), 2, words);
    // The folder is free again: nothing holds it.
    const doctor = await adatom(['doctor', '--data', data]);
    expect(doctor.exitCode).toBe(0);
    expect(doctor.stdout).not.toContain('in use by');
  });

  test('to be a worker without a database', async () => {
    expectRefusal(await adatom(['worker']), 2, /a worker needs the database of a service: set DATABASE_URL/);
  });
});

describe('adatom doctor', () => {
  test('finds everything that is wrong at once, with advice and without passwords', async () => {
    const environment = { DATABASE_URL: DEAD_DATABASE, REDIS_URL: DEAD_REDIS, ADATOM_ROOTS: '/nowhere' };
    const run = await adatom(['doctor', '--data', '/proc/adatom', '--json'], environment);
    expect(run.exitCode).toBe(3);
    const { healthy, findings } = JSON.parse(run.stdout) as { healthy: boolean; findings: object[] }; // shape: under test
    expect(healthy).toBe(false);
    const wrong = { state: 'fault', advice: expect.any(String) };
    expect(findings).toContainEqual({ ...wrong, subject: 'data folder', found: '/proc/adatom: /proc keeps no files' });
    expect(findings).toContainEqual({
      ...wrong,
      subject: 'DATABASE_URL',
      found: expect.stringContaining('ECONNREFUSED'),
    });
    expect(findings).toContainEqual({ ...wrong, subject: 'REDIS_URL', found: expect.stringContaining('ECONNREFUSED') });
    expect(findings).toContainEqual({ ...wrong, subject: 'root', found: expect.stringContaining('/nowhere: no such') });
    expect(run.stderr).toBe('adatom: not in order: data folder, DATABASE_URL, REDIS_URL, root\n');
    expect(run.stdout + run.stderr).not.toContain('topsecret');
  });

  test('finds a folder that belongs to somebody else', async () => {
    const run = await adatom(['doctor', '--data', '/etc/hostname']);
    expect(run.exitCode).toBe(3);
    expect(run.stdout).toMatch(/^fault +data folder/m);
  });
});

describe('a command that cannot reach a service', () => {
  test('says so at once and how to start one', async () => {
    const server = `http://127.0.0.1:${await freePort()}`;
    const words = /no service listens there \(adatom serve starts one; --server names another\)/;
    expectRefusal(await adatom(['status', '--server', server]), 3, words);
    expectRefusal(await adatom(['submit', CAMPAIGN], { ADATOM_SERVER: server }), 3, words);
    // A port that every HTTP client refuses.
    expectRefusal(await adatom(['status', '--server', 'http://127.0.0.1:9']), 3, /HTTP is not spoken on this port/);
  });

  test('never takes a key from the list of processes or a password from an address', async () => {
    expectRefusal(await adatom(['status', '--server', 'http://me:pw@host']), 2, /must not hold a name or password/);
    expectRefusal(await adatom(['status'], { ADATOM_KEY: 'two words' }), 2, /ADATOM_KEY: expected one API key/);
    expectRefusal(await adatom(['status', '--key-file', 'none']), 2, /^adatom: none: no such file/);
  });

  test('of folders that are not there or hold nothing sends nothing', async () => {
    expectRefusal(await adatom(['submit', 'nowhere']), 2, /^adatom: nowhere: no such file or folder/);
    expectRefusal(await adatom(['submit', folder]), 3, /^adatom: no file of VASP's in /);
  });
});
