import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import {
  extract,
  paxRecord,
  refusal,
  TAR_END,
  type TarEntry,
  tar,
  tarHeader,
  tarMember,
  zip,
} from './archive-samples.ts';

test.each([
  ['../OUTCAR', '".." as a part'],
  ['a/../../OUTCAR', '".." as a part'],
  ['a/..', '".." as a part'],
  ['a/./OUTCAR', '"." as a part'],
  ['/etc/OUTCAR', 'absolute'],
  ['//host/OUTCAR', 'absolute'],
  ['C:/OUTCAR', 'drive'],
  ['c:OUTCAR', 'drive'],
  ['a\\..\\OUTCAR', 'backslash'],
  ['\\\\host\\OUTCAR', 'backslash'],
  ['a//OUTCAR', 'empty parts'],
  ['a/OUT\nCAR', 'control characters'],
  ['a/OUTCAR\x1b[2J', 'control characters'],
  ['a/\x7fOUTCAR', 'control characters'],
  ['nul', 'Windows devices'],
  ['a/CON.gz', 'Windows devices'],
  ['COM1/OUTCAR', 'Windows devices'],
  ['Lpt9.txt/OUTCAR', 'Windows devices'],
  ['aux .x/OUTCAR', 'Windows devices'],
  ['a./OUTCAR', 'end in a dot'],
  ['a/OUTCAR.', 'end in a dot'],
  ['a/OUTCAR ', 'end in a dot or a space'],
  ['.../OUTCAR', 'end in a dot'],
])('no entry may be called %j, in tar, pax and zip', async (path, rule) => {
  const pax = { path: 'pax', type: 'x', content: paxRecord('path', path) };
  const archives = [
    tar([{ path, content: 'x' }]),
    gzipSync(tar([pax, { path: 'OUTCAR', content: 'x' }])),
    tar([
      { path: '././@LongLink', type: 'L', content: `${path}\0` },
      { path: 'OUTCAR', content: 'x' },
    ]),
    zip([{ path, content: 'x' }]),
  ];
  for (const archive of archives) {
    const message = await refusal(archive);
    expect(message).toContain(rule);
    expect(message).toContain(JSON.stringify(path));
  }
});

test('a NUL inside of a pax or zip name is refused; readers in C would see another name', async () => {
  const pax = { path: 'pax', type: 'x', content: paxRecord('path', 'OUTCAR\0.txt') };
  expect(await refusal(tar([pax, { path: 'x', content: 'x' }]))).toContain('control characters');
  expect(await refusal(zip([{ path: 'OUTCAR\0.txt', content: 'x' }]))).toContain('control characters');
});

test('a name that is no UTF-8 is refused', async () => {
  expect(await refusal(tar([{ path: Buffer.from('a\xff/OUTCAR', 'latin1'), content: 'x' }]))).toContain('not UTF-8');
});

test.each<[string, Partial<TarEntry>]>([
  ['hard links', { type: '1', link: '/etc/passwd' }],
  ['symbolic links', { type: '2', link: '../..' }],
  ['devices', { type: '3' }],
  ['devices', { type: '4' }],
  ['named pipes', { type: '6' }],
  ['sparse files', { type: 'S' }],
  ['tar type "V"', { type: 'V' }],
  ['a folder with content', { type: '5', content: 'x' }],
])('a tar with %s is refused', async (rule, entry) => {
  const message = await refusal(tar([{ path: 'OUTCAR', ...entry }]));
  expect(message).toContain(rule);
  expect(message).toContain('"OUTCAR"');
});

test('links that GNU tar and Info-ZIP write are refused', async () => {
  const script = 'cd $(mktemp -d); echo x > OUTCAR; ln OUTCAR INCAR; ln -s /etc KPOINTS;';
  expect(await refusal(execFileSync('sh', ['-c', `${script} tar cf - OUTCAR KPOINTS`]))).toContain('symbolic links');
  expect(await refusal(execFileSync('sh', ['-c', `${script} tar cf - OUTCAR INCAR`]))).toContain('hard links');
  expect(await refusal(execFileSync('sh', ['-c', `${script} zip -qry x.zip . && cat x.zip`]))).toContain(
    'symbolic links',
  );
});

test('sparse files of GNU tar are refused in all its formats', async () => {
  const script = 'cd $(mktemp -d); truncate -s 1M OUTCAR; echo x >> OUTCAR;';
  for (const format of ['gnu', 'pax']) {
    const archive = execFileSync('sh', ['-c', `${script} tar --format=${format} -Scf - OUTCAR`]);
    expect(await refusal(archive)).toContain('sparse files');
  }
});

