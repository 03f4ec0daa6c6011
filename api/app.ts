/**
 * Assembles the HTTP side from its plugins and routes. It listens to nothing: tests send requests into it directly.
 *
 * The order matters: every plugin hooks into the routes that are registered after it, and authentication comes before
 * the rate limit, which counts by key.
 */
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ApiContext } from './context.ts';
import { authentication } from './plugins/authentication.ts';
import { idempotency } from './plugins/idempotency.ts';
import { metrics } from './plugins/metrics.ts';
import { openapi } from './plugins/openapi.ts';
import { problemOf, problems, sendProblem } from './plugins/problems.ts';
import { bodyClock, protection, securityHeaders } from './plugins/protection.ts';
import { type LogStream, loggerOptions, REQUEST_IDS, requestLog } from './plugins/request-log.ts';
import { routeTable } from './plugins/route-table.ts';
import { useZodSchemas } from './plugins/validation.ts';
import { ROUTES } from './routes/index.ts';
import { API_LIMITS, type ApiLimits } from './shared/limits.ts';

export interface AppOptions {
  readonly limits?: Partial<ApiLimits>;
  readonly logStream?: LogStream;
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly limits: ApiLimits;
  }
}

/** An id of a calculation is a path, and comes as one part of an address. */
const PARAMETER_CHARACTERS = 4096;

/** How often connections are looked at for lateness. */
const CHECK_MILLISECONDS = 2000;

export async function buildApp(context: ApiContext, options: AppOptions = {}): Promise<FastifyInstance> {
  const limits = { ...API_LIMITS, ...options.limits };
  const app = Fastify({
    ...REQUEST_IDS,
    logger: loggerOptions(context.settings.ADATOM_LOG_LEVEL, options.logStream),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    routerOptions: { maxParamLength: PARAMETER_CHARACTERS },
    bodyLimit: limits.bodyBytes,
    connectionTimeout: limits.idleSeconds * 1000,
    requestTimeout: limits.requestSeconds * 1000,
    keepAliveTimeout: limits.keepAliveSeconds * 1000,
    http: { headersTimeout: limits.headSeconds * 1000, connectionsCheckingInterval: CHECK_MILLISECONDS },
    trustProxy: false,
    frameworkErrors: (error, request, reply) => sendProblem(problemOf(error), request, reply, error),
  }).withTypeProvider<ZodTypeProvider>();
  app.decorate('adatom', context);
  app.decorate('limits', limits);
  // JSON only, unless a route takes more: a form that another site posts is refused by its type.
  app.removeContentTypeParser('text/plain');
  useZodSchemas(app);
  await app.register(routeTable);
  await app.register(requestLog);
  await app.register(securityHeaders);
  await app.register(authentication, { limits });
  await app.register(protection, { limits });
  await app.register(problems);
  await app.register(bodyClock, { limits });
  await app.register(idempotency);
  await app.register(metrics);
  await app.register(openapi);
  for (const routes of ROUTES) await app.register(routes);
  return app;
}
