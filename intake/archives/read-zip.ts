/**
 * The files and folders of a zip archive.
 *
 * A zip says everything twice and somewhere else: sizes and names in its directory, bytes wherever an offset points to.
 * A few kilobytes can so be unpacked a million times by entries that share their bytes (Fifield, "A better zip bomb",
 * WOOT 2019). The directory is therefore looked through before a byte is unpacked: names, stated sizes, and that no two
 * entries overlap; while unpacking, sizes and checksums must be as stated.
 */
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import {
  type Entry,
  fromRandomAccessReaderPromise,
  getFileNameLowLevel,
  RandomAccessReader,
  type ZipFile,
} from 'yauzl';
import { isSystemError } from '../system-error.ts';
import type { ArchiveBytes } from './archive-bytes.ts';
import { type ArchiveEntry, partPath } from './archive-entry.ts';
import { type ArchiveLimits, type ArchiveMeter, checkRatio, refusedArchive, refusedEntry } from './archive-limits.ts';

const LOCAL_HEADER_BYTES = 30;

/** The entries in their order, after the whole directory has passed its checks. */
export async function* readZip(
  bytes: ArchiveBytes,
  limits: ArchiveLimits,
  meter: ArchiveMeter,
): AsyncGenerator<ArchiveEntry, void> {
  await checkDirectory(bytes, limits, meter);
  const zip = await open(bytes, limits);
  for await (const entry of entriesOf(zip)) {
    const { path, kind } = identityOf(entry);
    if (unixType(entry) === UNIX_LINK) {
      yield { path, kind: 'link', linkRule: 'symbolic links are refused', sizeBytes: 0, content: nothing() };
      continue;
    }
    yield { path, kind, sizeBytes: entry.uncompressedSize, content: contentOf(zip, entry, path) };
  }
}

async function* nothing(): AsyncGenerator<Buffer, void> {}

async function checkDirectory(bytes: ArchiveBytes, limits: ArchiveLimits, meter: ArchiveMeter): Promise<void> {
  const countBytes = meter.counter();
  const zip = await open(bytes, limits);
  const starts = new Float64Array(zip.entryCount);
  const ends = new Float64Array(zip.entryCount);
  let count = 0;
  let unpackedBytes = 0;
  let storedBytes = 0;
  for await (const entry of entriesOf(zip)) {
    checkEntry(entry);
    const start = entry.relativeOffsetOfLocalHeader;
    starts[count] = start;
    ends[count] = start + LOCAL_HEADER_BYTES + entry.fileNameLength + entry.compressedSize;
    count += 1;
    unpackedBytes += entry.uncompressedSize;
    storedBytes += entry.compressedSize;
    countBytes(entry.uncompressedSize);
  }
  checkRatio(unpackedBytes, storedBytes);
  const order = Uint32Array.from(starts.keys()).sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0));
  for (let index = 1; index < count; index += 1) {
    const before = order[index - 1] ?? 0;
    if ((ends[before] ?? 0) > (starts[order[index] ?? 0] ?? 0)) throw refusedArchive('its entries overlap');
  }
  const last = order[count - 1];
  if (last !== undefined && (ends[last] ?? 0) > bytes.sizeBytes) throw refusedArchive('an entry lies behind its end');
}

function checkEntry(entry: Entry): void {
  const { path, kind } = identityOf(entry);
  if (entry.isEncrypted()) throw refusedEntry(path, 'encrypted entries are refused');
  if (!entry.canDecodeFileData()) {
    throw refusedEntry(path, `compression method ${entry.compressionMethod} is refused; use "deflate"`);
  }
  const fileType = unixType(entry);
  if (fileType !== 0 && fileType !== UNIX_FILE && fileType !== UNIX_FOLDER && fileType !== UNIX_LINK) {
    throw refusedEntry(path, 'devices and pipes are refused');
  }
  if (kind === 'folder' && entry.uncompressedSize > 0) throw refusedEntry(path, 'a folder with content is refused');
}

function unixType(entry: Entry): number {
  return (entry.externalFileAttributes >>> 16) & UNIX_TYPE_MASK;
}

/** File types of `st_mode`, in the upper half of the external attributes of archives made on Unix. */
const UNIX_TYPE_MASK = 0o170000;
const UNIX_FILE = 0o100000;
const UNIX_FOLDER = 0o040000;
const UNIX_LINK = 0o120000;

function identityOf(entry: Entry): { readonly path: string; readonly kind: 'file' | 'folder' } {
  // Not by yauzl's own decoding, which replaces and refuses names in words of its own: one rule serves all formats.
  const stated = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
  return { path: partPath(stated), kind: stated.endsWith('/') ? 'folder' : 'file' };
}

async function open(bytes: ArchiveBytes, limits: ArchiveLimits): Promise<ZipFile> {
  const options = { decodeStrings: false, validateEntrySizes: true, autoClose: false };
  const zip = await asRefusal(() => fromRandomAccessReaderPromise(new PartReader(bytes), bytes.sizeBytes, options));
  if (zip.entryCount > limits.maxEntries) {
    throw refusedArchive(`more than ${limits.maxEntries} files and folders are refused, it has ${zip.entryCount}`);
  }
  return zip;
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry, void> {
  const entries = zip.eachEntry();
  for (;;) {
    const next = await asRefusal(() => entries.next());
    if (next.done === true) return;
    yield next.value;
  }
}

async function* contentOf(zip: ZipFile, entry: Entry, path: string): AsyncGenerator<Buffer, void> {
  const stream = await asRefusal(() => zip.openReadStreamPromise(entry), path);
  const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  let checksum = 0;
  try {
    for (;;) {
      const next = await asRefusal(() => chunks.next(), path);
      if (next.done === true) break;
      checksum = crc32(next.value, checksum);
      yield next.value;
    }
  } finally {
    stream.destroy();
  }
  if (checksum !== entry.crc32) throw refusedEntry(path, 'its checksum is wrong');
}

/** Errors of the library about what it reads are refusals; those of the system stay what they are. */
async function asRefusal<T>(action: () => Promise<T>, path?: string): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof Error) || isSystemError(error)) throw error;
    const rule = `it is no valid zip archive (${error.message})`;
    throw path === undefined ? refusedArchive(rule, error) : refusedEntry(path, rule, error);
  }
}

/** A class because yauzl wants a subclass of its own. */
class PartReader extends RandomAccessReader {
  readonly #bytes: ArchiveBytes;

  constructor(bytes: ArchiveBytes) {
    super();
    this.#bytes = bytes;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#bytes.chunks(start, end), { objectMode: false });
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#bytes.read(buffer.subarray(offset, offset + length), position).then(
      (count) => callback(count < length ? new Error('unexpected end of file') : null),
      (error: Error) => callback(error),
    );
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }
}