test.each<[string, readonly string[], string]>([
  ['the same name twice', ['a/OUTCAR', 'a/OUTCAR'], 'occurs twice'],
  ['names that differ by case', ['a/OUTCAR', 'a/outcar'], 'upper and lower case'],
  ['folders that differ by case', ['a/OUTCAR', 'A/INCAR'], 'upper and lower case'],
  ['names that differ by Unicode form', ['\u00e4/OUTCAR', 'a\u0308/OUTCAR'], 'upper and lower case'],
  ['a file that is also a folder', ['a/OUTCAR', 'a/OUTCAR/INCAR'], 'a file and a folder'],
  ['a folder that is also a file', ['a/OUTCAR/INCAR', 'a/OUTCAR'], 'a file and a folder'],
])('%s is refused', async (_, paths, rule) => {
  const entries = paths.map((path) => ({ path, content: 'x' }));
  expect(await refusal(tar(entries))).toContain(rule);
  expect(await refusal(zip(entries))).toContain(rule);
});

test('paths are at most 1024 bytes long, 255 a part, 64 parts deep', async () => {
  const long = (path: string): Buffer =>
    tar([
      { path: 'pax', type: 'x', content: paxRecord('path', path) },
      { path: 'x', content: 'x' },
    ]);
  // 4 · 255 + 4 slashes = 1024 bytes less the last name
  const longest = `${`${'a'.repeat(254)}/`.repeat(4)}OUTC`.slice(0, 1024);
  expect((await extract(long(longest))).files).toBe(0);
  expect(await refusal(long(`${longest}x`))).toContain('1024 bytes');
  expect(await refusal(long(`${'ä'.repeat(128)}/OUTCAR`))).toContain('255 bytes');
  expect((await extract(long(`${'a/'.repeat(63)}OUTCAR`))).files).toBe(1);
  expect(await refusal(long(`${'a/'.repeat(64)}OUTCAR`))).toContain('64 parts');
});

test('a file above the limit is refused by the size that is stated, before it is read', async () => {
  const limits = { maxFileBytes: 10 };
  expect((await extract(tar([{ path: 'OUTCAR', content: '0123456789' }]), limits)).files).toBe(1);
  expect(await refusal(tar([{ path: 'OUTCAR', content: '0123456789a' }]), limits)).toContain('10 bytes');
  expect(await refusal(zip([{ path: 'OUTCAR', content: '0123456789a' }]), limits)).toContain('10 bytes');
  // Base 256: 2^72 bytes
  const header = tarHeader({ path: 'OUTCAR' });
  header.fill(0, 124, 136);
  header[124] = 0x80;
  header[126] = 1;
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  expect(await refusal(Buffer.concat([header, TAR_END]))).toContain('no valid size');
});

test('the whole content is limited, also what is passed over', async () => {
  const entries = ['a', 'b', 'c'].map((folder) => ({ path: `${folder}/WAVECAR`, content: Buffer.alloc(100_000, 'w') }));
  expect(await refusal(tar(entries), { maxTotalBytes: 250_000 })).toContain('more than 250000 bytes');
  expect(await refusal(gzipSync(tar(entries)), { maxTotalBytes: 250_000 })).toContain('more than 250000 bytes');
  expect(await refusal(zip(entries), { maxTotalBytes: 250_000 })).toContain('more than 250000 bytes');
});

test('folders that no entry names count as entries', async () => {
  const entries = ['a/b/c/OUTCAR', 'd/e/f/OUTCAR'].map((path) => ({ path, content: 'x' }));
  expect((await extract(tar(entries), { maxEntries: 8 })).files).toBe(2);
  expect(await refusal(tar(entries), { maxEntries: 7 })).toContain('more than 7 files and folders');
});

// ---- zip

test('a zip with an encrypted entry is refused', async () => {
  expect(await refusal(zip([{ path: 'OUTCAR', content: 'x', flags: 1 }]))).toContain('encrypted');
});

test('a zip that states a smaller or larger size than comes out is refused', async () => {
  const content = 'x'.repeat(1000);
  expect(await refusal(zip([{ path: 'OUTCAR', content, statedBytes: 999 }]))).toContain('"OUTCAR"');
  expect(await refusal(zip([{ path: 'OUTCAR', content, statedBytes: 1001 }]))).toContain('"OUTCAR"');
  expect(await refusal(zip([{ path: 'OUTCAR', content, statedBytes: 10, store: true }]))).toContain('size mismatch');
});

test('a zip with a wrong checksum is refused', async () => {
  expect(await refusal(zip([{ path: 'OUTCAR', content: 'x', crc: 1 }]))).toContain('checksum');
});

test('a zip whose entries share their bytes is refused before anything is unpacked', async () => {
  const content = 'x'.repeat(5000);
  const overlapping = zip([
    { path: 'a/OUTCAR', content },
    { path: 'b/OUTCAR', content, at: 0 },
  ]);
  expect(await refusal(overlapping)).toContain('overlap');
});

test('a zip entry that is a link, a device or a pipe is refused', async () => {
  expect(await refusal(zip([{ path: 'OUTCAR', content: '/etc', mode: 0o120777 }]))).toContain('symbolic links');
  expect(await refusal(zip([{ path: 'OUTCAR', mode: 0o020666 }]))).toContain('devices and pipes');
  expect(await refusal(zip([{ path: 'OUTCAR', mode: 0o010666 }]))).toContain('devices and pipes');
});

// ---- damage

const WHOLE = tar([
  { path: 'a/OUTCAR', content: 'x'.repeat(700) },
  { path: 'b/OUTCAR', content: 'y'.repeat(512) },
]);

