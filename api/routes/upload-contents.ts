/**
 * The bytes of an upload: one content under its hash, or the next part of an archive.
 *
 * A part counts when all of it has come and lies on the disk; a part that broke off is sent again from `Upload-Offset`.
 * Two requests for the same place cannot mix: each writes a file of its own and the first one that is whole stays.
 */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { uploadLimits } from '../../intake/upload-limits.ts';
import type { StoredUpload } from '../../store/store.ts';
import { openUploadFolder } from '../../store/upload-folder.ts';
import { notFound, Problem } from '../problem.ts';
import { idParams } from '../schemas/request-schema.ts';
import { blobParams, offsetHeaders } from '../schemas/upload-schema.ts';
import { addressOf } from '../shared/complete-upload.ts';
import {
  atMost,
  bodyStream,
  diskProblem,
  pacedBody,
  refuseLicensedHdf5,
  statedBytes,
  takeStreams,
  unlicensed,
} from '../shared/upload-body.ts';

/** A campaign has tens of thousands of small files: they count less than other requests. */
const RATE_FACTOR = 20;

export const uploadContents: FastifyPluginAsyncZod = async (app) => {
  const { store, settings } = app.adatom;
  const folder = openUploadFolder(settings.ADATOM_DATA);
  const limits = uploadLimits(settings);
  const rateLimit = { max: settings.ADATOM_REQUESTS_PER_MINUTE * RATE_FACTOR };
  takeStreams(app, ['application/octet-stream']);

  const openUpload = async (project: string, id: string): Promise<StoredUpload> => {
    const upload = await store.uploads.get(project, id);
    if (upload === undefined) throw notFound(`upload ${id}`);
    if (upload.state !== 'open') throw new Problem(409, 'upload-ended', `upload ${id} is ${upload.state}`);
    return upload;
  };

  app.route({
    method: 'PUT',
    url: '/v1/uploads/:id/blobs/:sha256',
    config: { scope: 'submit', bodySeconds: 0, rateLimit },
    schema: {
      summary: 'Send one content of the listed files',
      tags: ['uploads'],
      consumes: ['application/octet-stream'],
      params: blobParams,
      response: { 204: z.null().describe('It lies on the disk') },
    },
    handler: async (request, reply) => {
      const { id, sha256 } = request.params;
      const upload = await openUpload(request.principal.project, id);
      const files = await store.uploads.filesWith(id, sha256);
      const [first] = files;
      if (first === undefined) throw notFound(`a file with the SHA-256 ${sha256} in the list of the upload`);
      const bytes = statedBytes(request, limits.maxFileBytes);
      if (bytes !== first.bytes) {
        throw new Problem(400, 'invalid-request', `listed are ${first.bytes} bytes, Content-Length is ${bytes}`);
      }
      const paths = files.map(({ path }) => path);
      const expected = { sha256, bytes, maxBytes: limits.maxFileBytes, look: refuseLicensedHdf5 };
      try {
        const content = await unlicensed(pacedBody(bodyStream(request), app.limits));
        await folder.putFile(addressOf(upload), paths, content, expected);
      } catch (error) {
        throw diskProblem(error);
      }
      // No further file, but the upload is not abandoned.
      await store.uploads.addFiles(upload.project, id, []);
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'PATCH',
    url: '/v1/uploads/:id',
    config: { scope: 'submit', bodySeconds: 0, rateLimit },
    schema: {
      summary: 'Send the next part of an archive, which begins at `Upload-Offset`',
      tags: ['uploads'],
      consumes: ['application/octet-stream'],
      params: idParams,
      headers: offsetHeaders,
      response: { 204: z.null().describe('It lies on the disk; `Upload-Offset` is where the next part begins') },
    },
    handler: async (request, reply) => {
      const from = request.headers['upload-offset'];
      const upload = await openUpload(request.principal.project, request.params.id);
      if (upload.fileName === undefined) throw new Problem(409, 'not-an-archive', 'this upload takes single files');
      if (from !== upload.receivedBytes) throw elsewhere(upload.receivedBytes);
      const maxBytes = (upload.sizeBytes ?? limits.maxTotalBytes) - from;
      if (request.headers['content-length'] !== undefined) statedBytes(request, maxBytes);
      const address = addressOf(upload);
      if ((await folder.parts(address, from)).length >= app.limits.uploadParts) {
        throw new Problem(400, 'too-many-parts', `an archive comes in at most ${app.limits.uploadParts} parts`);
      }
      const body = pacedBody(bodyStream(request), app.limits);
      const { bytes, isOwn } = await folder
        .putPart(address, from, atMost(maxBytes, body), { maxBytes })
        .catch((error) => {
          throw diskProblem(error);
        });
      // Also for the part of another request, which may have been killed before it could write this down.
      await store.uploads.advance(upload.project, upload.id, from, from + bytes);
      const { receivedBytes } = await openUpload(upload.project, upload.id);
      if (!isOwn) throw elsewhere(receivedBytes);
      return reply.code(204).header('upload-offset', receivedBytes).send(null);
    },
  });
};

function elsewhere(receivedBytes: number): Problem {
  return new Problem(409, 'wrong-offset', `the next part begins at byte ${receivedBytes}`, {
    headers: { 'upload-offset': String(receivedBytes) },
  });
}
