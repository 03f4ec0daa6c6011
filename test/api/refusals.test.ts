import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, type TestService, testService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await testService({ settings: { ADATOM_REQUESTS_PER_MINUTE: 100_000 } });
});
afterAll(() => service.close());

const problem = (answer: { json: () => unknown }) => answer.json() as Record<string, unknown>;
const json = { 'content-type': 'application/json' };

describe('a malformed request', () => {
  const post = (payload: string, headers: Record<string, string> = json) =>
    ask(service, 'POST', '/v1/screenings', { payload, headers });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml'])(
    'of the type %s is refused with 415',
    async (type) => {
      expect(problem(await post('{}', { 'content-type': type }))).toMatchObject({ status: 415 });
    },
  );

  test('above one mebibyte is refused with 413, also when its length is not announced', async () => {
    const large = JSON.stringify({ title: 'x'.repeat(1024 * 1024) });
    expect(problem(await post(large))).toMatchObject({ status: 413, code: 'too-large' });
    const inPieces = Readable.from(Array.from({ length: 3 }, () => Buffer.alloc(400 * 1024, ' ')));
    const headers = { ...json, 'transfer-encoding': 'chunked' };
    const answer = await ask(service, 'POST', '/v1/screenings', { payload: inPieces, headers });
    expect(answer.raw.req.headers['content-length']).toBeUndefined();
    expect(problem(answer)).toMatchObject({ status: 413, code: 'too-large' });
  });

  test.each(['{"a":', '[1,]', 'nothing', ''])('that is no JSON (%j) is refused with 400', async (text) => {
    expect(problem(await post(text))).toMatchObject({ status: 400 });
  });

  test.each([
    '{"__proto__":{"admin":true}}',
    '{"constructor":{"prototype":{"admin":true}}}',
    '{"sources":[{"__proto__":1}]}',
  ])('that reaches for a prototype (%s) is refused with 400 and reaches none', async (text) => {
    expect(problem(await post(text))).toMatchObject({ status: 400 });
    expect(Reflect.get({}, 'admin')).toBeUndefined();
    const inQuery = await ask(service, 'GET', '/v1/screenings?__proto__[admin]=1&constructor=1');
    expect(inQuery.statusCode).toBe(400);
  });

  test('is told all its faults at once, each with its place, what was expected and what was found', async () => {
    const answer = await post(JSON.stringify({ sources: [{ kind: 'path', paths: 'x' }], seed: 'one', prioritty: 1 }));
    expect(problem(answer).faults).toEqual([
      {
        part: 'body',
        path: 'sources[0].paths',
        message: 'expected a list, found "x"',
        expected: 'a list',
        found: '"x"',
      },
      expect.objectContaining({ path: 'seed', expected: 'a finite number', found: '"one"' }),
      { part: 'body', path: 'prioritty', message: 'unknown key; did you mean "priority"?' },
    ]);
  });

  test.each([
    'limit=0',
    'limit=501',
    'limit=',
    'limit=0x10',
    'limit=1e2',
    'limit=1&limit=2',
    'state=finished',
    'page=2',
  ])('with the query %s is refused with 400', async (query) => {
    expect((await ask(service, 'GET', `/v1/screenings?${query}`)).statusCode).toBe(400);
  });

  test.each(['x', 'e30', 'WyJ4IiwieSJd', encodeURIComponent("' or 1=1 --"), 'A'.repeat(900)])(
    'with the forged cursor %s is refused with 400',
    async (cursor) => {
      for (const list of ['/v1/screenings', '/v1/audit', '/v1/dead-letters']) {
        expect((await ask(service, 'GET', `${list}?after=${cursor}`)).statusCode).toBe(400);
      }
    },
  );

  test('that is wrong ten thousand times is told the first hundred faults and how many there are', async () => {
    const files = Array.from({ length: 10_000 }, (_, at) => ({ path: `${at}/OUTCAR`, sha256: 'x', bytes: 1 }));
    const answer = await ask(service, 'POST', '/v1/uploads', { payload: { files } });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().faults).toHaveLength(100);
    expect(answer.json().detail).toMatch(/and 9900 faults more$/);
  });

  test('nested deeper than a stack is refused with 400', async () => {
    const payload = `{"title":${'['.repeat(200_000)}${']'.repeat(200_000)},"sources":[]}`;
    const headers = { 'content-type': 'application/json' };
    const answer = await ask(service, 'POST', '/v1/screenings', { payload, headers });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().detail).toContain('title: expected text, found something nested too deep');
  });

  test('to a path that is none gets 404, with a method that is none 405 with those there are', async () => {
    expect(problem(await ask(service, 'GET', '/v1/nothing'))).toMatchObject({ status: 404, code: 'not-found' });
    const answer = await ask(service, 'DELETE', '/v1/screenings');
    expect(problem(answer)).toMatchObject({ status: 405, code: 'method-not-allowed' });
    expect(answer.headers.allow).toBe('GET, HEAD, POST');
    expect(problem(await ask(service, 'GET', '/v1/%zz'))).toMatchObject({ status: 400 });
  });
});

