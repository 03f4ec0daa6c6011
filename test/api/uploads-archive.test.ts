import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hdf5, POTCAR_HEAD, tar, zip } from '../intake/archive-samples.ts';
import { ARCHIVE, treeText, XZ } from './campaign-archive.ts';
import { type Answer, OCTETS, type UploadServer, uploadServer } from './upload-server.ts';

let server: UploadServer;
beforeAll(async () => {
  server = await uploadServer(
    { ADATOM_MAX_FILE_BYTES: 1_000_000, ADATOM_MAX_UPLOAD_BYTES: 2_000_000, ADATOM_MAX_ENTRIES: 50 },
    { uploadWindowSeconds: 0.5, uploadParts: 4 },
  );
});
afterAll(() => server.close());

const send = (body: Buffer, type: string): Promise<Answer> =>
  server.call('POST', '/v1/archives?fileName=campaign', { body, type });
const tree = (id: string, path: string): string => treeText(server, id, path);

describe('an archive in one request', () => {
  test.each([
    ['application/x-tar', ARCHIVE],
    ['application/gzip', gzipSync(ARCHIVE)],
    ['application/x-xz', XZ],
    ['application/octet-stream', XZ],
    [
      'application/zip',
      zip([
        { path: 'slab/OUTCAR', content: 'of the slab' },
        { path: 'slab/INCAR', content: 'ENCUT = 400' },
        { path: 'POTCAR', content: POTCAR_HEAD },
        { path: 'x.py' },
      ]),
    ],
  ])('of the type %s becomes a tree', async (type, body) => {
    const { status, document } = await send(body, type);
    expect(status).toBe(201);
    expect(document).toMatchObject({ files: 2, bytes: 22, skipped: { 'not-vasp': 1, licensed: 1 } });
    expect(tree(document.upload, 'slab/OUTCAR')).toBe('of the slab');
    expect((await server.call('GET', `/v1/uploads/${document.upload}`)).document).toMatchObject({
      state: 'complete',
      fileName: 'campaign',
      receivedBytes: body.length,
    });
    expect(server.files().filter((path) => /incoming|parts/.test(path))).toEqual([]);
  });

  test('may be the file of a form', async () => {
    const body = Buffer.concat([
      Buffer.from('--b\r\nContent-Disposition: form-data; name="f"; filename="../../etc/x.tar"\r\n\r\n'),
      ARCHIVE,
      Buffer.from('\r\n--b--\r\n'),
    ]);
    const { status, document } = await send(body, 'multipart/form-data; boundary=b');
    expect([status, document.files]).toEqual([201, 2]);
  });

  test.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded'])(
    'of the type %s is refused with 415',
    async (type) => {
      const before = server.files();
      expect((await send(ARCHIVE, type)).status).toBe(415);
      expect(server.files()).toEqual(before);
    },
  );

  test.each([
    [
      'a path out of its folder',
      tar([
        { path: 'OUTCAR', content: 'first' },
        { path: '../OUTCAR', content: 'x' },
      ]),
      '".."',
    ],
    [
      'a link',
      tar([
        { path: 'OUTCAR', content: 'second' },
        { path: 'INCAR', type: '2', link: '/etc' },
      ]),
      'symbolic links',
    ],
    [
      'an absolute path in a zip',
      zip([
        { path: 'OUTCAR', content: 'third' },
        { path: '/INCAR', content: 'x' },
      ]),
      'absolute',
    ],
    [
      'too many entries',
      tar(Array.from({ length: 60 }, (_, at) => ({ path: `${at}/OUTCAR`, content: `${at}` }))),
      'more than 50',
    ],
    [
      'too large a file',
      gzipSync(
        tar([
          { path: 'OUTCAR', content: 'fourth' },
          { path: 'a/OUTCAR', content: Buffer.alloc(1_000_001) },
        ]),
      ),
      '1000000 bytes',
    ],
    [
      'too much content',
      gzipSync(tar([1, 2, 3].map((at) => ({ path: `${at}/OUTCAR`, content: Buffer.alloc(900_000, at) })))),
      'more than 2000000',
    ],
    ['a cut', gzipSync(ARCHIVE).subarray(0, 100), 'cut off'],
    [
      'no file of VASP',
      tar([
        { path: 'x.py', content: 'x' },
        { path: 'POTCAR', content: 'x' },
      ]),
      'no file of VASP',
    ],
    ['text', Buffer.from('hello'), 'understood'],
  ])('with %s is refused with its reason and leaves nothing', async (_, body, reason) => {
    const before = server.files();
    const { status, document } = await send(body, OCTETS);
    expect([status, document.code]).toEqual([400, 'invalid-request']);
    expect(document.detail).toContain(reason);
    expect(server.files()).toEqual(before);
  });

  test('that is larger than an upload may be is refused, with and without a stated length', async () => {
    const before = server.files();
    const large = randomBytes(2_100_000);
    expect((await send(large, OCTETS)).status).toBe(413);
    async function* unknown() {
      for (let at = 0; at < large.length; at += 50_000) yield large.subarray(at, at + 50_000);
    }
    const answer = await server.call('POST', '/v1/archives?fileName=x', { body: unknown(), type: OCTETS });
    expect(answer.status).toBe(413);
    expect(server.files()).toEqual(before);
  });

  test('that drips in ends with 408, and nothing of it is kept', async () => {
    const before = server.files();
    async function* dripping() {
      for (let at = 0; at < 100; at += 1) {
        yield ARCHIVE.subarray(at, at + 1);
        await sleep(50);
      }
    }
    const answer = await server.call('POST', '/v1/archives?fileName=x', { body: dripping(), type: OCTETS });
    expect([answer.status, answer.document.code]).toEqual([408, 'request-timeout']);
    expect(server.files()).toEqual(before);
  });

  test('whose client goes away leaves nothing, not even an upload', async () => {
    const before = server.files();
    const { hostname, port } = new URL(server.address);
    const socket = connect(Number(port), hostname);
    const head = `POST /v1/archives?fileName=gone HTTP/1.1\r\nHost: x\r\nContent-Type: ${OCTETS}\r\nContent-Length: 100000\r\nAuthorization: Bearer ${server.service.own.secrets.submit}\r\n\r\n`;
    socket.write(head);
    socket.write(Buffer.alloc(50_000));
    await expect.poll(() => server.files().length, { timeout: 5000 }).toBeGreaterThan(before.length);
    socket.destroy();
    await expect.poll(() => server.files(), { timeout: 5000 }).toEqual(before);
    const { store } = server.service;
    const open = () => store.uploads.abandoned(new Date(Date.now() + 60_000).toISOString());
    await expect.poll(async () => (await open()).filter(({ fileName }) => fileName === 'gone')).toEqual([]);
  });
});

