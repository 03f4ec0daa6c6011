import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POTCAR_HEAD, tar } from '../intake/archive-samples.ts';
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
const begin = async (sizeBytes?: number): Promise<string> => {
  const json = { fileName: 'campaign.tar', ...(sizeBytes === undefined ? {} : { sizeBytes }) };
  return (await server.call('POST', '/v1/uploads', { json })).document.upload;
};
const patch = (id: string, offset: number | string, body: Buffer | AsyncIterable<Buffer>): Promise<Answer> =>
  server.call('PATCH', `/v1/uploads/${id}`, { body, type: OCTETS, headers: { 'upload-offset': offset } });
const complete = (id: string): Promise<Answer> => server.call('POST', `/v1/uploads/${id}/complete`);
const offsetOf = async (id: string): Promise<unknown> =>
  (await server.call('HEAD', `/v1/uploads/${id}`)).headers['upload-offset'];
const tree = (id: string, path: string): string => treeText(server, id, path);

describe('an archive in parts', () => {
  test('is gone on with where it was, also after the server was ended in the middle of a part', async () => {
    const id = await begin(XZ.length);
    expect(await offsetOf(id)).toBe('0');
    const first = await patch(id, 0, XZ.subarray(0, 100));
    expect([first.status, first.headers['upload-offset']]).toEqual([204, '100']);
    async function* halfOfAPart() {
      yield XZ.subarray(100, 150);
      await sleep(10_000, undefined, { ref: false });
    }
    const broken = patch(id, 100, halfOfAPart()).catch(() => 'broken off');
    await expect.poll(() => server.files().filter((path) => path.includes('incoming')).length).toBe(1);
    await server.restart();
    expect(await broken).toBe('broken off');
    expect(await offsetOf(id)).toBe('100');
    expect((await complete(id)).document.code).toBe('upload-incomplete');
    expect((await patch(id, 100, XZ.subarray(100))).status).toBe(204);
    const done = await complete(id);
    expect(done.document).toEqual({
      upload: id,
      files: 2,
      bytes: 22,
      skipped: { 'not-vasp': 1, licensed: 1, link: 0 },
    });
    expect((await complete(id)).document).toEqual({ upload: id, files: 2, bytes: 22 });
    expect(tree(id, 'slab/INCAR')).toBe('ENCUT = 400');
    expect(server.files().filter((path) => path.includes('parts'))).toEqual([]);
  });

  test('takes a part at its place only, and names the right one', async () => {
    const id = await begin();
    await patch(id, 0, ARCHIVE.subarray(0, 1000));
    for (const wrong of [0, 999, 1001, 10 ** 12]) {
      const answer = await patch(id, wrong, ARCHIVE.subarray(1000));
      expect([answer.status, answer.document.code, answer.headers['upload-offset']]).toEqual([
        409,
        'wrong-offset',
        '1000',
      ]);
    }
    for (const none of ['', '-1', '1e3', '0x10', '1000.5']) expect((await patch(id, none, ARCHIVE)).status).toBe(400);
    expect((await patch(id, 1000, ARCHIVE.subarray(1000))).status).toBe(204);
    expect((await complete(id)).status).toBe(200);
  });

  test('of two requests for one place one stays and the other is told the right place', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await begin();
      const answers = await Promise.all([0, 1, 2, 3].map(() => patch(id, 0, ARCHIVE.subarray(0, 700))));
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 409, 409, 409]);
      for (const { headers } of answers) expect(headers['upload-offset']).toBe('700');
      expect((await patch(id, 700, ARCHIVE.subarray(700))).status).toBe(204);
      expect((await complete(id)).document.files).toBe(2);
    }
  });

  test('that is completed twice at once is unpacked once', async () => {
    const id = await begin();
    await patch(id, 0, ARCHIVE);
    const answers = await Promise.all([complete(id), complete(id), complete(id)]);
    const codes = answers.map(({ status, document }) => (status === 200 ? 'done' : document.code));
    expect(codes).toContain('done');
    expect(codes.every((code) => code === 'done' || code === 'busy')).toBe(true);
    expect(tree(id, 'slab/OUTCAR')).toBe('of the slab');
  });

  test('is no longer than stated, has no empty part and not too many', async () => {
    const id = await begin(1000);
    expect((await patch(id, 0, ARCHIVE.subarray(0, 1001))).status).toBe(413);
    expect((await patch(id, 0, Buffer.alloc(0))).status).toBe(400);
    expect(await offsetOf(id)).toBe('0');
    for (let at = 0; at < 4; at += 1) expect((await patch(id, at, ARCHIVE.subarray(at, at + 1))).status).toBe(204);
    expect((await patch(id, 4, ARCHIVE.subarray(4, 5))).document.code).toBe('too-many-parts');
    expect((await server.call('POST', '/v1/uploads', { json: { fileName: 'x', sizeBytes: 2_000_001 } })).status).toBe(
      413,
    );
  });

  test('that is refused is failed with its reason, and takes no more', async () => {
    const before = server.files();
    const id = await begin();
    await patch(
      id,
      0,
      tar([
        { path: 'OUTCAR', content: 'kept before' },
        { path: 'a/../OUTCAR', content: 'x' },
      ]),
    );
    const refused = await complete(id);
    expect([refused.status, refused.document.detail.includes('".."')]).toEqual([400, true]);
    expect(server.files()).toEqual(before);
    const { document } = await server.call('GET', `/v1/uploads/${id}`);
    expect([document.state, document.failure]).toEqual(['failed', refused.document.detail]);
    expect((await complete(id)).document.code).toBe('upload-failed');
    expect((await patch(id, 0, ARCHIVE)).document.code).toBe('upload-ended');
  });

  test('with a POTCAR in xz inside of a tar.xz keeps all but that', async () => {
    const potcar = execFileSync('xz', ['-c'], { input: POTCAR_HEAD });
    const inner = tar([
      { path: 'a/OUTCAR.xz', content: potcar },
      { path: 'b/OUTCAR', content: 'x' },
    ]);
    const { document } = await send(execFileSync('xz', ['-c'], { input: inner }), OCTETS);
    expect(document).toMatchObject({ files: 1, bytes: 1, skipped: { licensed: 1 } });
    expect(() => tree(document.upload, 'a/OUTCAR.xz')).toThrow('ENOENT');
  });
});
