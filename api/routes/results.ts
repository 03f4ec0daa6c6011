/** What the last complete generation of a screening found, page by page. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ISSUE_CATALOGUE } from '../../model/issue-catalogue.ts';
import { issueSchema } from '../../model/issue-schema.ts';
import type { IssueCode } from '../../model/issues.ts';
import { pathSchema } from '../../model/screening-schema.ts';
import { linkSchema, systemSchema } from '../../model/system-schema.ts';
import { notFound } from '../problem.ts';
import { pageQuery, pageSchema } from '../schemas/page-schema.ts';
import { idParams } from '../schemas/request-schema.ts';
import { calculationSchema } from '../schemas/result-schema.ts';

/** The keys of the catalogue are exactly the codes. */
const issueCode = z.enum(Object.keys(ISSUE_CATALOGUE) as [IssueCode, ...IssueCode[]]);

export const results: FastifyPluginAsyncZod = async (app) => {
  const { results: stored } = app.adatom.store;

  app.route({
    method: 'GET',
    url: '/v1/screenings/:id/calculations',
    config: { scope: 'read' },
    schema: {
      summary: 'Calculations, by id',
      tags: ['results'],
      params: idParams,
      querystring: pageQuery.extend({ role: z.string().min(1).exactOptional() }),
      response: { 200: pageSchema(calculationSchema) },
    },
    handler: async ({ principal, params, query }) =>
      found(await stored.calculations(principal.project, params.id, query), params.id),
  });

  app.route({
    method: 'GET',
    url: '/v1/screenings/:id/calculations/:calculation',
    config: { scope: 'read' },
    schema: {
      summary: 'One calculation; its id is a path, URL-encoded',
      tags: ['results'],
      params: idParams.extend({ calculation: z.string().min(1) }),
      response: { 200: calculationSchema },
    },
    handler: async ({ principal, params }) => {
      const row = await stored.calculation(principal.project, params.id, params.calculation);
      if (row === undefined) throw notFound(`calculation ${params.calculation} of screening ${params.id}`);
      return row;
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/screenings/:id/systems',
    config: { scope: 'read' },
    schema: {
      summary: 'Systems: the calculations that belong to one surface',
      tags: ['results'],
      params: idParams,
      querystring: pageQuery,
      response: { 200: pageSchema(systemSchema) },
    },
    handler: async ({ principal, params, query }) =>
      found(await stored.systems(principal.project, params.id, query), params.id),
  });

  app.route({
    method: 'GET',
    url: '/v1/screenings/:id/links',
    config: { scope: 'read' },
    schema: {
      summary: 'Links between calculations with their evidence',
      description: 'Pages go by systems: `limit` counts systems, each with all its links.',
      tags: ['results'],
      params: idParams,
      querystring: pageQuery,
      response: { 200: pageSchema(linkSchema) },
    },
    handler: async ({ principal, params, query }) => {
      const { rows, next } = found(await stored.systems(principal.project, params.id, query), params.id);
      return { rows: rows.flatMap((system) => system.links), ...(next !== undefined && { next }) };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/screenings/:id/paths',
    config: { scope: 'read' },
    schema: {
      summary: 'Migration paths with their images and barriers',
      tags: ['results'],
      params: idParams,
      querystring: pageQuery,
      response: { 200: pageSchema(pathSchema) },
    },
    handler: async ({ principal, params, query }) =>
      found(await stored.paths(principal.project, params.id, query), params.id),
  });

  app.route({
    method: 'GET',
    url: '/v1/screenings/:id/issues',
    config: { scope: 'read' },
    schema: {
      summary: 'Everything that makes a number missing or weaker',
      tags: ['results'],
      params: idParams,
      querystring: pageQuery.extend({
        code: issueCode.exactOptional(),
        severity: z.enum(['error', 'warning', 'info']).exactOptional(),
      }),
      response: { 200: pageSchema(issueSchema) },
    },
    handler: async ({ principal, params, query }) =>
      found(await stored.issues(principal.project, params.id, query), params.id),
  });
};

function found<T>(page: T | undefined, screening: string): T {
  if (page === undefined) throw notFound(`screening ${screening}`);
  return page;
}
