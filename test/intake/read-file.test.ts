import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { type ReadableFile, type ReadFileOptions, readFile } from '../../intake/read-file.ts';
import { NUMBERS, sample } from './decompress/samples.ts';
import { asOrdinaryUser, temporaryFolder } from './temporary-folder.ts';

const TEXT = 'free  energy   TOTEN  =  -1.25 eV\n';
// `printf 'free  energy   TOTEN  =  -1.25 eV\n' | xz -c | base64`, XZ Utils 5.4.1
const TEXT_XZ =
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAhZnJlZSAgZW5lcmd5ICAgVE9URU4gID0gIC0xLjI1IGVWCgAAALKPoYw1Ni1GAAE6IrYqT9AftvN9AQAAAAAEWVo=';

/** Text without repetitions, so that a cut archive holds a part of it. */
function numbers(count: number): string {
  return Array.from({ length: count }, (_, index) => (Math.sin(index) * 1000).toFixed(8)).join('\n');
}

async function readable(path: string, options?: ReadFileOptions): Promise<ReadableFile> {
  const file = await readFile(path, options);
  if (!file.readable) throw new Error(`unreadable: ${file.issue.message}`);
  onTestFinished(file.close);
  return file;
}

async function reason(path: string, options?: ReadFileOptions): Promise<string> {
  const file = await readFile(path, options);
  if (file.readable) throw new Error('it was read');
  expect(file.issue.code).toBe('E_UNREADABLE');
  return file.issue.message;
}

function contentOf(file: ReadableFile): string {
  const bytes = Buffer.alloc(file.source.sizeBytes);
  let at = 0;
  while (at < bytes.length) {
    const count = file.source.read(bytes.subarray(at, at + 70_001), at);
    if (count === 0) throw new Error(`the source ends at ${at} of ${bytes.length}`);
    at += count;
  }
  expect(file.source.read(Buffer.alloc(8), bytes.length)).toBe(0);
  return bytes.toString('latin1');
}

test('a small file is read with the SHA-256 of its bytes', async () => {
  const file = await readable(join(temporaryFolder({ OUTCAR: 'abc' }), 'OUTCAR'));
  expect(contentOf(file)).toBe('abc');
  // FIPS 180-2, appendix B.1: the SHA-256 of "abc"
  expect(file.identity).toEqual({
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    bytes: 3,
  });
  expect(file.compression).toBeUndefined();
});

test('a file above one megabyte is read through its descriptor, with the same hash as in one piece', async () => {
  const text = numbers(300_000);
  const file = await readable(join(temporaryFolder({ OUTCAR: text }), 'OUTCAR'));
  expect(contentOf(file)).toBe(text);
  expect(file.identity.sha256).toBe(createHash('sha256').update(text).digest('hex'));
});

test('compression is told by content: a gzip file named OUTCAR is unpacked, a plain file named OUTCAR.gz is not', async () => {
  const folder = temporaryFolder({ OUTCAR: gzipSync(TEXT), 'OUTCAR.gz': TEXT });
  const packed = await readable(join(folder, 'OUTCAR'));
  expect([packed.compression, contentOf(packed)]).toEqual(['gzip', TEXT]);
  const plain = await readable(join(folder, 'OUTCAR.gz'));
  expect([plain.compression, contentOf(plain)]).toEqual([undefined, TEXT]);
});

test('the identity of an archive is that of the stored bytes', async () => {
  const stored = gzipSync(TEXT);
  const file = await readable(join(temporaryFolder({ 'OUTCAR.gz': stored }), 'OUTCAR.gz'));
  expect(file.identity).toEqual({ sha256: createHash('sha256').update(stored).digest('hex'), bytes: stored.length });
});

test('gzip members one after another are one file', async () => {
  const archive = Buffer.concat([gzipSync('first\n'), gzipSync(''), gzipSync('second\n')]);
  const file = await readable(join(temporaryFolder({ 'OUTCAR.gz': archive }), 'OUTCAR.gz'));
  expect(contentOf(file)).toBe('first\nsecond\n');
  expect(file.truncatedArchive).toBe(false);
});

test('a gzip header with file name, comment and extra field is understood', async () => {
  const content = Buffer.from(TEXT);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(content), 0);
  trailer.writeUInt32LE(content.length, 4);
  // RFC 1952: flags FEXTRA 4 + FNAME 8 + FCOMMENT 16
  const header = Buffer.from([0x1f, 0x8b, 8, 28, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3, ...Buffer.from('OUTCAR\0note\0')]);
  const archive = Buffer.concat([header, deflateRawSync(content), trailer]);
  const file = await readable(join(temporaryFolder({ 'OUTCAR.gz': archive }), 'OUTCAR.gz'));
  expect(contentOf(file)).toBe(TEXT);
});