describe('a vaspout.h5 with POTCARs in it', () => {
  const licensed = hdf5(Buffer.alloc(5000), POTCAR_HEAD);
  const entries = [
    { path: 'a/vaspout.h5', content: licensed },
    { path: 'b/vaspout.h5', content: hdf5('none') },
    { path: 'b/vaspout.h5.xz', content: execFileSync('xz', ['-c'], { input: licensed }) },
  ];

  test.each([
    ['an archive', tar(entries), ['a/vaspout.h5', 'b/vaspout.h5.xz']],
    ['a tar.xz', execFileSync('xz', ['-c'], { input: tar(entries) }), ['a/vaspout.h5', 'b/vaspout.h5.xz']],
    [
      'an archive in an archive',
      tar([{ path: 'c.tgz', content: gzipSync(tar(entries)) }]),
      ['c/a/vaspout.h5', 'c/b/vaspout.h5.xz'],
    ],
  ])('in %s is not kept and is named; others are kept', async (_, body, named) => {
    const { status, document } = await send(body, OCTETS);
    expect(status).toBe(201);
    expect(document).toMatchObject({ files: 1, skipped: { licensed: 2 }, licensedHdf5: named });
    const kept = server.files().filter((path) => path.includes(document.upload));
    expect(kept.map((path) => path.slice(path.indexOf('/tree/')))).toEqual([
      named[0]?.startsWith('c/') ? '/tree/c/b/vaspout.h5' : '/tree/b/vaspout.h5',
    ]);
  });

  test('and nothing beside it is refused by name', async () => {
    const before = server.files();
    const { status, document } = await send(tar(entries.slice(0, 1)), OCTETS);
    expect([status, document.detail]).toEqual([400, expect.stringContaining('a/vaspout.h5')]);
    expect(server.files()).toEqual(before);
  });
});

/** Root may mount a file system of one megabyte, if it has all its rights; else there is no disk that could be filled. */
function mountSmallDisk(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    // There is no other way to know whether it is allowed.
    return false;
  }
}

test('a full disk is answered with 507 and leaves nothing; a disk of its own for what comes in is no hindrance', async (context) => {
  const incoming = join(server.data, 'blobs', server.service.other.id, 'incoming');
  mkdirSync(incoming, { recursive: true });
  if (!mountSmallDisk(incoming)) return context.skip('a file system can be mounted by root only');
  try {
    const before = server.files();
    const key = server.service.other.secrets.submit;
    const post = (body: Buffer): Promise<Answer> =>
      server.call('POST', '/v1/archives?fileName=x', { key, body, type: OCTETS });
    const answer = await post(randomBytes(1_500_000));
    expect([answer.status, answer.document.code]).toEqual([507, 'storage-full']);
    expect(server.files()).toEqual(before);
    // No hard links between two file systems: copies.
    expect((await post(ARCHIVE)).document.files).toBe(2);
  } finally {
    execFileSync('umount', [incoming]);
  }
});
