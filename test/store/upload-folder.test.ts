/** Blobs and trees of uploads on a real disk: each content once, nothing under a name before it is whole. */
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AdatomError } from '../../model/errors.ts';
import type { Content } from '../../store/durable-file.ts';
import { openUploadFolder, type UploadAddress, type UploadFolder } from '../../store/upload-folder.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';

// FIPS 180-2, appendix B.1
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const LIMIT = { maxBytes: 1000 };

interface Fixture {
  readonly data: string;
  readonly folder: UploadFolder;
  readonly address: UploadAddress;
}

function fixture(): Fixture {
  const data = temporaryFolder();
  return { data, folder: openUploadFolder(data), address: { project: randomUUID(), upload: randomUUID() } };
}

async function* bytes(...chunks: readonly string[]): Content {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

/** All files below a folder. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

function refused(action: Promise<unknown>): Promise<void> {
  return expect(action).rejects.toSatisfy((error) => error instanceof AdatomError && error.class === 'request');
}

test('a file is a blob of its project and a name in the tree of its upload, of which only the owner may read', async () => {
  const { data, folder, address } = fixture();
  const written = await folder.putFile(address, ['slab/OUTCAR'], bytes('a', 'bc'), LIMIT);
  expect(written).toEqual({ sha256: ABC, bytes: 3 });
  const blob = join('blobs', address.project, 'ba', ABC);
  const named = join('uploads', address.project, address.upload, 'tree', 'slab', 'OUTCAR');
  expect(filesIn(data)).toEqual([blob, named]);
  expect(folder.treeFolder(address)).toBe(join(data, 'uploads', address.project, address.upload, 'tree'));
  expect(statSync(join(data, named)).ino).toBe(statSync(join(data, blob)).ino);
  expect(statSync(join(data, named)).mode & 0o777).toBe(0o600);
  for (const part of ['blobs', 'uploads', join('uploads', address.project, address.upload, 'tree', 'slab')]) {
    expect(statSync(join(data, part)).mode & 0o777).toBe(0o700);
  }
});

test.each([
  ['of another hash', { ...LIMIT, sha256: ABC.replace('b', 'c') }],
  ['that is too short', { ...LIMIT, bytes: 4 }],
  ['that is too long', { ...LIMIT, bytes: 2 }],
  ['above the limit', { maxBytes: 2 }],
])('a content %s is refused and leaves nothing', async (_, expected) => {
  const { data, folder, address } = fixture();
  await refused(folder.putFile(address, ['OUTCAR'], bytes('abc'), expected));
  expect(filesIn(data)).toEqual([]);
});

test('a content that breaks off leaves nothing', async () => {
  const { data, folder, address } = fixture();
  async function* broken(): Content {
    yield Buffer.alloc(2_000_000, 'x');
    throw new Error('the client is gone');
  }
  await expect(folder.putFile(address, ['OUTCAR'], broken(), { maxBytes: 10 ** 7 })).rejects.toThrow('is gone');
  expect(filesIn(data)).toEqual([]);
});

test('a content that the project has is placed without being sent again; one of another project is not there', async () => {
  const { data, folder, address } = fixture();
  await folder.putFile(address, ['OUTCAR'], bytes('abc'), LIMIT);
  const second = { ...address, upload: randomUUID() };
  const foreign = { project: randomUUID(), upload: randomUUID() };
  expect(await folder.place(second, 'a/b/OUTCAR', ABC)).toBe(3);
  expect(await folder.place(second, 'a/b/OUTCAR', ABC)).toBe(3);
  expect(await folder.place(foreign, 'OUTCAR', ABC)).toBeUndefined();
  expect(readFileSync(join(folder.treeFolder(second), 'a/b/OUTCAR'), 'utf8')).toBe('abc');
  expect(filesIn(data).filter((path) => path.includes(foreign.project))).toEqual([]);
});

test('a path that gets another content has the new one', async () => {
  const { data, folder, address } = fixture();
  await folder.putFile(address, ['OUTCAR', 'INCAR'], bytes('old'), LIMIT);
  await folder.putFile(address, ['OUTCAR'], bytes('abc'), LIMIT);
  expect(readFileSync(join(folder.treeFolder(address), 'OUTCAR'), 'utf8')).toBe('abc');
  expect(readFileSync(join(folder.treeFolder(address), 'INCAR'), 'utf8')).toBe('old');
  expect(filesIn(data).filter((path) => path.includes('incoming'))).toEqual([]);
});

test('a file cannot take the place of a folder, nor a folder that of a file', async () => {
  const { data, folder, address } = fixture();
  await folder.putFile(address, ['a/OUTCAR'], bytes('abc'), LIMIT);
  await refused(folder.putFile(address, ['a'], bytes('abc'), LIMIT));
  await refused(folder.putFile(address, ['a/OUTCAR/INCAR'], bytes('abc'), LIMIT));
  expect(filesIn(data)).toHaveLength(2);
});

test.each(['../OUTCAR', '/OUTCAR', 'a/../../../OUTCAR', 'C:OUTCAR', 'a\\b', 'nul', ''])(
  'nothing is written at the path %j',
  async (path) => {
    const { data, folder, address } = fixture();
    await refused(folder.putFile(address, [path], bytes('abc'), LIMIT));
    await refused(folder.place(address, path, ABC).then(() => folder.dropFile(address, path, ABC)));
    expect(filesIn(data)).toEqual([]);
  },
);

test('ids that are no UUIDs and hashes that are none reach no path', async () => {
  const { folder, address } = fixture();
  for (const wrong of ['..', '../..', 'x', '']) {
    expect(() => folder.treeFolder({ ...address, upload: wrong })).toThrow('UUID');
    expect(() => folder.treeFolder({ ...address, project: wrong })).toThrow('UUID');
  }
  for (const wrong of ['..', '../../etc/passwd', ABC.toUpperCase(), `${ABC}/..`]) {
    await refused(folder.place(address, 'OUTCAR', wrong));
  }
});

test('a removed upload takes its contents with it, except those that another upload has', async () => {
  const { data, folder, address } = fixture();
  const { sha256: own } = await folder.putFile(address, ['OUTCAR'], bytes('own'), LIMIT);
  await folder.putFile(address, ['INCAR', 'a/INCAR'], bytes('abc'), LIMIT);
  const second = { ...address, upload: randomUUID() };
  await folder.place(second, 'INCAR', ABC);
  await folder.remove(address, [own, ABC, ABC]);
  expect(filesIn(data)).toEqual([
    join('blobs', address.project, 'ba', ABC),
    join('uploads', address.project, second.upload, 'tree', 'INCAR'),
  ]);
  await folder.remove(second, [ABC]);
  await folder.remove(second, [ABC]);
  expect(filesIn(data)).toEqual([]);
});

test('a dropped name takes its content with it when it was the last one', async () => {
  const { data, folder, address } = fixture();
  await folder.putFile(address, ['a/OUTCAR', 'b/OUTCAR'], bytes('abc'), LIMIT);
  await folder.dropFile(address, 'a/OUTCAR', ABC);
  expect(filesIn(data)).toHaveLength(2);
  await folder.dropFile(address, 'b/OUTCAR', ABC);
  expect(filesIn(data)).toEqual([]);
});

test('many writers of the same content and of other contents do not disturb each other', async () => {
  const { data, folder, address } = fixture();
  const writes = Array.from({ length: 60 }, (_, index) =>
    folder.putFile(address, [`${index}/OUTCAR`], bytes(index % 2 === 0 ? 'abc' : `text ${index}`), LIMIT),
  );
  const other = { ...address, upload: randomUUID() };
  const removals = Array.from({ length: 30 }, async () => {
    await folder.putFile(other, ['OUTCAR'], bytes('abc'), LIMIT);
    await folder.remove(other, [ABC]);
  });
  await Promise.all([...writes, ...removals]);
  await folder.seal(address);
  for (let index = 0; index < 60; index += 1) {
    const text = readFileSync(join(folder.treeFolder(address), `${index}/OUTCAR`), 'utf8');
    expect(text).toBe(index % 2 === 0 ? 'abc' : `text ${index}`);
  }
  expect(filesIn(data).filter((path) => path.includes('incoming'))).toEqual([]);
});

test('parts of an archive stand in the order of their places; of two for one place the first one stays', async () => {
  const { data, folder, address } = fixture();
  const expected = { maxBytes: 100 };
  expect(await folder.putPart(address, 0, bytes('0123456789'), expected)).toEqual({ bytes: 10, isOwn: true });
  expect(await folder.putPart(address, 10, bytes('ab'), expected)).toEqual({ bytes: 2, isOwn: true });
  expect(await folder.putPart(address, 10, bytes('other'), expected)).toEqual({ bytes: 2, isOwn: false });
  const read = async (received: number): Promise<string> =>
    (await folder.parts(address, received)).map((path) => readFileSync(path, 'utf8')).join('');
  expect(await read(12)).toBe('0123456789ab');
  // A part whose receipt was never written down does not count.
  expect(await read(10)).toBe('0123456789');
  await refused(folder.putPart(address, 12, bytes('x'.repeat(101)), expected));
  await folder.removeParts(address);
  expect(filesIn(data)).toEqual([]);
});

test('the sweep removes what was never finished and what no upload has, and nothing younger', async () => {
  const { data, folder, address } = fixture();
  await folder.putFile(address, ['OUTCAR'], bytes('abc'), LIMIT);
  const left = join(data, 'blobs', address.project, 'incoming', randomUUID());
  writeFileSync(left, 'half of a file');
  const unused = join(data, 'blobs', address.project, 'ba', ABC.replace(/..$/, '00'));
  writeFileSync(unused, 'nobody’s');
  await folder.sweep(new Date(Date.now() - 86_400_000));
  expect(existsSync(left) && existsSync(unused)).toBe(true);
  // The time of change cannot be set back: the border is set forward instead.
  utimesSync(left, 0, 0);
  await folder.sweep(new Date(Date.now() + 1000));
  expect([existsSync(left), existsSync(unused)]).toEqual([false, false]);
  expect(filesIn(data)).toHaveLength(2);
});

test('a full disk is told as such and leaves nothing', async () => {
  // On /dev/full every write fails with ENOSPC; a stream that fails in this way must do the same.
  const { data, folder, address } = fixture();
  async function* full(): Content {
    yield Buffer.from('abc');
    writeFileSync('/dev/full', 'x');
  }
  await expect(folder.putFile(address, ['OUTCAR'], full(), LIMIT)).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(filesIn(data)).toEqual([]);
});
