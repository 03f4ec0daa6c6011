/**
 * Unpacks an archive that a stranger sent: tar, tar.gz, tar.xz or zip, told by its first bytes.
 *
 * Entries go one by one, as streams, to a sink that keeps them; nothing here touches a disk by a name out of the
 * archive. One bad entry refuses the whole archive: what was kept of it so far is its caller's to remove. What is not
 * VASP's is passed over and counted. Archives in the archive stay files (OUTCAR.gz is read when it is parsed).
 */
import { pathRegister, uploadPathFault } from '../../model/upload-path.ts';
import { archiveKind } from '../decompress.ts';
import { isLicensedHead, isLicensedName, LICENSED_HEAD_BYTES } from '../licensed-file.ts';
import { vaspFileName } from '../vasp-file-name.ts';
import { type ArchiveBytes, openArchiveBytes } from './archive-bytes.ts';
import type { ArchiveEntry } from './archive-entry.ts';
import { type ArchiveLimits, checkFileSize, refusedArchive, refusedEntry } from './archive-limits.ts';
import { isTarHead, readTar } from './read-tar.ts';
import { readZip } from './read-zip.ts';
import { type StreamCompression, unpackedBytes } from './unpack-stream.ts';

/** Keeps one file. It is handed every path at most once. */
export type ArchiveSink = (path: string, content: AsyncIterable<Buffer>) => Promise<void>;

/** `not-vasp`: neither a file of VASP nor a manifest; `licensed`: a POTCAR. */
export type SkipReason = 'not-vasp' | 'licensed';

export interface ExtractedArchive {
  readonly files: number;
  /** Of the files that were kept. */
  readonly bytes: number;
  readonly skipped: Readonly<Record<SkipReason, number>>;
  /**
   * Kept files packed with xz that came in a tar.xz: only one xz stream can be open, so whether they are licensed must
   * be looked at now.
   */
  readonly unseen: readonly string[];
}

export const MANIFEST_NAME = 'adatom.yaml';

/** `parts`: files that make up the archive, in their order. Throws a `request` error that names entry and rule. */
export async function extractArchive(
  parts: readonly string[],
  sink: ArchiveSink,
  limits: ArchiveLimits,
): Promise<ExtractedArchive> {
  const bytes = await openArchiveBytes(parts);
  try {
    const { entries, compression } = await entriesOf(bytes, limits);
    return await keepEntries(entries, { sink, limits, canOpenXz: compression !== 'xz' });
  } finally {
    await bytes.close();
  }
}

interface OpenedArchive {
  readonly entries: AsyncIterable<ArchiveEntry>;
  readonly compression?: StreamCompression;
}

const HEAD_BYTES = 512;

async function entriesOf(bytes: ArchiveBytes, limits: ArchiveLimits): Promise<OpenedArchive> {
  const head = Buffer.alloc(HEAD_BYTES);
  const kind = archiveKind(head.subarray(0, await bytes.read(head, 0)));
  if (kind === 'zip' || isEmptyZip(head)) return { entries: readZip(bytes, limits) };
  if (kind === 'tar') return { entries: readTar(unpackedBytes(bytes.chunks(), undefined, limits)) };
  if (kind === 'gzip' || kind === 'xz') {
    return { entries: readTar(startingWithTar(unpackedBytes(bytes.chunks(), kind, limits), kind)), compression: kind };
  }
  throw refusedArchive(`tar, tar.gz, tar.xz and zip are understood, this is ${kind ?? 'none of them'}`);
}

function isEmptyZip(head: Buffer): boolean {
  return head.subarray(0, 4).equals(Buffer.from('PK\x05\x06', 'latin1'));
}

