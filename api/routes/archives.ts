/** An archive in one request, for those that are small enough to be sent again in full when the connection breaks. */

import type { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { uploadLimits } from '../../intake/upload-limits.ts';
import { openUploadFolder } from '../../store/upload-folder.ts';
import { recordAudit } from '../plugins/audit.ts';
import { Problem } from '../problem.ts';
import { archiveQuery, completedUploadSchema } from '../schemas/upload-schema.ts';
import { addressOf, completeUpload } from '../shared/complete-upload.ts';
import {
  atMost,
  bodyStream,
  diskProblem,
  pacedBody,
  statedBytes,
  takeStreams,
  tooLarge,
} from '../shared/upload-body.ts';

const ARCHIVE_TYPES = [
  'application/octet-stream',
  'application/x-tar',
  'application/gzip',
  'application/x-gzip',
  'application/x-xz',
  'application/zip',
];
/** Boundaries and heads of a form around its one file. */
const FORM_BYTES = 64 * 1024;

export const archives: FastifyPluginAsyncZod = async (app) => {
  const { store, settings } = app.adatom;
  const folder = openUploadFolder(settings.ADATOM_DATA);
  const { maxTotalBytes } = uploadLimits(settings);
  takeStreams(app, ARCHIVE_TYPES);
  await app.register(multipart, {
    limits: { files: 1, fields: 0, parts: 1, headerPairs: 20, fileSize: maxTotalBytes },
  });

  app.route({
    method: 'POST',
    url: '/v1/archives',
    config: { scope: 'submit', bodySeconds: 0 },
    schema: {
      summary: 'Hand in a tar (plain, gz, xz, bz2 or zst) or zip in one request',
      description: 'The archive is the body, or the one file of a form (multipart/form-data).',
      tags: ['uploads'],
      consumes: [...ARCHIVE_TYPES, 'multipart/form-data'],
      querystring: archiveQuery,
      response: { 201: completedUploadSchema },
    },
    handler: async (request, reply) => {
      const { project } = request.principal;
      if (request.headers['content-length'] !== undefined) statedBytes(request, maxTotalBytes + FORM_BYTES);
      const upload = await store.uploads.create(project, request.query);
      const address = addressOf(upload);
      let receivedBytes: number;
      try {
        const content = await archiveOf(request);
        const paced = pacedBody(content, app.limits);
        const part = await folder.putPart(address, 0, atMost(maxTotalBytes, paced), { maxBytes: maxTotalBytes });
        if ('truncated' in content && content.truncated === true) throw tooLarge(maxTotalBytes);
        receivedBytes = part.bytes;
        await store.uploads.advance(project, upload.id, 0, receivedBytes);
      } catch (error) {
        // Nobody knows its id: it cannot be gone on with.
        await folder.remove(address, []);
        await store.uploads.remove(upload.id);
        throw diskProblem(error);
      }
      request.raw.socket.setTimeout(0);
      const completed = await completeUpload(app.adatom, folder, { ...upload, receivedBytes });
      await recordAudit(request, 'upload.complete', upload.id, { files: completed.files });
      return reply.code(201).send(completed);
    },
  });
};

async function archiveOf(request: FastifyRequest): Promise<Readable> {
  if (!request.isMultipart()) return bodyStream(request);
  const part = await request.file();
  if (part === undefined) throw new Problem(400, 'invalid-request', 'expected a form with one file');
  return part.file;
}
