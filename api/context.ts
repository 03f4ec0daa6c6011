/** What every route works with; `buildApp` is handed it and decorates the server with it as `app.adatom`. */
import type {} from 'fastify';

import type { QueueView } from '../model/job.ts';
import type { Log } from '../model/log.ts';
import type { Principal, Scope } from '../model/service.ts';
import type { ServiceSettings } from '../model/service-settings.ts';
import type { Store } from '../store/store.ts';

export interface ApiContext {
  readonly store: Store;
  readonly settings: ServiceSettings;
  /** Absent when this process runs no queue. */
  readonly queue?: QueueView;
  readonly log: Log;
  readonly adatomVersion: string;
  /** Whether the service runs on its own database; with auth off, requests then act as this principal. */
  readonly anonymous?: Principal;
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly adatom: ApiContext;
  }
  interface FastifyRequest {
    /** Set by plugins/authentication for every route with a scope. */
    principal: Principal;
  }
  interface FastifyContextConfig {
    /** What the key of a request must allow; every route below /v1 states it, others are open to everyone. */
    scope?: Scope;
    /** The header `Idempotency-Key` makes a repeated request answer what the first one did. */
    idempotent?: boolean;
    /** How long the body may take to arrive; 0: the route watches it itself. Default: `ApiLimits.bodySeconds`. */
    bodySeconds?: number;
  }
}
