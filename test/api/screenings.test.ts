import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, screeningCount, type TestService, testService } from './service.ts';

let service: TestService;
let root: string;
let folder: string;

beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'adatom-api-')));
  folder = join(root, 'allowed', 'campaign');
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(root, 'secret'));
  symlinkSync(join(root, 'secret'), join(root, 'allowed', 'link'));
  service = await testService({
    settings: { ADATOM_ROOTS: join(root, 'allowed'), ADATOM_S3_BUCKETS: 'results', ADATOM_MAX_WAITING_FOLDERS: 3 },
  });
});
afterAll(async () => {
  await service.close();
  rmSync(root, { recursive: true });
});

const submit = (payload: object, secret = service.own.secrets.submit) =>
  ask(service, 'POST', '/v1/screenings', { payload, secret });
const ofFolder = (path = folder) => ({ sources: [{ kind: 'path', paths: [path] }] });

describe('a screening is handed in', () => {
  test('is stored with what was stated, titled by its first folder, and can be read by its project', async () => {
    const made = await submit({ ...ofFolder(), ion: 'Zn', profile: 'zn-weak', seed: 7, priority: 'high' });
    expect(made.statusCode).toBe(201);
    const screening = made.json();
    expect(made.headers.location).toBe(`/v1/screenings/${screening.id}`);
    expect(screening).toMatchObject({
      project: service.own.id,
      state: 'queued',
      generation: 1,
      stated: { title: 'campaign', ion: 'Zn', profile: 'zn-weak', seed: 7, priority: 'high' },
      folders: { total: 0, waiting: 0, done: 0, failed: 0 },
    });
    const read = await ask(service, 'GET', `/v1/screenings/${screening.id}`, { secret: service.own.secrets.read });
    expect(read.json()).toEqual(screening);
    const { rows } = (await ask(service, 'GET', `/v1/screenings/${screening.id}/submissions`)).json();
    expect(rows).toMatchObject([{ generation: 1, source: { kind: 'path', paths: [folder] } }]);
  });

  test('is in the audit with its id, its key and the request id of the answer', async () => {
    const made = await submit(ofFolder());
    const { rows } = (await ask(service, 'GET', '/v1/audit?limit=1')).json();
    expect(rows[0]).toMatchObject({
      action: 'screening.submit',
      subject: made.json().id,
      requestId: made.headers['x-request-id'],
    });
    expect(rows[0].key).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('with a manifest, a profile and a protocol in full', async () => {
    const { rows } = (await ask(service, 'GET', '/v1/profiles')).json();
    const manifest = { version: 1, ion: 'Li', calculations: { a: { role: 'slab' } } };
    const protocol = { name: 'mine', version: 1, description: '', reference: '', settings: { GGA: 'PE' } };
    const made = await submit({ ...ofFolder(), profile: rows[0], manifest, protocol });
    expect(made.statusCode).toBe(201);
    expect(made.json().stated).toMatchObject({ profile: rows[0], manifest, protocol });
  });
});

describe('a submission is refused before anything is stored', () => {
  const refusals: readonly (readonly [name: string, body: () => object, status: number, detail: RegExp])[] = [
    ['a path outside the roots', () => ofFolder(join(root, 'secret')), 400, /not below a folder/],
    ['a path that leaves the roots through a link', () => ofFolder(join(root, 'allowed/link')), 400, /not below/],
    ['a path with ..', () => ofFolder(`${root}/allowed/../secret`), 400, /not below/],
    ['a path with a character 0', () => ofFolder(`${root}/allowed\0`), 400, /character 0/],
    [
      'more paths than anybody names',
      () => ({ sources: [{ kind: 'path', paths: Array.from({ length: 10_001 }, () => '/') }] }),
      400,
      /at most 10000 paths/,
    ],
    ['a relative path', () => ofFolder('campaign'), 400, /absolute path/],
    ['a folder that is not there', () => ofFolder(join(root, 'allowed/none')), 400, /no such file/],
    ['a bucket that is not listed', () => ({ sources: [{ kind: 's3', bucket: 'x', prefix: '' }] }), 400, /bucket "x"/],
    [
      'an upload that does not exist',
      () => ({ sources: [{ kind: 'upload', upload: '00000000-0000-4000-8000-000000000000' }] }),
      404,
      /upload 0{8}/,
    ],
    ['no sources', () => ({ sources: [] }), 400, /sources: expected a list of at least 1/],
    ['an unknown profile', () => ({ ...ofFolder(), profile: 'li-moderat' }), 400, /mean "li-moderate".*zn-philic/],
    ['a profile that is a path', () => ({ ...ofFolder(), profile: '/etc/passwd' }), 400, /unknown profile/],
    ['an unknown protocol', () => ({ ...ofFolder(), protocol: './x.yaml' }), 400, /unknown protocol/],
    [
      'a profile path in a manifest',
      () => ({ ...ofFolder(), manifest: { version: 1, profile: '/x' } }),
      400,
      /unknown/,
    ],
    ['an unknown ion', () => ({ ...ofFolder(), ion: 'Xx' }), 400, /ion: expected one of .*found "Xx"/],
    ['a title with a character 0', () => ({ ...ofFolder(), title: 'a\0b' }), 400, /title: .*no character 0/],
    ['an unknown field', () => ({ ...ofFolder(), titel: 'x' }), 400, /body titel: unknown key; did you mean "title"/],
    ['a seed that is no whole number', () => ({ ...ofFolder(), seed: 1.5 }), 400, /seed: expected a whole number/],
  ];
  test.each(refusals)('%s', async (_name, body, status, detail) => {
    const before = await screeningCount(service);
    const answer = await submit(body());
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ status, requestId: answer.headers['x-request-id'] });
    expect(answer.json().detail).toMatch(detail);
    expect(await screeningCount(service)).toBe(before);
  });

  test('an upload of another project is told like one that does not exist; an open one must be completed first', async () => {
    const foreign = await service.store.uploads.create(service.other.id, {});
    const open = await service.store.uploads.create(service.own.id, {});
    const upload = (id: string) => submit({ sources: [{ kind: 'upload', upload: id }] });
    expect((await upload(foreign.id)).statusCode).toBe(404);
    expect((await upload(open.id)).json()).toMatchObject({ status: 409, code: 'upload-incomplete' });
    await service.store.uploads.setState(service.own.id, open.id, 'complete');
    expect((await upload(open.id)).statusCode).toBe(201);
  });

  test('when too many folders of the project wait: 429 with a time to come again, for that project only', async () => {
    const { id, generation } = (await submit(ofFolder())).json();
    const request = { ion: 'Li', profile: (await ask(service, 'GET', '/v1/profiles')).json().rows[0], seed: 1 };
    const folders = ['a', 'b', 'c'].map((name) => ({ folder: name, readingKey: name.repeat(64), plan: {} }));
    await service.store.work.saveDiscovery(id, generation, { request, foundTree: Buffer.from('{}'), folders });
    for (const url of ['/v1/screenings', `/v1/screenings/${id}/sources`]) {
      const full = await ask(service, 'POST', url, { payload: ofFolder() });
      expect(full.json()).toMatchObject({ status: 429, code: 'queue-full' });
      expect(Number(full.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect((await submit(ofFolder(), service.other.secrets.submit)).statusCode).toBe(201);
    expect((await ask(service, 'POST', `/v1/screenings/${id}/cancel`)).json()).toMatchObject({ state: 'cancelled' });
    expect((await submit(ofFolder())).statusCode).toBe(201);
  });
});

test('a burst of screenings whose folders nobody has looked for yet is pushed back, for that project only', async () => {
  const settings = { ADATOM_ROOTS: join(root, 'allowed'), ADATOM_MAX_WAITING_SCREENINGS: 2 };
  const small = await testService({ settings });
  try {
    const post = (url: string, secret = small.own.secrets.submit) =>
      ask(small, 'POST', url, { payload: ofFolder(), secret });
    const { id, generation } = (await post('/v1/screenings')).json();
    expect((await post('/v1/screenings')).statusCode).toBe(201);
    const full = await post('/v1/screenings');
    expect(full.json()).toMatchObject({ status: 429, code: 'queue-full', detail: expect.stringContaining('2 screen') });
    expect(Number(full.headers['retry-after'])).toBeGreaterThan(0);
    expect((await post(`/v1/screenings/${id}/sources`)).statusCode).toBe(429);
    expect((await post('/v1/screenings', small.other.secrets.submit)).statusCode).toBe(201);
    await small.store.work.setState(id, generation, 'discovering');
    expect((await post('/v1/screenings')).statusCode).toBe(429);
    await small.store.work.setState(id, generation, 'parsing');
    expect((await post('/v1/screenings')).statusCode).toBe(201);
  } finally {
    await small.close();
  }
});

describe('a screening goes on', () => {
  test('added folders are a submission of the next generation', async () => {
    const { id } = (await submit(ofFolder())).json();
    await ask(service, 'POST', `/v1/screenings/${id}/cancel`);
    const added = await ask(service, 'POST', `/v1/screenings/${id}/sources`, { payload: ofFolder() });
    expect(added.json()).toMatchObject({ id, state: 'queued', generation: 2 });
    const { rows } = (await ask(service, 'GET', `/v1/screenings/${id}/submissions`)).json();
    expect(rows.map((row: { generation: number }) => row.generation)).toEqual([1, 2]);
  });

  test('lists go page by page, newest first, without a gap, and by state', async () => {
    const seen: string[] = [];
    let after = '';
    do {
      const page = (await ask(service, 'GET', `/v1/screenings?limit=2${after}`)).json();
      seen.push(...page.rows.map(({ id }: { id: string }) => id));
      after = page.next === undefined ? '' : `&after=${encodeURIComponent(page.next)}`;
    } while (after !== '');
    const all = (await ask(service, 'GET', '/v1/screenings?limit=500')).json().rows;
    expect(seen).toEqual(all.map(({ id }: { id: string }) => id));
    const cancelled = (await ask(service, 'GET', '/v1/screenings?state=cancelled')).json().rows;
    expect(cancelled.length).toBeGreaterThan(0);
    expect(new Set(cancelled.map(({ state }: { state: string }) => state))).toEqual(new Set(['cancelled']));
  });

  test('a ranking by another profile is requested; a what-if of a screening without candidates is refused', async () => {
    const { id } = (await submit(ofFolder())).json();
    const whatIf = await ask(service, 'POST', `/v1/screenings/${id}/rankings/what-if`, {
      payload: { profile: 'li-moderate' },
    });
    expect(whatIf.json()).toMatchObject({ status: 409, code: 'not-described' });
    const unknown = await ask(service, 'POST', `/v1/screenings/${id}/rankings`, { payload: { profile: 'none' } });
    expect(unknown.json().detail).toMatch(/Available: .*li-moderate/);
  });
});
