/**
 * Sends chunks of an export as a file, as fast as the client takes them.
 *
 * The first piece is made before the head is sent: what fails early is still answered with a problem document. What
 * fails later cuts the connection, so that half a file never looks like a whole one.
 */
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Chunks, gathered } from '../../exports/index.ts';

export interface ExportFile {
  readonly chunks: Chunks;
  readonly mediaType: string;
  readonly fileName: string;
}

export async function sendExport(
  reply: FastifyReply,
  { chunks, mediaType, fileName }: ExportFile,
): Promise<FastifyReply> {
  const pieces = gathered(chunks);
  const first = await pieces.next();
  const body = async function* (): AsyncGenerator<Uint8Array> {
    try {
      if (first.done !== true) yield first.value;
      yield* pieces;
    } finally {
      // A client that went away: what makes the chunks stops too.
      await pieces.return(undefined);
    }
  };
  reply.header('content-type', mediaType);
  reply.header('content-disposition', `attachment; filename="${fileName}"`);
  return reply.send(Readable.from(body(), { objectMode: false }));
}

/** Letters, digits, dots, hyphens and underscores only: safe in a header and on every file system. */
export function safeFileName(name: string, extension: string): string {
  const safe = name
    .replace(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/^[._-]+/, '')
    .slice(0, 100);
  return `${safe === '' ? 'structure' : safe}.${extension}`;
}

const BYTES = { schema: z.unknown() };

/** How an answer of one of several formats is told in OpenAPI. */
export function exportContent(formats: readonly { readonly mediaType: string; readonly title: string }[]) {
  const types = new Map(formats.map(({ mediaType }) => [mediaType.split(';', 1)[0] ?? mediaType, BYTES]));
  return { description: formats.map(({ title }) => title).join('; '), content: Object.fromEntries(types) };
}
