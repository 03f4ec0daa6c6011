/**
 * The routes there are: for the answer 405 with the methods a path does have, and for tests that try every route.
 *
 * A route below /v1 that does not say which scope it needs is refused when the server starts: nothing is open to
 * everyone because a line was forgotten.
 */
import fastifyPlugin from 'fastify-plugin';
import type { Scope } from '../../model/service.ts';

export interface ListedRoute {
  readonly method: string;
  /** With its parameters, e.g. `/v1/screenings/:id`. */
  readonly url: string;
  /** Absent for a route that is open to everyone. */
  readonly scope?: Scope;
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly routeTable: readonly ListedRoute[];
  }
}

export const routeTable = fastifyPlugin(
  async (app) => {
    const routes: ListedRoute[] = [];
    app.decorate('routeTable', routes);
    app.addHook('onRoute', ({ method, url, config }) => {
      const scope = config?.scope;
      if (url.startsWith('/v1/') && scope === undefined) throw new Error(`the route ${url} states no scope`);
      for (const each of [method].flat()) routes.push({ method: each, url, ...(scope !== undefined && { scope }) });
    });
  },
  { name: 'route-table' },
);

/** The methods that the routes of a path have. */
export function allowedMethods(routes: readonly ListedRoute[], path: string): string[] {
  const methods = routes.filter(({ url }) => matches(url, path)).map(({ method }) => method);
  return [...new Set(methods)].sort();
}

function matches(template: string, path: string): boolean {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.at(-1) === '*') return false;
  return wanted.length === given.length && wanted.every((part, at) => part.startsWith(':') || part === given[at]);
}
