import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { extractArchive } from '../../intake/archives/extract-archive.ts';
import {
  bytesOf,
  extract,
  LIMITS,
  OUTCAR_HEAD,
  POTCAR_HEAD,
  paxRecord,
  tar,
  tarMember,
  zip,
} from './archive-samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

const CAMPAIGN = {
  'slab/OUTCAR': OUTCAR_HEAD,
  'slab/CONTCAR': 'Zn slab\n',
  'slab/ads/OUTCAR.gz': gzipSync('packed').toString('latin1'),
  'adatom.yaml': 'ion: Li\n',
};

function campaignFolder(): string {
  const files = Object.entries(CAMPAIGN).map(([path, text]) => [path, Buffer.from(text, 'latin1')] as const);
  return temporaryFolder(Object.fromEntries(files));
}

function packed(...command: readonly string[]): Buffer {
  const [program = '', ...args] = command;
  return execFileSync(program, args, { cwd: campaignFolder(), maxBuffer: 2 ** 30 });
}

// Written by GNU tar 1.34, XZ Utils 5.4.1 and Info-ZIP 3.0.
test.each([
  ['tar of GNU', ['tar', '--format=gnu', '-cf', '-', '.']],
  ['tar of POSIX (pax)', ['tar', '--format=pax', '-cf', '-', '.']],
  ['tar of 1988 (ustar)', ['tar', '--format=ustar', '-cf', '-', 'slab', 'adatom.yaml']],
  ['tar.gz', ['tar', '-czf', '-', '.']],
  ['tar.xz', ['tar', '-cJf', '-', '.']],
  ['zip', ['zip', '-qr', '-', '.']],
  ['zip without folders', ['zip', '-qrD', '-', '.']],
])('a campaign packed as %s is there file by file', async (_, command) => {
  const { contents, files, bytes, skipped } = await extract(packed(...command));
  expect(Object.fromEntries(contents)).toEqual(CAMPAIGN);
  expect(files).toBe(4);
  expect(bytes).toBe(Object.values(CAMPAIGN).reduce((sum, text) => sum + text.length, 0));
  expect(skipped).toEqual({ 'not-vasp': 0, licensed: 0, link: 0 });
});

test('entries that a zip stores without compression are read', async () => {
  const { contents } = await extract(zip([{ path: 'a/OUTCAR', content: 'stored', store: true }]));
  expect(Object.fromEntries(contents)).toEqual({ 'a/OUTCAR': 'stored' });
});

test('long names of GNU tar, of pax and of the ustar prefix are whole', async () => {
  const path = `${'a'.repeat(90)}/${'b'.repeat(60)}/${'ä'.repeat(60)}/OUTCAR`;
  const prefixed = `${'c'.repeat(90)}/${'d'.repeat(60)}/OUTCAR`;
  for (const format of ['gnu', 'pax']) {
    const folder = temporaryFolder({ [path]: 'long' });
    const archive = execFileSync('tar', [`--format=${format}`, '-cf', '-', path], { cwd: folder });
    expect([...(await extract(archive)).contents.keys()]).toEqual([path]);
  }
  const folder = temporaryFolder({ [prefixed]: 'long' });
  const archive = execFileSync('tar', ['--format=ustar', '-cf', '-', prefixed], { cwd: folder });
  expect([...(await extract(archive)).contents.keys()]).toEqual([prefixed]);
});

test('an archive written by tar-stream is read', async () => {
  const packing = pack();
  packing.entry({ name: 'slab/OUTCAR' }, 'of tar-stream');
  packing.entry({ name: `${'x'.repeat(120)}/INCAR` }, 'ENCUT = 400\n');
  packing.finalize();
  // `as`: its types describe the iterator without the symbol of iterables.
  expect(Object.fromEntries((await extract(await bytesOf(packing as AsyncIterable<Uint8Array>))).contents)).toEqual({
    'slab/OUTCAR': 'of tar-stream',
    [`${'x'.repeat(120)}/INCAR`]: 'ENCUT = 400\n',
  });
});

