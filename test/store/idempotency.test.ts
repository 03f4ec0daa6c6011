/** Repeated requests: one does the work, the others wait, differ, or get its answer. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openIdempotency } from '../../store/idempotency.ts';
import { openProjects } from '../../store/projects.ts';
import type { IdempotencyStore } from '../../store/store.ts';
import { type OpenTestDatabase, openTestDatabase } from './service-tables.ts';

let opened: OpenTestDatabase;
let idempotency: IdempotencyStore;
beforeAll(async () => {
  opened = await openTestDatabase();
  idempotency = openIdempotency(opened.database);
});
afterAll(() => opened.close());

const STARTED = { subject: expect.stringMatching(/^[0-9a-f-]{36}$/) };
const HOUR_SECONDS = 3600;

const isStarted = (answer: Awaited<ReturnType<IdempotencyStore['begin']>>) =>
  typeof answer === 'object' && 'subject' in answer;

async function age(key: string, seconds: number): Promise<void> {
  const startedAt = new Date(Date.now() - seconds * 1000).toISOString();
  await opened.database.db.updateTable('idempotency').set({ started_at: startedAt }).where('key', '=', key).execute();
}

test('of 20 equal requests at the same time exactly one is started', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => idempotency.begin(opened.project, 'together', 'same')),
  );
  expect(answers.filter((answer) => isStarted(answer))).toHaveLength(1);
  expect(answers.filter((answer) => answer === 'busy')).toHaveLength(19);
});

test('after the answer every repeat gets it', async () => {
  expect(await idempotency.begin(opened.project, 'kept', 'a')).toEqual(STARTED);
  await idempotency.finish(opened.project, 'kept', { status: 201, body: '{"id":"Zn(001)"}' });
  expect(await idempotency.begin(opened.project, 'kept', 'a')).toEqual({ status: 201, body: '{"id":"Zn(001)"}' });
});

test('a key that was used for another request is told so, before and after the answer', async () => {
  await idempotency.begin(opened.project, 'reused', 'a');
  expect(await idempotency.begin(opened.project, 'reused', 'b')).toBe('mismatch');
  await idempotency.finish(opened.project, 'reused', { status: 200, body: '' });
  expect(await idempotency.begin(opened.project, 'reused', 'b')).toBe('mismatch');
});

test('two projects may use the same key', async () => {
  const other = (await openProjects(opened.database).ensure('lithium')).id;
  expect(await idempotency.begin(opened.project, 'shared', 'a')).toEqual(STARTED);
  expect(await idempotency.begin(other, 'shared', 'b')).toEqual(STARTED);
});

test('a key that was given back can be used again, one with an answer is not given back', async () => {
  await idempotency.begin(opened.project, 'abandoned', 'a');
  await idempotency.abandon(opened.project, 'abandoned');
  expect(await idempotency.begin(opened.project, 'abandoned', 'b')).toEqual(STARTED);
  await idempotency.finish(opened.project, 'abandoned', { status: 200, body: 'x' });
  await idempotency.abandon(opened.project, 'abandoned');
  expect(await idempotency.begin(opened.project, 'abandoned', 'b')).toEqual({ status: 200, body: 'x' });
});

test('work whose process died is taken up within some seconds, by one of those who ask, for the same object', async () => {
  const first = await idempotency.begin(opened.project, 'died', 'a');
  await age('died', 8);
  expect(await idempotency.begin(opened.project, 'died', 'a')).toBe('busy');
  await age('died', 11);
  expect(await idempotency.begin(opened.project, 'died', 'b')).toBe('mismatch');
  const answers = await Promise.all(Array.from({ length: 20 }, () => idempotency.begin(opened.project, 'died', 'a')));
  expect(answers.filter(isStarted)).toEqual([first]);
});

test('work of which nobody knows whether it was done is taken up at once, for the same object, by no other request', async () => {
  const first = await idempotency.begin(opened.project, 'uncertain', 'a');
  await idempotency.release(opened.project, 'uncertain');
  expect(await idempotency.begin(opened.project, 'uncertain', 'b')).toBe('mismatch');
  expect(await idempotency.begin(opened.project, 'uncertain', 'a')).toEqual(first);
  // The first attempt may still be under way: a refusal of the second one does not free the key.
  await idempotency.abandon(opened.project, 'uncertain');
  expect(await idempotency.begin(opened.project, 'uncertain', 'b')).toBe('mismatch');
  expect(await idempotency.begin(opened.project, 'uncertain', 'a')).toEqual(first);
});

test('an answer is kept for a day', async () => {
  await idempotency.begin(opened.project, 'old', 'a');
  await idempotency.finish(opened.project, 'old', { status: 200, body: 'x' });
  await age('old', 23 * HOUR_SECONDS);
  expect(await idempotency.begin(opened.project, 'old', 'a')).toEqual({ status: 200, body: 'x' });
  await age('old', 25 * HOUR_SECONDS);
  expect(await idempotency.begin(opened.project, 'old', 'b')).toEqual(STARTED);
});
