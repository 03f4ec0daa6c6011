/**
 * `.adatom/lock`: which process keeps the folder's database. One at a time; the others are told who, or ask that
 * process's PostgreSQL.
 *
 * A process that was killed leaves its lock behind. Its number alone proves nothing, another process may have it by now,
 * so its start is compared too. A lock comes into being complete (a link to a finished file): nobody reads half of one.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { AdatomError } from '../../model/errors.ts';
import { processIdentity } from './process-identity.ts';

const lockSchema = z.strictObject({
  pid: z.int().min(1),
  identity: z.string(),
  host: z.string(),
  /** What the process is, e.g. `adatom serve`. */
  holder: z.string(),
  /** A command that is soon over: others wait for it. */
  brief: z.boolean(),
  since: z.string(),
  /** Of PostgreSQL; absent until it answers. */
  port: z.int().optional(),
});
export type FolderLock = z.output<typeof lockSchema>;

export interface HeldLock {
  readonly setPort: (port: number) => void;
  /** Also usable while the process exits. */
  readonly release: () => void;
}

/** Takes the lock, or returns the one that another living process has. */
export function takeLock(folder: string, holder: string, brief: boolean): HeldLock | FolderLock {
  const path = lockPath(folder);
  const own: FolderLock = {
    pid: process.pid,
    identity: processIdentity(process.pid) ?? '',
    host: hostname(),
    holder,
    brief,
    since: new Date().toISOString(),
  };
  for (;;) {
    if (writeWhole(path, own, 'create')) {
      return {
        setPort: (port) => writeWhole(path, { ...own, port }, 'replace'),
        release: () => {
          const present = readLock(folder);
          if (present?.pid === own.pid && present.identity === own.identity) rmSync(path, { force: true });
        },
      };
    }
    const present = readLock(folder);
    if (present === undefined) continue;
    if (isHeld(present, path)) return present;
    removeStale(path, present);
  }
}

/** The lock of a living process. */
export function heldLock(folder: string): FolderLock | undefined {
  const lock = readLock(folder);
  return lock !== undefined && isHeld(lock, lockPath(folder)) ? lock : undefined;
}

export function refusal(folder: string, lock: FolderLock): AdatomError {
  return new AdatomError(
    'request',
    `${folder} is in use by ${lock.holder}, process ${lock.pid} since ${lock.since}; stop that one first, or choose another folder with ADATOM_DATA`,
  );
}

function lockPath(folder: string): string {
  return join(folder, 'lock');
}

function isHeld(lock: FolderLock, path: string): boolean {
  if (lock.host !== hostname()) {
    const message = `${path} was made on the machine ${lock.host} by ${lock.holder}, process ${lock.pid}; if that is not running any more, delete the file`;
    throw new AdatomError('request', message);
  }
  return processIdentity(lock.pid) === lock.identity;
}

function readLock(folder: string): FolderLock | undefined {
  const path = lockPath(folder);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new AdatomError('request', `${path} is no lock of adatom; delete it when no adatom works here`, { cause });
  }
}

/** False when there is a lock already. */
function writeWhole(path: string, lock: FolderLock, how: 'create' | 'replace'): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(lock)}\n`);
  if (how === 'replace') {
    renameSync(draft, path);
    return true;
  }
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Two may find the same stale lock; the slower one must not remove the new lock of the faster one. */
function removeStale(path: string, stale: FolderLock): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
    const moved = lockSchema.parse(JSON.parse(readFileSync(aside, 'utf8')));
    if (moved.pid !== stale.pid || moved.identity !== stale.identity) linkSync(aside, path);
  } catch (error) {
    if (!isCode(error, 'ENOENT') && !isCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
