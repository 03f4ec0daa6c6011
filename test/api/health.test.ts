import { setTimeout as sleep } from 'node:timers/promises';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { Queue } from 'bullmq';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { services, withoutRedis } from '../services/services.ts';
import { ask, type TestService, testService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await testService({
    context: {
      queue: {
        counts: async () => [{ job: 'parse-calculation', state: 'waiting', count: 3 }],
        ping: async () => undefined,
        boardQueues: [],
      },
    },
  });
});
afterAll(() => service.close());

describe('the figures', () => {
  test('tell jobs by state, durations, parse speed, requests by route template, and the process', async () => {
    await service.store.statistics.add([
      { job: 'parse-calculation', outcome: 'completed', count: 4, seconds: 2, bytes: 100_000_000 },
      { job: 'parse-calculation', outcome: 'failed', count: 1, seconds: 9, bytes: 0 },
    ]);
    await ask(service, 'GET', '/v1/screenings/00000000-0000-4000-8000-000000000000');
    const { body, headers } = await service.app.inject('/metrics');
    expect(headers['content-type']).toMatch(/^text\/plain/);
    expect(body).toContain('adatom_queue_jobs{job="parse-calculation",state="waiting"} 3');
    expect(body).toContain('adatom_jobs_total{job="parse-calculation",outcome="completed"} 4');
    expect(body).toContain('adatom_job_seconds_total{job="parse-calculation",outcome="failed"} 9');
    // 100 MB in 2 s of completed parse jobs.
    expect(body).toContain('adatom_parse_megabytes_per_second 50');
    expect(body).toMatch(
      /adatom_http_request_seconds_count\{method="GET",route="\/v1\/screenings\/:id",status="404"\} 1/,
    );
    expect(body).toMatch(/adatom_nodejs_eventloop_lag_seconds \d/);
    expect(body).not.toContain('00000000-0000-4000');
  });

  test('are for this machine, or for a key that may read', async () => {
    const scrape = (headers: Record<string, string>, remoteAddress: string) =>
      service.app.inject({ url: '/metrics', headers, remoteAddress });
    const authorization = `Bearer ${service.own.secrets.read}`;
    expect((await scrape({}, '203.0.113.1')).statusCode).toBe(401);
    expect((await scrape({ 'x-forwarded-for': '203.0.113.1' }, '127.0.0.1')).statusCode).toBe(401);
    expect((await scrape({ authorization }, '203.0.113.1')).statusCode).toBe(200);
    expect((await scrape({ host: 'localhost:8420' }, '127.0.0.1')).statusCode).toBe(200);
    expect((await scrape({ host: 'attacker.example:8420' }, '127.0.0.1')).statusCode).toBe(401);
    expect((await scrape({ host: 'attacker.example:8420', authorization }, '127.0.0.1')).statusCode).toBe(200);
  });
});

describe('whether the service can work', () => {
  test('is told with the part that does not answer', async () => {
    expect((await service.app.inject('/readyz')).json()).toEqual({
      ready: true,
      store: { ready: true },
      queue: { ready: true },
    });
    const queue = {
      counts: async () => [],
      ping: async () => {
        throw new Error('redis://user:secret@host does not answer');
      },
      boardQueues: [],
    };
    const broken = await testService({ context: { queue } });
    const answer = await broken.app.inject('/readyz');
    await broken.close();
    expect(answer.statusCode).toBe(503);
    expect(answer.json().queue).toEqual({ ready: false, reason: 'the queue does not answer' });
  });

  test('is asked of the queue once for all who ask meanwhile, and again afterwards', async () => {
    let pings = 0;
    const ping = async () => {
      pings += 1;
      await sleep(200);
    };
    const slow = await testService({ context: { queue: { counts: async () => [], ping, boardQueues: [] } } });
    const answers = await Promise.all(Array.from({ length: 50 }, () => slow.app.inject('/readyz')));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(pings).toBe(1);
    expect((await slow.app.inject('/readyz')).statusCode).toBe(200);
    expect(pings).toBe(2);
    await slow.close();
  });
});

describe.skipIf(withoutRedis())('the queue page', () => {
  let board: TestService;
  let queue: Queue;

  beforeAll(async () => {
    const { hostname, port } = new URL(services().redisUrl ?? '');
    queue = new Queue('board-test', { connection: { host: hostname, port: Number(port) } });
    await queue.add('parse-calculation', { folder: 'zno-002/slab' });
    const view = { counts: async () => [], ping: async () => undefined, boardQueues: [new BullMQAdapter(queue)] };
    board = await testService({ settings: { ADATOM_OPERATOR_PROJECT: 'own' }, context: { queue: view } });
  });
  afterAll(async () => {
    await board.close();
    await queue.obliterate({ force: true });
    await queue.close();
  });

  const basic = (secret: string) => ({ authorization: `Basic ${Buffer.from(`x:${secret}`).toString('base64')}` });

  test('asks for a key as password and shows the queues to administrators of the operators’ project only', async () => {
    const get = (headers: Record<string, string> = {}) =>
      board.app.inject({ url: '/admin/queues/api/queues', headers });
    const refused = await get();
    expect(refused.statusCode).toBe(401);
    expect(refused.headers['www-authenticate']).toBe('Basic realm="adatom"');
    expect((await get(basic('adk_00000000_none'))).statusCode).toBe(401);
    expect((await get(basic(board.own.secrets.submit))).statusCode).toBe(403);
    expect((await get(basic(board.other.secrets.admin))).statusCode).toBe(403);
    const shown = await get(basic(board.own.secrets.admin));
    expect(shown.statusCode).toBe(200);
    expect(shown.json().queues).toMatchObject([{ name: 'board-test' }]);
    const page = await board.app.inject({ url: '/admin/queues/', headers: basic(board.own.secrets.admin) });
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.headers['content-security-policy']).toMatch(/script-src 'self';/);
  });

  test('changes something only when its own page asks, whatever credentials a browser sends along', async () => {
    const pause = (origin: Record<string, string>) =>
      board.app.inject({
        method: 'PUT',
        url: '/admin/queues/api/queues/board-test/pause',
        headers: { host: 'adatom.example', ...basic(board.own.secrets.admin), ...origin },
      });
    expect((await pause({})).statusCode).toBe(403);
    expect((await pause({ origin: 'https://attacker.example' })).statusCode).toBe(403);
    expect((await pause({ origin: 'null' })).statusCode).toBe(403);
    expect((await pause({ origin: 'https://adatom.example' })).statusCode).toBe(200);
  });
});
