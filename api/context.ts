/** What every route works with; `buildApp` is handed it and decorates the server with it as `app.adatom`. */
import type {} from 'fastify';

import type { QueueView } from '../model/job.ts';
import type { Log } from '../model/log.ts';
import type { Principal } from '../model/service.ts';
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
    /** Set by plugins/authentication for every route below /v1. */
    principal: Principal;
  }
}
