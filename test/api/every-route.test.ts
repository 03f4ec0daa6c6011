/** What must hold for every route there is, tried on the list of routes itself: a new route is covered by being there. */
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ListedRoute } from '../../api/plugins/route-table.ts';
import { SCOPES, type SubmissionSource } from '../../model/service.ts';
import { ask, type TestProject, type TestService, testService } from './service.ts';

let service: TestService;
/** Objects of the other project, by the beginning of the routes that are about them. */
let foreign: Readonly<Record<string, string>>;

beforeAll(async () => {
  service = await testService({
    settings: { ADATOM_REQUESTS_PER_MINUTE: 100_000 },
    limits: { refusedKeysPerMinute: 1000 },
  });
  foreign = await objectsOf(service.other);
});
afterAll(() => service.close());

async function objectsOf(project: TestProject): Promise<Readonly<Record<string, string>>> {
  const { store } = service;
  const source: SubmissionSource = { kind: 'path', paths: ['/somewhere'] };
  const stated = { title: 'foreign', priority: 'normal' } as const;
  const screening = await store.screenings.create({ project: project.id, stated, sources: [source] });
  const payload = { screening: screening.id, generation: 1 };
  await store.deadLetters.put({ screening: screening.id, job: 'assemble-screening', payload, error: 'x', attempts: 1 });
  const { rows } = await store.deadLetters.list(project.id, { limit: 1 });
  return {
    '/v1/screenings': screening.id,
    '/v1/uploads': (await store.uploads.create(project.id, {})).id,
    '/v1/keys': (await store.keys.create({ project: project.id, name: 'x', scopes: ['read'] })).key.id,
    '/v1/dead-letters': rows[0]?.id ?? '',
  };
}

const SHA256 = 'a'.repeat(64);
/** Further parts of addresses, for objects that a screening or upload has. */
const PARTS: Readonly<Record<string, string>> = {
  calculation: 'slab',
  candidate: 'slab',
  format: 'csv',
  sha256: SHA256,
};
/** What a request must carry to get as far as the object. */
const BODIES: Readonly<Record<string, object>> = {
  '/v1/screenings/:id/sources': { sources: [{ kind: 'path', paths: ['/'] }] },
  '/v1/screenings/:id/rankings': { profile: 'li-moderate' },
  '/v1/screenings/:id/rankings/what-if': { profile: 'li-moderate' },
};
const QUERIES: Readonly<Record<string, string>> = {
  '/v1/screenings/:id/excerpt': '?file=slab/OUTCAR&byteOffset=0&byteLength=1',
  '/v1/screenings/:id/structures/:calculation': '?format=poscar',
};

const routes = (): readonly ListedRoute[] => service.app.routeTable.filter(({ url }) => url.startsWith('/v1/'));
const idRoutes = () => routes().filter(({ url }) => url.includes('/:id'));
const name = ({ method, url }: ListedRoute) => `${method} ${url}`;

function askRoute(route: ListedRoute, secret: string | undefined): Promise<LightMyRequestResponse> {
  const { method, url } = route;
  const id = Object.entries(foreign).find(([beginning]) => url.startsWith(beginning))?.[1] ?? 'none';
  const path = url.replace(/:(\w+)/g, (_whole, part: string) => (part === 'id' ? id : (PARTS[part] ?? part)));
  const isBytes = method === 'PUT' || method === 'PATCH';
  const headers = {
    ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
    ...(isBytes && { 'content-type': 'application/octet-stream', 'upload-offset': '0' }),
  };
  const payload = isBytes ? Buffer.from('x') : BODIES[url];
  return service.app.inject({
    method: method as 'GET', // one of HTTP's methods, as the server was told
    url: `${path}${QUERIES[url] ?? ''}`,
    headers,
    ...(payload !== undefined && { payload }),
  });
}

/** Those for which `holds` is false, so that one failure tells all of them. */
async function exceptions(
  listed: readonly ListedRoute[],
  secret: string | undefined,
  holds: (answer: LightMyRequestResponse) => boolean,
): Promise<string[]> {
  const found: string[] = [];
  for (const route of listed) {
    const answer = await askRoute(route, secret);
    if (!holds(answer)) found.push(`${name(route)}: ${answer.statusCode} ${answer.body.slice(0, 200)}`);
  }
  return found;
}

