/**
 * Turns whatever a route throws into a problem document (RFC 9457).
 *
 * The mistake avoided here: the text of an unexpected error reaches the client and tells it paths, SQL or secrets. Only
 * a `Problem`, an `AdatomError` and the framework's refusals of a malformed request speak; all else is a 500 that says
 * nothing but its request id, under which the log has the error.
 */
import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { AdatomError, ERROR_TABLE } from '../../model/errors.ts';
import { notFound, Problem, tryLater } from '../problem.ts';
import { allowedMethods } from './route-table.ts';

export const problems = fastifyPlugin(
  async (app) => {
    app.setErrorHandler((error, request, reply) => sendProblem(problemOf(error), request, reply, error));
    app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
      sendProblem(noSuchRoute(allowedMethods(app.routeTable, pathOf(request.url)), request), request, reply);
    });
  },
  { name: 'problems', dependencies: ['route-table', 'protection'] },
);

const TRANSIENT_RETRY_SECONDS = 5;

/** What a thrown value means to the client. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof AdatomError) return adatomProblem(error);
  if (isFrameworkRefusal(error)) {
    return new Problem(error.statusCode, FRAMEWORK_CODES[error.statusCode] ?? 'invalid-request', error.message);
  }
  return new Problem(
    500,
    'internal-error',
    'The service failed on this request; its log has the reason under the request id',
  );
}

export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply, cause?: unknown): void {
  if (problem.status === 500) request.log.error({ err: cause ?? problem }, 'a request failed');
  else if (problem.status === 503) request.log.warn({ err: cause ?? problem }, 'a request was put off');
  for (const [name, value] of Object.entries(problem.headers)) reply.header(name, value);
  reply
    .code(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify(problemDocument(problem, request.id)));
}

function problemDocument(problem: Problem, requestId: string): Readonly<Record<string, unknown>> {
  return {
    type: 'about:blank',
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    detail: problem.message,
    code: problem.code,
    ...(problem.issues.length > 0 && { issues: problem.issues }),
    ...(problem.faults.length > 0 && { faults: problem.faults }),
    requestId,
  };
}

function adatomProblem(error: AdatomError): Problem {
  const status = ERROR_TABLE[error.class].httpStatus;
  // Its text names hosts and tables: the log has it.
  if (error.class === 'transient') {
    return tryLater(503, 'try-later', 'The service cannot reach its database just now', TRANSIENT_RETRY_SECONDS);
  }
  return new Problem(status, error.class === 'request' ? 'invalid-request' : 'unanswerable', error.message);
}

const FRAMEWORK_CODES: Readonly<Record<number, string>> = {
  404: 'not-found',
  408: 'request-timeout',
  413: 'too-large',
  414: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
};

/** A malformed request that the framework refused before any route saw it. Its texts quote nothing of ours. */
function isFrameworkRefusal(error: unknown): error is FastifyError & { readonly statusCode: number } {
  if (!(error instanceof Error) || !('statusCode' in error)) return false;
  const status = error.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500;
}

function noSuchRoute(allowed: readonly string[], request: FastifyRequest): Problem {
  if (allowed.length === 0) return notFound(`${request.method} ${pathOf(request.url)}`);
  return new Problem(405, 'method-not-allowed', `expected ${allowed.join(' or ')}, found ${request.method}`, {
    headers: { allow: allowed.join(', ') },
  });
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url;
}
