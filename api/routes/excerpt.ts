/** The text around a value: what stands in the file at the byte range that a value's provenance names. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AdatomError } from '../../model/errors.ts';
import { notFound, Problem } from '../problem.ts';
import { queryInteger } from '../schemas/page-schema.ts';
import { idParams } from '../schemas/request-schema.ts';
import { excerptLocation, licensed } from '../shared/excerpt-location.ts';
import { openExcerptPool } from '../shared/excerpt-pool.ts';
import type { ExcerptReading, ExcerptText } from '../shared/read-excerpt.ts';
import { allowedRoots } from '../shared/resolve-submission.ts';

const MOST_BYTES = 65_536;
const DEFAULT_CONTEXT_BYTES = 400;

const excerptSchema = z.strictObject({
  file: z.string(),
  line: z.int().min(1).describe('of the first byte of the value'),
  byteOffset: z.int().min(0),
  byteLength: z.int().min(0),
  before: z.string(),
  value: z.string(),
  after: z.string(),
  encoding: z.enum(['utf-8', 'latin1']).describe('latin1 where the bytes are no UTF-8'),
});

export const excerpt: FastifyPluginAsyncZod = async (app) => {
  const { store, settings } = app.adatom;
  const pool = openExcerptPool();
  app.addHook('onClose', async () => pool.close());

  app.route({
    method: 'GET',
    url: '/v1/screenings/:id/excerpt',
    config: { scope: 'read' },
    schema: {
      summary: 'The text of a file around a value',
      description:
        'Offsets count bytes of the decompressed file, as `inputs` of a value do. 409 when the file has changed.',
      tags: ['exports'],
      params: idParams,
      querystring: z.strictObject({
        file: z.string().min(1).max(4096).describe('as `inputs` and issues name it'),
        byteOffset: queryInteger(z.int().min(0)),
        byteLength: queryInteger(z.int().min(0).max(MOST_BYTES)).default(0),
        context: queryInteger(z.int().min(0).max(MOST_BYTES))
          .default(DEFAULT_CONTEXT_BYTES)
          .describe('bytes on each side'),
      }),
      response: { 200: excerptSchema },
    },
    handler: async ({ principal, params, query }) => {
      const { file, byteOffset, byteLength, context } = query;
      if (byteLength + 2 * context > MOST_BYTES) {
        throw new AdatomError('request', `byteLength and twice context: expected at most ${MOST_BYTES} bytes`);
      }
      const stored = await store.results.file(principal.project, params.id, file);
      if (stored === undefined) throw notFound(`the file ${file} of screening ${params.id}`);
      const bounds = { project: principal.project, settings, roots: allowedRoots(settings) };
      const path = excerptLocation(stored, bounds);
      if (stored.sha256 === undefined)
        throw new Problem(409, 'file-unread', `${file} could not be read by the screening`);
      const maxDecompressedBytes = settings.ADATOM_MAX_FILE_BYTES;
      const task = { path, sha256: stored.sha256, byteOffset, byteLength, context, maxDecompressedBytes };
      return { file, byteOffset, byteLength, ...textOf(file, await pool.read(task)) };
    },
  });
};

function textOf(file: string, reading: ExcerptReading): ExcerptText {
  switch (reading.outcome) {
    case 'read':
      return reading.text;
    case 'licensed':
      throw licensed(file);
    case 'binary':
      throw new Problem(
        422,
        'no-text',
        `${file} is HDF5: there is no text around its values, they are named by dataset`,
      );
    case 'changed':
      throw new Problem(409, 'file-changed', `${file} has changed since it was read; submit its folder again`);
    case 'unreadable':
      throw new Problem(409, 'file-changed', `${file} cannot be read any more: ${reading.reason}`);
    case 'outside':
      throw new AdatomError('request', `byteOffset and byteLength: ${file} has ${reading.sizeBytes} bytes`);
  }
}