/** A single packed file has no paths: it must be sent as a file. */
async function* startingWithTar(
  unpacked: AsyncIterable<Buffer>,
  kind: StreamCompression,
): AsyncGenerator<Buffer, void> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of unpacked) {
    if (head === undefined) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD_BYTES) continue;
    if (!isTarHead(head)) throw refusedArchive(`it holds no tar archive but one file packed with ${kind}`);
    yield head;
    head = undefined;
  }
  if (head !== undefined) throw refusedArchive(`it holds no tar archive but one file packed with ${kind}`);
}

interface Keeping {
  readonly sink: ArchiveSink;
  readonly limits: ArchiveLimits;
  readonly canOpenXz: boolean;
}

async function keepEntries(entries: AsyncIterable<ArchiveEntry>, keeping: Keeping): Promise<ExtractedArchive> {
  const { limits, sink } = keeping;
  const register = pathRegister(limits.maxEntries);
  const skipped = { 'not-vasp': 0, licensed: 0 };
  const unseen: string[] = [];
  let files = 0;
  let bytes = 0;
  let count = 0;
  for await (const entry of entries) {
    count += 1;
    // The root has no name to register, and the register does not count what is only a repeated folder.
    if (count > limits.maxEntries) throw refusedArchive(`more than ${limits.maxEntries} files and folders are refused`);
    if (entry.path === '' && entry.kind === 'folder') continue;
    const fault = uploadPathFault(entry.path) ?? register.add(entry.path, entry.kind);
    if (fault !== undefined) throw refusedEntry(entry.path, fault);
    if (entry.kind === 'folder') continue;
    checkFileSize(entry.path, entry.sizeBytes, limits);
    const { reason, content, isUnseen } = await lookInto(entry, keeping.canOpenXz);
    if (reason !== undefined) {
      skipped[reason] += 1;
      continue;
    }
    if (isUnseen) unseen.push(entry.path);
    await sink(entry.path, content);
    files += 1;
    bytes += entry.sizeBytes;
  }
  return { files, bytes, skipped, unseen };
}

interface LookedInto {
  readonly reason?: SkipReason;
  readonly content: AsyncIterable<Buffer>;
  readonly isUnseen: boolean;
}

async function lookInto(entry: ArchiveEntry, canOpenXz: boolean): Promise<LookedInto> {
  const reason = reasonByName(entry.path);
  if (reason !== undefined) return { reason, content: entry.content, isUnseen: false };
  const { head, content, leave } = await headAndContent(entry.content);
  if (!canOpenXz && archiveKind(head) === 'xz') return { content, isUnseen: true };
  if (!(await isLicensedHead(head))) return { content, isUnseen: false };
  await leave();
  return { reason: 'licensed', content, isUnseen: false };
}

/** Why a file of this path is not kept. Hidden files and folders are never searched for calculations. */
export function reasonByName(path: string): SkipReason | undefined {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  if (isLicensedName(name)) return 'licensed';
  if (parts.some((part) => part.startsWith('.') || part === 'node_modules')) return 'not-vasp';
  return name === MANIFEST_NAME || vaspFileName(name) !== undefined ? undefined : 'not-vasp';
}

export interface LookedAt {
  readonly head: Buffer;
  /** All of the file, the head put back. */
  readonly content: AsyncIterable<Buffer>;
  /** Closes the stream when the content is not wanted. */
  readonly leave: () => Promise<void>;
}

/** Reads the first bytes of a file to look at them. */
export async function headAndContent(stream: AsyncIterable<Buffer>): Promise<LookedAt> {
  const source = stream[Symbol.asyncIterator]();
  const leave = async (): Promise<void> => {
    await source.return?.();
  };
  const seen: Buffer[] = [];
  let length = 0;
  while (length < LICENSED_HEAD_BYTES) {
    const next = await source.next();
    if (next.done === true) break;
    seen.push(next.value);
    length += next.value.length;
  }
  async function* content(): AsyncGenerator<Buffer, void> {
    try {
      yield* seen;
      for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
    } finally {
      await leave();
    }
  }
  return { head: Buffer.concat(seen).subarray(0, LICENSED_HEAD_BYTES), content: content(), leave };
}
