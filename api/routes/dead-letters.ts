/** Jobs that failed for good: looked at, run again, or put away. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { recordAudit } from '../plugins/audit.ts';
import { notFound, Problem } from '../problem.ts';
import { pageQuery, pageSchema } from '../schemas/page-schema.ts';
import { idParams } from '../schemas/request-schema.ts';
import { deadLetterSchema } from '../schemas/service-schema.ts';

const ACTIONS = [
  { word: 'rerun', state: 'rerun', summary: 'Run a failed job again, once its screening has ended' },
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
        if (state === 'rerun') await refuseCancelled(request.principal.project, id);
        const letter = await stored.setState(request.principal.project, id, state);
        if (letter === undefined) throw notFound(`dead letter ${id}`);
        await recordAudit(request, `dead-letter.${word}`, id);
        return letter;
      },
    });
  }

  /** Whoever cancelled it wants no more of it. */
  async function refuseCancelled(project: string, id: string): Promise<void> {
    const letter = await stored.get(project, id);
    const screening = letter && (await app.adatom.store.screenings.get(project, letter.screening));
    if (screening?.state !== 'cancelled') return;
    throw new Problem(409, 'screening-cancelled', `screening ${screening.id} was cancelled; dismiss the letter`);
  }
};
