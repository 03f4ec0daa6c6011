/**
 * The queue as a page (`/admin/queues`, Bull Board), for administrators of the operators' project alone: it shows, and
 * takes away, jobs of all projects.
 *
 * A browser sends no Bearer header, so this page alone takes HTTP Basic with the key as password. A browser repeats
 * Basic credentials on its own: what changes something must come from the page itself.
 */
import { createBullBoard } from '@bull-board/api';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { demandScope, principalOf, unauthorized } from '../plugins/authentication.ts';
import { problemOf, sendProblem } from '../plugins/problems.ts';
import { contentSecurityHeader } from '../plugins/protection.ts';
import { Problem } from '../problem.ts';

const BOARD_PATH = '/admin/queues';
const SAFE_METHODS: readonly string[] = ['GET', 'HEAD'];

export const queueBoard: FastifyPluginAsyncZod = async (app) => {
  const { queue } = app.adatom;
  if (queue === undefined) return;
  const adapter = new FastifyAdapter();
  adapter.setBasePath(BOARD_PATH);
  // `as`: workers/ makes them with Bull Board's own adapters; the model only passes them on.
  const queues = queue.boardQueues as Parameters<typeof createBullBoard>[0]['queues'];
  createBullBoard({ queues, serverAdapter: adapter, options: { uiConfig: { boardTitle: 'Adatom queues' } } });
  adapter.setErrorHandler((error) => {
    app.log.error({ err: error }, 'the queue page failed');
    return { status: 500, body: { error: 'The queue does not answer' } };
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header(
      'content-security-policy',
      // It sets styles as it is drawn, and its addresses are relative to its base.
      contentSecurityHeader({ styleSrc: ["'self'", "'unsafe-inline'"], baseUri: ["'self'"] }),
    );
    try {
      await admit(app, request);
    } catch (error) {
      // The page has an error handler of its own, which knows no problem documents.
      sendProblem(problemOf(error), request, reply, error);
      return reply;
    }
  });
  await app.register(adapter.registerPlugin(), { prefix: BOARD_PATH });
};

async function admit(app: FastifyInstance, request: FastifyRequest): Promise<void> {
  const { authorization, origin, host } = request.headers;
  const isKeyless = authorization === undefined && app.adatom.anonymous !== undefined;
  request.principal = isKeyless
    ? await principalOf(app, request)
    : await app.verifyKey(request, boardKey(authorization));
  await demandScope(request, 'admin');
  if (request.principal.projectName !== app.adatom.settings.ADATOM_OPERATOR_PROJECT) {
    throw new Problem(403, 'operators-only', 'the queue has jobs of all projects: it is for their operators');
  }
  const isOwnPage = origin === `http://${host}` || origin === `https://${host}`;
  if (SAFE_METHODS.includes(request.method) || isOwnPage) return;
  throw new Problem(403, 'foreign-origin', 'this may only be done from the page itself');
}

/** The key from `Bearer`, or the password of `Basic`. */
function boardKey(authorization: string | undefined): string {
  const [, scheme, value] = /^(Bearer|Basic) ([\x21-\x7e]{1,400})$/i.exec(authorization ?? '') ?? [];
  if (scheme === undefined || value === undefined) throw unauthorized('sign in with a key as password', 'Basic');
  if (scheme.toLowerCase() === 'bearer') return value;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1);
}