test('a pax header replaces name and size of the entry behind it, and of no other', async () => {
  const pax = Buffer.concat([paxRecord('path', 'real/OUTCAR'), paxRecord('size', '3')]);
  const archive = Buffer.concat([
    tarMember({ path: 'pax', type: 'x', content: pax }),
    tarMember({ path: 'shown/OUTCAR', content: 'abc', statedBytes: 0 }),
    tar([{ path: 'next/OUTCAR', content: 'defg' }]),
  ]);
  expect(Object.fromEntries((await extract(archive)).contents)).toEqual({
    'real/OUTCAR': 'abc',
    'next/OUTCAR': 'defg',
  });
});

test('the comment that git puts before an archive is passed over', async () => {
  const comment = paxRecord('comment', '0'.repeat(40));
  const archive = tar([
    { path: 'pax_global_header', type: 'g', content: comment },
    { path: 'OUTCAR', content: 'x' },
  ]);
  expect([...(await extract(archive)).contents.keys()]).toEqual(['OUTCAR']);
});

test('an archive in parts is read as the one file it is, at every cut', async () => {
  const folder = campaignFolder();
  for (const archive of [packed('tar', '-czf', '-', '.'), packed('zip', '-qr', '-', '.')]) {
    for (const cut of [1, 25, Math.floor(archive.length / 2), archive.length - 1]) {
      mkdirSync(join(folder, 'parts'), { recursive: true });
      const parts = [archive.subarray(0, cut), archive.subarray(cut)].map((part, index) => {
        const path = join(folder, 'parts', String(index));
        writeFileSync(path, part);
        return path;
      });
      const contents: Record<string, string> = {};
      const sink = async (path: string, content: AsyncIterable<Buffer>): Promise<void> => {
        contents[path] = (await bytesOf(content)).toString('latin1');
      };
      expect((await extractArchive(parts, sink, LIMITS)).files).toBe(4);
      expect(contents).toEqual(CAMPAIGN);
    }
  }
});

test('the name of the archive says nothing: a zip called .tar.gz is a zip', async () => {
  const folder = temporaryFolder({ 'x.tar.gz': zip([{ path: 'OUTCAR', content: 'z' }]) });
  const sink = async (_: string, content: AsyncIterable<Buffer>): Promise<void> => {
    expect((await bytesOf(content)).toString()).toBe('z');
  };
  expect((await extractArchive([join(folder, 'x.tar.gz')], sink, LIMITS)).files).toBe(1);
});

test('what is not VASP’s is passed over and counted, hidden files and folders too', async () => {
  const { contents, skipped } = await extract(
    tar([
      { path: 'slab/OUTCAR', content: 'x' },
      { path: 'slab/WAVECAR', content: 'x' },
      { path: 'slab/plot.py', content: 'x' },
      { path: 'slab/._OUTCAR', content: 'x' },
      { path: '.git/OUTCAR', content: 'x' },
      { path: 'sub/adatom.yaml', content: 'x' },
      { path: 'slab/archive.zip', content: 'x' },
    ]),
  );
  expect([...contents.keys()]).toEqual(['slab/OUTCAR', 'sub/adatom.yaml']);
  expect(skipped).toEqual({ 'not-vasp': 5, licensed: 0, link: 0 });
});

// bzip2 1.0.8, Zstandard 1.5.4
const POTCAR_BZ2 = Buffer.from(
  'QlpoOTFBWSZTWa6aluwAAO/fgAAwQAFwEjt1XcCnA9xAMAFYAGDTRpphMTJgIGmGDTRpphMTJgIGmCaqQSmmZJhNHo01NkMppQ2Q2w7IZw0hrUNkPGH6hlDOGKHWhiRecMUN1DlDKh3UP5DbDpDdDth3wykXhDFQyoeEPzQ+IYhpQ+4bIfVD5h4w2SLhUOUOMMoetD/Q3w3w4Q9Ie8NYd9D+w2w4wxQ50MUNYcoboaw0h2wxD4odkMqHGHOh0h80N8NaGcOsOcM4dYdJFrDOhlQ6w94aQxDhIv+LuSKcKEhXTUt2AA==',
  'base64',
);
const POTCAR_ZST = Buffer.from(
  'KLUv/QRoRQMAskYWGWCvDiCoH0e0pbRgsItVtRoWa2WlGORwBQbvRzoa8f82/PuLQTbyfxt1Zs/dJd8TgygU5v86WueVOCzw0VShV5VaNJp1Ul8GGvu/zNykeTD+Jd8CdJoA/gEDAPaHmA9NHhQjB/L8Od0g',
  'base64',
);
const POTCAR_XZ = execFileSync('xz', ['-c'], { input: POTCAR_HEAD.repeat(30) });

