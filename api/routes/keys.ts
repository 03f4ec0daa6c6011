/** Keys of the project. A secret is shown once, in the answer that makes it, and never written anywhere. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { recordAudit } from '../plugins/audit.ts';
import { notFound, Problem } from '../problem.ts';
import { rowsSchema } from '../schemas/page-schema.ts';
import { idParams, newKeySchema, rotationSchema } from '../schemas/request-schema.ts';
import { apiKeySchema, principalSchema } from '../schemas/service-schema.ts';

const madeKeySchema = z.strictObject({
  key: apiKeySchema,
  secret: z.string().describe('shown once; sent as `Authorization: Bearer`'),
});

export const keys: FastifyPluginAsyncZod = async (app) => {
  const { keys: stored } = app.adatom.store;

  app.route({
    method: 'GET',
    url: '/v1/whoami',
    config: { scope: 'read' },
    schema: {
      summary: 'Project and scopes of the key of this request',
      tags: ['administration'],
      response: { 200: principalSchema },
    },
    handler: async ({ principal }) => principal,
  });

  app.route({
    method: 'GET',
    url: '/v1/keys',
    config: { scope: 'admin' },
    schema: {
      summary: 'Keys of the project',
      tags: ['administration'],
      response: { 200: rowsSchema(apiKeySchema) },
    },
    handler: async ({ principal }) => ({ rows: await stored.list(principal.project) }),
  });

  app.route({
    method: 'POST',
    url: '/v1/keys',
    config: { scope: 'admin' },
    schema: {
      summary: 'Make a key',
      tags: ['administration'],
      body: newKeySchema,
      response: { 201: madeKeySchema },
    },
    handler: async (request, reply) => {
      const { expiresAt } = request.body;
      if (expiresAt !== undefined && Date.parse(expiresAt) <= Date.now()) {
        throw new Problem(400, 'invalid-request', `expiresAt: expected a time to come, found ${expiresAt}`);
      }
      const made = await stored.create({ ...request.body, project: request.principal.project });
      await recordAudit(request, 'key.create', made.key.id, { scopes: made.key.scopes });
      return reply.code(201).header('cache-control', 'no-store').send(made);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/keys/:id',
    config: { scope: 'admin' },
    schema: {
      summary: 'Revoke a key at once',
      tags: ['administration'],
      params: idParams,
      response: { 200: apiKeySchema },
    },
    handler: async (request) => {
      const { id } = request.params;
      const revoked = await stored.revoke(request.principal.project, id);
      if (revoked === undefined) throw notFound(`key ${id}`);
      await recordAudit(request, 'key.revoke', id);
      return revoked;
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/keys/:id/rotate',
    config: { scope: 'admin' },
    schema: {
      summary: 'A new secret under the same name; the old one ends after a grace time',
      tags: ['administration'],
      params: idParams,
      body: rotationSchema,
      response: { 201: madeKeySchema },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const made = await stored.rotate(request.principal.project, id, request.body.graceSeconds);
      if (made === undefined) throw notFound(`key ${id}`);
      await recordAudit(request, 'key.rotate', id, { successor: made.key.id });
      return reply.code(201).header('cache-control', 'no-store').send(made);
    },
  });
};
