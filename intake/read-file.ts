/**
 * Opens one file and gives its decompressed bytes, wherever they are, with its identity.
 *
 * A calculation tree on a cluster holds named pipes, folders called OUTCAR, files of other users, archives cut by a
 * full disk and files that vanish while they are looked at. None of these is a bug and none may stop a screening: every
 * outcome is a value. Compression is told by content, never by name: `OUTCAR.gz` is often a renamed plain file.
 */
import { createHash, type Hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync, type Stats, statSync } from 'node:fs';
import { type ByteSource, memorySource } from '../model/byte-source.ts';
import { type Issue, issue } from '../model/issues.ts';
import { type ArchiveKind, archiveKind, decompress, UnreadableArchive } from './decompress.ts';
import { isSystemError, reasonOf } from './system-error.ts';

/** Of the file as it is stored (compressed, if it is). */
export interface ContentIdentity {
  readonly sha256: string;
  readonly bytes: number;
}

export interface ReadableFile {
  readonly readable: true;
  /** Decompressed bytes; valid until `close`. */
  readonly source: ByteSource;
  readonly identity: ContentIdentity;
  readonly compression?: 'gzip' | 'xz';
  /** The archive ends early: `source` holds what could still be unpacked. */
  readonly truncatedArchive: boolean;
  /** Whether the file has changed since it was opened: VASP is still writing it. */
  readonly grewWhileReading: () => boolean;
  readonly close: () => void;
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

/** Larger files are read through a window instead of being held in memory. */
const IN_MEMORY_BYTES = 1024 * 1024;
const DEFAULT_MAX_DECOMPRESSED_BYTES = 4 * 1024 ** 3;

export async function readFile(path: string, options: ReadFileOptions = {}): Promise<ReadableFile | UnreadableFile> {
  let opened: OpenedFile;
  try {
    opened = openRegularFile(path, options.realPath);
  } catch (error) {
    return unreadable(error);
  }
  try {
    const file = await readOpened(opened, options.maxDecompressedBytes ?? DEFAULT_MAX_DECOMPRESSED_BYTES);
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

async function readOpened(opened: OpenedFile, maxBytes: number): Promise<ReadableFile | UnreadableFile> {
  const { descriptor, stats } = opened;
  const whole = stats.size <= IN_MEMORY_BYTES ? readUpTo(descriptor, stats.size) : undefined;
  const identity =
    whole === undefined ? hashOf(descriptor, stats.size) : { sha256: sha256(whole), bytes: whole.length };
  if (identity.bytes === 0) return { readable: false, identity, issue: unreadableIssue('the file is empty') };
  const stored = whole === undefined ? descriptorSource(descriptor, identity.bytes) : memorySource(whole);
  const grewWhileReading = (): boolean => hasChanged(opened);
  const kind = archiveKind(headOf(stored));
  if (kind === undefined) {
    const close = (): void => closeSync(descriptor);
    return { readable: true, source: stored, identity, truncatedArchive: false, grewWhileReading, close };
  }
  return unpacked(kind, stored, { identity, descriptor, maxBytes, grewWhileReading });
}

interface ArchiveContext {
  readonly identity: ContentIdentity;
  readonly descriptor: number;
  readonly maxBytes: number;
  readonly grewWhileReading: () => boolean;
}

async function unpacked(
  kind: ArchiveKind,
  stored: ByteSource,
  context: ArchiveContext,
): Promise<ReadableFile | UnreadableFile> {
  const { identity, grewWhileReading } = context;
  try {
    const archive = await decompress(kind, stored, context.maxBytes);
    const close = (): void => {
      archive.close();
      closeSync(context.descriptor);
    };
    const { source, compression, truncated } = archive;
    if (source.sizeBytes > 0) {
      return { readable: true, source, identity, compression, truncatedArchive: truncated, grewWhileReading, close };
    }
    archive.close();
    const reason = truncated ? 'the archive is cut off before its first byte of content' : 'the archive is empty';
    return { readable: false, identity, issue: unreadableIssue(reason) };
  } catch (error) {
    if (!(error instanceof UnreadableArchive)) throw error;
    return { readable: false, identity, issue: unreadableIssue(error.message) };
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

/** Hash of the first `sizeBytes`: what is appended meanwhile belongs to the next look at the file. */
function hashOf(descriptor: number, sizeBytes: number): ContentIdentity {
  const hash: Hash = createHash('sha256');
  const window = Buffer.allocUnsafeSlow(Math.min(sizeBytes, IN_MEMORY_BYTES));
  let bytes = 0;
  while (bytes < sizeBytes) {
    const count = readSync(descriptor, window, 0, Math.min(window.length, sizeBytes - bytes), bytes);
    if (count === 0) break;
    hash.update(window.subarray(0, count));
    bytes += count;
  }
  return { sha256: hash.digest('hex'), bytes };
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
