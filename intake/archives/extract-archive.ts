/**
 * Unpacks an archive that a stranger sent: tar, tar.gz, tar.xz, tar.bz2, tar.zst or zip, told by its first bytes.
 *
 * Entries go one by one, as streams, to a sink that keeps them; nothing here touches a disk by a name out of the
 * archive. One bad entry refuses the whole archive: what was kept of it so far is its caller's to remove. What is not
 * VASP's is passed over and counted. Packed files in the archive stay files (OUTCAR.gz is read when it is parsed),
 * archives in it are unpacked to a folder of their name, against the same limits. A link refuses the archive that was
 * packed for the upload, because a file is missing then; in an archive that lay about in the tree (the source of a
 * program, say) it is passed over and counted.
 */
import { AdatomError } from '../../model/errors.ts';
import { type PathRegister, pathRegister, uploadPathFault } from '../../model/upload-path.ts';
import { archiveKind, type Compression, isCompression } from '../decompress.ts';
import { isLicensedHead, isLicensedName, LICENSED_HEAD_BYTES, licensedHeadBytes } from '../licensed-file.ts';
import { isAskedForBeside, vaspFileName } from '../vasp-file-name.ts';
import { type ArchiveBytes, openArchiveBytes } from './archive-bytes.ts';
import type { ArchiveEntry } from './archive-entry.ts';
import {
  type ArchiveLimits,
  type ArchiveMeter,
  archiveMeter,
  checkFileSize,
  refusedArchive,
  refusedEntry,
  shownPath,
} from './archive-limits.ts';
import { archiveStem, isArchiveHead, MAX_NESTING, NestedArchives } from './nested-archives.ts';
import { isTarHead, readTar } from './read-tar.ts';
import { readZip } from './read-zip.ts';
import { unpackedBytes } from './unpack-stream.ts';

/** Keeps one file. It is handed every path at most once. */
export type ArchiveSink = (path: string, content: AsyncIterable<Buffer>) => Promise<void>;

/** `not-vasp`: neither a file of VASP nor a manifest; `licensed`: a POTCAR; `link`: one in an archive in the archive. */
export type SkipReason = 'not-vasp' | 'licensed' | 'link';

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
  const found: Found = { files: 0, bytes: 0, skipped: { 'not-vasp': 0, licensed: 0, link: 0 }, unseen: [] };
  const extracting: Extracting = {
    sink,
    limits,
    found,
    meter: archiveMeter(limits, bytes.sizeBytes),
    register: pathRegister(limits.maxEntries),
    nested: new NestedArchives(limits),
    entryCount: 0,
  };
  try {
    await keepEntries(bytes, '', extracting);
    for (let depth = 1; !extracting.nested.isEmpty; depth += 1) await keepNested(extracting, depth);
    return found;
  } finally {
    extracting.nested.discard();
    await bytes.close();
  }
}

interface Found {
  files: number;
  bytes: number;
  readonly skipped: Record<SkipReason, number>;
  readonly unseen: string[];
}

interface Extracting {
  readonly sink: ArchiveSink;
  readonly limits: ArchiveLimits;
  readonly found: Found;
  readonly meter: ArchiveMeter;
  readonly register: PathRegister;
  nested: NestedArchives;
  entryCount: number;
}

/** Archives in archives, each one when all of what is around it is unpacked: only one xz stream can be open. */
async function keepNested(extracting: Extracting, depth: number): Promise<void> {
  const archives = extracting.nested;
  extracting.nested = new NestedArchives(extracting.limits);
  try {
    for (const { path, bytes } of archives.opened()) {
      if (depth > MAX_NESTING)
        throw refusedEntry(path, `archives in archives are unpacked ${MAX_NESTING} deep at most`);
      const folder = archiveStem(path) ?? path;
      // `slab.tar.gz` beside the folder `slab`: they may differ.
      await inEntry(path, () => keepEntries(bytes, extracting.register.has(folder) ? path : folder, extracting));
    }
  } finally {
    archives.discard();
  }
}

/** The names in the refusal are those in the archive: says which one. */
async function inEntry(path: string, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof AdatomError) || error.class !== 'request') throw error;
    throw new AdatomError('request', `in ${shownPath(path)}: ${error.message}`, { cause: error });
  }
}

interface OpenedArchive {
  readonly entries: AsyncIterable<ArchiveEntry>;
  readonly compression?: Compression;
}

const HEAD_BYTES = 512;

async function entriesOf(bytes: ArchiveBytes, { limits, meter }: Extracting): Promise<OpenedArchive> {
  const head = Buffer.alloc(HEAD_BYTES);
  const kind = archiveKind(head.subarray(0, await bytes.read(head, 0)));
  if (kind === 'zip' || isEmptyZip(head)) return { entries: readZip(bytes, limits, meter) };
  if (kind === 'tar') return { entries: readTar(unpackedBytes(bytes.chunks(), undefined, meter)) };
  if (isCompression(kind)) {
    return { entries: readTar(startingWithTar(unpackedBytes(bytes.chunks(), kind, meter), kind)), compression: kind };
  }
  throw refusedArchive(
    `tar, tar.gz, tar.xz, tar.bz2, tar.zst and zip are understood, this is ${kind ?? 'none of them'}`,
  );
}