test('a tar that is cut anywhere, also between two entries, is refused', async () => {
  for (const cut of [513, 1000, 1024 + 300, 1536, 1537, 2048, 2500, 2560]) {
    expect(await refusal(WHOLE.subarray(0, cut))).toContain('cut off');
  }
});

test('a tar.gz, tar.xz or zip that is cut is refused', async () => {
  const noise = Array.from({ length: 3000 }, (_, index) => Math.sin(index)).join('\n');
  const archive = tar([{ path: 'OUTCAR', content: noise }]);
  const gz = gzipSync(archive);
  const xz = execFileSync('xz', ['-c'], { input: archive });
  const packed = zip([{ path: 'OUTCAR', content: noise }]);
  for (const part of [0.5, 0.9, 0.9999]) {
    expect(await refusal(gz.subarray(0, gz.length * part))).toContain('cut off');
    expect(await refusal(xz.subarray(0, xz.length * part))).toContain('cut off');
    expect(await refusal(packed.subarray(0, packed.length * part))).toContain('zip');
  }
});

test('damaged streams are refused', async () => {
  const flipped = (bytes: Buffer, at: number): Buffer => {
    const damaged = Buffer.from(bytes);
    damaged[at] = 255 - (damaged[at] ?? 0);
    return damaged;
  };
  const gz = gzipSync(WHOLE);
  const xz = execFileSync('xz', ['-c'], { input: WHOLE });
  expect(await refusal(flipped(gz, gz.length - 6))).toContain('damaged');
  expect(await refusal(flipped(xz, 40))).toContain('damaged');
  expect(await refusal(flipped(WHOLE, 1536 + 20))).toContain('no tar header at byte 1536');
});

test('garbage in the place of a header or behind the end is refused', async () => {
  const member = tarMember({ path: 'OUTCAR', content: 'x' });
  expect(await refusal(Buffer.concat([member, Buffer.alloc(512, 'g'), TAR_END]))).toContain(
    'no tar header at byte 1024',
  );
  expect(await refusal(Buffer.concat([WHOLE, Buffer.from('more')]))).toContain('behind the end');
  expect(await refusal(Buffer.concat([WHOLE, tarMember({ path: 'INCAR', content: 'x' }), TAR_END]))).toContain(
    'behind',
  );
  expect((await extract(Buffer.concat([WHOLE, Buffer.alloc(10_240)]))).files).toBe(2);
});

test.each([
  ['a length that is none', Buffer.from('x path=OUTCAR\n')],
  ['a length of nothing', Buffer.from('0 path=OUTCAR\n')],
  ['a length behind the end', Buffer.from('99 path=OUTCAR\n')],
  ['no equals sign', Buffer.from('9 path a\n')],
  ['a negative size', paxRecord('size', '-1')],
  ['a size that is no number', paxRecord('size', '0x10')],
  ['a size beyond every file', paxRecord('size', '9'.repeat(16))],
])('a pax header with %s is refused', async (_, content) => {
  expect(
    await refusal(
      tar([
        { path: 'pax', type: 'x', content },
        { path: 'OUTCAR', content: 'x' },
      ]),
    ),
  ).toContain('pax header');
});

test('extended headers are few and small', async () => {
  const pax = { path: 'pax', type: 'x', content: paxRecord('comment', 'c') };
  expect(await refusal(tar([...Array.from({ length: 5 }, () => pax), { path: 'OUTCAR' }]))).toContain('too many');
  const large = { path: 'pax', type: 'x', content: paxRecord('comment', 'c'.repeat(65_536)) };
  expect(await refusal(tar([large, { path: 'OUTCAR' }]))).toContain('too long');
  const forAll = { path: 'pax', type: 'g', content: paxRecord('path', 'OUTCAR') };
  expect(await refusal(tar([forAll, { path: 'INCAR' }]))).toContain('one path for all entries');
});

test.each([
  ['text', Buffer.from('hello, this is no archive\n')],
  ['nothing', Buffer.alloc(0)],
  ['lz4', Buffer.from('\x04\x22\x4d\x18 something', 'latin1')],
  ['zeros', Buffer.alloc(10_240)],
])('%s is no archive', async (_, bytes) => {
  expect(await refusal(bytes)).toContain('tar, tar.gz, tar.xz, tar.bz2, tar.zst and zip are understood');
});

test('a single packed file is no archive', async () => {
  expect(await refusal(gzipSync('free  energy'))).toContain('one file packed with gzip');
  expect(await refusal(execFileSync('xz', ['-c'], { input: 'free  energy'.repeat(1000) }))).toContain('packed with xz');
});

test('after an archive was refused in the middle of an xz stream, the next one is unpacked', async () => {
  const good = execFileSync('xz', ['-c'], { input: WHOLE });
  const bad = execFileSync('xz', ['-c'], { input: tar([{ path: '../x', content: Buffer.alloc(3_000_000, 'x') }]) });
  expect(await refusal(bad)).toContain('".."');
  expect((await extract(good)).files).toBe(2);
});
