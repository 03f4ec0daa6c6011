/** Whether the service lives (`/healthz`), whether it can work (`/readyz`), and its figures (`/metrics`). */
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { demandScope, principalOf } from '../plugins/authentication.ts';
import { sentAsItIs } from '../schemas/stream-schema.ts';
import { isLoopbackAddress, isLoopbackHost, isProxied } from '../shared/loopback.ts';

/** Asked by machines that must get an answer especially when the service is busy. */
const ALWAYS_ANSWERED = { rateLimit: false, pressureHandler: () => undefined } as const;
const PING_SECONDS = 5;

const healthSchema = z.strictObject({ status: z.literal('ok'), version: z.string() });
const partSchema = z.strictObject({ ready: z.boolean(), reason: z.string().exactOptional() });
const readinessSchema = z.strictObject({
  ready: z.boolean(),
  store: partSchema,
  queue: partSchema.exactOptional().describe('absent when this process runs no queue'),
});

export const health: FastifyPluginAsyncZod = async (app) => {
  const { store, queue, adatomVersion } = app.adatom;
  const storeReadiness = shared(() => readiness('the database', store.ping));
  const queueReadiness = queue && shared(() => readiness('the queue', queue.ping));

  app.route({
    method: 'GET',
    url: '/healthz',
    config: ALWAYS_ANSWERED,
    schema: { summary: 'The process lives', tags: ['service'], response: { 200: healthSchema } },
    handler: async () => ({ status: 'ok' as const, version: adatomVersion }),
  });

  app.route({
    method: 'GET',
    url: '/readyz',
    config: ALWAYS_ANSWERED,
    schema: {
      summary: 'Database and queue answer',
      tags: ['service'],
      response: { 200: readinessSchema, 503: readinessSchema },
    },
    handler: async (_request, reply) => {
      const [storePart, queuePart] = await Promise.all([storeReadiness(), queueReadiness?.()]);
      const ready = storePart.ready && queuePart?.ready !== false;
      const answer = { ready, store: storePart, ...(queuePart !== undefined && { queue: queuePart }) };
      return reply.code(ready ? 200 : 503).send(answer);
    },
  });

  app.route({
    method: 'GET',
    url: '/metrics',
    config: ALWAYS_ANSWERED,
    schema: {
      summary: 'Figures for Prometheus; from another machine with a key',
      tags: ['service'],
      response: { 200: sentAsItIs('text/plain', 'Prometheus text format') },
    },
    handler: async (request, reply) => {
      if (!isLocal(request)) {
        request.principal = await principalOf(app, request);
        await demandScope(request, 'read');
      }
      const { text, contentType } = await app.metricsText();
      return reply.type(contentType).send(text);
    },
  });

  /** The reason is ours: a driver's text names hosts and users. */
  async function readiness(what: string, ping: () => Promise<void>): Promise<z.output<typeof partSchema>> {
    try {
      await Promise.race([ping(), rejectAfter(PING_SECONDS)]);
      return { ready: true };
    } catch (error) {
      app.log.warn({ err: error }, `${what} does not answer`);
      return { ready: false, reason: `${what} does not answer` };
    }
  }
};

/** A web page in a browser of this machine reaches the address too, but under a name of its own (DNS rebinding). */
function isLocal({ ip, headers }: FastifyRequest): boolean {
  return isLoopbackAddress(ip) && isLoopbackHost(headers.host) && !isProxied(headers);
}

/** Whoever asks while the answer is being found gets that one: many probes need no connection each. */
function shared<T>(find: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined;
  return () => {
    underWay ??= find().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

function rejectAfter(seconds: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${seconds} s`)), seconds * 1000).unref();
  });
}