test.each([
  ['zeros', Buffer.alloc(512)],
  ['text', Buffer.from('garbage')],
  ['one byte of a header', Buffer.from([0x1f])],
])('%s after a gzip stream is ignored', async (_, tail) => {
  const text = numbers(5000);
  const folder = temporaryFolder({ 'OUTCAR.gz': Buffer.concat([gzipSync(text), tail]) });
  const file = await readable(join(folder, 'OUTCAR.gz'));
  expect(contentOf(file)).toBe(text);
  expect(file.truncatedArchive).toBe(false);
});

test.each([5000, 400_000])('a cut gzip archive of %i numbers gives the content up to the cut', async (count) => {
  const text = numbers(count);
  const archive = gzipSync(text);
  const cut = archive.subarray(0, Math.floor(archive.length / 2));
  const file = await readable(join(temporaryFolder({ 'OUTCAR.gz': cut }), 'OUTCAR.gz'));
  const content = contentOf(file);
  expect(file.truncatedArchive).toBe(true);
  expect(text.startsWith(content)).toBe(true);
  // Digits compress evenly, so half of the archive is near half of the text.
  expect(content.length).toBeGreaterThan(0.45 * text.length);
});

test('a gzip archive without the end of its checksum is cut, though all of its content is there', async () => {
  const archive = gzipSync(TEXT);
  const file = await readable(join(temporaryFolder({ 'OUTCAR.gz': archive.subarray(0, -3) }), 'OUTCAR.gz'));
  expect(contentOf(file)).toBe(TEXT);
  expect(file.truncatedArchive).toBe(true);
});

test('a gzip archive cut inside its header has no content', async () => {
  const folder = temporaryFolder({ 'OUTCAR.gz': gzipSync(TEXT).subarray(0, 7) });
  expect(await reason(join(folder, 'OUTCAR.gz'))).toContain('cut off before its first byte');
});

test('a gzip archive with a wrong checksum is corrupt', async () => {
  const archive = gzipSync(TEXT);
  archive.writeUInt32LE(1234, archive.length - 8);
  expect(await reason(join(temporaryFolder({ OUTCAR: archive }), 'OUTCAR'))).toContain('corrupt');
});

test('a gzip archive with an impossible block is corrupt', async () => {
  const archive = gzipSync(TEXT);
  // RFC 1951: block type 3 (bits 1 and 2 of the first byte behind the ten of the header) is reserved.
  archive[10] = 0b111;
  expect(await reason(join(temporaryFolder({ OUTCAR: archive }), 'OUTCAR'))).toContain('corrupt');
});

test('an xz archive is unpacked', async () => {
  const file = await readable(join(temporaryFolder({ OUTCAR: Buffer.from(TEXT_XZ, 'base64') }), 'OUTCAR'));
  expect([file.compression, contentOf(file), file.truncatedArchive]).toEqual(['xz', TEXT, false]);
});

test('an xz archive above the limit does not block those read after it', async () => {
  const bomb = execFileSync('xz', ['-0c'], { input: Buffer.alloc(5_000_000, '0') });
  const folder = temporaryFolder({ bomb, OUTCAR: Buffer.from(TEXT_XZ, 'base64') });
  expect(await reason(join(folder, 'bomb'), { maxDecompressedBytes: 1_000_000 })).toContain('unpacks to more than');
  expect(contentOf(await readable(join(folder, 'OUTCAR')))).toBe(TEXT);
});

test('a cut xz archive is cut', async () => {
  const folder = temporaryFolder({ OUTCAR: Buffer.from(TEXT_XZ, 'base64').subarray(0, -10) });
  const file = await readable(join(folder, 'OUTCAR'));
  expect([contentOf(file), file.truncatedArchive]).toEqual([TEXT, true]);
});

test('an xz archive with a damaged block is corrupt', async () => {
  const archive = Buffer.from(TEXT_XZ, 'base64');
  archive[14] = 255 - (archive[14] ?? 0);
  expect(await reason(join(temporaryFolder({ OUTCAR: archive }), 'OUTCAR'))).toContain('xz archive');
});

test.each([
  ['compress', Buffer.from([0x1f, 0x9d, 0x90, 1])],
  ['lz4', Buffer.from([0x04, 0x22, 0x4d, 0x18])],
  // `printf 'free  energy' | lzma`, its first bytes: properties, dictionary of 8 MiB, size unknown.
  ['lzma', Buffer.from([0x5d, 0, 0, 0x80, 0, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0x33, 0x1c])],
  ['zip', Buffer.from('PK\x03\x04')],
])('a %s archive is named as not unpacked', async (kind, bytes) => {
  const message = await reason(join(temporaryFolder({ OUTCAR: bytes }), 'OUTCAR'));
  expect(message).toContain(kind);
  expect(message).toContain('gz, xz, bz2 and zst are read; unpack it first');
});

