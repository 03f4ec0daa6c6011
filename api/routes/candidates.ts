/** Questions about candidates: across screenings by their values, and about one of them. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { candidateForProfile } from '../../pipeline/candidate-for-profile.ts';
import { notFound } from '../problem.ts';
import { candidateQuery, candidateQuerySchema } from '../schemas/candidate-query-schema.ts';
import { pageSchema, rowsSchema } from '../schemas/page-schema.ts';
import { idParams } from '../schemas/request-schema.ts';
import { candidateDetailSchema, selectedRowSchema } from '../schemas/result-schema.ts';
import { rankingSchema } from '../schemas/service-schema.ts';
import { answerRow, chooseFields, compileDerived } from '../shared/candidate-answer.ts';

const candidateParams = idParams.extend({ candidate: z.string().min(1) });

export const candidates: FastifyPluginAsyncZod = async (app) => {
  const { candidates: stored, work } = app.adatom.store;

  app.route({
    method: 'GET',
    url: '/v1/candidates',
    config: { scope: 'read' },
    schema: {
      summary: 'Candidates of all screenings of the project, filtered and sorted by any value',
      tags: ['candidates'],
      querystring: candidateQuerySchema,
      response: {
        200: pageSchema(selectedRowSchema).extend({
          derived: z
            .record(z.string(), z.strictObject({ expression: z.string(), unit: z.string() }))
            .exactOptional()
            .describe('what the derived quantities of the rows are'),
        }),
      },
    },
    handler: async ({ principal, query }) => {
      const descriptors = stored.fields();
      const choice = chooseFields(query.fields, descriptors);
      const derived = compileDerived(query.derived, descriptors);
      const { rows, next } = await stored.query(candidateQuery(principal.project, query));
      const units = derived.map(({ name, quantity: { expression, unit } }) => [name, { expression, unit }]);
      return {
        rows: rows.map((row) => answerRow(row, choice, derived)),
        ...(next !== undefined && { next }),
        ...(derived.length > 0 && { derived: Object.fromEntries(units) }),
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/screenings/:id/candidates/:candidate',
    config: { scope: 'read' },
    schema: {
      summary: 'A candidate in full: every value with its inputs, its place in the ranking',
      tags: ['candidates'],
      params: candidateParams,
      querystring: z.strictObject({ ranking: z.uuid().exactOptional() }),
      response: { 200: candidateDetailSchema },
    },
    handler: async ({ principal, params, query }) => {
      const detail = await stored.get(principal.project, params.id, params.candidate, query.ranking);
      const ranking = detail && (await work.ranking(detail.ranking));
      if (detail === undefined || ranking === undefined) {
        throw notFound(`candidate ${params.candidate} of screening ${params.id}`);
      }
      return { ...detail, candidate: candidateForProfile(ranking.profile)(detail.candidate) };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/screenings/:id/candidates/:candidate/history',
    config: { scope: 'read' },
    schema: {
      summary: 'The place of a candidate in every ranking of its screening, newest first',
      tags: ['candidates'],
      params: candidateParams,
      response: {
        200: rowsSchema(
          z.strictObject({
            ranking: rankingSchema,
            rank: z.int().min(1).exactOptional(),
            score: z.number().exactOptional(),
          }),
        ),
      },
    },
    handler: async ({ principal, params }) => {
      const rows = await stored.history(principal.project, params.id, params.candidate);
      if (rows.length === 0) throw notFound(`candidate ${params.candidate} of screening ${params.id}`);
      return { rows };
    },
  });
};
