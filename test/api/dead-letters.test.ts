import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeadLetter } from '../../model/service.ts';
import { ask, type TestService, testService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await testService();
});
afterAll(() => service.close());

async function letterOf(project: string): Promise<DeadLetter> {
  const { store } = service;
  const stated = { title: 'facets', priority: 'normal' } as const;
  const { id } = await store.screenings.create({ project, stated, sources: [{ kind: 'path', paths: ['/x'] }] });
  const payload = { screening: id, generation: 1 };
  await store.deadLetters.put({ screening: id, job: 'assemble-screening', payload, error: 'a bug', attempts: 3 });
  const { rows } = await store.deadLetters.list(project, { limit: 1 });
  if (rows[0] === undefined) throw new Error('the letter was put');
  return rows[0];
}

const post = (id: string, word: string, secret?: string) =>
  ask(service, 'POST', `/v1/dead-letters/${id}/${word}`, secret === undefined ? {} : { secret });

test('a failed job is listed, run again and put away by an administrator of its project, and each leaves a trace', async () => {
  const letter = await letterOf(service.own.id);
  const { rows } = (await ask(service, 'GET', '/v1/dead-letters')).json();
  expect(rows).toMatchObject([{ id: letter.id, state: 'open', error: 'a bug', attempts: 3 }]);
  await service.store.work.setState(letter.screening, 1, 'failed', 'a bug');
  const rerun = await post(letter.id, 'rerun');
  expect(rerun.json()).toMatchObject({ id: letter.id, state: 'rerun' });
  expect((await service.store.deadLetters.toRerun(10)).map(({ id }) => id)).toEqual([letter.id]);
  expect((await post(letter.id, 'dismiss')).json()).toMatchObject({ id: letter.id, state: 'dismissed' });
  expect(await service.store.deadLetters.toRerun(10)).toEqual([]);
  const trace = (await ask(service, 'GET', '/v1/audit?limit=2')).json().rows;
  expect(trace).toMatchObject([
    { action: 'dead-letter.dismiss', subject: letter.id },
    { action: 'dead-letter.rerun', subject: letter.id, requestId: rerun.headers['x-request-id'] },
  ]);
});

test('a job of a cancelled screening is not run again', async () => {
  const letter = await letterOf(service.own.id);
  await service.store.screenings.cancel(service.own.id, letter.screening);
  expect((await post(letter.id, 'rerun')).json()).toMatchObject({ status: 409, code: 'screening-cancelled' });
  expect((await post(letter.id, 'dismiss')).statusCode).toBe(200);
});

test('a letter of another project does not exist, and its own submitters may not touch one', async () => {
  const letter = await letterOf(service.other.id);
  for (const word of ['rerun', 'dismiss']) {
    expect((await post(letter.id, word)).statusCode).toBe(404);
    expect((await post(letter.id, word, service.other.secrets.submit)).statusCode).toBe(403);
  }
  expect(await service.store.deadLetters.get(service.other.id, letter.id)).toMatchObject({ state: 'open' });
});
