/** Archives in an archive, and the formats that a campaign may be packed with. */
import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { extract, POTCAR_HEAD, refusal, tar, zip } from './archive-samples.ts';

// tar holding `slab/OUTCAR` ("x"), packed with `bzip2` 1.0.8 and `zstd -19` 1.5.4
const SLAB = tar([{ path: 'slab/OUTCAR', content: 'x' }]);
const TAR_BZ2 = Buffer.from(
  'QlpoOTFBWSZTWQiS3DwAADffgOEAQADvgCgAlgBwBB5ACAggAFRAFGgYTTTBAxKekD1MgAB9lYGI9cgiOpBlCcEJcxVQUYSQG7FgkaPaCyYEOXBIgGxqotOk/OdqFbF8FfKZ+cI/i7kinChIBEluHgA=',
  'base64',
);
const TAR_ZST = Buffer.from(
  'KLUv/WQABzUCALJDDBGg7bCxfqBupQ+9iwBZBcBGCp7+/ViE0gdeQsrvC1UVRcuq9aPof++SO5mjFgqNORgHIMAP+/14Th1Ammt7c4DVpOkDgobv',
  'base64',
);
const TAR_XZ = execFileSync('xz', ['-c'], { input: SLAB });

test.each([
  ['tar', SLAB],
  ['tar.gz', gzipSync(SLAB)],
  ['tgz', gzipSync(SLAB)],
  ['tar.xz', TAR_XZ],
  ['tar.bz2', TAR_BZ2],
  ['tar.zst', TAR_ZST],
  ['zip', zip([{ path: 'slab/OUTCAR', content: 'x' }])],
])('a campaign packed as %s is read, and so is one in another archive', async (suffix, archive) => {
  expect(Object.fromEntries((await extract(archive)).contents)).toEqual({ 'slab/OUTCAR': 'x' });
  const inside = [
    { path: 'runs/OUTCAR', content: 'outer' },
    { path: `runs/series1.${suffix}`, content: archive },
  ];
  for (const outer of [tar(inside), gzipSync(tar(inside)), zip(inside)]) {
    const { contents, files, bytes, skipped } = await extract(outer);
    expect(Object.fromEntries(contents)).toEqual({ 'runs/OUTCAR': 'outer', 'runs/series1/slab/OUTCAR': 'x' });
    expect({ files, bytes, skipped }).toEqual({ files: 2, bytes: 6, skipped: { 'not-vasp': 0, licensed: 0, link: 0 } });
  }
});

test('a tar.xz in a tar.xz is read, though only one xz stream can be open', async () => {
  const outer = execFileSync('xz', ['-c'], { input: tar([{ path: 'a.tar.xz', content: TAR_XZ }]) });
  expect([...(await extract(outer)).contents.keys()]).toEqual(['a/slab/OUTCAR']);
});

test('an archive beside a folder of its name is unpacked to a folder of its whole name', async () => {
  const { contents } = await extract(
    tar([
      { path: 'Slab.tar', content: SLAB },
      { path: 'slab/OUTCAR', content: 'older' },
    ]),
  );
  expect(Object.fromEntries(contents)).toEqual({ 'slab/OUTCAR': 'older', 'Slab.tar/slab/OUTCAR': 'x' });
});

test('archives are unpacked three deep, not four', async () => {
  const wrapped = (depth: number): Buffer =>
    depth === 0 ? SLAB : tar([{ path: `d${depth}.tar`, content: wrapped(depth - 1) }]);
  expect([...(await extract(wrapped(3))).contents.keys()]).toEqual(['d3/d2/d1/slab/OUTCAR']);
  expect(await refusal(wrapped(4))).toContain('3 deep at most');
});

test('a POTCAR in an archive in an archive is not kept', async () => {
  const inner = tar([
    { path: 'POTCAR', content: 'x' },
    { path: 'OUTCAR', content: POTCAR_HEAD },
    { path: 'INCAR', content: 'ENCUT = 400\n' },
  ]);
  const { contents, skipped } = await extract(tar([{ path: 'a.tar.gz', content: gzipSync(inner) }]));
  expect([...contents.keys()]).toEqual(['a/INCAR']);
  expect(skipped.licensed).toBe(2);
  const named = await extract(tar([{ path: 'POTCARs.tar.gz', content: gzipSync(SLAB) }]));
  expect(named.files).toBe(0);
});

