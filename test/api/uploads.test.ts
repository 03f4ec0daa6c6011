import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkFiles } from '../../api/shared/check-file-list.ts';
import { serviceSettingsSchema } from '../../model/service-settings.ts';
import { removeAbandonedUploads } from '../../store/abandoned-uploads.ts';
import { openUploadFolder } from '../../store/upload-folder.ts';
import { hdf5, LINKS_OF_POTCARS, POTCAR_HEAD, sha256 } from '../intake/archive-samples.ts';
import { OCTETS, type UploadServer, unknownId, uploadServer } from './upload-server.ts';

let server: UploadServer;
beforeAll(async () => {
  server = await uploadServer(
    { ADATOM_MAX_FILE_BYTES: 1_000_000, ADATOM_MAX_UPLOAD_BYTES: 2_000_000, ADATOM_MAX_ENTRIES: 50 },
    { uploadWindowSeconds: 0.5 },
  );
});
afterAll(() => server.close());

const file = (path: string, content: string) => ({ path, sha256: sha256(content), bytes: content.length });
const begin = (files: readonly unknown[], key?: string) =>
  server.call('POST', '/v1/uploads', { json: { files }, ...(key === undefined ? {} : { key }) });
const put = (id: string, content: string | Buffer, more: Parameters<UploadServer['call']>[2] = {}) =>
  server.call('PUT', `/v1/uploads/${id}/blobs/${sha256(content)}`, { body: content, type: OCTETS, ...more });
const complete = (id: string, key?: string) =>
  server.call('POST', `/v1/uploads/${id}/complete`, key === undefined ? {} : { key });

function treeFile(project: string, upload: string, path: string): string {
  return readFileSync(join(server.data, 'uploads', project, upload, 'tree', path), 'utf8');
}

