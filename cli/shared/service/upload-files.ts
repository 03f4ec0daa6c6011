/**
 * Hands files to the service: their hashes first, then only the content it does not have, several at a time.
 *
 * Content is kept under its hash, so that an upload that was interrupted goes on where it was when it is started again,
 * and a file that ten folders share travels once. A file that changes between hashing and sending is refused by the
 * service, because its hash is another.
 */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { isSystemError, reasonOf } from '../../../intake/system-error.ts';
import { AdatomError } from '../../../model/errors.ts';
import type { Progress } from '../progress.ts';
import type { RequestContent, ServiceClient } from './client.ts';
import { expectDocument, uploadAnswer } from './documents.ts';
import type { FileToSubmit } from './files-to-submit.ts';

export interface HashedFile extends FileToSubmit {
  readonly sha256: string;
  readonly bytes: number;
}

export interface Upload {
  readonly id: string;
  /** Different contents that were sent, and their size. */
  readonly sentBlobs: number;
  readonly sentBytes: number;
}

type StartProgress = (label: string, total: number) => Progress;

const HASHED_AT_ONCE = 4;
const SENT_AT_ONCE = 6;
/** Larger files are not held in memory. */
const STREAMED_FROM_BYTES = 4 * 1024 * 1024;

export async function hashFiles(files: readonly FileToSubmit[], startProgress: StartProgress): Promise<HashedFile[]> {
  const hashed: HashedFile[] = [];
  const progress = startProgress('reading', files.length);
  try {
    await severalAtOnce(files, HASHED_AT_ONCE, async (file, { at, signal }) => {
      hashed[at] = await hashFile(file, signal);
      progress.advance();
    });
  } finally {
    progress.done();
  }
  return hashed;
}

export async function uploadFiles(
  client: ServiceClient,
  files: readonly HashedFile[],
  startProgress: StartProgress,
): Promise<Upload> {
  const stated = files.map(({ path, sha256, bytes }) => ({ path, sha256, bytes }));
  // An upload that was made and whose answer was lost is thrown away by the service after a while.
  const answer = await client.json('/v1/uploads', { method: 'POST', document: { files: stated }, repeatable: true });
  const { upload, missing } = expectDocument(uploadAnswer, answer, 'the upload');
  const byHash = new Map(files.map((file) => [file.sha256, file]));
  const blobs = missing.flatMap((sha256) => byHash.get(sha256) ?? []);
  const progress = startProgress('uploading', blobs.length);
  try {
    await severalAtOnce(blobs, SENT_AT_ONCE, async (file, { signal }) => {
      await client.request(`/v1/uploads/${upload}/blobs/${file.sha256}`, {
        method: 'PUT',
        bytes: () => ({ body: contentOf(file), sizeBytes: file.bytes }),
        signal,
      });
      progress.advance();
    });
  } finally {
    progress.done();
  }
  await client.request(`/v1/uploads/${upload}/complete`, { method: 'POST', repeatable: true });
  return { id: upload, sentBlobs: blobs.length, sentBytes: blobs.reduce((sum, { bytes }) => sum + bytes, 0) };
}

async function hashFile(file: FileToSubmit, signal: AbortSignal): Promise<HashedFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(file.absolutePath, { signal }) as AsyncIterable<Buffer>) {
      // `as`: a stream without encoding yields buffers.
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  return { ...file, sha256: hash.digest('hex'), bytes };
}

function contentOf(file: HashedFile): RequestContent {
  try {
    if (statSync(file.absolutePath).size !== file.bytes) throw changed(file);
    if (file.bytes < STREAMED_FROM_BYTES) return readFileSync(file.absolutePath);
    // What is added to the file from now on is not sent: the length was told. `as`: the two declarations of a web
    // stream, Node's and the browser's, are the same thing.
    const stream = createReadStream(file.absolutePath, { end: file.bytes - 1 });
    return Readable.toWeb(stream) as unknown as RequestContent;
  } catch (error) {
    throw error instanceof AdatomError ? error : unreadable(file, error);
  }
}

function changed({ absolutePath }: FileToSubmit): AdatomError {
  return new AdatomError('transient', `${absolutePath} is being written; submit it when its calculation has finished`);
}

function unreadable({ absolutePath }: FileToSubmit, error: unknown): unknown {
  if (!isSystemError(error)) return error;
  return new AdatomError('request', `${absolutePath}: ${reasonOf(error)}`, { cause: error });
}

interface Turn {
  readonly at: number;
  /** Says that another one has failed. */
  readonly signal: AbortSignal;
}

/** The first failure ends all of it. */
async function severalAtOnce<T>(
  items: readonly T[],
  count: number,
  work: (item: T, turn: Turn) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const queue = items.entries();
  const run = async (): Promise<void> => {
    for (const [at, item] of queue) await work(item, { at, signal: failed.signal });
  };
  try {
    await Promise.all(Array.from({ length: Math.min(count, items.length) }, run));
  } finally {
    failed.abort();
  }
}
