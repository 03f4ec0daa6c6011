import { request as httpRequest, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, type TestService, testService } from './service.ts';

let service: TestService;
let address: string;

beforeAll(async () => {
  service = await testService({ limits: { heartbeatSeconds: 0.2, streamsPerKey: 3, streams: 4, stopSeconds: 5 } });
  address = await service.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => service.close());

interface Stream {
  readonly response: IncomingMessage;
  /** What has arrived so far. */
  readonly text: () => string;
  readonly ended: Promise<void>;
  readonly end: () => void;
}

function open(id: string, options: { readonly after?: string; readonly secret?: string } = {}): Promise<Stream> {
  const { after, secret = service.own.secrets.read } = options;
  const headers = { authorization: `Bearer ${secret}`, ...(after !== undefined && { 'last-event-id': after }) };
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${address}/v1/screenings/${id}/events`, { headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      // A stream that is cut off ends too.
      response.on('error', () => undefined);
      const ended = new Promise<void>((done) => response.once('close', done));
      resolve({ response, text: () => text, ended, end: () => request.destroy() });
    });
    request.once('error', reject);
    request.end();
  });
}

async function newScreening(project = service.own.id): Promise<string> {
  const { id } = await service.store.screenings.create({
    project,
    stated: { title: 'events', priority: 'normal' },
    sources: [{ kind: 'path', paths: ['/somewhere'] }],
  });
  return id;
}

async function until(holds: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (holds()) return;
    await sleep(25);
  }
  throw new Error('it did not come to pass within 5 s');
}

const ids = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

describe('the events of a screening', () => {
  test('come as they happen, in order, with heartbeats between, and end with the final state', async () => {
    const id = await newScreening();
    const stream = await open(id);
    expect(stream.response.headers['content-type']).toMatch(/^text\/event-stream/);
    await until(() => stream.text().includes('"state":"queued"'));
    await service.store.work.setState(id, 1, 'discovering');
    await until(() => stream.text().includes('"state":"discovering"'));
    await until(() => stream.text().includes(': heartbeat'));
    await service.store.work.setState(id, 1, 'failed', 'no run was found');
    await stream.ended;
    expect(stream.text()).toMatch(/event: state\ndata: \{.*"state":"failed"/);
    const sequence = ids(stream.text());
    expect(sequence).toHaveLength(3);
    expect(sequence).toEqual([...sequence].sort((a, b) => a - b));
  });

  test('go on after the last one the client has, and of a finished screening end at once', async () => {
    const id = await newScreening();
    await service.store.work.setState(id, 1, 'discovering');
    await service.store.screenings.cancel(service.own.id, id);
    const all = await ask(service, 'GET', `/v1/screenings/${id}/events`);
    const [first, ...later] = ids(all.body);
    expect(later).toHaveLength(2);
    const resumed = await open(id, { after: String(first) });
    await resumed.ended;
    expect(ids(resumed.text())).toEqual(later);
    const nothing = await open(id, { after: String(later.at(-1)) });
    await nothing.ended;
    expect(ids(nothing.text())).toEqual([]);
  });

  test('are not those of another project, and a wrong Last-Event-ID is refused', async () => {
    const foreign = await newScreening(service.other.id);
    expect((await ask(service, 'GET', `/v1/screenings/${foreign}/events`)).statusCode).toBe(404);
    const own = await newScreening();
    const headers = { 'last-event-id': '1 or 1=1' };
    expect((await ask(service, 'GET', `/v1/screenings/${own}/events`, { headers })).statusCode).toBe(400);
  });
});

describe('a flood of streams', () => {
  test('is refused per key and in all with 429, and a closed stream makes room', async () => {
    const id = await newScreening();
    const own = await Promise.all([open(id), open(id), open(id)]);
    const fourth = await open(id);
    expect(fourth.response.statusCode).toBe(429);
    expect(Number(fourth.response.headers['retry-after'])).toBeGreaterThan(0);
    const foreign = await newScreening(service.other.id);
    const other = await open(foreign, { secret: service.other.secrets.read });
    expect(other.response.statusCode).toBe(200);
    const beyond = await open(foreign, { secret: service.other.secrets.submit });
    expect(beyond.response.statusCode).toBe(429);
    for (const stream of [...own, other]) stream.end();
    let again = await open(id);
    for (let attempt = 0; again.response.statusCode === 429 && attempt < 100; attempt += 1) {
      await sleep(50);
      again = await open(id);
    }
    expect(again.response.statusCode).toBe(200);
    again.end();
  });

  test('a client that was gone before its stream began takes no room', async () => {
    const id = await newScreening();
    const { screenings } = service.store;
    let goOn = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let asked = 0;
    const slow = {
      ...service.store,
      screenings: {
        ...screenings,
        get: async (project: string, screening: string) => {
          asked += 1;
          if (asked === 1) await gate;
          return screenings.get(project, screening);
        },
      },
    };
    const served = await testService({ context: { store: slow }, limits: { streamsPerKey: 1, streams: 1 } });
    const base = await served.app.listen({ host: '127.0.0.1', port: 0 });
    const headers = { authorization: `Bearer ${service.own.secrets.read}` };
    const impatient = httpRequest(`${base}/v1/screenings/${id}/events`, { headers });
    impatient.once('error', () => undefined).end();
    await until(() => asked === 1);
    impatient.destroy();
    await sleep(100);
    goOn();
    await sleep(100);
    const next = await fetch(`${base}/v1/screenings/${id}/events`, { headers });
    expect(next.status).toBe(200);
    await next.body?.cancel();
    await served.close();
  });

  test('a reader that does not read keeps a few pages in memory, not all events', async () => {
    const id = await newScreening();
    const asked: number[] = [];
    const { events } = service.store;
    const counted = {
      ...service.store,
      events: {
        ...events,
        list: async (...[project, screening, after, limit]: Parameters<typeof events.list>) => {
          asked.push(after);
          const page = Array.from({ length: limit }, (_, at) => ({
            sequence: after + at + 1,
            screening,
            type: 'progress' as const,
            data: { project, text: 'x'.repeat(1000) },
            at: '2026-01-01T00:00:00Z',
          }));
          return page;
        },
      },
    };
    const endless = await testService({ context: { store: counted } });
    const base = await endless.app.listen({ host: '127.0.0.1', port: 0 });
    const headers = { authorization: `Bearer ${service.own.secrets.read}` };
    const request = httpRequest(`${base}/v1/screenings/${id}/events`, { headers });
    const response = await new Promise<IncomingMessage>((resolve) => request.once('response', resolve).end());
    response.pause();
    await sleep(1500);
    const pages = asked.length;
    await sleep(500);
    // Some megabytes fit into the buffers of the two sockets; then the store is not asked any more.
    expect(asked.length).toBe(pages);
    expect(pages).toBeLessThan(100);
    request.destroy();
    await endless.close();
  });
});

describe('a server that stops', () => {
  test('ends its streams and lets the clients resume elsewhere', async () => {
    const stopping = await testService({ limits: { heartbeatSeconds: 60, stopSeconds: 5 } });
    const base = await stopping.app.listen({ host: '127.0.0.1', port: 0 });
    const { id } = await stopping.store.screenings.create({
      project: stopping.own.id,
      stated: { title: 'x', priority: 'normal' },
      sources: [{ kind: 'path', paths: ['/x'] }],
    });
    const answer = await fetch(`${base}/v1/screenings/${id}/events`, {
      headers: { authorization: `Bearer ${stopping.own.secrets.read}` },
    });
    const text = answer.text();
    await sleep(200);
    const started = Date.now();
    await stopping.close();
    expect(Date.now() - started).toBeLessThan(3000);
    expect(await text).toContain('"state":"queued"');
  });
});