describe('files handed in by their content', () => {
  test('the server asks for each content once, and after completion the tree is there', async () => {
    const files = [file('a/OUTCAR', 'first'), file('b/OUTCAR', 'second'), file('b/INCAR', 'first')];
    const begun = await begin(files);
    expect(begun.status).toBe(201);
    const { upload, missing } = begun.document;
    expect(missing).toEqual([sha256('first'), sha256('second')].sort());
    expect((await complete(upload)).document.code).toBe('blobs-missing');
    expect((await put(upload, 'first')).status).toBe(204);
    expect((await put(upload, 'first')).status).toBe(204);
    expect((await put(upload, 'second')).status).toBe(204);
    const done = await complete(upload);
    expect([done.status, done.document]).toEqual([200, { upload, files: 3, bytes: 16 }]);
    // The answer may be lost: asked again it is the same.
    expect((await complete(upload)).document).toEqual(done.document);
    const project = server.service.own.id;
    expect(treeFile(project, upload, 'b/INCAR')).toBe('first');
    expect(treeFile(project, upload, 'b/OUTCAR')).toBe('second');
    expect((await server.call('GET', `/v1/uploads/${upload}`)).document.state).toBe('complete');
    expect((await put(upload, 'first')).document.code).toBe('upload-ended');
  });

  test('what the project has is not asked for again; what another project has is asked for', async () => {
    const content = [file('OUTCAR', 'of our own')];
    const first = (await begin(content)).document;
    await put(first.upload, 'of our own');
    expect((await begin(content)).document.missing).toEqual([]);
    const foreign = (await begin(content, server.service.other.secrets.submit)).document;
    expect(foreign.missing).toEqual([sha256('of our own')]);
    const refused = await complete(foreign.upload, server.service.other.secrets.submit);
    expect(refused.document.code).toBe('blobs-missing');
  });

  test('an upload of another project does not exist, in any of its routes', async () => {
    const { upload } = (await begin([file('OUTCAR', 'mine')])).document;
    const key = server.service.other.secrets.submit;
    const before = server.files();
    for (const id of [upload, unknownId()]) {
      expect((await put(id, 'mine', { key })).status).toBe(404);
      expect((await complete(id, key)).status).toBe(404);
      expect((await server.call('GET', `/v1/uploads/${id}`, { key })).status).toBe(404);
      expect((await server.call('HEAD', `/v1/uploads/${id}`, { key })).status).toBe(404);
      const patch = { key, body: 'x', type: OCTETS, headers: { 'upload-offset': 0 } };
      expect((await server.call('PATCH', `/v1/uploads/${id}`, patch)).status).toBe(404);
    }
    expect(server.files()).toEqual(before);
  });

  test('a key that may only read may not hand in', async () => {
    const key = server.service.own.secrets.read;
    expect((await begin([file('OUTCAR', 'x')], key)).status).toBe(403);
    const archive = { key, body: 'x', type: OCTETS };
    expect((await server.call('POST', '/v1/archives?fileName=x.tar', archive)).status).toBe(403);
  });

  test.each([
    ['an id that is none', `/v1/uploads/..%2f..%2fetc/blobs/${sha256('x')}`, 400],
    ['a hash that is none', `/v1/uploads/${unknownId()}/blobs/..%2f..%2fpasswd`, 400],
    ['a hash in capitals', `/v1/uploads/${unknownId()}/blobs/${sha256('x').toUpperCase()}`, 400],
  ])('%s is refused', async (_, path, status) => {
    expect((await server.call('PUT', path, { body: 'x', type: OCTETS })).status).toBe(status);
  });

  test('a list with more files than an upload may have is refused before its entries are looked at', async () => {
    const answer = await begin(Array.from({ length: 51 }, () => null));
    expect(answer.status).toBe(400);
    expect(answer.document.detail).toBe('files: more than 50 are refused, found 51');
    expect((await begin(Array.from({ length: 50 }, () => null))).document.faults.length).toBeGreaterThan(0);
  });

  test('others are served while a long list is looked through', async () => {
    const files = Array.from({ length: 20_000 }, (_, index) => file(`run-${index}/OUTCAR`, 'x'));
    let turns = 0;
    let isOver = false;
    const others = (async () => {
      for (; !isOver; turns += 1) await nextTurn();
    })();
    await checkFiles(files, serviceSettingsSchema.parse({}));
    isOver = true;
    await others;
    expect(turns).toBeGreaterThanOrEqual(9);
  });

  test.each([
    ['../OUTCAR', '".."'],
    ['/etc/OUTCAR', 'absolute'],
    ['a\\OUTCAR', 'backslash'],
    ['nul', 'Windows'],
    ['a/POTCAR', 'licensed'],
    ['a/POTCAR.gz', 'licensed'],
    ['a/run.sh', 'no file of VASP'],
    ['.ssh/OUTCAR', 'no file of VASP'],
  ])('a list with the path %s is refused and leaves nothing', async (path, reason) => {
    const before = server.files();
    const answer = await begin([file('OUTCAR', 'x'), file(path, 'x')]);
    expect(answer.status).toBe(400);
    expect(answer.document.detail).toContain(reason);
    expect(server.files()).toEqual(before);
  });

  test('a list with one name twice, with too many or too large files is refused', async () => {
    expect((await begin([file('a/OUTCAR', 'x'), file('A/OUTCAR', 'y')])).document.detail).toContain('upper and lower');
    expect((await begin([file('a', 'x'), file('a/OUTCAR', 'y')])).status).toBe(400);
    const many = Array.from({ length: 51 }, (_, index) => file(`OUTCAR_${index}`, 'x'));
    expect((await begin(many)).document.detail).toContain('more than 50');
    expect((await begin([{ ...file('OUTCAR', 'x'), bytes: 1_000_001 }])).status).toBe(413);
    const three = ['1', '2', '3'].map((name) => ({ ...file(`OUTCAR_${name}`, 'x'), bytes: 900_000 }));
    expect((await begin(three)).status).toBe(413);
    expect((await begin([{ ...file('OUTCAR', 'x'), bytes: -1 }])).status).toBe(400);
    expect((await begin([])).status).toBe(400);
  });

  test('a known hash with another size is refused', async () => {
    const { upload } = (await begin([file('OUTCAR', 'a size')])).document;
    await put(upload, 'a size');
    const before = server.files();
    expect((await begin([{ ...file('OUTCAR', 'a size'), bytes: 7 }])).status).toBe(400);
    expect(server.files()).toEqual(before);
  });
});

