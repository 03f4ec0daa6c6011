/**
 * Bounds on what clients can take from the service: requests a minute, time for a body, load of the process; and the
 * headers that bound what a browser does with an answer.
 */
import { getHeapStatistics } from 'node:v8';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import type { FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { Problem, tryLater } from '../problem.ts';
import type { ApiLimits } from '../shared/limits.ts';

/** Nothing from elsewhere, no inline code; pages that need more say so in their own plugin. */
const CONTENT_SECURITY = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

/** The header with some directives of its own, for a page that needs them. */
export function contentSecurityHeader(own: Partial<typeof CONTENT_SECURITY>): string {
  return Object.entries({ ...CONTENT_SECURITY, ...own })
    .map(([name, values]) => `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${values.join(' ')}`)
    .join('; ');
}

/** First of all, so that refusals carry them too. */
export const securityHeaders = fastifyPlugin(
  async (app) => {
    await app.register(helmet, {
      contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY },
      frameguard: { action: 'deny' },
      referrerPolicy: { policy: 'no-referrer' },
    });
  },
  { name: 'security-headers' },
);

const HEAP_FRACTION = 0.9;
const PRESSURE_RETRY_SECONDS = 5;

export const protection = fastifyPlugin<{ readonly limits: ApiLimits }>(
  async (app, { limits }) => {
    await app.register(underPressure, {
      maxEventLoopDelay: limits.eventLoopDelayMilliseconds,
      maxHeapUsedBytes: getHeapStatistics().heap_size_limit * HEAP_FRACTION,
      pressureHandler: (_request, _reply, type) => {
        throw tryLater(503, 'overloaded', `the service is overloaded (${type})`, PRESSURE_RETRY_SECONDS);
      },
    });
    await app.register(rateLimit, {
      max: app.adatom.settings.ADATOM_REQUESTS_PER_MINUTE,
      timeWindow: '1 minute',
      // After authentication, which hangs on an earlier hook of the server.
      keyGenerator: (request: FastifyRequest) => request.principal?.key ?? request.ip,
      errorResponseBuilder: (_request, { max, ttl }) =>
        tryLater(429, 'too-many-requests', `more than ${max} requests in a minute`, ttl / 1000),
    });
  },
  { name: 'protection', dependencies: ['authentication'] },
);

/** A body that drips in is cut off: the connection is worth nothing any more after that. */
export const bodyClock = fastifyPlugin<{ readonly limits: ApiLimits }>(
  async (app, { limits }) => {
    app.addHook('preParsing', async (request, _reply, payload) => {
      const seconds = request.routeOptions.config.bodySeconds ?? limits.bodySeconds;
      if (seconds === 0) return payload;
      const late = new Problem(408, 'request-timeout', `the body did not arrive within ${seconds} s`, {
        headers: { connection: 'close' },
      });
      // To who reads the body: destroying it would close the connection before the answer is sent.
      const timer = setTimeout(() => payload.emit('error', late), seconds * 1000);
      payload.once('close', () => clearTimeout(timer));
      payload.once('end', () => clearTimeout(timer));
      return payload;
    });
  },
  { name: 'body-clock' },
);
