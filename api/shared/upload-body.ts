/**
 * The bytes of an upload as they come in.
 *
 * A client that sends a byte a minute holds a connection and a file open for hours: it is cut off. Only the time that is
 * spent waiting for it counts, or a slow disk of ours would be held against it. A refusal in the middle of a body leaves
 * the connection open, so that the client can read why.
 */

import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { headAndContent } from '../../intake/archives/extract-archive.ts';
import { isLicensedHead } from '../../intake/licensed-file.ts';
import { isLicensedHdf5 } from '../../intake/licensed-hdf5.ts';
import { Problem } from '../problem.ts';
import type { ApiLimits } from './limits.ts';

/** For the scope of a plugin: bodies of these types reach the route as streams, all others are refused with 415. */
export function takeStreams(app: FastifyInstance, contentTypes: readonly string[]): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser([...contentTypes], (_request, payload, done) => done(null, payload));
}

/** Throws 400 for a request without a body: fastify does not ask for a type then. */
export function bodyStream(request: FastifyRequest): Readable {
  if (request.body instanceof Readable) return request.body;
  throw new Problem(400, 'invalid-request', 'expected a body');
}

/** Throws 411 without a stated length, 413 for one above the limit. */
export function statedBytes(request: FastifyRequest, maxBytes: number): number {
  const text = request.headers['content-length'];
  if (text === undefined) throw new Problem(411, 'length-required', 'expected the header Content-Length');
  const bytes = Number(text);
  if (bytes > maxBytes) throw tooLarge(maxBytes);
  return bytes;
}

export function tooLarge(maxBytes: number): Problem {
  return new Problem(413, 'too-large', `at most ${maxBytes} bytes are taken`);
}

/** Throws 408 when the bytes come too slowly and 400 when the client is gone. */
export async function* pacedBody(body: Readable, limits: ApiLimits): AsyncGenerator<Buffer, void> {
  const chunks: AsyncIterator<Buffer> = body.iterator({ destroyOnReturn: false });
  const windowMilliseconds = limits.uploadWindowSeconds * 1000;
  const windowBytes = limits.uploadBytesPerSecond * limits.uploadWindowSeconds;
  let waitedMilliseconds = 0;
  let bytes = 0;
  for (;;) {
    const start = performance.now();
    const next = await within(chunks.next(), windowMilliseconds - waitedMilliseconds);
    if (next === 'late') throw tooSlow(limits);
    if (next.done === true) return;
    waitedMilliseconds += performance.now() - start;
    bytes += next.value.length;
    if (bytes >= windowBytes) {
      bytes = 0;
      waitedMilliseconds = 0;
    }
    let isWanted = false;
    try {
      yield next.value;
      isWanted = true;
    } finally {
      // Lets go of the stream without destroying the connection, on which the refusal is to be sent.
      if (!isWanted) await chunks.return?.();
    }
  }
}

async function within<T>(coming: Promise<T>, milliseconds: number): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), Math.max(0, milliseconds));
  });
  try {
    return await Promise.race([coming, late]);
  } catch (error) {
    throw isGone(error) ? new Problem(400, 'incomplete-body', 'the body broke off', { cause: error }) : error;
  } finally {
    clearTimeout(timer);
  }
}

function isGone(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === 'ECONNRESET' || error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

function tooSlow({ uploadBytesPerSecond, uploadWindowSeconds }: ApiLimits): Problem {
  const detail = `less than ${uploadBytesPerSecond} bytes a second came over ${uploadWindowSeconds} s`;
  return new Problem(408, 'request-timeout', detail, { headers: { connection: 'close' } });
}

/** Throws 413 when more comes. */
export async function* atMost(maxBytes: number, body: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

/** The content as it is; throws 422 when it is a POTCAR. */
export async function unlicensed(content: AsyncIterable<Buffer>): Promise<AsyncIterable<Buffer>> {
  const looked = await headAndContent(content);
  if (!(await isLicensedHead(looked.head))) return looked.content;
  await looked.leave();
  throw new Problem(422, 'licensed', 'this is a POTCAR, which is licensed and is not kept');
}

/** Looks at a file that has come: throws 422 when it is a vaspout.h5 with POTCARs in it. */
export async function refuseLicensedHdf5(path: string): Promise<void> {
  if (!(await isLicensedHdf5(path))) return;
  throw new Problem(422, 'licensed', `this HDF5 file holds POTCARs, which are licensed and are not kept: ${INSTEAD}`);
}

const INSTEAD =
  'send the OUTCAR or vasprun.xml of the run, or give the folder by its path or in S3, where it is read and not copied; ' +
  'or take /input/potcar/content out and write the file anew with h5repack';

/** An error of the disk in HTTP's words; any other one as it is. */
export function diskProblem(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new Problem(507, 'storage-full', 'the disk of the service is full; nothing was kept', { cause: error });
}
