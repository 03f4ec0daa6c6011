/** Other orders of the same candidates: kept ones are made by workers, a what-if is computed here and kept nowhere. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { profilesFor } from '../../reading/find-profile.ts';
import { seedFor } from '../../reading/screening-request.ts';
import { recordAudit } from '../plugins/audit.ts';
import { notFound, Problem } from '../problem.ts';
import { rowsSchema } from '../schemas/page-schema.ts';
import { idParams, newRankingSchema, whatIfSchema } from '../schemas/request-schema.ts';
import { rankingDocumentSchema } from '../schemas/result-schema.ts';
import { rankingSchema } from '../schemas/service-schema.ts';
import { openRankPool } from '../shared/rank-pool.ts';
import { resolveProfile } from '../shared/resolve-submission.ts';

export const rankings: FastifyPluginAsyncZod = async (app) => {
  const { store } = app.adatom;
  const pool = openRankPool(app.limits);
  app.addHook('onClose', async () => pool.close());

  app.route({
    method: 'GET',
    url: '/v1/screenings/:id/rankings',
    config: { scope: 'read' },
    schema: {
      summary: 'Rankings of a screening, newest first',
      tags: ['rankings'],
      params: idParams,
      response: { 200: rowsSchema(rankingSchema) },
    },
    handler: async ({ principal, params }) => {
      const rows = await store.screenings.rankings(principal.project, params.id);
      if (rows.length > 0) return { rows };
      const screening = await store.screenings.get(principal.project, params.id);
      if (screening === undefined) throw notFound(`screening ${params.id}`);
      return { rows };
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/screenings/:id/rankings',
    config: { scope: 'submit', idempotent: true },
    schema: {
      summary: 'Rank the candidates again by another profile; nothing is parsed again',
      tags: ['rankings'],
      params: idParams,
      body: newRankingSchema,
      response: { 202: rankingSchema },
    },
    handler: async (request, reply) => {
      const { seed, current } = request.body;
      const profile = resolveProfile(request.body.profile);
      const { id } = request.params;
      const wanted = { profile, seed: seedFor(profile, seed), current };
      // Needs no `request.subject`: of a generation, profile and seed there is one ranking. A repeated request finds it.
      const ranking = await store.screenings.requestRanking(request.principal.project, id, wanted);
      if (ranking === undefined) throw notFound(`screening ${id}`);
      await recordAudit(request, 'ranking.request', ranking.id, { screening: id, profile: wanted.profile.name });
      return reply.code(202).send(ranking);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/screenings/:id/rankings/what-if',
    config: { scope: 'read' },
    schema: {
      summary: 'What the order would be by another profile; keeps nothing',
      tags: ['rankings'],
      params: idParams,
      body: whatIfSchema,
      response: { 200: rankingDocumentSchema },
    },
    handler: async ({ principal, params, body }) => {
      const profile = resolveProfile(body.profile);
      const { candidates, ion } = await describedCandidates(principal.project, params.id);
      const options = { ion, profile, seed: seedFor(profile, body.seed), compared: profilesFor(ion) };
      return pool.rank({ candidates, options });
    },
  });

  /** Of the last generation that was described; the running one has none yet. */
  async function describedCandidates(project: string, id: string) {
    const screening = await store.screenings.get(project, id);
    if (screening === undefined) throw notFound(`screening ${id}`);
    const [last] = await store.screenings.rankings(project, id);
    for (const generation of new Set([screening.generation, last?.generation ?? screening.generation])) {
      const description = await store.results.description(id, generation);
      const discovery = await store.work.discovery(id, generation);
      if (description !== undefined && discovery !== undefined) {
        return { candidates: description.candidates, ion: discovery.request.ion };
      }
    }
    throw new Problem(409, 'not-described', `screening ${id} has no candidates yet (${screening.state})`);
  }
};