test.each([
  ['POTCAR', 'x'],
  ['POTCAR.gz', 'x'],
  ['potcar_Zn.xz', 'x'],
  ['Li_sv.POTCAR.bz2', 'x'],
  ['POTCAR.spec', 'x'],
  ['OUTCAR', POTCAR_HEAD],
  ['INCAR', `\n${POTCAR_HEAD}`],
  ['OUTCAR', POTCAR_HEAD.split('\n').slice(0, 2).join('\r\n').concat('\r\n')],
  ['OUTCAR.gz', gzipSync(POTCAR_HEAD.repeat(500))],
  ['OUTCAR', gzipSync(POTCAR_HEAD)],
  ['OUTCAR.xz', POTCAR_XZ],
  ['OUTCAR.bz2', POTCAR_BZ2],
  ['OUTCAR', POTCAR_ZST],
])('a POTCAR is never kept, whatever its name and packing (%s)', async (path, content) => {
  for (const archive of [
    tar([
      { path, content },
      { path: 'KPOINTS', content: 'k' },
    ]),
    gzipSync(
      tar([
        { path, content },
        { path: 'KPOINTS', content: 'k' },
      ]),
    ),
    zip([
      { path, content },
      { path: 'KPOINTS', content: 'k' },
    ]),
  ]) {
    const { contents, skipped } = await extract(archive);
    expect([...contents.keys()]).toEqual(['KPOINTS']);
    expect(skipped).toEqual({ 'not-vasp': 0, licensed: 1, link: 0 });
  }
});

test('an OUTCAR that names its potentials is no POTCAR, packed or not', async () => {
  const { contents } = await extract(
    tar([
      { path: 'a/OUTCAR', content: OUTCAR_HEAD },
      { path: 'b/OUTCAR.gz', content: gzipSync(OUTCAR_HEAD.repeat(2000)) },
      { path: 'c/OUTCAR.xz', content: execFileSync('xz', ['-c'], { input: OUTCAR_HEAD }) },
    ]),
  );
  expect([...contents.keys()]).toEqual(['a/OUTCAR', 'b/OUTCAR.gz', 'c/OUTCAR.xz']);
});

test('files packed with xz inside of a tar.xz are kept, and named for a later look', async () => {
  const archive = execFileSync('xz', ['-c'], { input: tar([{ path: 'OUTCAR.xz', content: POTCAR_XZ }]) });
  const { unseen, contents } = await extract(archive);
  expect(unseen).toEqual(['OUTCAR.xz']);
  expect(contents.get('OUTCAR.xz')).toBe(POTCAR_XZ.toString('latin1'));
});

test('an empty zip and a tar without entries have no files', async () => {
  expect((await extract(zip([]))).files).toBe(0);
  expect((await extract(tar([{ path: './', type: '5' }]))).files).toBe(0);
});

test('the whole tree of an example is the same after packing and unpacking', async () => {
  const root = new URL('../../examples/zno-lithium/calculations', import.meta.url).pathname;
  const archive = execFileSync('tar', ['-cJf', '-', '-C', root, '.'], { maxBuffer: 2 ** 30 });
  const { contents, skipped } = await extract(archive);
  for (const [path, text] of contents) expect(readFileSync(join(root, path), 'latin1')).toBe(text);
  const there = execFileSync('find', [root, '-type', 'f'], { encoding: 'utf8' }).trim().split('\n').length;
  expect(contents.size + skipped['not-vasp'] + skipped.licensed).toBe(there);
});
