import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiContext } from '../../api/context.ts';
import { startServer } from '../../api/server.ts';
import { ask, type TestService, testService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await testService();
});
afterAll(() => service.close());

const quiet = (): ApiContext => ({
  ...service.context,
  settings: { ...service.context.settings, ADATOM_LOG_LEVEL: 'silent' },
});

interface Client {
  readonly socket: Socket;
  readonly text: () => string;
  readonly closed: Promise<void>;
}

function client(address: string): Promise<Client> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      let text = '';
      socket.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      socket.on('error', () => undefined);
      resolve({ socket, text: () => text, closed: new Promise((done) => socket.once('close', () => done())) });
    });
  });
}

describe('a client that sends slowly', () => {
  test('a byte of the head at a time is cut off when its time is over', async () => {
    const server = await startServer(quiet(), { limits: { headSeconds: 1 } });
    const slow = await client(server.address);
    const started = Date.now();
    slow.socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n');
    const drip = setInterval(() => slow.socket.write('X-A: b\r\n'), 100);
    await slow.closed;
    clearInterval(drip);
    await server.stop();
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(slow.text()).toMatch(/^HTTP\/1\.1 408/);
  });

  test('a byte of the body at a time gets 408', async () => {
    const server = await startServer(quiet(), { limits: { bodySeconds: 0.5 } });
    const slow = await client(server.address);
    const head = `POST /v1/screenings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\nAuthorization: Bearer ${service.own.secrets.submit}\r\n\r\n`;
    slow.socket.write(head);
    const drip = setInterval(() => slow.socket.write(' '), 50);
    await slow.closed;
    clearInterval(drip);
    await server.stop();
    expect(slow.text()).toMatch(/^HTTP\/1\.1 408[\s\S]*"code":"request-timeout"/);
  });
});

describe('a server that is told to stop', () => {
  test('finishes what it is doing, takes nothing new, and is gone within its time', async () => {
    const { store } = service;
    let entered = () => {};
    const under = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const slowly = {
      ...store,
      screenings: {
        ...store.screenings,
        list: async (...request: Parameters<typeof store.screenings.list>) => {
          entered();
          await sleep(500);
          return store.screenings.list(...request);
        },
      },
    };
    const server = await startServer({ ...quiet(), store: slowly });
    const headers = { authorization: `Bearer ${service.own.secrets.read}` };
    const underWay = fetch(`${server.address}/v1/screenings`, { headers });
    await under;
    const stopped = server.stop();
    await sleep(50);
    await expect(fetch(`${server.address}/healthz`)).rejects.toThrow();
    expect((await underWay).status).toBe(200);
    const answered = Date.now();
    await stopped;
    expect(Date.now() - answered).toBeLessThan(3000);
  });

  test('cuts off what takes longer than it may', async () => {
    const { store } = service;
    const endless = { ...store, screenings: { ...store.screenings, list: () => new Promise<never>(() => undefined) } };
    const server = await startServer({ ...quiet(), store: endless }, { limits: { stopSeconds: 0.5 } });
    const headers = { authorization: `Bearer ${service.own.secrets.read}` };
    const underWay = fetch(`${server.address}/v1/screenings`, { headers }).catch((error: unknown) => error);
    await sleep(200);
    const started = Date.now();
    await server.stop();
    expect(Date.now() - started).toBeLessThan(3000);
    expect(await underWay).toBeInstanceOf(Error);
  });
});

describe('without a key', () => {
  test('an embedded service answers on loopback only: no other host name, origin or proxy', async () => {
    const anonymous = { project: service.own.id, projectName: 'own', scopes: ['admin'] } as const;
    const open = await testService({ context: { store: service.store, anonymous } });
    const get = (headers: Record<string, string>) => open.app.inject({ url: '/v1/whoami', headers });
    expect((await get({ host: '127.0.0.1:8420' })).statusCode).toBe(200);
    expect((await get({ host: 'localhost', origin: 'http://localhost' })).statusCode).toBe(200);
    expect((await get({ host: 'attacker.example:8420' })).statusCode).toBe(403);
    expect((await get({ host: '127.0.0.1.attacker.example' })).statusCode).toBe(403);
    expect((await get({ host: 'localhost:8420', origin: 'https://attacker.example' })).statusCode).toBe(403);
    expect((await get({ host: 'localhost:8420', origin: 'null' })).statusCode).toBe(403);
    expect((await get({ host: 'localhost', 'x-forwarded-for': '203.0.113.1' })).statusCode).toBe(403);
    expect((await get({ host: 'localhost', authorization: 'Bearer adk_00000000_x' })).statusCode).toBe(401);
    await open.app.close();
  });
});

describe('too many requests', () => {
  test('of one key get 429 with a time to come again; another key goes on', async () => {
    const limited = await testService({ settings: { ADATOM_REQUESTS_PER_MINUTE: 5 } });
    const { read, submit } = limited.own.secrets;
    for (let at = 0; at < 5; at += 1) {
      expect((await ask(limited, 'GET', '/v1/whoami', { secret: read })).statusCode).toBe(200);
    }
    const refused = await ask(limited, 'GET', '/v1/descriptors', { secret: read });
    expect(refused.json()).toMatchObject({ status: 429, code: 'too-many-requests' });
    expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask(limited, 'GET', '/v1/whoami', { secret: submit })).statusCode).toBe(200);
    expect((await limited.app.inject('/healthz')).statusCode).toBe(200);
    for (let at = 0; at < 6; at += 1) await limited.app.inject('/nothing');
    expect((await limited.app.inject('/nothing')).statusCode).toBe(429);
    await limited.close();
  });

  test('with unknown keys from one address are not looked up any more', async () => {
    const guessed = await testService({ limits: { refusedKeysPerMinute: 3 } });
    const guess = () => ask(guessed, 'GET', '/v1/whoami', { secret: 'adk_00000000_guess' });
    const statuses = [await guess(), await guess(), await guess(), await guess()].map(({ statusCode }) => statusCode);
    await guessed.close();
    expect(statuses).toEqual([401, 401, 401, 429]);
  });

  test('with unknown keys do not lock out a key that was used from the same address before, until it is revoked', async () => {
    const shared = await testService({ limits: { refusedKeysPerMinute: 3 } });
    const { read, admin } = shared.own.secrets;
    const status = async (secret: string) => (await ask(shared, 'GET', '/v1/whoami', { secret })).statusCode;
    expect(await status(read)).toBe(200);
    for (let at = 0; at < 4; at += 1) await status('adk_00000000_guess');
    expect([await status('adk_00000000_guess'), await status(read), await status(admin)]).toEqual([429, 200, 429]);
    const { key } = await shared.store.keys.verify(read).then((principal) => ({ key: principal?.key ?? '' }));
    await shared.store.keys.revoke(shared.own.id, key);
    expect([await status(read), await status(read)]).toEqual([401, 429]);
    await shared.close();
  });

  test('for a process whose event loop is late get 503, but not the question whether it lives', async () => {
    const late = await testService({ limits: { eventLoopDelayMilliseconds: 1 } });
    let answer = await ask(late, 'GET', '/v1/whoami');
    for (let attempt = 0; answer.statusCode !== 503 && attempt < 50; attempt += 1) {
      const end = Date.now() + 100;
      while (Date.now() < end);
      await sleep(20);
      answer = await ask(late, 'GET', '/v1/whoami');
    }
    const healthy = await late.app.inject('/healthz');
    await late.close();
    expect(answer.json()).toMatchObject({ status: 503, code: 'overloaded' });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(healthy.statusCode).toBe(200);
  });
});
