import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../api/app.ts';
import { AdatomError } from '../../model/errors.ts';
import type { NewScreening, Store } from '../../store/store.ts';
import { ask, screeningCount, type TestService, testService } from './service.ts';
import { storeScreening } from './stored-campaign.ts';

let service: TestService;

beforeAll(async () => {
  service = await testService();
});
afterAll(() => service.close());

const body = { title: 'once', sources: [{ kind: 'path', paths: [tmpdir()] }] };
const submit = (key: string, payload: object = body, secret = service.own.secrets.submit) =>
  ask(service, 'POST', '/v1/screenings', { payload, secret, headers: { 'idempotency-key': key } });

test('a request that is repeated gets the first answer and makes nothing new, whatever the order of its fields', async () => {
  const before = await screeningCount(service);
  const first = await submit('repeat');
  const again = await submit('repeat', Object.fromEntries(Object.entries(body).reverse()));
  expect(first.statusCode).toBe(201);
  expect(again.statusCode).toBe(201);
  expect(again.body).toBe(first.body);
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(await screeningCount(service)).toBe(before + 1);
});

test('of twenty at once exactly one makes a screening; the others get its answer or are told to come again', async () => {
  const before = await screeningCount(service);
  const answers = await Promise.all(Array.from({ length: 20 }, () => submit('crowd')));
  expect(await screeningCount(service)).toBe(before + 1);
  const made = answers.filter(({ statusCode }) => statusCode === 201);
  const busy = answers.filter(({ statusCode }) => statusCode === 409);
  expect(made.length + busy.length).toBe(20);
  expect(new Set(made.map((answer) => answer.body)).size).toBe(1);
  for (const answer of busy) {
    expect(answer.json().code).toBe('idempotency-busy');
    expect(answer.headers['retry-after']).toBe('1');
  }
  expect((await submit('crowd')).body).toBe(made[0]?.body);
});

test('a key stands for one request: another body is refused with 422', async () => {
  await submit('one');
  const other = await submit('one', { ...body, title: 'two' });
  expect(other.json()).toMatchObject({ status: 422, code: 'idempotency-mismatch' });
});

test('keys of another project are other keys', async () => {
  const own = await submit('shared');
  const other = await submit('shared', body, service.other.secrets.submit);
  expect(other.statusCode).toBe(201);
  expect(other.json().id).not.toBe(own.json().id);
});

test('a refused request leaves its key free for the corrected one', async () => {
  const refused = await submit('corrected', { sources: [{ kind: 'path', paths: ['/does/not/exist'] }] });
  expect(refused.statusCode).toBe(400);
  expect((await submit('corrected')).statusCode).toBe(201);
});

test('a key is text of at most 200 characters', async () => {
  expect((await submit('x'.repeat(201))).statusCode).toBe(400);
  expect((await submit('two words')).statusCode).toBe(400);
});

describe('a request of which nobody knows whether it was done', () => {
  /** Of another process on the same database, whose screenings are made, and then `then` happens. */
  const otherProcess = (then: () => Promise<never>) => {
    const { store } = service;
    const create = async (screening: NewScreening) => {
      await store.screenings.create(screening);
      return then();
    };
    const addSources = async (...added: Parameters<Store['screenings']['addSources']>) => {
      await store.screenings.addSources(...added);
      return then();
    };
    const requestRanking = async (...wanted: Parameters<Store['screenings']['requestRanking']>) => {
      await store.screenings.requestRanking(...wanted);
      return then();
    };
    const screenings = { ...store.screenings, create, addSources, requestRanking };
    return buildApp({ ...service.context, store: { ...store, screenings } }, { logStream: { write: () => undefined } });
  };
  const lostAnswer = async (): Promise<never> => {
    throw new AdatomError('transient', 'Connection terminated');
  };
  const request = (key: string, payload: object = body) => ({
    method: 'POST' as const,
    url: '/v1/screenings',
    headers: { authorization: `Bearer ${service.own.secrets.submit}`, 'idempotency-key': key },
    payload,
  });

  test('its COMMIT unanswered, is answered when repeated with the one screening it made, though refused by now', async () => {
    const before = await screeningCount(service);
    const folder = mkdtempSync(join(tmpdir(), 'adatom-once-'));
    const payload = { ...body, sources: [{ kind: 'path', paths: [folder] }] };
    const broken = await otherProcess(lostAnswer);
    expect((await broken.inject(request('uncertain', payload))).statusCode).toBe(503);
    expect((await broken.inject(request('uncertain'))).json()).toMatchObject({ code: 'idempotency-mismatch' });
    await broken.close();
    rmSync(folder, { recursive: true });
    const again = await submit('uncertain', payload);
    expect(again.statusCode).toBe(201);
    expect(again.headers.location).toBe(`/v1/screenings/${again.json().id}`);
    expect((await submit('uncertain', payload)).body).toBe(again.body);
    expect(await screeningCount(service)).toBe(before + 1);
    const { rows } = await service.store.audit.list(service.own.id, { limit: 1 });
    expect(rows).toMatchObject([{ action: 'screening.submit', subject: again.json().id }]);
  });

  test('its process dead, keeps its client waiting for some seconds and no longer', async () => {
    const before = await screeningCount(service);
    const made = new Promise<void>((resolve) => {
      const dead = otherProcess(() => {
        resolve();
        return new Promise(() => undefined);
      });
      dead.then((app) => app.inject(request('died')).catch(() => undefined));
    });
    await made;
    const since = Date.now();
    let answer = await submit('died');
    expect(answer.json()).toMatchObject({ status: 409, code: 'idempotency-busy' });
    while (answer.statusCode === 409) {
      await sleep(1000);
      answer = await submit('died');
    }
    expect(answer.statusCode).toBe(201);
    expect(Date.now() - since).toBeLessThan(15_000);
    expect(await screeningCount(service)).toBe(before + 1);
  }, 30_000);

  test('makes one ranking', async () => {
    const { screening } = await storeScreening(service.store, service.own.id);
    const before = await service.store.screenings.rankings(service.own.id, screening);
    const broken = await otherProcess(lostAnswer);
    const payload = { profile: 'zn-weak', seed: 7 };
    const rank = { ...request('order', payload), url: `/v1/screenings/${screening}/rankings` };
    expect((await broken.inject(rank)).statusCode).toBe(503);
    await broken.close();
    const again = await service.app.inject(rank);
    expect(again.statusCode).toBe(202);
    const rankings = await service.store.screenings.rankings(service.own.id, screening);
    expect(rankings.map(({ id }) => id)).toEqual([again.json().id, ...before.map(({ id }) => id)]);
  });

  test('adds its folders once', async () => {
    const { id } = (await submit('grown')).json();
    const broken = await otherProcess(lostAnswer);
    const add = { ...request('more', { sources: body.sources }), url: `/v1/screenings/${id}/sources` };
    expect((await broken.inject(add)).statusCode).toBe(503);
    await broken.close();
    expect((await service.app.inject(add)).statusCode).toBe(200);
    const submissions = await service.store.screenings.submissions(service.own.id, id);
    expect(submissions.map(({ generation }) => generation)).toEqual([1, 2]);
  });
});
