/**
 * Who asks, and whether they may: `Authorization: Bearer adk_…` gives a principal, the route's scope is held against it.
 *
 * Without a key only an embedded service on loopback answers, and there a web page in the user's browser is the threat:
 * it can reach the address under a name of its own (DNS rebinding) or post to it blindly. So a keyless request must name
 * a loopback host, come from no other origin and through no proxy.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { ApiKey, Principal, Scope } from '../../model/service.ts';
import { Problem, tryLater } from '../problem.ts';
import { admittedKeys } from '../shared/admitted-keys.ts';
import type { ApiLimits } from '../shared/limits.ts';
import { isLoopbackHost, isProxied } from '../shared/loopback.ts';
import { refusalCounter } from '../shared/refusal-counter.ts';
import { recordAudit, recordAuditOf } from './audit.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** The principal of a key in full; throws the refusal. For routes that are handed a key in another way. */
    readonly verifyKey: (request: FastifyRequest, secret: string) => Promise<Principal>;
  }
}

export const authentication = fastifyPlugin<{ readonly limits: ApiLimits }>(
  async (app, { limits }) => {
    app.decorateRequest('principal');
    app.decorate('verifyKey', keyVerifier(app, limits.refusedKeysPerMinute));
    app.addHook('onRequest', async (request) => {
      const { scope } = request.routeOptions.config;
      if (scope === undefined) return;
      request.principal = await principalOf(app, request);
      await demandScope(request, scope);
    });
  },
  { name: 'authentication' },
);

/** Throws 403, and writes it down, when the key of a request does not allow what the route needs. */
export async function demandScope(request: FastifyRequest, scope: Scope): Promise<void> {
  if (allows(request.principal.scopes, scope)) return;
  await recordAudit(request, 'key.scope-refused', request.principal.key ?? 'anonymous', { scope });
  throw new Problem(403, 'scope', `this needs a key with the scope "${scope}"`);
}

/** `admin` may all, `submit` may also read. */
export function allows(held: readonly Scope[], wanted: Scope): boolean {
  if (held.includes('admin') || held.includes(wanted)) return true;
  return wanted === 'read' && held.includes('submit');
}

export function unauthorized(detail: string, scheme = 'Bearer'): Problem {
  return new Problem(401, 'unauthorized', detail, { headers: { 'www-authenticate': `${scheme} realm="adatom"` } });
}

export async function principalOf(app: FastifyInstance, request: FastifyRequest): Promise<Principal> {
  const { authorization } = request.headers;
  if (authorization === undefined) return anonymousPrincipal(app.adatom.anonymous, request);
  const secret = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(authorization)?.[1];
  if (secret === undefined) throw unauthorized('expected the header "Authorization: Bearer <key>"');
  return app.verifyKey(request, secret);
}

function anonymousPrincipal(anonymous: Principal | undefined, request: FastifyRequest): Principal {
  if (anonymous === undefined) throw unauthorized('a key is needed: "Authorization: Bearer <key>"');
  const { host, origin } = request.headers;
  if (isProxied(request.headers) || !isLoopbackHost(host)) {
    throw new Problem(403, 'not-loopback', 'without a key the service answers on a loopback address only');
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    throw new Problem(403, 'foreign-origin', 'without a key the service answers no page of another origin');
  }
  return anonymous;
}

function keyVerifier(app: FastifyInstance, refusedPerMinute: number) {
  const refusals = refusalCounter(refusedPerMinute);
  const admitted = admittedKeys();
  return async (request: FastifyRequest, secret: string): Promise<Principal> => {
    const waitSeconds = refusals.secondsToWait(request.ip, Date.now());
    if (waitSeconds > 0 && !admitted.has(secret))
      throw tryLater(429, 'too-many-refused-keys', 'too many unknown keys from here', waitSeconds);
    const principal = await app.adatom.store.keys.verify(secret);
    if (principal !== undefined) {
      admitted.add(secret);
      return principal;
    }
    admitted.remove(secret);
    refusals.count(request.ip, Date.now());
    await tellRefusal(request, await app.adatom.store.keys.ended(secret));
    throw unauthorized('the key is unknown, expired or revoked');
  };
}

/** An unknown key belongs to no project: the log alone has it, and nobody has the secret. */
async function tellRefusal(request: FastifyRequest, ended: ApiKey | undefined): Promise<void> {
  request.log.warn({ address: request.ip, endedKey: ended?.id }, 'a key was refused');
  if (ended === undefined) return;
  const reason = ended.revokedAt === undefined ? 'expired' : 'revoked';
  const owner = { project: ended.project, key: ended.id };
  await recordAuditOf(request, owner, { action: 'key.refused', subject: ended.id, details: { reason } });
}
