/**
 * The database of the embedded service: a real PostgreSQL server from npm, kept in `.adatom/postgres`, for this machine
 * alone (127.0.0.1, a random password in a file of mode 600).
 *
 * It ends with the process that started it: in order on `stop`, on SIGTERM, SIGINT and SIGHUP, and on any other exit. A
 * process that was killed leaves its server running; the next start finds and stops it, and recovers what was committed.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { AdatomError } from '../../model/errors.ts';
import { closedFolder, postgresAccount } from './account.ts';
import { postgresBinaries } from './binaries.ts';
import { type FolderLock, type HeldLock, heldLock, refusal, takeLock } from './folder-lock.ts';
import { initialise, launch, type ServerPlace, SUPERUSER, stopServer, tellToStop } from './postmaster.ts';

export interface EmbeddedPostgres {
  readonly databaseUrl: string;
  readonly stop: () => Promise<void>;
}

export interface EmbeddedOptions {
  /** What holds the folder, for whoever is refused. */
  readonly holder?: string;
  /** A command that is soon over: others wait for it instead of being refused. */
  readonly brief?: boolean;
}

const DATABASE = 'adatom';
/** Others may pass (PostgreSQL's account), only the owner may look. */
const PASSABLE = 0o711;
/** A taken port and the processes of a killed server are soon over. */
const LAUNCH_LIMIT_MS = 30_000;
/** How long a command that is soon over is waited for. */
const BRIEF_LIMIT_MS = 30_000;
const POLL_MS = 50;

/** Starts the database of the folder; refuses with `request` when another process holds it. */
export async function startEmbeddedPostgres(folder: string, options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> {
  const { holder = 'adatom', brief = false } = options;
  const root = preparedFolder(folder);
  const lock = await takeWhenFree(root, () => takeLock(root, holder, brief));
  if (!('release' in lock)) throw refusal(root, lock);
  try {
    return await start(root, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The database of whoever holds the folder; starts it for a while when nobody does. */
export async function useEmbeddedPostgres(folder: string, holder: string): Promise<EmbeddedPostgres> {
  const root = preparedFolder(folder);
  const lock = await takeWhenFree(root, () => takeLock(root, holder, true));
  if (!('release' in lock)) return { databaseUrl: await urlOfHolder(root), stop: async () => {} };
  try {
    return await start(root, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Waits for holders that are soon over. */
async function takeWhenFree(root: string, take: () => HeldLock | FolderLock): Promise<HeldLock | FolderLock> {
  for (const limit = Date.now() + BRIEF_LIMIT_MS; ; await delay(POLL_MS)) {
    const lock = take();
    if ('release' in lock || !lock.brief) return lock;
    if (Date.now() > limit) throw refusal(root, lock);
  }
}

/** Waits until the holder's server answers. */
async function urlOfHolder(root: string): Promise<string> {
  for (const limit = Date.now() + BRIEF_LIMIT_MS; Date.now() < limit; await delay(POLL_MS)) {
    const lock = heldLock(root);
    if (lock === undefined) break;
    if (lock.port !== undefined) return urlOf(passwordOf(join(root, 'postgres')), lock.port, DATABASE);
  }
  throw new AdatomError('transient', `${root}: the process that holds this folder has no database ready`);
}

async function start(root: string, lock: HeldLock): Promise<EmbeddedPostgres> {
  const account = postgresAccount();
  const home = join(root, 'postgres');
  mkdirSync(home, { recursive: true });
  chmodSync(home, PASSABLE);
  const closed = closedFolder(home, account);
  if (closed !== undefined) {
    const message = `${home} is no place for the database: PostgreSQL runs as nobody when adatom runs as root, and ${closed} is closed to it; set ADATOM_DATA to a folder outside of it (e.g. /var/lib/adatom), run "chmod o+x ${closed}", or start adatom under another account`;
    throw new AdatomError('request', message);
  }
  const binaries = postgresBinaries(home, account);
  const place: ServerPlace = { data: join(home, 'data'), log: join(home, 'server.log'), binaries, account };
  if (existsSync(place.data)) await stopServer(place.data);
  if (!existsSync(place.data)) await initialise(place, makePassword(home));
  const release = stopWithProcess(place.data, lock);
  try {
    const port = await launchOnFreePort(place, home);
    const password = passwordOf(home);
    await makeDatabase(password, port);
    lock.setPort(port);
    return { databaseUrl: urlOf(password, port, DATABASE), stop: release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** The folder exists and has one name, whichever links lead to it. */
function preparedFolder(folder: string): string {
  const path = resolve(folder);
  if (!existsSync(path)) {
    mkdirSync(path, { recursive: true });
    chmodSync(path, PASSABLE);
  }
  return realpathSync(path);
}

/** Takes the port of the last time when it is free, so that who is connected finds the server again. */
async function launchOnFreePort(place: ServerPlace, home: string): Promise<number> {
  const portFile = join(home, 'port');
  const last = existsSync(portFile) ? Number.parseInt(readFileSync(portFile, 'utf8'), 10) : 0;
  let port = last > 0 ? last : await freePort();
  for (const limit = Date.now() + LAUNCH_LIMIT_MS; Date.now() < limit; ) {
    const outcome = await launch(place, port);
    if (outcome === 'ready') {
      writeFileSync(portFile, `${port}\n`);
      return port;
    }
    if (outcome === 'port taken') port = await freePort();
    else await delay(POLL_MS);
  }
  throw new AdatomError('transient', `PostgreSQL does not start; ${place.log} says why`);
}

/** The system names one; somebody may take it before the server does, then the next is tried. */
function freePort(): Promise<number> {
  return new Promise((found, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function makeDatabase(password: string, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(password, port, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** Returns how to stop; until then the end of this process, of whatever kind but SIGKILL, ends the server too. */
function stopWithProcess(data: string, lock: HeldLock): () => Promise<void> {
  let stopped: Promise<void> | undefined;
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
  const onExit = () => {
    tellToStop(data);
    lock.release();
  };
  const stopDatabaseOnSignal = (signal: NodeJS.Signals) => {
    // Whoever else listens ends the process when it is ready, and stops the database then.
    if (process.listeners(signal).some(({ name }) => name !== stopDatabaseOnSignal.name)) return;
    void stop().finally(() => process.kill(process.pid, signal));
  };
  const stop = () => {
    stopped ??= stopServer(data).finally(() => {
      process.off('exit', onExit);
      for (const signal of signals) process.off(signal, stopDatabaseOnSignal);
      lock.release();
    });
    return stopped;
  };
  process.on('exit', onExit);
  for (const signal of signals) process.on(signal, stopDatabaseOnSignal);
  return stop;
}

function makePassword(home: string): string {
  const password = randomBytes(32).toString('base64url');
  const draft = join(home, 'password.new');
  writeFileSync(draft, `${password}\n`, { mode: 0o600 });
  renameSync(draft, join(home, 'password'));
  return password;
}

function passwordOf(home: string): string {
  const file = join(home, 'password');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new AdatomError('request', `${file}: the password of the database cannot be read`, { cause });
  }
}

function urlOf(password: string, port: number, database: string): string {
  return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}
