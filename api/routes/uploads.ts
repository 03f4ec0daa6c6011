/**
 * Uploads: begun with a list of files or the name of an archive, and completed. Their bytes come by upload-contents.ts.
 *
 * Of listed files only those contents are asked for that the project does not have. What other projects have plays no
 * part: from the answer "not missing" one could learn, and then use, a file of theirs.
 */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { uploadLimits } from '../../intake/upload-limits.ts';
import { removeAbandonedUploads } from '../../store/abandoned-uploads.ts';
import type { StoredUpload } from '../../store/store.ts';
import { openUploadFolder } from '../../store/upload-folder.ts';
import { recordAudit } from '../plugins/audit.ts';
import { notFound, tryLater } from '../problem.ts';
import { idParams } from '../schemas/request-schema.ts';
import { completedUploadSchema, newUploadSchema, startedUploadSchema, uploadSchema } from '../schemas/upload-schema.ts';
import { checkFiles, refuseLongList } from '../shared/check-file-list.ts';
import { addressOf, completeUpload, placeFiles } from '../shared/complete-upload.ts';
import { diskProblem, tooLarge } from '../shared/upload-body.ts';

const BUSY_RETRY_SECONDS = 5;
const LIST_SECONDS = 300;
const HOUR_MILLISECONDS = 3_600_000;

export const uploads: FastifyPluginAsyncZod = async (app) => {
  const { store, settings } = app.adatom;
  const folder = openUploadFolder(settings.ADATOM_DATA);
  /** Being completed by this process. */
  const completing = new Set<string>();

  const sweep = async (): Promise<void> => {
    const before = new Date(Date.now() - app.limits.uploadIdleHours * HOUR_MILLISECONDS);
    try {
      const removed = await removeAbandonedUploads(store.uploads, folder, before);
      if (removed > 0) app.log.info({ removed }, 'abandoned uploads were removed');
    } catch (error) {
      // Nobody waits for it, and it comes again: the log is where it is told.
      app.log.warn({ err: error }, 'abandoned uploads could not be removed');
    }
  };
  const timer = setInterval(sweep, HOUR_MILLISECONDS).unref();
  app.addHook('onClose', async () => clearInterval(timer));

  const uploadOf = async (project: string, id: string): Promise<StoredUpload> => {
    const upload = await store.uploads.get(project, id);
    if (upload === undefined) throw notFound(`upload ${id}`);
    return upload;
  };

  app.route({
    method: 'POST',
    url: '/v1/uploads',
    config: { scope: 'submit', bodySeconds: LIST_SECONDS },
    bodyLimit: app.limits.fileListBytes,
    // Before the schema looks at each of them.
    preValidation: async ({ body }) => refuseLongList(body, settings.ADATOM_MAX_ENTRIES),
    schema: {
      summary: 'Begin to hand in files, or an archive in parts',
      description:
        'Send every content in `missing` to `blobs/SHA256`, or the parts of an archive by PATCH; then complete.',
      tags: ['uploads'],
      body: newUploadSchema,
      response: { 201: startedUploadSchema },
    },
    handler: async ({ principal: { project }, body }, reply) => {
      const files = 'files' in body ? body.files : [];
      await checkFiles(files, settings);
      const archive = 'files' in body ? undefined : body;
      const { maxTotalBytes } = uploadLimits(settings);
      if ((archive?.sizeBytes ?? 0) > maxTotalBytes) throw tooLarge(maxTotalBytes);
      const upload = await store.uploads.create(project, archive ?? {});
      try {
        if (files.length > 0) await store.uploads.addFiles(project, upload.id, files);
        const missing = await placeFiles(folder, addressOf(upload), files);
        return reply
          .code(201)
          .header('location', `/v1/uploads/${upload.id}`)
          .send({ ...uploadDocument(upload), missing });
      } catch (error) {
        await folder.remove(
          addressOf(upload),
          files.map(({ sha256 }) => sha256),
        );
        await store.uploads.remove(upload.id);
        throw diskProblem(error);
      }
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/uploads/:id',
    config: { scope: 'submit' },
    exposeHeadRoute: false,
    schema: {
      summary: 'An upload and how much of it is there',
      tags: ['uploads'],
      params: idParams,
      response: { 200: uploadSchema },
    },
    handler: async ({ principal, params }) => uploadDocument(await uploadOf(principal.project, params.id)),
  });

  app.route({
    method: 'HEAD',
    url: '/v1/uploads/:id',
    config: { scope: 'submit', swagger: { exposeHeadRoute: true } },
    schema: {
      summary: 'Where the next part of an archive begins: `Upload-Offset`',
      tags: ['uploads'],
      params: idParams,
      response: { 200: z.undefined().describe('`Upload-Offset`, and `Upload-Length` where it was stated') },
    },
    handler: async ({ principal, params }, reply) => {
      const { receivedBytes, sizeBytes } = await uploadOf(principal.project, params.id);
      reply.header('cache-control', 'no-store').header('upload-offset', receivedBytes);
      if (sizeBytes !== undefined) reply.header('upload-length', sizeBytes);
      return reply.code(200).send();
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/uploads/:id/complete',
    config: { scope: 'submit' },
    schema: {
      summary: 'End an upload: it can be screened then',
      tags: ['uploads'],
      params: idParams,
      response: { 200: completedUploadSchema },
    },
    handler: async (request) => {
      const { project } = request.principal;
      const upload = await uploadOf(project, request.params.id);
      if (completing.has(upload.id)) throw tryLater(409, 'busy', 'it is being completed already', BUSY_RETRY_SECONDS);
      completing.add(upload.id);
      // Nothing moves on the connection while a large archive is unpacked.
      request.raw.socket.setTimeout(0);
      try {
        const completed = await completeUpload(app.adatom, folder, upload);
        if (upload.state === 'open')
          await recordAudit(request, 'upload.complete', upload.id, { files: completed.files });
        return completed;
      } finally {
        completing.delete(upload.id);
      }
    },
  });
};

function uploadDocument({ id, project: _, ...upload }: StoredUpload) {
  return { upload: id, ...upload };
}