test('a name of an archive without an archive behind it, and a hidden archive, are passed over', async () => {
  const { contents, skipped } = await extract(
    tar([
      { path: 'OUTCAR.tgz', content: 'text' },
      { path: '.cache/a.tar', content: SLAB },
      { path: 'INCAR', content: 'x' },
    ]),
  );
  expect([...contents.keys()]).toEqual(['INCAR']);
  expect(skipped).toEqual({ 'not-vasp': 2, licensed: 0, link: 0 });
});

describe('links', () => {
  const linked = [
    { path: 'lib/libvtst.so', type: '2', link: 'libvtst.so.1' },
    { path: '../../etc', type: '2', link: '/etc' },
    { path: 'OUTCAR', type: '1', link: 'slab/OUTCAR' },
    { path: 'INCAR', content: 'ENCUT = 400\n' },
  ];

  test('in an archive that lay about are passed over and never followed', async () => {
    const { contents, skipped } = await extract(tar([{ path: 'vtst.tgz', content: gzipSync(tar(linked)) }]));
    expect(Object.fromEntries(contents)).toEqual({ 'vtst/INCAR': 'ENCUT = 400\n' });
    expect(skipped).toEqual({ 'not-vasp': 0, licensed: 0, link: 3 });
    const packed = zip([
      { path: 'OUTCAR', content: '/etc/passwd', mode: 0o120777 },
      { path: 'INCAR', content: 'x' },
    ]);
    const inZip = await extract(tar([{ path: 'a.zip', content: packed }]));
    expect([[...inZip.contents.keys()], inZip.skipped.link]).toEqual([['a/INCAR'], 1]);
  });

  test('in the archive that was packed for the upload refuse it', async () => {
    expect(await refusal(tar(linked.slice(0, 1)))).toContain('--dereference');
    expect(await refusal(tar(linked.slice(2, 3)))).toContain('--hard-dereference');
  });
});

test('what is wrong with an archive in an archive is said with both names', async () => {
  const message = await refusal(tar([{ path: 'runs/a.tar', content: tar([{ path: '../x/OUTCAR', content: 'x' }]) }]));
  expect(message).toContain('"runs/a.tar"');
  expect(message).toContain('"../x/OUTCAR"');
  const cut = tar([{ path: 'a.tgz', content: gzipSync(SLAB).subarray(0, 60) }]);
  expect(await refusal(cut)).toContain('cut off');
});

test('all archives in an archive share its limits', async () => {
  const inner = tar(Array.from({ length: 20 }, (_, index) => ({ path: `${index}/OUTCAR`, content: 'x' })));
  const outer = tar([
    { path: 'a.tar', content: inner },
    { path: 'b.tar', content: inner },
  ]);
  expect((await extract(outer)).files).toBe(40);
  expect(await refusal(outer, { maxEntries: 30 })).toContain('more than 30 files and folders');
  expect(await refusal(outer, { maxTotalBytes: 2 * outer.length - 4096 })).toContain('unpacks to more than');
});

test('a bomb in two layers ends at the ratio of the whole', async () => {
  // Each layer packs less than 1000 times; together 30 MB out of some hundred bytes, several of them.
  const zeros = gzipSync(tar([{ path: 'OUTCAR', content: Buffer.alloc(30_000_000) }]), { level: 9 });
  const outer = Array.from({ length: 4 }, (_, index) => ({ path: `${index}.tar.gz`, content: zeros }));
  const upload = gzipSync(tar(outer), { level: 9 });
  expect(upload.length).toBeLessThan(zeros.length * 4);
  expect(await refusal(upload)).toContain('1000 times');
});

test('an archive in an archive cut at every byte, or with a byte turned, is refused or gives what was in it', async () => {
  const upload = tar([{ path: 'runs/a.tar.zst', content: TAR_ZST }]).subarray(0, 512 + TAR_ZST.length);
  for (let at = 0; at < upload.length; at += 1) {
    expect(await refusal(upload.subarray(0, at))).toContain('refused');
    const turned = Buffer.concat([upload, Buffer.alloc(2048)]);
    turned[at] = 255 - (turned[at] ?? 0);
    const kept = await extract(turned).then(
      ({ contents }) => Object.fromEntries(contents),
      (error: unknown) => (error instanceof Error && 'class' in error && error.class === 'request' ? undefined : error),
    );
    // Behind the header and the magic number, without which it is no archive and is counted as passed over.
    if (kept !== undefined && at >= 512 + 4) expect(kept).toEqual({ 'runs/a/slab/OUTCAR': 'x' });
  }
});
