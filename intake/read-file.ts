/**
 * Opens one file and gives its decompressed bytes, wherever they are, with its identity.
 *
 * A calculation tree on a cluster holds named pipes, folders called OUTCAR, files of other users, archives cut by a
 * full disk and files that vanish while they are looked at. None of these is a bug and none may stop a screening: every
 * outcome is a value. Compression is told by content, never by name: `OUTCAR.gz` is often a renamed plain file.
 */
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync, type Stats, statSync } from 'node:fs';
import { type ByteSource, memorySource } from '../model/byte-source.ts';
import { type Issue, issue } from '../model/issues.ts';
import { type ArchiveKind, archiveKind, type Decompressed, decompress, UnreadableArchive } from './decompress.ts';
import {
  type ContentIdentity,
  digestInThread,
  digestOf,
  type FileDigest,
  type LineCheckpoints,
} from './file-digest.ts';
import { isSystemError, reasonOf } from './system-error.ts';

export type { ContentIdentity } from './file-digest.ts';

export interface OpenFile {
  readonly readable: true;
  /** Decompressed bytes; valid until `close`. */
  readonly source: ByteSource;
  /** As the file is stored. */
  readonly storedBytes: number;
  readonly compression?: Decompressed['compression'];
  /** The archive ends early: `source` holds what could still be unpacked. */
  readonly truncatedArchive: boolean;
  /** Whether the file has changed since it was opened: VASP is still writing it. */
  readonly grewWhileReading: () => boolean;
  /** What hashing the whole file tells, when that is done. To be waited for before `close`. */
  readonly digest: () => Promise<WholeFile>;
  readonly close: () => void;
}

export interface WholeFile {
  /** Absent when no hash was wanted. */
  readonly identity?: ContentIdentity;
  /** Of `source`, when it is the file as it is stored and is a large one. */
  readonly lines?: LineCheckpoints;
}

export interface ReadableFile extends OpenFile {
  readonly identity: ContentIdentity;
}

export interface UnreadableFile {
  readonly readable: false;
  readonly issue: Issue;
  /** Present when the bytes could be read although nothing could be made of them. */
  readonly identity?: ContentIdentity;
}

export interface ReadFileOptions {
  /** An archive that unpacks to more is refused. */
  readonly maxDecompressedBytes?: number;
  /** Where the opened file must lie; another one is unreadable. Only Linux tells, elsewhere it is not looked at. */
  readonly realPath?: string;
}

export interface OpenFileOptions extends ReadFileOptions {
  /** When the file is hashed: before it is given out, in a thread beside it if it is large, or not at all. */
  readonly hash: 'before' | 'beside' | 'never';
}

/** Larger files are read through a window instead of being held in memory. */
const IN_MEMORY_BYTES = 1024 * 1024;
const DEFAULT_MAX_DECOMPRESSED_BYTES = 4 * 1024 ** 3;

/** Smaller files are hashed before a thread has started. */
const WORTH_A_THREAD_BYTES = 32 * 1024 * 1024;

export async function readFile(path: string, options: ReadFileOptions = {}): Promise<ReadableFile | UnreadableFile> {
  const file = await openFile(path, { ...options, hash: 'before' });
  if (!file.readable) return file;
  const { identity } = await file.digest();
  if (identity === undefined) throw new Error('a file that was to be hashed was not');
  return { ...file, identity };
}

/** Like `readFile`, without waiting for the hash. */
export async function openFile(path: string, options: OpenFileOptions): Promise<OpenFile | UnreadableFile> {
  let opened: OpenedFile;
  try {
    opened = openRegularFile(path, options.realPath);
  } catch (error) {
    return unreadable(error);
  }
  try {
    const file = await readOpened(opened, options);
    // A source that reads through the descriptor keeps it open until the caller closes the file.
    if (!file.readable) closeSync(opened.descriptor);
    return file;
  } catch (error) {
    closeSync(opened.descriptor);
    return unreadable(error);
  }
}

/** Thrown for something that is no regular file, or another one; never leaves this module. */
class NotTheFile extends Error {}

interface OpenedFile {
  readonly descriptor: number;
  readonly stats: Stats;
}