describe('every route below /v1', () => {
  test('there are routes, with ids and of every scope', () => {
    expect(idRoutes().length).toBeGreaterThan(20);
    expect(new Set(routes().map(({ scope }) => scope))).toEqual(new Set(SCOPES));
  });

  test('answers 401 with a problem document without a key, and to a key that is none', async () => {
    for (const secret of [undefined, 'adk_00000000_none']) {
      const refused = (answer: LightMyRequestResponse) =>
        answer.statusCode === 401 && answer.headers['www-authenticate'] === 'Bearer realm="adatom"';
      expect(await exceptions(routes(), secret, refused)).toEqual([]);
    }
  });

  test('answers 403 to a key whose scopes do not allow it', async () => {
    const forbidden = (answer: LightMyRequestResponse) => answer.statusCode === 403;
    const notForReaders = routes().filter(({ scope }) => scope !== 'read');
    expect(await exceptions(notForReaders, service.own.secrets.read, forbidden)).toEqual([]);
    const notForSubmitters = routes().filter(({ scope }) => scope === 'admin');
    expect(await exceptions(notForSubmitters, service.own.secrets.submit, forbidden)).toEqual([]);
    const { rows } = await service.store.audit.list(service.own.id, { limit: 500 });
    expect(rows.map(({ action }) => action)).toContain('key.scope-refused');
  });

  test('lets a key pass whose scope it needs, or a wider one', async () => {
    const admitted = (answer: LightMyRequestResponse) => ![401, 403].includes(answer.statusCode);
    const forReaders = routes().filter(({ scope, url }) => scope === 'read' && url.includes(':id'));
    for (const secret of Object.values(service.own.secrets)) {
      expect(await exceptions(forReaders, secret, admitted)).toEqual([]);
    }
    const forSubmitters = idRoutes().filter(({ scope }) => scope === 'submit');
    expect(await exceptions(forSubmitters, service.own.secrets.admin, admitted)).toEqual([]);
  });

  test("answers another project's id like one that does not exist, and changes nothing", async () => {
    const before = await stateOf(service.other);
    const unseen = (answer: LightMyRequestResponse) =>
      answer.statusCode === 404 && (answer.body === '' || !/^(GET|POST|PUT|DELETE)/.test(answer.json().detail));
    expect(await exceptions(idRoutes(), service.own.secrets.admin, unseen)).toEqual([]);
    expect(await stateOf(service.other)).toEqual(before);
  });

  test('answers 400 to an id that is none', async () => {
    const kept = foreign;
    foreign = Object.fromEntries(Object.keys(kept).map((beginning) => [beginning, "1'%20or%201=1"]));
    const refused = (answer: LightMyRequestResponse) => answer.statusCode === 400;
    expect(await exceptions(idRoutes(), service.own.secrets.admin, refused)).toEqual([]);
    foreign = kept;
  });
});

async function stateOf({ id }: TestProject): Promise<object> {
  const { store } = service;
  return {
    screenings: await store.screenings.list(id, { limit: 10 }),
    keys: (await store.keys.list(id)).map(({ lastUsedAt: _, ...key }) => key),
    letters: await store.deadLetters.list(id, { limit: 10 }),
    upload: await store.uploads.get(id, foreign['/v1/uploads'] ?? ''),
  };
}

describe('the OpenAPI document', () => {
  test('tells of every route its summary, a known tag, its answers, its refusals and the scope it needs', async () => {
    const document = (await ask(service, 'GET', '/openapi.json')).json();
    expect(document.openapi).toBe('3.1.0');
    const tags = new Set(document.tags.map((tag: { name: string }) => tag.name));
    const listed = service.app.routeTable.filter(({ url }) => !/^\/(docs|admin|openapi)/.test(url));
    const faults: string[] = [];
    for (const route of listed.filter(({ method }) => method !== 'HEAD')) {
      const path = route.url.replace(/:(\w+)/g, '{$1}');
      const operation = document.paths[path]?.[route.method.toLowerCase()];
      const problem = 'application/problem+json';
      const statuses = Object.keys(operation?.responses ?? {});
      const is = {
        summary: typeof operation?.summary === 'string',
        tags: operation?.tags?.length === 1 && tags.has(operation.tags[0]),
        answers: statuses.some((status) => /^2\d\d$/.test(status)),
        refusals: ['4XX', '5XX'].every((status) => operation?.responses?.[status]?.content?.[problem] !== undefined),
        security: JSON.stringify(operation?.security) === JSON.stringify(route.scope ? [{ key: [route.scope] }] : []),
        parameters: [...route.url.matchAll(/:(\w+)/g)].every(([, parameter]) =>
          operation?.parameters?.some(
            (each: { name: string; in: string }) => each.in === 'path' && each.name === parameter,
          ),
        ),
      };
      for (const [what, holds] of Object.entries(is)) if (!holds) faults.push(`${name(route)}: ${what}`);
    }
    expect(faults).toEqual([]);
  });

  test('tells of every operation how it succeeds, of HEAD too', async () => {
    const { paths } = (await ask(service, 'GET', '/openapi.json')).json();
    const operations = Object.entries<Record<string, { responses: object }>>(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { responses }]) => ({ name: `${method} ${path}`, responses })),
    );
    expect(operations.map((operation) => operation.name)).toContain('head /v1/uploads/{id}');
    const without = operations.filter(({ responses }) => !Object.keys(responses).some((each) => /^2\d\d$/.test(each)));
    expect(without.map((operation) => operation.name)).toEqual([]);
  });

  test('names the header Idempotency-Key, which may be left out, where it has an effect and nowhere else', async () => {
    const { paths } = (await ask(service, 'GET', '/openapi.json')).json();
    interface Parameter {
      readonly name: string;
      readonly in: string;
      readonly required: boolean;
    }
    const named: string[] = [];
    for (const [path, methods] of Object.entries<Record<string, { parameters?: Parameter[] }>>(paths)) {
      for (const [method, { parameters = [] }] of Object.entries(methods)) {
        const parameter = parameters.find((each) => each.name === 'Idempotency-Key');
        if (parameter === undefined) continue;
        expect(parameter).toMatchObject({ in: 'header', required: false });
        named.push(`${method} ${path}`);
      }
    }
    expect(named.sort()).toEqual([
      'post /v1/screenings',
      'post /v1/screenings/{id}/rankings',
      'post /v1/screenings/{id}/sources',
    ]);
  });

  test('every reference in it leads somewhere', async () => {
    const document = (await ask(service, 'GET', '/openapi.json')).json();
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '');
    const dangling = references.filter((path) => {
      let at: unknown = document;
      for (const part of path.split('/')) at = (at as Record<string, unknown> | undefined)?.[part];
      return at === undefined;
    });
    expect(dangling).toEqual([]);
  });
});
