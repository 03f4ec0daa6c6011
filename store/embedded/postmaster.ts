/**
 * One PostgreSQL server on one data folder: make the folder, start, wait until it answers, stop.
 *
 * Signals of the server (manual, "Shutting Down the Server"): SIGINT ends connections and closes in order ("fast"),
 * SIGQUIT leaves the rest to the recovery of the next start. The server leads a process group of its own, so that
 * Ctrl-C in a terminal reaches us alone, and we stop it in order.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AdatomError } from '../../model/errors.ts';
import { type Account, giveTo } from './account.ts';
import type { PostgresBinaries } from './binaries.ts';
import { processCommand, processIdentity } from './process-identity.ts';

export const SUPERUSER = 'adatom';

const START_LIMIT_MS = 60_000;
const FAST_STOP_LIMIT_MS = 20_000;
const IMMEDIATE_STOP_LIMIT_MS = 10_000;
const POLL_MS = 10;
const LOG_TAIL_CHARACTERS = 1500;
/** An eighth of the memory, in these bounds; the rest of it caches files anyway. */
const LEAST_BUFFERS_MEBIBYTES = 64;
const MOST_BUFFERS_MEBIBYTES = 512;

/** Lines of postmaster.pid (src/include/utils/pidfile.h), counted from 0. */
const PID_LINE = 0;
const STATUS_LINE = 7;

export interface ServerPlace {
  readonly data: string;
  readonly log: string;
  readonly binaries: PostgresBinaries;
  readonly account: Account | undefined;
}

/** Makes the data folder, completely or not at all. */
export async function initialise({ data, log, binaries, account }: ServerPlace, password: string): Promise<void> {
  const draft = `${data}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  giveTo(draft, account);
  const passwordFile = join(draft, '..', 'initdb-password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  giveTo(passwordFile, account);
  try {
    // The built-in locale sorts by code point on every platform; checksums find damaged pages.
    const child = run(binaries.initdb, log, account, [
      `--pgdata=${draft}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
    ]);
    const exitCode = await exitOf(child);
    if (exitCode !== 0) throw failure('initdb', log, exitCode);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, data);
}

/**
 * `port taken`: somebody listens there. `not yet`: the processes of a server that was killed are still going; it refuses
 * to work beside them.
 */
export type LaunchFailure = 'port taken' | 'not yet';

/** Resolves when the server takes connections on the port of 127.0.0.1, or with what another attempt may pass. */
export async function launch(place: ServerPlace, port: number): Promise<'ready' | LaunchFailure> {
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'fsync=on',
    'max_connections=200',
    'log_line_prefix=%m [%p] ',
    ...memorySettings(),
  ];
  startLog(place.log);
  const args = ['-D', place.data, ...settings.flatMap((setting) => ['-c', setting])];
  const child = run(place.binaries.postgres, place.log, place.account, args);
  let exitCode: number | undefined;
  const exited = exitOf(child).then((code) => {
    exitCode = code;
  });
  const limit = Date.now() + START_LIMIT_MS;
  while (exitCode === undefined) {
    const file = postmasterFile(place.data);
    if (file[PID_LINE] === String(child.pid) && file[STATUS_LINE]?.trim() === 'ready') return 'ready';
    if (Date.now() > limit) {
      child.kill('SIGQUIT');
      await exited;
      throw failure('start in time', place.log, exitCode ?? 0);
    }
    await delay(POLL_MS);
  }
  const tail = tailOf(place.log);
  if (/could not bind|could not create any TCP\/IP sockets/.test(tail)) return 'port taken';
  if (/"postmaster.pid" already exists|shared memory block .* is still in use/.test(tail)) return 'not yet';
  throw failure('start', place.log, exitCode);
}

/**
 * The server is alone with us on a machine with a disk that seeks without loss. Its own defaults are of a machine of 1 GB
 * with a turning disk: the indexes of a million candidates (1 GiB) would push each other out of 128 MB, and a question
 * would be compiled for longer than it runs.
 */
function memorySettings(): readonly string[] {
  const memoryMebibytes = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) / 1024 ** 2;
  const buffers = Math.round(Math.min(MOST_BUFFERS_MEBIBYTES, Math.max(LEAST_BUFFERS_MEBIBYTES, memoryMebibytes / 8)));
  return [
    `shared_buffers=${buffers}MB`,
    `effective_cache_size=${Math.max(buffers, Math.round(memoryMebibytes / 2))}MB`,
    'random_page_cost=1.1',
    'work_mem=16MB',
    'jit=off',
  ];
}

/** Stops the server of the data folder, whoever started it; returns when it is gone. */
export async function stopServer(data: string): Promise<void> {
  const pid = serverPid(data);
  if (pid === undefined) return;
  const identity = processIdentity(pid);
  const gone = async (limitMs: number): Promise<boolean> => {
    for (const limit = Date.now() + limitMs; Date.now() < limit; await delay(POLL_MS)) {
      if (processIdentity(pid) !== identity) return true;
    }
    return false;
  };
  if (identity === undefined) return;
  signal(pid, 'SIGINT');
  if (await gone(FAST_STOP_LIMIT_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await gone(IMMEDIATE_STOP_LIMIT_MS)) return;
  throw new AdatomError('transient', `${data}: the PostgreSQL server, process ${pid}, does not stop`);
}

/** For a process that is about to end and cannot wait: the server closes in order by itself. */
export function tellToStop(data: string): void {
  const pid = serverPid(data);
  if (pid !== undefined) signal(pid, 'SIGINT');
}

/**
 * Process of the server on this folder; undefined when none runs. A file that names a process which is no PostgreSQL is
 * left from before a restart of the machine; the server would take that process for its like and refuse to start.
 */
function serverPid(data: string): number | undefined {
  const pid = Number.parseInt(postmasterFile(data)[PID_LINE] ?? '', 10);
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  const command = processCommand(pid);
  if (command === undefined) return undefined;
  if (command.includes(data) || command.startsWith('postgres')) return pid;
  rmSync(join(data, 'postmaster.pid'), { force: true });
  return undefined;
}

function postmasterFile(data: string): readonly string[] {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function run(program: string, log: string, account: Account | undefined, args: readonly string[]): ChildProcess {
  const output = openSync(log, 'a', 0o600);
  try {
    return spawn(program, args, {
      ...account,
      // A folder that the account can be in; the one we were started from may be closed to it.
      cwd: dirname(log),
      // Nothing of our environment is the server's business; messages are matched in English.
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', LC_MESSAGES: 'C', TZ: 'UTC' },
      stdio: ['ignore', output, output],
      detached: true,
    });
  } finally {
    closeSync(output);
  }
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(new AdatomError('request', `PostgreSQL: ${cause.message}`, { cause })));
    child.once('exit', (code) => resolve(code ?? -1));
  });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function failure(step: string, log: string, exitCode: number): AdatomError {
  return new AdatomError(
    'request',
    `PostgreSQL did not ${step} (exit code ${exitCode}); ${log} ends with:\n${tailOf(log)}`,
  );
}

function tailOf(log: string): string {
  return readFileSync(log, 'utf8').slice(-LOG_TAIL_CHARACTERS).trim();
}

/** The log starts again with each attempt, so that its end tells about this one. */
function startLog(log: string): void {
  writeFileSync(log, '', { mode: 0o600 });
}
