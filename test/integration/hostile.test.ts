/**
 * Hostile requests against a service of its own processes, over sockets: each gets the status that is meant for it, and
 * after each the data folder has the files and the tables have the rows that they had before.
 */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256, TAR_END, type TarEntry, tar, tarHeader, zip } from '../intake/archive-samples.ts';
import { withoutPostgres } from '../services/services.ts';
import { type AttackedService, startAttackedService } from './attacked-service.ts';

const OCTETS = 'application/octet-stream';
const CONTENT = 'an OUTCAR of the owner';
const MEBIBYTE = 1024 ** 2;

describe.skipIf(withoutPostgres())('a service that is attacked', () => {
  let service: AttackedService;
  /** Of the owner. */
  let screening: string;
  let upload: string;

  beforeAll(async () => {
    service = await startAttackedService();
    mkdirSync(join(service.roots, 'campaign/slab'), { recursive: true });
    writeFileSync(join(service.roots, 'campaign/slab/OUTCAR'), CONTENT);
    const source = { kind: 'path', paths: [join(service.roots, 'campaign')] };
    const made = await service.ask(service.owner, 'POST', '/v1/screenings', { json: { sources: [source] } });
    screening = made.document.id;
    const files = [{ path: 'OUTCAR', sha256: sha256(CONTENT), bytes: CONTENT.length }];
    upload = (await service.ask(service.owner, 'POST', '/v1/uploads', { json: { files } })).document.upload;
    const blob = { body: CONTENT, type: OCTETS };
    await service.ask(service.owner, 'PUT', `/v1/uploads/${upload}/blobs/${sha256(CONTENT)}`, blob);
    await service.ask(service.owner, 'POST', `/v1/uploads/${upload}/complete`);
  });

  afterAll(() => service?.stop());

  /** Runs the attack and holds what is there afterwards against what was there before. */
  async function leavesNothing<T>(attack: () => Promise<T>): Promise<T> {
    const before = await service.state();
    const result = await attack();
    expect(await service.state()).toEqual(before);
    return result;
  }

  const sendArchive = (archive: Buffer, fileName = 'campaign.tar') =>
    service.ask(service.stranger, 'POST', `/v1/archives?fileName=${encodeURIComponent(fileName)}`, {
      body: archive,
      type: OCTETS,
    });
  const file = { path: 'good/OUTCAR', content: 'x' };
  const good: TarEntry = file;

  test.each([
    ['..', tar([good, { path: '../../OUTCAR', content: 'x' }])],
    ['an absolute path', tar([good, { path: '/tmp/OUTCAR', content: 'x' }])],
    ['a drive', tar([good, { path: 'C:/OUTCAR', content: 'x' }])],
    ['backslashes', tar([good, { path: '..\\..\\OUTCAR', content: 'x' }])],
    ['a symbolic link', tar([good, { path: 'link', type: '2', link: '/etc' }])],
    ['a hard link', tar([good, { path: 'OUTCAR', type: '1', link: '/etc/passwd' }])],
    ['a device', tar([good, { path: 'OUTCAR', type: '3' }])],
    ['a named pipe', tar([good, { path: 'OUTCAR', type: '6' }])],
    ['one name twice', tar([good, good])],
    ['.. in a zip', zip([file, { path: '../../OUTCAR', content: 'x' }])],
    ['a link in a zip', zip([file, { path: 'OUTCAR', content: '/etc/passwd', mode: 0o120777 }])],
  ])('an archive with %s is refused with 400 and leaves nothing', async (_, archive) => {
    const { status, document } = await leavesNothing(() => sendArchive(archive));
    expect([status, document.code]).toEqual([400, 'invalid-request']);
  });

  test('ten gibibytes of zeros in 10 MB are refused with 400 and leave nothing', async () => {
    const member = gzipSync(Buffer.alloc(64 * MEBIBYTE), { level: 9 });
    const header = gzipSync(tarHeader({ path: 'OUTCAR', statedBytes: 2 ** 30 }));
    const file = [header, ...Array.from({ length: 16 }, () => member)];
    const bomb = Buffer.concat([...Array.from({ length: 10 }, () => file).flat(), gzipSync(TAR_END)]);
    const { status, document } = await leavesNothing(() => sendArchive(bomb));
    expect([status, document.detail]).toEqual([400, expect.stringContaining('1000 times')]);
  });

  test('more tiny entries than an archive may have are refused with 400 and leave nothing', async () => {
    const blocks = Array.from({ length: 101 }, (_, block) => gzipSync(entriesOf(block), { level: 1 }));
    const { status, document } = await leavesNothing(() => sendArchive(Buffer.concat(blocks)));
    expect([status, document.detail]).toEqual([400, expect.stringContaining('200000 files and folders')]);
  });

  test.each([
    ['nested 100,000 deep', '{"values":'.concat('['.repeat(100_000), ']'.repeat(100_000), '}'), 400],
    ['that names __proto__', '{"__proto__":{"scope":"admin"}}', 400],
    ['that names constructor.prototype', '{"constructor":{"prototype":{"x":1}}}', 400],
    ['that is cut off', '{"sources":[', 400],
    ['that is no JSON', 'sources=x', 400],
    ['in UTF-16', Buffer.from('{"sources":[]}', 'utf16le'), 400],
    ['above a mebibyte', JSON.stringify({ title: 'x'.repeat(MEBIBYTE) }), 413],
  ])('a body %s is refused at every route that takes JSON', async (_, body, status) => {
    const routes = ['/v1/screenings', `/v1/screenings/${screening}/rankings`, '/v1/compute/adsorption-energy'];
    for (const path of [...routes, '/v1/expression', '/v1/keys', `/v1/screenings/${screening}/rankings/what-if`]) {
      const request = { body, type: 'application/json' };
      const answer = await leavesNothing(() => service.ask(service.owner, 'POST', path, request));
      expect([path, answer.status]).toEqual([path, status]);
    }
  });

  test('a type that no route takes is refused with 415', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'text/html']) {
      const request = { body: '{}', type };
      expect((await service.ask(service.owner, 'POST', '/v1/screenings', request)).status).toBe(415);
      expect((await service.ask(service.owner, 'POST', '/v1/archives?fileName=a', request)).status).toBe(415);
    }
  });

  test.each([
    ['a length and chunks', 'POST /v1/screenings', 'Content-Length: 5\r\nTransfer-Encoding: chunked', '0\r\n\r\nGET'],
    ['two lengths', 'POST /v1/screenings', 'Content-Length: 5\r\nContent-Length: 6', '{} {}'],
    ['chunks of an unknown kind', 'POST /v1/screenings', 'Transfer-Encoding: chunked, x', '0\r\n\r\n'],
    ['a folded header', 'GET /healthz', 'X: a\r\n b\r\nY : c', ''],
    ['a character 0 in a header', 'GET /healthz', 'X: a\0b', ''],
    ['a head above 16 KiB', 'GET /healthz', `X: ${'x'.repeat(20_000)}`, ''],
  ])('a request with %s is refused and its connection ended', async (_, line, header, body) => {
    const answer = await service.send(`${line} HTTP/1.1\r\nHost: x\r\n${header}\r\n\r\n${body}`);
    expect(answer).toMatch(/^HTTP\/1\.1 4(?:00|31) /);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });

  test.each([
    '/v1/screenings/..%2f..%2fadmin%2fqueues',
    '/v1/screenings/%00',
    '/v1/screenings/%',
    '/v1/screenings/%c0%ae%c0%ae',
    '//admin//queues',
    '/v1/screenings/1%27%20or%201=1',
    '/v1/screenings?after=%00',
    '/v1/candidates?where=rank%3C1;drop%20table%20screenings',
    '/v1/candidates?where=constructor%3C1',
    '/v1/candidates?sort=__proto__',
    '/v1/candidates?fields=__proto__,constructor',
    '/v1/candidates?__proto__=x',
    '/v1/candidates?label=%00',
    '/v1/candidates?after=eyJ4IjoxfQ',
  ])('the address %s is refused without an error of ours', async (path) => {
    const { status } = await leavesNothing(() => service.ask(service.owner, 'GET', path));
    expect(String(status)).toMatch(/^(?:400|404|414|431)$/);
  });

  test.each([
    ['of 5000 characters in an id', `/v1/screenings/${'a'.repeat(5000)}`],
    ['of 1500 parameters', `/v1/screenings?${Array.from({ length: 1500 }, (_, n) => `a${n}=1`).join('&')}`],
    ['of 17 conditions', `/v1/candidates?${Array.from({ length: 17 }, () => 'where=rank%3C1').join('&')}`],
    ['of 20,000 characters', `/v1/screenings?after=${'a'.repeat(20_000)}`],
  ])('an address %s is refused', async (_, path) => {
    const answer = await service.send(
      `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${service.owner}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 4(?:00|04|14|31) /);
  });

  test.each([
    'constructor.constructor("return process")()',
    'import("fs")',
    'cos.constructor("return process")()',
    '"".constructor',
    'f(x)=x;f(1)',
    'rank=1',
    'ones(1000000000)',
    '170!!!!!!',
  ])('the expression %s gets no value but a refusal', async (expression) => {
    const answer = await service.ask(service.owner, 'POST', '/v1/expression', { json: { expression } });
    expect([answer.status, answer.document.available]).toBeOneOf([
      [400, undefined],
      [200, false],
    ]);
  });

  test.each([
    ['of 4000 brackets', `${'('.repeat(4000)}1${')'.repeat(4000)}`],
    ['of 9000 signs', `${'-'.repeat(9000)}1`],
    ['of 4000 powers', `1${'^9'.repeat(4000)}`],
    ['of 3000 choices', '1?'.repeat(3000)],
  ])('an expression %s is refused at once', async (_, expression) => {
    const start = performance.now();
    const answer = await service.ask(service.owner, 'POST', '/v1/expression', { json: { expression } });
    expect(answer.status).toBe(400);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('what leads out of the roots is refused with 400, whatever lies there', async () => {
    symlinkSync('/etc', join(service.roots, 'link'));
    for (const path of [
      'link',
      'link/ssl',
      'link/passwd',
      'link/nothing',
      '../data',
      '../data/uploads',
      'campaign/../..',
    ]) {
      const sources = [{ kind: 'path', paths: [`${service.roots}/${path}`] }];
      for (const route of ['/v1/screenings', `/v1/screenings/${screening}/sources`]) {
        const { status, document } = await leavesNothing(() =>
          service.ask(service.owner, 'POST', route, { json: { sources } }),
        );
        expect([status, document.detail]).toEqual([400, expect.stringContaining('not below a folder')]);
      }
    }
  });

  test('an upload of another project is no source, and its contents are no content of ours', async () => {
    const sources = [{ kind: 'upload', upload }];
    const taken = await leavesNothing(() =>
      service.ask(service.stranger, 'POST', '/v1/screenings', { json: { sources } }),
    );
    expect(taken.status).toBe(404);
    const files = [{ path: 'OUTCAR', sha256: sha256(CONTENT), bytes: CONTENT.length }];
    const begun = await service.ask(service.stranger, 'POST', '/v1/uploads', { json: { files } });
    expect(begun.document.missing).toEqual([sha256(CONTENT)]);
    const path = `/v1/uploads/${begun.document.upload}`;
    expect((await service.ask(service.stranger, 'POST', `${path}/complete`)).status).toBe(409);
    const forged = { body: CONTENT.replace('owner', 'other'), type: OCTETS };
    const sent = await leavesNothing(() =>
      service.ask(service.stranger, 'PUT', `${path}/blobs/${sha256(CONTENT)}`, forged),
    );
    expect(sent.status).toBe(400);
  });

  test('nothing of a screening is answered to another project', async () => {
    const parts = [
      '',
      '/submissions',
      '/events',
      '/rankings',
      '/calculations',
      '/systems',
      '/links',
      '/paths',
      '/issues',
    ];
    for (const part of [...parts, '/exports/json', '/excerpt?file=slab/OUTCAR&byteOffset=0', '/structures/slab']) {
      const { status } = await service.ask(service.stranger, 'GET', `/v1/screenings/${screening}${part}`);
      expect([part, status]).toEqual([part, 404]);
    }
    const list = await service.ask(service.stranger, 'GET', '/v1/screenings');
    expect(list.document.rows).toEqual([]);
    const cancelled = await leavesNothing(() =>
      service.ask(service.stranger, 'POST', `/v1/screenings/${screening}/cancel`),
    );
    expect(cancelled.status).toBe(404);
  });

  test('an Idempotency-Key of another project brings nothing of that project', async () => {
    const body = { json: { sources: [{ kind: 'path', paths: [join(service.roots, 'campaign')] }] } };
    const headers = { 'idempotency-key': 'guessed' };
    const own = await service.ask(service.owner, 'POST', '/v1/screenings', { ...body, headers });
    const other = await service.ask(service.stranger, 'POST', '/v1/screenings', { ...body, headers });
    expect([own.status, other.status]).toEqual([201, 201]);
    expect(other.headers['idempotency-replayed']).toBeUndefined();
    expect(other.document.id).not.toBe(own.document.id);
  });

  test('a key that has expired or was revoked is refused with 401 from then on', async () => {
    const expiresAt = new Date(Date.now() + 1500).toISOString();
    const make = (more: object) =>
      service.ask(service.owner, 'POST', '/v1/keys', { json: { name: 'short', scopes: ['read'], ...more } });
    const [short, revoked] = [(await make({ expiresAt })).document, (await make({})).document];
    const statuses = () =>
      Promise.all([short, revoked].map(async ({ secret }) => (await service.ask(secret, 'GET', '/v1/whoami')).status));
    expect(await statuses()).toEqual([200, 200]);
    await service.ask(service.owner, 'DELETE', `/v1/keys/${revoked.key.id}`);
    await wait(1600);
    expect(await statuses()).toEqual([401, 401]);
  });

  test('of a flood of event streams the twenty-first of a key gets 429; closed ones make room', async () => {
    const closing = new AbortController();
    const open = () =>
      fetch(`${service.address}/v1/screenings/${screening}/events`, {
        headers: { authorization: `Bearer ${service.owner}` },
        signal: closing.signal,
      });
    const answers = await Promise.all(Array.from({ length: 25 }, open));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(20).fill(200), ...Array(5).fill(429)]);
    expect(Number(answers.find(({ status }) => status === 429)?.headers.get('retry-after'))).toBeGreaterThan(0);
    closing.abort();
    await wait(200);
    const again = new AbortController();
    const answer = await fetch(`${service.address}/v1/screenings/${screening}/events`, {
      headers: { authorization: `Bearer ${service.owner}` },
      signal: again.signal,
    });
    expect(answer.status).toBe(200);
    again.abort();
  });

  test('the queue page is closed to administrators of other projects', async () => {
    const headers = { authorization: `Bearer ${service.stranger}` };
    expect((await fetch(`${service.address}/admin/queues/api/queues`, { headers })).status).toBe(403);
  });

  test('after all of it the service works and its log holds no key', async () => {
    expect((await service.ask(undefined, 'GET', '/readyz')).status).toBe(200);
    expect((await service.ask(service.owner, 'GET', `/v1/screenings/${screening}`)).status).toBe(200);
    for (const secret of [service.owner, service.stranger]) expect(service.notes()).not.toContain(secret);
  });
});

/** 1000 folders with a file each. */
function entriesOf(block: number): Buffer {
  return Buffer.concat(Array.from({ length: 1000 }, (_, at) => tarHeader({ path: `folder-${block}-${at}/OUTCAR` })));
}
