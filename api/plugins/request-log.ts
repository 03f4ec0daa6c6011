/**
 * Request ids and one log line per request.
 *
 * The mistake avoided here: a log that keeps keys. Headers, bodies and query strings are never logged; the line has the
 * route's template, not the path a client made up.
 */
import { randomUUID } from 'node:crypto';
import type { FastifyRequest, FastifyServerOptions } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

/** Ids of our own: one that a client chose could stand for another request in the log. */
export const REQUEST_IDS = {
  genReqId: () => randomUUID(),
  requestIdHeader: false,
} as const satisfies FastifyServerOptions;

/** Where log lines go; standard output without it. */
export interface LogStream {
  readonly write: (line: string) => void;
}

export function loggerOptions(level: string, stream?: LogStream) {
  return {
    level,
    redact: { paths: REDACTED, censor: '[redacted]' },
    serializers: { req: requestNames },
    ...(stream !== undefined && { stream }),
  };
}

export const requestLog = fastifyPlugin(
  async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      reply.header('x-request-id', request.id);
    });
    app.addHook('onResponse', async (request, reply) => {
      const details = {
        ...requestNames(request),
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime * 1000) / 1000,
      };
      request.log.info(details, 'request');
    });
  },
  { name: 'request-log' },
);

function requestNames(request: FastifyRequest): Readonly<Record<string, unknown>> {
  return {
    method: request.method,
    route: request.routeOptions?.url ?? 'none',
    address: request.ip,
    ...(request.principal?.key !== undefined && { key: request.principal.key }),
  };
}

/** Should an object with one of these ever be logged, the value is not. */
const REDACTED = ['headers', 'authorization', 'secret', 'password', 'key.secret', 'body', 'query'].flatMap((name) => [
  name,
  `*.${name}`,
]);
