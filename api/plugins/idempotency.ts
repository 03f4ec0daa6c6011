/**
 * `Idempotency-Key`: a client that does not know whether its request arrived sends it again, and gets the answer of the
 * first one instead of a second screening.
 *
 * A key stands for one request (method, address, body). Only answers of success are kept: a refusal changed nothing, so
 * the same key may be used for the corrected request. After a failure nobody knows what was changed (a COMMIT whose answer
 * was lost, a killed process), so the request may be repeated, and its route makes what it makes under the id
 * `request.subject`. A route takes part with `config: {idempotent: true}`; its answers must be small JSON documents.
 */
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { Problem, tryLater } from '../problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Key whose first request this is. */
    idempotencyKey: string | undefined;
    /** Id for what this request makes; an object that has it was made by an earlier attempt at the same request. */
    subject: string | undefined;
  }
}

const BUSY_RETRY_SECONDS = 1;

export const idempotency = fastifyPlugin(
  async (app) => {
    const { store } = app.adatom;
    app.decorateRequest('idempotencyKey', undefined);
    app.decorateRequest('subject', undefined);
    app.addHook('preHandler', async (request, reply) => {
      const key = statedKey(request);
      if (key === undefined) return;
      const begun = await store.idempotency.begin(request.principal.project, key, fingerprint(request));
      if (begun === 'busy') throw tryLater(409, 'idempotency-busy', BUSY_TEXT, BUSY_RETRY_SECONDS);
      if (begun === 'mismatch') throw new Problem(422, 'idempotency-mismatch', MISMATCH_TEXT);
      if ('subject' in begun) {
        request.idempotencyKey = key;
        request.subject = begun.subject;
        return;
      }
      return reply.code(begun.status).header('idempotency-replayed', 'true').type(JSON_TYPE).send(begun.body);
    });
    app.addHook('onSend', async (request, reply, payload) => {
      const key = request.idempotencyKey;
      if (key === undefined) return payload;
      request.idempotencyKey = undefined;
      const { project } = request.principal;
      const isKept = reply.statusCode >= 200 && reply.statusCode < 300 && typeof payload === 'string';
      if (isKept) await store.idempotency.finish(project, key, { status: reply.statusCode, body: payload });
      else if (reply.statusCode >= 500) await store.idempotency.release(project, key);
      else await store.idempotency.abandon(project, key);
      return payload;
    });
  },
  { name: 'idempotency', dependencies: ['authentication'] },
);

const JSON_TYPE = 'application/json; charset=utf-8';
const BUSY_TEXT = 'the first request with this Idempotency-Key is still under way';
const MISMATCH_TEXT = 'this Idempotency-Key was used for another request';

function statedKey(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined || request.routeOptions.config.idempotent !== true) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new Problem(400, 'invalid-request', 'Idempotency-Key: expected 1 to 200 printable ASCII characters');
}

function fingerprint({ method, url, body }: FastifyRequest): string {
  const bodySha256 = createHash('sha256')
    .update(JSON.stringify(body ?? null))
    .digest('hex');
  return createHash('sha256').update(`${method} ${url}\n${bodySha256}`).digest('hex');
}
