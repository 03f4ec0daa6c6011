import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, screeningCount, type TestService, testService } from './service.ts';

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