function openRegularFile(path: string, realPath: string | undefined): OpenedFile {
  // Looking first: opening a device can have effects. O_NONBLOCK: a pipe put there in between must not block us.
  refuseSpecial(statSync(path));
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const stats = fstatSync(descriptor);
  try {
    refuseSpecial(stats);
    if (realPath !== undefined) refuseOther(descriptor, realPath);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  return { descriptor, stats };
}

function refuseSpecial(stats: Stats): void {
  if (stats.isFile()) return;
  if (stats.isDirectory()) throw new NotTheFile('it is a folder, not a file');
  if (stats.isFIFO()) throw new NotTheFile('it is a named pipe, not a file');
  if (stats.isSocket()) throw new NotTheFile('it is a socket, not a file');
  throw new NotTheFile('it is a device, not a file');
}

/** A path that was looked at can lead elsewhere when it is opened; what is open cannot change its place any more. */
function refuseOther(descriptor: number, realPath: string): void {
  let place: string;
  try {
    place = readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch (error) {
    if (isSystemError(error)) return;
    throw error;
  }
  if (place !== realPath && place !== `${realPath} (deleted)`) {
    throw new NotTheFile('it leads elsewhere than when it was found');
  }
}

async function readOpened(opened: OpenedFile, options: OpenFileOptions): Promise<OpenFile | UnreadableFile> {
  const { descriptor } = opened;
  const { stored, digest } = await contentOf(opened, options.hash);
  if (stored.sizeBytes === 0) {
    return { readable: false, ...identityOf(await digest()), issue: unreadableIssue('the file is empty') };
  }
  const file = {
    readable: true,
    source: stored,
    storedBytes: stored.sizeBytes,
    truncatedArchive: false,
    grewWhileReading: () => hasChanged(opened),
    digest,
    close: () => closeSync(descriptor),
  } as const;
  const kind = archiveKind(headOf(stored));
  return kind === undefined ? file : unpacked(kind, file, options.maxDecompressedBytes);
}

interface Content {
  readonly stored: ByteSource;
  readonly digest: () => Promise<WholeFile>;
}

/** The bytes as they are stored. What is appended after the file was opened belongs to the next look at it. */
async function contentOf({ descriptor, stats }: OpenedFile, hash: OpenFileOptions['hash']): Promise<Content> {
  if (stats.size <= IN_MEMORY_BYTES) {
    const whole = readUpTo(descriptor, stats.size);
    const identity = hash === 'never' ? undefined : { sha256: sha256(whole), bytes: whole.length };
    return { stored: memorySource(whole), digest: async () => (identity === undefined ? {} : { identity }) };
  }
  const task = { descriptor, sizeBytes: stats.size };
  const stored = descriptorSource(descriptor, stats.size);
  if (hash === 'never') return { stored, digest: async () => ({}) };
  if (hash === 'beside' && stats.size >= WORTH_A_THREAD_BYTES) {
    const digest = digestInThread(task);
    // A disk that fails is told by whoever asks; until then it must not count as unhandled.
    digest.catch(() => undefined);
    return { stored, digest: () => digest };
  }
  const digest: FileDigest = digestOf(task);
  return { stored: descriptorSource(descriptor, digest.identity.bytes), digest: async () => digest };
}

function identityOf({ identity }: WholeFile): Pick<UnreadableFile, 'identity'> {
  return identity === undefined ? {} : { identity };
}

async function unpacked(
  kind: ArchiveKind,
  packed: OpenFile,
  maxBytes = DEFAULT_MAX_DECOMPRESSED_BYTES,
): Promise<OpenFile | UnreadableFile> {
  const digest = async (): Promise<WholeFile> => identityOf(await packed.digest());
  try {
    const archive = await decompress(kind, packed.source, maxBytes);
    const close = (): void => {
      archive.close();
      packed.close();
    };
    const { source, compression, truncated } = archive;
    if (source.sizeBytes > 0) return { ...packed, source, digest, compression, truncatedArchive: truncated, close };
    archive.close();
    const reason = truncated ? 'the archive is cut off before its first byte of content' : 'the archive is empty';
    return { readable: false, ...(await digest()), issue: unreadableIssue(reason) };
  } catch (error) {
    // The thread reads through the descriptor, which is closed next.
    const identity = await digest();
    if (!(error instanceof UnreadableArchive)) throw error;
    return { readable: false, ...identity, issue: unreadableIssue(error.message) };
  }
}

function hasChanged({ descriptor, stats }: OpenedFile): boolean {
  const now = fstatSync(descriptor);
  return now.size !== stats.size || now.mtimeMs !== stats.mtimeMs;
}

function descriptorSource(descriptor: number, sizeBytes: number): ByteSource {
  return {
    sizeBytes,
    read: (target, offset) => {
      const length = Math.min(target.length, sizeBytes - offset);
      return length <= 0 ? 0 : readSync(descriptor, target, 0, length, offset);
    },
  };
}

function headOf(source: ByteSource): Uint8Array {
  const head = new Uint8Array(512);
  return head.subarray(0, source.read(head, 0));
}

function readUpTo(descriptor: number, sizeBytes: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(sizeBytes);
  let length = 0;
  while (length < sizeBytes) {
    const count = readSync(descriptor, bytes, length, sizeBytes - length, length);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function unreadable(error: unknown): UnreadableFile {
  if (error instanceof NotTheFile) return { readable: false, issue: unreadableIssue(error.message) };
  if (!isSystemError(error)) throw error;
  return { readable: false, issue: unreadableIssue(reasonOf(error)) };
}

function unreadableIssue(reason: string): Issue {
  return issue('E_UNREADABLE', { reason });
}
