/** Jobs that failed for good: looked at, run again, or put away. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { recordAudit } from '../plugins/audit.ts';
import { notFound } from '../problem.ts';
import { pageQuery, pageSchema } from '../schemas/page-schema.ts';
import { idParams } from '../schemas/request-schema.ts';
import { deadLetterSchema } from '../schemas/service-schema.ts';

const ACTIONS = [
  { word: 'rerun', state: 'rerun', summary: 'Run a failed job again' },
  { word: 'dismiss', state: 'dismissed', summary: 'Put a failed job away' },
] as const;

export const deadLetters: FastifyPluginAsyncZod = async (app) => {
  const { deadLetters: stored } = app.adatom.store;

  app.route({
    method: 'GET',
    url: '/v1/dead-letters',
    config: { scope: 'admin' },
    schema: {
      summary: 'Jobs that failed for good',
      tags: ['administration'],
      querystring: pageQuery,
      response: { 200: pageSchema(deadLetterSchema) },
    },
    handler: async ({ principal, query }) => stored.list(principal.project, query),
  });

  for (const { word, state, summary } of ACTIONS) {
    app.route({
      method: 'POST',
      url: `/v1/dead-letters/:id/${word}`,
      config: { scope: 'admin' },
      schema: { summary, tags: ['administration'], params: idParams, response: { 200: deadLetterSchema } },
      handler: async (request) => {
        const { id } = request.params;
        const letter = await stored.setState(request.principal.project, id, state);
        if (letter === undefined) throw notFound(`dead letter ${id}`);
        await recordAudit(request, `dead-letter.${word}`, id);
        return letter;
      },
    });
  }
};
