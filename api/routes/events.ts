/** Progress of a screening as Server-Sent Events; `Last-Event-ID` resumes after a broken connection. */
import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { notFound, tryLater } from '../problem.ts';
import { queryInteger } from '../schemas/page-schema.ts';
import { idParams } from '../schemas/request-schema.ts';
import { sentAsItIs } from '../schemas/stream-schema.ts';
import { eventStream } from '../shared/event-stream.ts';
import { streamCounter } from '../shared/stream-counter.ts';

const FULL_RETRY_SECONDS = 30;

export const events: FastifyPluginAsyncZod = async (app) => {
  const { store } = app.adatom;
  const streams = streamCounter(app.limits);
  const stopping = new AbortController();
  // Before the server waits for its connections: streams would keep it from closing.
  app.addHook('preClose', async () => stopping.abort());

  app.route({
    method: 'GET',
    url: '/v1/screenings/:id/events',
    config: { scope: 'read' },
    exposeHeadRoute: false,
    schema: {
      summary: 'What happens to a screening, as it happens',
      description: 'Server-Sent Events `state`, `progress`, `ranking`. Ends when the screening is final.',
      tags: ['screenings'],
      params: idParams,
      headers: z.looseObject({ 'last-event-id': queryInteger(z.int().min(0)).default(0) }),
      response: { 200: sentAsItIs('text/event-stream', 'One event after the other, until there will be no more') },
    },
    handler: async (request, reply) => {
      const { project, key } = request.principal;
      const { id } = request.params;
      if ((await store.screenings.get(project, id)) === undefined) throw notFound(`screening ${id}`);
      // The event `close` of a client that went away meanwhile is over: its place would never become free.
      if (reply.raw.destroyed) return reply.hijack();
      const client = key ?? request.ip;
      if (!streams.enter(client)) {
        throw tryLater(429, 'too-many-streams', 'too many event streams are open', FULL_RETRY_SECONDS);
      }
      const gone = new AbortController();
      request.raw.once('close', () => gone.abort());
      reply.raw.once('close', () => {
        gone.abort();
        streams.leave(client);
      });
      const text = eventStream(store, {
        project,
        screening: id,
        after: request.headers['last-event-id'],
        heartbeatSeconds: app.limits.heartbeatSeconds,
        signal: AbortSignal.any([gone.signal, stopping.signal]),
      });
      reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no').type('text/event-stream');
      return reply.send(Readable.from(text, { highWaterMark: 1 }));
    },
  });
};