describe('every answer', () => {
  test('carries a request id of the server and headers that bind a browser, refusals too', async () => {
    for (const secret of [service.own.secrets.read, 'none']) {
      const { headers } = await ask(service, 'GET', '/v1/whoami', { secret, headers: { 'x-request-id': 'mine' } });
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['content-security-policy']).toMatch(/script-src 'self';.*frame-ancestors 'none'/);
      expect(headers['content-security-policy']).not.toMatch(/unsafe/);
      expect(headers.server).toBeUndefined();
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });

  test('allows no other origin to read it', async () => {
    const { headers } = await ask(service, 'GET', '/v1/whoami', { headers: { origin: 'https://elsewhere.example' } });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('a key', () => {
  const whoami = (secret: string) => ask(service, 'GET', '/v1/whoami', { secret });

  test('says who it is', async () => {
    const answer = await whoami(service.own.secrets.read);
    expect(problem(answer)).toMatchObject({ project: service.own.id, projectName: 'own', scopes: ['read'] });
  });

  test('made over HTTP works with its scopes until it is revoked; its secret is in no later answer', async () => {
    const made = await ask(service, 'POST', '/v1/keys', { payload: { name: 'ci', scopes: ['submit'] } });
    expect(made.statusCode).toBe(201);
    expect(made.headers['cache-control']).toBe('no-store');
    const { key, secret } = made.json();
    expect((await whoami(secret)).statusCode).toBe(200);
    expect((await ask(service, 'GET', '/v1/keys')).body).not.toContain(secret);
    expect((await ask(service, 'DELETE', `/v1/keys/${key.id}`)).json().revokedAt).toBeDefined();
    expect((await whoami(secret)).statusCode).toBe(401);
  });

  test('that is rotated without grace stops at once, its successor has the same scopes', async () => {
    const old = (await ask(service, 'POST', '/v1/keys', { payload: { name: 'ci', scopes: ['read'] } })).json();
    const rotate = (payload?: object) =>
      ask(service, 'POST', `/v1/keys/${old.key.id}/rotate`, payload === undefined ? {} : { payload });
    const made = await rotate({ graceSeconds: 0 });
    expect(made.statusCode).toBe(201);
    expect((await whoami(old.secret)).statusCode).toBe(401);
    expect((await whoami(made.json().secret)).json().scopes).toEqual(['read']);
    const { rows } = await service.store.audit.list(service.own.id, { limit: 10 });
    expect(rows[0]).toMatchObject({ action: 'key.refused', subject: old.key.id, details: { reason: 'expired' } });
  });

  test('without a body keeps the old secret for a day', async () => {
    const old = (await ask(service, 'POST', '/v1/keys', { payload: { name: 'ci', scopes: ['read'] } })).json();
    expect((await ask(service, 'POST', `/v1/keys/${old.key.id}/rotate`)).statusCode).toBe(201);
    expect((await whoami(old.secret)).statusCode).toBe(200);
  });

  test('that has expired is refused like an unknown one, and its project learns of it', async () => {
    const expiresAt = new Date(Date.now() + 300).toISOString();
    const payload = { name: 'short', scopes: ['admin'], expiresAt };
    const { key, secret } = (await ask(service, 'POST', '/v1/keys', { payload })).json();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const [expired, unknown] = [await whoami(secret), await whoami('adk_00000000_unknown')];
    expect([expired.statusCode, unknown.statusCode]).toEqual([401, 401]);
    expect(problem(expired).detail).toBe(problem(unknown).detail);
    const { rows } = (await ask(service, 'GET', '/v1/audit?limit=1')).json();
    expect(rows[0]).toMatchObject({ action: 'key.refused', key: key.id, requestId: expired.headers['x-request-id'] });
    expect(JSON.stringify(rows)).not.toContain(secret.slice(-20));
  });

  test('for a time that is over, or with a scope that is none, is not made', async () => {
    const make = (payload: object) => ask(service, 'POST', '/v1/keys', { payload: { name: 'x', ...payload } });
    expect((await make({ scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' })).statusCode).toBe(400);
    expect((await make({ scopes: ['root'] })).statusCode).toBe(400);
    expect((await make({ scopes: [] })).statusCode).toBe(400);
  });

  test.each(['Basic eDp5', 'Bearer', 'Bearer a b', 'adk_x', `Bearer ${'x'.repeat(300)}`])(
    'in the header "%s" is none',
    async (authorization) => {
      const answer = await service.app.inject({ url: '/v1/whoami', headers: { authorization } });
      expect(answer.statusCode).toBe(401);
    },
  );
});

describe('the log', () => {
  test('has a line per request and no secret of any of them', async () => {
    const { secrets } = service.own;
    const made = (await ask(service, 'POST', '/v1/keys', { payload: { name: 'x', scopes: ['read'] } })).json();
    await ask(service, 'GET', `/v1/whoami?key=${secrets.read}`, { secret: secrets.read });
    await ask(service, 'GET', `/v1/${secrets.read}`, { secret: made.secret });
    await ask(service, 'POST', '/v1/screenings', { payload: { title: secrets.submit, sources: [] } });
    service.app.log.error({ headers: { authorization: `Bearer ${secrets.admin}` }, secret: secrets.admin }, 'a slip');
    const log = service.logLines.join('');
    expect(log).toContain('"route":"/v1/whoami"');
    expect(log).toContain('a slip');
    for (const secret of [...Object.values(secrets), made.secret]) {
      expect(log).not.toContain(secret);
      expect(log).not.toContain(secret.slice(-20));
    }
  });
});

describe('an error of ours', () => {
  test('is a 500 that says nothing but its request id, under which the log has it', async () => {
    const broken = await testService({
      context: { queue: { counts: async () => [], ping: async () => undefined, boardQueues: [] } },
    });
    broken.app.get('/broken', () => {
      throw new Error('password=hunter2 at /home/somebody');
    });
    const answer = await broken.app.inject('/broken');
    await broken.close();
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toMatch(/hunter2|home/);
    const line = broken.logLines.find((text) => text.includes('hunter2'));
    expect(line).toContain(problem(answer).requestId);
  });

  test('a database that does not answer is a 503 with a time to come again, and the service is not ready', async () => {
    const cut = await testService();
    await cut.store.close();
    const answer = await ask(cut, 'GET', '/v1/whoami');
    const ready = await cut.app.inject('/readyz');
    const healthy = await cut.app.inject('/healthz');
    await cut.close();
    expect([answer.statusCode, ready.statusCode, healthy.statusCode]).toEqual([503, 503, 200]);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(ready.json()).toEqual({ ready: false, store: { ready: false, reason: 'the database does not answer' } });
  });
});
