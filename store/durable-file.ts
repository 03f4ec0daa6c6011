/**
 * Files that survive a power cut: written under a temporary name, checked, flushed, and only then given names.
 *
 * A name is kept by its folder, not by its file: without a flush of the folder a flushed file can come back nameless.
 */
import { createHash, randomUUID } from 'node:crypto';
import { constants, type Dirent, type Stats } from 'node:fs';
import { copyFile, link, lstat, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AdatomError } from '../model/errors.ts';

export const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const WRITE_BUFFER_BYTES = 1024 * 1024;

export interface WrittenFile {
  readonly sha256: string;
  readonly bytes: number;
}

/** What a content must be; anything else is a `request` error and leaves nothing behind. */
export interface ExpectedContent {
  readonly maxBytes: number;
  readonly bytes?: number;
  readonly sha256?: string;
  /** Looks at the whole file before it gets a name, and throws to refuse it. */
  readonly look?: (path: string) => Promise<void>;
}

export type Content = AsyncIterable<Uint8Array>;

export interface TemporaryFile extends WrittenFile {
  readonly path: string;
}

export async function writeTemporary(
  folder: string,
  content: Content,
  expected: ExpectedContent,
): Promise<TemporaryFile> {
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  const path = join(folder, randomUUID());
  const file = await open(path, 'wx', FILE_MODE);
  try {
    const sha256 = createHash('sha256');
    let bytes = 0;
    let waiting: Uint8Array[] = [];
    let waitingBytes = 0;
    const flush = async (): Promise<void> => {
      await file.writeFile(Buffer.concat(waiting));
      waiting = [];
      waitingBytes = 0;
    };
    for await (const chunk of content) {
      bytes += chunk.length;
      checkSize(bytes, expected.bytes ?? expected.maxBytes, expected);
      sha256.update(chunk);
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (waitingBytes >= WRITE_BUFFER_BYTES) await flush();
    }
    await flush();
    const written = { path, bytes, sha256: sha256.digest('hex') };
    checkWhole(written, expected);
    await expected.look?.(path);
    await file.sync();
    return written;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

function checkSize(bytes: number, limit: number, expected: ExpectedContent): void {
  if (bytes > expected.maxBytes) throw new AdatomError('request', `a file has at most ${expected.maxBytes} bytes`);
  if (bytes > limit) throw new AdatomError('request', `expected ${limit} bytes, found more`);
}

function checkWhole({ bytes, sha256 }: WrittenFile, expected: ExpectedContent): void {
  if (expected.bytes !== undefined && bytes !== expected.bytes) {
    throw new AdatomError('request', `expected ${expected.bytes} bytes, found ${bytes}`);
  }
  if (expected.sha256 !== undefined && sha256 !== expected.sha256) {
    throw new AdatomError('request', `expected a content with the SHA-256 ${expected.sha256}, found ${sha256}`);
  }
}

/** A file has only so many names (65,000 on ext4), and none on another file system. */
export async function linkOrCopy(source: string, target: string): Promise<void> {
  try {
    await link(source, target);
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'EMLINK' && code !== 'EXDEV' && code !== 'EPERM') throw error;
    await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    await flushFile(target);
  }
}

export const flushFolder = flushFile;

async function flushFile(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

export async function flushFolders(folder: string): Promise<void> {
  for (const entry of await entriesIn(folder)) {
    if (entry.isDirectory()) await flushFolders(join(folder, entry.name));
  }
  if ((await statOf(folder)) !== undefined) await flushFolder(folder);
}

export async function entriesIn(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

export async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
