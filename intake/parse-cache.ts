/**
 * Remembers parsed files, so that a second screening neither reads nor parses what has not changed.
 *
 *   FOLDER/index            which file had which SHA-256: path → size, times, inode, hash
 *   FOLDER/records/ab/…     parsed values by key = SHA-256 of (hashes of the files, version of the parsers)
 *
 * The mistake avoided here is git's "racy" one: a file written in the same clock tick in which it was looked at can
 * change again without its time stamp moving. Therefore a file modified at or after the start of this session (by the
 * clock of the cache's disk) is never remembered; the next session reads it once more.
 * Several processes may share the folder: every file is replaced in one step and checked when read. A damaged entry is
 * a miss.
 */
import { createHash } from 'node:crypto';
import { type BigIntStats, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AdatomError } from '../model/errors.ts';
import { readChecked, TEMPORARY_MARK, writeChecked } from './checked-file.ts';
import { makeFolder } from './make-folder.ts';
import type { ContentIdentity } from './read-file.ts';
import { isSystemError, reasonOf } from './system-error.ts';

/** A file as the file system describes it, without its content. */
export interface FileStamp {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedNs: bigint;
  readonly changedNs: bigint;
  readonly inode: bigint;
}

export interface ParseCache {
  /** How the file looks now; undefined when it is not there or no regular file. */
  readonly stamp: (path: string) => FileStamp | undefined;
  /** Its hash, when it still looks as it did when the hash was taken. */
  readonly identityOf: (stamp: FileStamp) => ContentIdentity | undefined;
  /** `stamp` must have been taken before the file was read. */
  readonly remember: (stamp: FileStamp, identity: ContentIdentity) => void;
  readonly get: (key: string) => unknown;
  readonly put: (key: string, value: unknown) => void;
  /** Writes the index. With `prune`, what this session did not use is deleted. Says why when nothing could be kept. */
  readonly close: (options?: { readonly prune?: boolean }) => { readonly problem?: string };
}

interface IndexEntry {
  readonly stamp: FileStamp;
  readonly identity: ContentIdentity;
}
type Index = Map<string, IndexEntry>;

interface Session {
  readonly folder: string;
  readonly startedNs: bigint;
  readonly index: Index;
  readonly seenPaths: Set<string>;
  readonly usedKeys: Set<string>;
  problem: string | undefined;
}

const INDEX_NAME = 'index 1';
const ABANDONED_AFTER_NS = 3_600_000_000_000n;

/** Key of a value that depends on these files and on the code of this version, in this order. */
export function cacheKey(sha256s: readonly string[], version: string): string {
  return createHash('sha256')
    .update(JSON.stringify([version, ...sha256s]))
    .digest('hex');
}

export function openParseCache(folder: string): ParseCache {
  const session = startSession(resolve(folder));
  return {
    stamp: stampOf,
    identityOf: (stamp) => identityOf(session, stamp),
    remember: (stamp, identity) => {
      session.seenPaths.add(stamp.path);
      if (stamp.modifiedNs >= session.startedNs) session.index.delete(stamp.path);
      else session.index.set(stamp.path, { stamp, identity });
    },
    get: (key) => get(session, key),
    put: (key, value) => {
      session.usedKeys.add(key);
      writeOrGiveUp(session, () => {
        const path = entryPath(session.folder, key);
        makeFolder(dirname(path));
        writeChecked(path, key, value);
      });
    },
    close: ({ prune = false } = {}) => close(session, prune),
  };
}

function startSession(folder: string): Session {
  try {
    makeFolder(join(folder, 'records'));
    // The tag keeps backup programs away; written anew each time, its time is "now" by the clock of this disk.
    const tag = join(folder, 'CACHEDIR.TAG');
    writeFileSync(
      tag,
      'Signature: 8a477f597d28d172789f06886806bc55\n# Parsed calculations; may be deleted at any time.\n',
    );
    const startedNs = statSync(tag, { bigint: true }).mtimeNs;
    return {
      folder,
      startedNs,
      index: readIndex(folder),
      seenPaths: new Set(),
      usedKeys: new Set(),
      problem: undefined,
    };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new AdatomError('request', `the cache folder ${folder} cannot be written: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

function readIndex(folder: string): Index {
  const path = join(folder, 'index');
  const found = readChecked(path, INDEX_NAME);
  if (typeof found === 'object' && found.value instanceof Map) return found.value;
  if (found !== 'absent') rmSync(path, { force: true, recursive: true });
  return new Map();
}

function stampOf(path: string): FileStamp | undefined {
  let stats: BigIntStats;
  try {
    stats = statSync(path, { bigint: true });
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
  if (!stats.isFile()) return undefined;
  return {
    path: resolve(path),
    sizeBytes: Number(stats.size),
    modifiedNs: stats.mtimeNs,
    // A copy can carry over the time of modification, never the time of the change itself.
    changedNs: stats.ctimeNs,
    inode: stats.ino,
  };
}

function identityOf(session: Session, stamp: FileStamp): ContentIdentity | undefined {
  session.seenPaths.add(stamp.path);
  const known = session.index.get(stamp.path);
  if (known === undefined) return undefined;
  const { sizeBytes, modifiedNs, changedNs, inode } = known.stamp;
  const unchanged =
    sizeBytes === stamp.sizeBytes &&
    modifiedNs === stamp.modifiedNs &&
    changedNs === stamp.changedNs &&
    inode === stamp.inode;
  return unchanged ? known.identity : undefined;
}

function get(session: Session, key: string): unknown {
  const path = entryPath(session.folder, key);
  const found = readChecked(path, key);
  if (typeof found === 'object') {
    session.usedKeys.add(key);
    return found.value;
  }
  if (found === 'foreign') writeOrGiveUp(session, () => rmSync(path, { force: true, recursive: true }));
  return undefined;
}

function close(session: Session, prune: boolean): { readonly problem?: string } {
  if (prune) {
    for (const path of session.index.keys()) if (!session.seenPaths.has(path)) session.index.delete(path);
    writeOrGiveUp(session, () => pruneRecords(session));
  }
  writeOrGiveUp(session, () => writeChecked(join(session.folder, 'index'), INDEX_NAME, session.index));
  return session.problem === undefined ? {} : { problem: session.problem };
}

/** Entries that another process wrote since this session began stay, whatever this session used. */
function pruneRecords(session: Session): void {
  const records = join(session.folder, 'records');
  for (const shelf of readdirSync(records, { withFileTypes: true })) {
    if (!shelf.isDirectory()) continue;
    for (const name of readdirSync(join(records, shelf.name))) {
      if (session.usedKeys.has(name)) continue;
      const path = join(records, shelf.name, name);
      const writtenNs = statSync(path, { bigint: true, throwIfNoEntry: false })?.mtimeNs;
      const limitNs = name.includes(TEMPORARY_MARK) ? session.startedNs - ABANDONED_AFTER_NS : session.startedNs;
      if (writtenNs !== undefined && writtenNs < limitNs) rmSync(path, { force: true, recursive: true });
    }
  }
}

/** A cache that cannot be written (full disk) makes the next run slower, not this one fail. */
function writeOrGiveUp(session: Session, write: () => void): void {
  if (session.problem !== undefined) return;
  try {
    write();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    session.problem = `the cache in ${session.folder} cannot be written: ${reasonOf(error)}`;
  }
}

function entryPath(folder: string, key: string): string {
  return join(folder, 'records', key.slice(0, 2), key);
}
