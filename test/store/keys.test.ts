/** API keys: what opens, what does not any more, and what the table gives away. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKeys } from '../../store/keys.ts';
import { openProjects } from '../../store/projects.ts';
import type { KeyStore } from '../../store/store.ts';
import { type OpenTestDatabase, openTestDatabase } from './service-tables.ts';

let opened: OpenTestDatabase;
let keys: KeyStore;
beforeAll(async () => {
  opened = await openTestDatabase();
  keys = openKeys(opened.database);
});
afterAll(() => opened.close());

const SOON = () => new Date(Date.now() + 3_600_000).toISOString();
const PAST = '2020-01-01T00:00:00.000Z';

test('a key opens its project with its scopes', async () => {
  const { key, secret } = await keys.create({ project: opened.project, name: 'laptop', scopes: ['read', 'submit'] });
  expect(await keys.verify(secret)).toEqual({
    project: opened.project,
    projectName: 'zinc',
    key: key.id,
    scopes: ['read', 'submit'],
  });
});

test('a secret holds 256 random bits behind the prefix that the list shows', async () => {
  const { key, secret } = await keys.create({ project: opened.project, name: 'ci', scopes: ['read'] });
  expect(secret).toMatch(/^adk_[0-9a-f]{8}_[A-Za-z0-9_-]{43}$/);
  expect(secret.startsWith(`${key.prefix}_`)).toBe(true);
});

test('the table holds no secret, only 32 bytes that do not contain it', async () => {
  const { key, secret } = await keys.create({ project: opened.project, name: 'thief', scopes: ['read'] });
  const row = await opened.database.db
    .selectFrom('api_keys')
    .selectAll()
    .where('id', '=', key.id)
    .executeTakeFirstOrThrow();
  expect(row.secret_sha256.length).toBe(32);
  expect(JSON.stringify(row)).not.toContain(secret.split('_').slice(2).join('_'));
  expect(await keys.verify(row.secret_sha256.toString('hex'))).toBeUndefined();
});

test.each(['', 'adk_', 'adk_00000000_wrong', "' or 1=1 --"])('the made-up key "%s" opens nothing', async (secret) => {
  expect(await keys.verify(secret)).toBeUndefined();
});

test('a key that has expired opens nothing, one that has not does', async () => {
  const wanted = { project: opened.project, name: 'guest', scopes: ['read'] as const };
  const expired = await keys.create({ ...wanted, expiresAt: PAST });
  const valid = await keys.create({ ...wanted, expiresAt: SOON() });
  expect(await keys.verify(expired.secret)).toBeUndefined();
  expect(await keys.verify(valid.secret)).toMatchObject({ key: valid.key.id });
});

test('a revoked key opens nothing and stays in the list with its time', async () => {
  const { key, secret } = await keys.create({ project: opened.project, name: 'lost', scopes: ['admin'] });
  const first = await keys.revoke(opened.project, key.id);
  expect(await keys.verify(secret)).toBeUndefined();
  expect(await keys.revoke(opened.project, key.id)).toEqual(first);
  expect((await keys.list(opened.project)).find(({ id }) => id === key.id)?.revokedAt).toBe(first?.revokedAt);
});

test('a rotated key has a successor, and ends itself after the grace', async () => {
  const { key, secret } = await keys.create({ project: opened.project, name: 'robot', scopes: ['submit'] });
  const withGrace = await keys.rotate(opened.project, key.id, 3600);
  expect(withGrace?.key).toMatchObject({ name: 'robot', scopes: ['submit'], project: opened.project });
  expect(await keys.verify(secret)).toMatchObject({ key: key.id });
  const old = (await keys.list(opened.project)).find(({ id }) => id === key.id);
  const graceMs = Date.parse(old?.expiresAt ?? '') - Date.now();
  expect(graceMs).toBeGreaterThan(3_500_000);
  expect(graceMs).toBeLessThan(3_700_000);

  const successor = withGrace!;
  const atOnce = await keys.rotate(opened.project, successor.key.id, 0);
  expect(await keys.verify(successor.secret)).toBeUndefined();
  expect(await keys.verify(atOnce!.secret)).toMatchObject({ key: atOnce!.key.id });
});

test('a grace never lets a key live longer than it was given', async () => {
  const expiresAt = SOON();
  const { key } = await keys.create({ project: opened.project, name: 'short', scopes: ['read'], expiresAt });
  const successor = await keys.rotate(opened.project, key.id, 86_400);
  expect((await keys.list(opened.project)).find(({ id }) => id === key.id)?.expiresAt).toBe(expiresAt);
  // As long as the old one was meant to last, counted from now: within a minute of it here.
  expect(Math.abs(Date.parse(successor!.key.expiresAt!) - Date.parse(expiresAt))).toBeLessThan(60_000);
});

test('what is over is not rotated', async () => {
  const { key } = await keys.create({ project: opened.project, name: 'over', scopes: ['read'] });
  await keys.revoke(opened.project, key.id);
  expect(await keys.rotate(opened.project, key.id, 60)).toBeUndefined();
});

test("another project's key is not there", async () => {
  const other = (await openProjects(opened.database).ensure('lithium')).id;
  const { key, secret } = await keys.create({ project: opened.project, name: 'mine', scopes: ['read'] });
  expect(await keys.revoke(other, key.id)).toBeUndefined();
  expect(await keys.rotate(other, key.id, 0)).toBeUndefined();
  expect((await keys.list(other)).map(({ id }) => id)).not.toContain(key.id);
  expect(await keys.verify(secret)).toBeDefined();
});

test('the use of a key is noted at most once a minute', async () => {
  const { key, secret } = await keys.create({ project: opened.project, name: 'busy', scopes: ['read'] });
  const lastUsed = async () => (await keys.list(opened.project)).find(({ id }) => id === key.id)?.lastUsedAt;
  expect(await lastUsed()).toBeUndefined();
  await keys.verify(secret);
  const first = await lastUsed();
  expect(first).toBeDefined();
  await keys.verify(secret);
  expect(await lastUsed()).toBe(first);
  const twoMinutesAgo = new Date(Date.now() - 120_000).toISOString();
  await opened.database.db
    .updateTable('api_keys')
    .set({ last_used_at: twoMinutesAgo })
    .where('id', '=', key.id)
    .execute();
  await keys.verify(secret);
  expect(Date.parse((await lastUsed())!)).toBeGreaterThan(Date.parse(twoMinutesAgo) + 60_000);
});