describe('a content', () => {
  const started = async (content: string): Promise<{ readonly id: string; readonly before: readonly string[] }> => {
    const { upload } = (await begin([file('OUTCAR', content)])).document;
    return { id: upload, before: server.files() };
  };

  test('with another hash than its address is refused and not kept', async () => {
    const { id, before } = await started('right');
    const path = `/v1/uploads/${id}/blobs/${sha256('right')}`;
    const answer = await server.call('PUT', path, { body: 'wrong', type: OCTETS });
    expect([answer.status, answer.document.code]).toEqual([400, 'invalid-request']);
    expect(server.files()).toEqual(before);
  });

  test('that is not in the list is refused', async () => {
    const { id, before } = await started('listed');
    expect((await put(id, 'unlisted')).status).toBe(404);
    expect(server.files()).toEqual(before);
  });

  test('of another length than listed is refused before it is read', async () => {
    const { id, before } = await started('length');
    const path = `/v1/uploads/${id}/blobs/${sha256('length')}`;
    expect((await server.call('PUT', path, { body: 'lengthy', type: OCTETS })).status).toBe(400);
    expect((await server.call('PUT', path, { body: Buffer.alloc(1_000_001), type: OCTETS })).status).toBe(413);
    async function* unknown() {
      yield Buffer.from('length');
    }
    expect((await server.call('PUT', path, { body: unknown(), type: OCTETS })).status).toBe(411);
    expect(server.files()).toEqual(before);
  });

  test.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'application/x-tar'])(
    'of the type %s is refused with 415',
    async (type) => {
      const { id, before } = await started('{}');
      expect((await put(id, '{}', { type })).status).toBe(415);
      expect(server.files()).toEqual(before);
    },
  );

  test.each([
    ['in plain text', hdf5(Buffer.alloc(300_000), POTCAR_HEAD)],
    ['packed', hdf5(Buffer.alloc(5000), LINKS_OF_POTCARS)],
    ['in gzip', gzipSync(hdf5(POTCAR_HEAD))],
  ])('that is HDF5 with POTCARs in it, %s, is refused with what to do instead', async (_, content) => {
    const listed = { path: 'slab/vaspout.h5', sha256: sha256(content), bytes: content.length };
    const id = (await begin([listed])).document.upload;
    const before = server.files();
    const { status, document } = await put(id, content);
    expect([status, document.code]).toEqual([422, 'licensed']);
    expect(document.detail).toMatch(/POTCAR.*by its path.*h5repack/);
    expect(server.files()).toEqual(before);
  });

  test('that is a POTCAR is refused, whatever it is called', async () => {
    const { id, before } = await started(POTCAR_HEAD);
    const answer = await put(id, POTCAR_HEAD);
    expect([answer.status, answer.document.code]).toEqual([422, 'licensed']);
    expect(server.files()).toEqual(before);
  });

  test('whose client goes away in the middle is not kept', async () => {
    const content = 'x'.repeat(100_000);
    const { id, before } = await started(content);
    const { hostname, port } = new URL(server.address);
    const socket = connect(Number(port), hostname);
    const head = `PUT /v1/uploads/${id}/blobs/${sha256(content)} HTTP/1.1\r\nHost: x\r\nContent-Type: ${OCTETS}\r\nContent-Length: ${content.length}\r\nAuthorization: Bearer ${server.service.own.secrets.submit}\r\n\r\n`;
    socket.write(head + content.slice(0, 50_000));
    await expect.poll(() => server.files().length, { timeout: 5000 }).toBeGreaterThan(before.length);
    socket.destroy();
    await expect.poll(() => server.files(), { timeout: 5000 }).toEqual(before);
  });

  test('that drips in ends with 408, and nothing of it is kept', async () => {
    const content = 'x'.repeat(100_000);
    const { id, before } = await started(content);
    async function* dripping() {
      for (let index = 0; index < 200; index += 1) {
        yield Buffer.from('x');
        await sleep(50);
      }
    }
    const start = performance.now();
    const answer = await server.call('PUT', `/v1/uploads/${id}/blobs/${sha256(content)}`, {
      body: dripping(),
      type: OCTETS,
      headers: { 'content-length': content.length },
    });
    expect([answer.status, answer.document.code]).toEqual([408, 'request-timeout']);
    expect(performance.now() - start).toBeLessThan(4000);
    expect(server.files()).toEqual(before);
  });
});

test('an upload that nobody went on with is thrown away with its contents, and one that moved is kept', async () => {
  const { store, own } = server.service;
  const folder = openUploadFolder(server.data);
  const { upload } = (await begin([file('OUTCAR', 'left'), file('INCAR', 'never sent')])).document;
  await put(upload, 'left');
  expect(await removeAbandonedUploads(store.uploads, folder, new Date(Date.now() - 60_000))).toBe(0);
  expect(treeFile(own.id, upload, 'OUTCAR')).toBe('left');
  await removeAbandonedUploads(store.uploads, folder, new Date(Date.now() + 1000));
  expect(await store.uploads.get(own.id, upload)).toBeUndefined();
  expect(server.files().filter((path) => path.includes(upload) || path.includes(sha256('left')))).toEqual([]);
});