test.each([
  ['bzip2', sample('bzip2Numbers')],
  ['zstd', sample('zstdNumbers')],
] as const)('a %s archive is unpacked, cut when it is cut, and refused when it is corrupt', async (kind, archive) => {
  const whole = await readable(join(temporaryFolder({ OUTCAR: archive }), 'OUTCAR'));
  expect([whole.compression, contentOf(whole), whole.truncatedArchive]).toEqual([kind, NUMBERS, false]);
  const twice = Buffer.concat([archive, archive.subarray(0, -5)]);
  const cut = await readable(join(temporaryFolder({ OUTCAR: twice }), 'OUTCAR'));
  expect([contentOf(cut).slice(0, NUMBERS.length), cut.truncatedArchive]).toEqual([NUMBERS, true]);
  const corrupt = Buffer.from(archive);
  corrupt[300] = 255 - (corrupt[300] ?? 0);
  expect(await reason(join(temporaryFolder({ OUTCAR: corrupt }), 'OUTCAR'))).toContain('is corrupt');
  const folder = temporaryFolder({ OUTCAR: archive });
  expect(await reason(join(folder, 'OUTCAR'), { maxDecompressedBytes: 1000 })).toContain('unpacks to more than');
});

test('a second gzip member whose header is damaged is content that is missing', async () => {
  const second = gzipSync(TEXT);
  second[1] = 0;
  const file = await readable(join(temporaryFolder({ OUTCAR: Buffer.concat([gzipSync(TEXT), second]) }), 'OUTCAR'));
  expect([contentOf(file), file.truncatedArchive]).toEqual([TEXT, true]);
});

test.each([1000, 3_000_000])(
  'an archive that unpacks to more than its limit is refused (%i bytes above it)',
  async (excess) => {
    const folder = temporaryFolder({ 'OUTCAR.gz': gzipSync(Buffer.alloc(1_000_000 + excess, '0')) });
    expect(await reason(join(folder, 'OUTCAR.gz'), { maxDecompressedBytes: 1_000_000 })).toContain(
      'unpacks to more than',
    );
  },
);

test('an archive that unpacks to more than fits in memory is read from a temporary file', async () => {
  const bytes = Buffer.alloc(70 * 1024 * 1024, '0123456789abcde\n');
  const file = await readable(join(temporaryFolder({ 'OUTCAR.gz': gzipSync(bytes, { level: 1 }) }), 'OUTCAR.gz'));
  expect(file.source.sizeBytes).toBe(bytes.length);
  const window = Buffer.alloc(32);
  file.source.read(window, 69 * 1024 * 1024 + 10);
  expect(window.toString('latin1')).toBe('abcde\n0123456789abcde\n0123456789');
});

test('a file that is written while it is read has grown, and its content stays what it was when it was opened', async () => {
  const path = join(temporaryFolder({ OUTCAR: TEXT }), 'OUTCAR');
  const file = await readable(path);
  expect(file.grewWhileReading()).toBe(false);
  appendFileSync(path, 'more\n');
  expect(file.grewWhileReading()).toBe(true);
  expect(contentOf(file)).toBe(TEXT);
});

test('an empty file is unreadable and has the identity of no bytes', async () => {
  const file = await readFile(join(temporaryFolder({ OUTCAR: '' }), 'OUTCAR'));
  expect(file.readable).toBe(false);
  // SHA-256 of the empty message, as sha256sum gives it
  expect(file.identity).toEqual({
    sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    bytes: 0,
  });
});

test('a file without read permission is unreadable', async () => {
  const path = join(temporaryFolder({ OUTCAR: TEXT }), 'OUTCAR');
  chmodSync(path, 0);
  const file = await asOrdinaryUser(() => readFile(path));
  expect(file.readable).toBe(false);
  expect(file.readable ? '' : file.issue.message).toContain('permission denied');
});

test('a folder, a vanished file, a circle of links, a pipe and a socket are unreadable and do not block', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'OUTCAR'));
  symlinkSync('circle', join(folder, 'circle'));
  execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, 'pipe')]);
  const server = createServer().listen(join(folder, 'socket'));
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  expect(await reason(join(folder, 'OUTCAR'))).toContain('it is a folder');
  expect(await reason(join(folder, 'gone'))).toContain('no such file');
  expect(await reason(join(folder, 'circle'))).toContain('in a circle');
  expect(await reason(join(folder, 'pipe'))).toContain('named pipe');
  expect(await reason(join(folder, 'socket'))).toContain('socket');
  expect(await reason('/dev/null')).toContain('device');
});

test('a file that is emptied while it is open gives no bytes beyond its new end', async () => {
  const path = join(temporaryFolder({ OUTCAR: numbers(200_000) }), 'OUTCAR');
  const file = await readable(path);
  writeFileSync(path, 'x');
  expect(file.source.read(Buffer.alloc(8), 100)).toBe(0);
  expect(file.grewWhileReading()).toBe(true);
});
