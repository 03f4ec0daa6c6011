/** Requests of the commands to a service that is busy, starting, cut off or no service at all. */
import { afterEach, describe, expect, test } from 'vitest';
import { openClient } from '../../../cli/shared/service/client.ts';
import { followEvents } from '../../../cli/shared/service/event-stream.ts';
import { answerJson, type RealServer, startServer } from './real-server.ts';

const open: RealServer[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function serverThat(...answer: Parameters<typeof startServer>): Promise<RealServer> {
  const server = await startServer(...answer);
  open.push(server);
  return server;
}

const pauses = ({ received }: RealServer): number[] =>
  received.slice(1).map(({ atMs }, at) => atMs - (received[at]?.atMs ?? 0));

const BUSY = { status: 429, code: 'too-many-requests', detail: 'too many requests', requestId: 'r-1' };
const STARTING = { status: 503, code: 'not-ready', detail: 'the service is starting', requestId: 'r-2' };

describe('a service that cannot answer now', () => {
  test('is asked again when it says so, not earlier', async () => {
    const server = await serverThat((response, before) =>
      before === 0
        ? answerJson(response, 429, BUSY, { 'retry-after': '1' })
        : answerJson(response, 200, { is: 'done' }),
    );
    const answer = await openClient({ server: server.address }).json('/v1/uploads', { method: 'POST', document: {} });
    expect(answer).toEqual({ is: 'done' });
    expect(server.received).toHaveLength(2);
    expect(pauses(server)[0]).toBeGreaterThanOrEqual(990);
  });

  test('is asked again after waits that double when it says nothing', async () => {
    const server = await serverThat((response, before) =>
      before < 3 ? answerJson(response, 503, STARTING) : answerJson(response, 200, {}),
    );
    await openClient({ server: server.address }).json('/v1/whoami');
    const [first = 0, second = 0, third = 0] = pauses(server);
    // 0.25, 0.5 and 1 s; a timer may be a millisecond early.
    expect(first).toBeGreaterThanOrEqual(245);
    expect(second).toBeGreaterThanOrEqual(495);
    expect(third).toBeGreaterThanOrEqual(995);
  });

  test('is given up when patience ends, with what it said, its code and the request id', async () => {
    const server = await serverThat((response) => answerJson(response, 503, STARTING));
    const asked = openClient({ server: server.address }, { patienceSeconds: 1 }).request('/v1/whoami');
    await expect(asked).rejects.toMatchObject({
      class: 'transient',
      message: 'the service is starting (not-ready, request r-2)',
    });
    // At 0, 0.25 and 0.75 s; the next would be at 1.75 s.
    expect(server.received.length).toBeLessThanOrEqual(3);
  });

  test('tells a person before a wait that is long', async () => {
    const server = await serverThat((response, before) =>
      before === 0 ? answerJson(response, 429, BUSY, { 'retry-after': '2' }) : answerJson(response, 200, {}),
    );
    const told: string[] = [];
    await openClient({ server: server.address }, { onWait: (text) => told.push(text) }).request('/v1/whoami');
    expect(told).toEqual(['too many requests (too-many-requests, request r-1); trying again in 2 s']);
  });
});

describe('a connection that is cut before the answer', () => {
  const cutsTheSecond: Parameters<typeof startServer>[0] = (response, before) =>
    before === 1 ? response.destroy() : answerJson(response, 200, { before });

  test('is tried again with the same headers where that does no harm', async () => {
    const server = await serverThat(cutsTheSecond);
    const client = openClient({ server: server.address, key: 'adk_own' });
    await client.request('/v1/whoami');
    const headers = { 'idempotency-key': 'one' };
    const answer = await client.json('/v1/screenings', { method: 'POST', document: {}, headers, repeatable: true });
    expect(answer).toEqual({ before: 2 });
    expect(server.received.slice(1).map((request) => request.headers['idempotency-key'])).toEqual(['one', 'one']);
    expect(server.received.map((request) => request.headers.authorization)).toEqual(Array(3).fill('Bearer adk_own'));
  });

  test('is not tried again where it could make something twice', async () => {
    const server = await serverThat(cutsTheSecond);
    const client = openClient({ server: server.address });
    await client.request('/v1/whoami');
    await expect(client.request('/v1/keys', { method: 'POST', document: {} })).rejects.toMatchObject({
      class: 'transient',
      message: `no answer from ${server.address}: the connection was cut`,
    });
    expect(server.received).toHaveLength(2);
  });
});

describe('an answer that is a refusal', () => {
  test('is told with its code, request id and issues, and is not tried again', async () => {
    const issues = [{ code: 'E_MANIFEST', message: 'adatom.yaml: unknown key' }];
    const server = await serverThat((response) =>
      answerJson(response, 422, { status: 422, code: 'no-manifest', detail: 'no ranking', requestId: 'r-3', issues }),
    );
    await expect(openClient({ server: server.address }).request('/v1/whoami')).rejects.toMatchObject({
      class: 'unanswerable',
      message: 'no ranking (no-manifest, request r-3)\n  E_MANIFEST  adatom.yaml: unknown key',
    });
    expect(server.received).toHaveLength(1);
  });

  test('of something that is no Adatom is told as that', async () => {
    const server = await serverThat((response, before) =>
      response.writeHead(before === 0 ? 404 : 200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>'),
    );
    const client = openClient({ server: server.address });
    await expect(client.json('/v1/whoami')).rejects.toThrow(/status 404 \(text\/html\), which is no answer of Adatom/);
    await expect(client.json('/v1/whoami')).rejects.toThrow(/expected a JSON document, found text\/html/);
  });

  test('that leads elsewhere is not followed, so that the key stays here', async () => {
    const elsewhere = await serverThat((response) => answerJson(response, 200, {}));
    const server = await serverThat((response) => response.writeHead(302, { location: elsewhere.address }).end());
    await expect(openClient({ server: server.address, key: 'adk_own' }).request('/v1/whoami')).rejects.toThrow();
    expect(elsewhere.received).toEqual([]);
  });
});

test('events go on after the last whole one when the stream is cut in the middle', async () => {
  const server = await serverThat((response, before) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (before > 0) {
      response.end('id: 7\nevent: state\ndata: whole\n\n');
      return;
    }
    response.write(
      ': heartbeat\n\nid: 5\r\nevent: progress\r\ndata: one\r\ndata: two\r\n\r\nid: 7\nevent: state\ndata: wh',
      () => response.destroy(),
    );
  });
  const events = followEvents(openClient({ server: server.address }), '/v1/screenings/s/events');
  expect((await events.next()).value).toEqual({ id: '5', type: 'progress', data: 'one\ntwo' });
  expect((await events.next()).value).toEqual({ id: '7', type: 'state', data: 'whole' });
  await events.return(undefined);
  expect(server.received.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '5']);
});
