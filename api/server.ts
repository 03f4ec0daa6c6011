/** Listens, and stops without cutting off who is being served: new requests are refused, streams end, the rest finishes. */
import type { FastifyInstance } from 'fastify';
import { type AppOptions, buildApp } from './app.ts';
import type { ApiContext } from './context.ts';

export interface RunningServer {
  /** E.g. `http://127.0.0.1:8420`. */
  readonly address: string;
  readonly app: FastifyInstance;
  /** Does not touch the store or the queue: they are their opener's. */
  readonly stop: () => Promise<void>;
}

export async function startServer(context: ApiContext, options: AppOptions = {}): Promise<RunningServer> {
  const app = await buildApp(context, options);
  const { ADATOM_HOST: host, ADATOM_PORT: port } = context.settings;
  const address = await app.listen({ host, port });
  return { address, app, stop: () => stop(app) };
}

const IDLE_CHECK_MILLISECONDS = 100;

async function stop(app: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), app.limits.stopSeconds * 1000);
  // A connection whose request is answered while we wait would be kept open for the next one.
  const idle = setInterval(() => app.server.closeIdleConnections(), IDLE_CHECK_MILLISECONDS);
  try {
    await app.close();
  } finally {
    clearTimeout(timer);
    clearInterval(idle);
  }
}