function isEmptyZip(head: Buffer): boolean {
  return head.subarray(0, 4).equals(Buffer.from('PK\x05\x06', 'latin1'));
}

/** A single packed file has no paths: it must be sent as a file. */
async function* startingWithTar(unpacked: AsyncIterable<Buffer>, kind: Compression): AsyncGenerator<Buffer, void> {
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

/** `folder`: what the archive is unpacked to; empty for the upload itself. */
async function keepEntries(bytes: ArchiveBytes, folder: string, extracting: Extracting): Promise<void> {
  const { limits, found, register } = extracting;
  const { entries, compression } = await entriesOf(bytes, extracting);
  for await (const entry of entries) {
    extracting.entryCount += 1;
    // The root has no name to register, and the register does not count what is only a repeated folder.
    if (extracting.entryCount > limits.maxEntries) {
      throw refusedArchive(`more than ${limits.maxEntries} files and folders are refused`);
    }
    if (entry.path === '' && entry.kind === 'folder') continue;
    if (entry.kind === 'link') {
      if (folder === '') throw refusedEntry(entry.path, entry.linkRule ?? 'links are refused');
      found.skipped.link += 1;
      continue;
    }
    const path = folder === '' ? entry.path : `${folder}/${entry.path}`;
    const fault = uploadPathFault(entry.path) ?? uploadPathFault(path);
    if (fault !== undefined) throw refusedEntry(entry.path, fault);
    if (await isNested(path, entry, extracting)) continue;
    const clash = register.add(path, entry.kind);
    if (clash !== undefined) throw refusedEntry(entry.path, clash);
    if (entry.kind === 'folder') continue;
    checkFileSize(entry.path, entry.sizeBytes, limits);
    const { reason, content, isUnseen } = await lookInto(path, entry, compression !== 'xz');
    if (reason !== undefined) {
      found.skipped[reason] += 1;
      continue;
    }
    if (isUnseen) found.unseen.push(path);
    await extracting.sink(path, content);
    found.files += 1;
    found.bytes += entry.sizeBytes;
  }
}

/** Whether the entry is an archive, and kept for later. Its name is none of VASP's, so otherwise nobody wants it. */
async function isNested(path: string, entry: ArchiveEntry, { nested }: Extracting): Promise<boolean> {
  if (entry.kind === 'folder' || archiveStem(path) === undefined) return false;
  if (isLicensedName(path) || isHidden(path)) return false;
  const { head, content, leave } = await headAndContent(entry.content, HEAD_BYTES);
  if (!isArchiveHead(head)) {
    await leave();
    return false;
  }
  await nested.add(path, content);
  return true;
}

interface LookedInto {
  readonly reason?: SkipReason;
  readonly content: AsyncIterable<Buffer>;
  readonly isUnseen: boolean;
}

async function lookInto(path: string, entry: ArchiveEntry, canOpenXz: boolean): Promise<LookedInto> {
  const reason = reasonByName(path);
  if (reason !== undefined) return { reason, content: entry.content, isUnseen: false };
  const { head, content, leave } = await headAndContent(entry.content);
  if (!canOpenXz && archiveKind(head) === 'xz') return { content, isUnseen: true };
  if (!(await isLicensedHead(head))) return { content, isUnseen: false };
  await leave();
  return { reason: 'licensed', content, isUnseen: false };
}

/**
 * Why a file of this path is not kept. Hidden files and folders are never searched for calculations. `companions`: whether
 * what lies beside runs is kept; an archive may hold gigabytes of it that nobody asks for.
 */
export function reasonByName(path: string, { companions = false } = {}): SkipReason | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (isLicensedName(name)) return 'licensed';
  if (isHidden(path) || archiveStem(path) !== undefined) return 'not-vasp';
  if (companions && isAskedForBeside(name)) return undefined;
  return name === MANIFEST_NAME || vaspFileName(name) !== undefined ? undefined : 'not-vasp';
}

function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || part === 'node_modules');
}

export interface LookedAt {
  readonly head: Buffer;
  /** All of the file, the head put back. */
  readonly content: AsyncIterable<Buffer>;
  /** Closes the stream when the content is not wanted. */
  readonly leave: () => Promise<void>;
}

/** Reads the first bytes of a file to look at them: as many as it takes to tell whether it is licensed, or `headBytes`. */
export async function headAndContent(stream: AsyncIterable<Buffer>, headBytes?: number): Promise<LookedAt> {
  const source = stream[Symbol.asyncIterator]();
  const leave = async (): Promise<void> => {
    await source.return?.();
  };
  const seen: Buffer[] = [];
  let length = 0;
  let wanted = headBytes ?? LICENSED_HEAD_BYTES;
  while (length < wanted) {
    const next = await source.next();
    if (next.done === true) break;
    seen.push(next.value);
    length += next.value.length;
    if (headBytes === undefined && length >= wanted) wanted = licensedHeadBytes(Buffer.concat(seen));
  }
  async function* content(): AsyncGenerator<Buffer, void> {
    try {
      yield* seen;
      for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
    } finally {
      await leave();
    }
  }
  return { head: Buffer.concat(seen).subarray(0, wanted), content: content(), leave };
}
