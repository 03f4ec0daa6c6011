/** Screenings: handed in, looked at, extended, cancelled. Stored means acknowledged; workers take it from the store. */
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SCREENING_STATES, type StoredScreening } from '../../model/service.ts';
import { recordAudit } from '../plugins/audit.ts';
import { notFound } from '../problem.ts';
import { pageQuery, pageSchema, rowsSchema } from '../schemas/page-schema.ts';
import { idParams, type NewScreeningRequest, newScreeningSchema, sources } from '../schemas/request-schema.ts';
import { screeningSchema, submissionSchema } from '../schemas/service-schema.ts';
import { refuseWhenFull, resolveSources, statedScreening } from '../shared/resolve-submission.ts';

export const screenings: FastifyPluginAsyncZod = async (app) => {
  const { store } = app.adatom;

  app.route({
    method: 'POST',
    url: '/v1/screenings',
    config: { scope: 'submit', idempotent: true },
    schema: {
      summary: 'Hand in folders to be screened',
      description: 'With `Idempotency-Key` a repeated request answers what the first one did.',
      tags: ['screenings'],
      body: newScreeningSchema,
      response: { 201: screeningSchema },
    },
    handler: async (request, reply) => {
      const screening = (await madeBefore(request)) ?? (await make(request.body, request));
      return reply.code(201).header('location', `/v1/screenings/${screening.id}`).send(screening);
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/screenings',
    config: { scope: 'read' },
    schema: {
      summary: 'Screenings of the project, newest first',
      tags: ['screenings'],
      querystring: pageQuery.extend({ state: z.enum(SCREENING_STATES).exactOptional() }),
      response: { 200: pageSchema(screeningSchema) },
    },
    handler: async ({ principal, query }) => store.screenings.list(principal.project, query),
  });

  app.route({
    method: 'GET',
    url: '/v1/screenings/:id',
    config: { scope: 'read' },
    schema: {
      summary: 'A screening and how far it is',
      tags: ['screenings'],
      params: idParams,
      response: { 200: screeningSchema },
    },
    handler: async ({ principal, params }) => {
      const screening = await store.screenings.get(principal.project, params.id);
      if (screening === undefined) throw notFound(`screening ${params.id}`);
      return screening;
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/screenings/:id/submissions',
    config: { scope: 'read' },
    schema: {
      summary: 'What was handed in for a screening',
      tags: ['screenings'],
      params: idParams,
      response: { 200: rowsSchema(submissionSchema) },
    },
    handler: async ({ principal, params }) => {
      const rows = await store.screenings.submissions(principal.project, params.id);
      // Every screening has at least the submission it was made with.
      if (rows.length === 0) throw notFound(`screening ${params.id}`);
      return { rows };
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/screenings/:id/sources',
    config: { scope: 'submit', idempotent: true },
    schema: {
      summary: 'Add folders; starts the next generation',
      description: 'All folders are looked at again, only new and changed ones are parsed.',
      tags: ['screenings'],
      params: idParams,
      body: z.strictObject({ sources }),
      response: { 200: screeningSchema },
    },
    handler: async (request) => {
      const { project } = request.principal;
      const { id } = request.params;
      const added = await store.screenings.submissions(project, id);
      if (!added.some((submission) => submission.id === request.subject)) await refuseWhenFull(app.adatom, project);
      const resolved = await resolveSources(app.adatom, project, request.body.sources);
      const screening = await store.screenings.addSources(project, id, resolved, request.subject);
      if (screening === undefined) throw notFound(`screening ${id}`);
      await recordAudit(request, 'screening.add-sources', id, { sources: resolved });
      return screening;
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/screenings/:id/cancel',
    config: { scope: 'submit' },
    schema: {
      summary: 'Stop a screening at its next job',
      tags: ['screenings'],
      params: idParams,
      response: { 200: screeningSchema },
    },
    handler: async (request) => {
      const { id } = request.params;
      const screening = await store.screenings.cancel(request.principal.project, id);
      if (screening === undefined) throw notFound(`screening ${id}`);
      await recordAudit(request, 'screening.cancel', id);
      return screening;
    },
  });

  /** By an attempt whose answer was lost. Asked first: what was made then cannot be refused now. */
  async function madeBefore(request: FastifyRequest): Promise<StoredScreening | undefined> {
    const { principal, subject } = request;
    const screening = subject === undefined ? undefined : await store.screenings.get(principal.project, subject);
    // The entry of that attempt may be lost too.
    if (screening !== undefined) await recordAudit(request, 'screening.submit', screening.id, { repeated: true });
    return screening;
  }

  async function make(wanted: NewScreeningRequest, request: FastifyRequest): Promise<StoredScreening> {
    const { project } = request.principal;
    await refuseWhenFull(app.adatom, project);
    const resolved = await resolveSources(app.adatom, project, wanted.sources);
    const stated = statedScreening(wanted, resolved);
    const own = request.subject === undefined ? {} : { id: request.subject };
    const screening = await store.screenings.create({ ...own, project, stated, sources: resolved });
    await recordAudit(request, 'screening.submit', screening.id, { sources: resolved });
    return screening;
  }
};
