/** Who did what in the project. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { pageQuery, pageSchema } from '../schemas/page-schema.ts';
import { auditEntrySchema } from '../schemas/service-schema.ts';

export const audit: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'GET',
    url: '/v1/audit',
    config: { scope: 'admin' },
    schema: {
      summary: 'Submissions, changes and refused uses of keys, newest first',
      tags: ['administration'],
      querystring: pageQuery,
      response: { 200: pageSchema(auditEntrySchema) },
    },
    handler: async ({ principal, query }) => app.adatom.store.audit.list(principal.project, query),
  });
};
