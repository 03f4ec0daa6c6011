/** bzip2, zstd and xz, by archives of the real packers and by damage done to them. */
import { expect, test } from 'vitest';
import { bunzip2 } from '../../../intake/decompress/bzip2.ts';
import { PackedStreamError, type Unpacker } from '../../../intake/decompress/unpacker.ts';
import { unxz } from '../../../intake/decompress/xz.ts';
import { unzstd } from '../../../intake/decompress/zstd.ts';
import { NUMBERS, REPEATED, sample } from './samples.ts';

interface Outcome {
  readonly text: string;
  readonly fault?: string;
}

async function outcomeOf(
  unpack: (stored: AsyncIterable<Buffer>) => Unpacker,
  archive: Buffer,
  chunkBytes = 65_536,
): Promise<Outcome> {
  async function* stored(): AsyncGenerator<Buffer, void> {
    for (let at = 0; at < archive.length; at += chunkBytes) yield archive.subarray(at, at + chunkBytes);
  }
  const chunks: string[] = [];
  try {
    for await (const chunk of unpack(stored()).chunks) chunks.push(chunk.toString('latin1'));
  } catch (error) {
    if (!(error instanceof PackedStreamError)) throw error;
    return { text: chunks.join(''), fault: error.fault };
  }
  return { text: chunks.join('') };
}

const FORMATS = [
  { format: 'bzip2', unpack: bunzip2, numbers: sample('bzip2Numbers'), repeated: sample('bzip2Repeated') },
  { format: 'zstd', unpack: unzstd, numbers: sample('zstdNumbers'), repeated: sample('zstdRepeated') },
] as const;

test.each(FORMATS)('$format archives of one and of several blocks are unpacked, in chunks of any size', async (of) => {
  for (const chunkBytes of [1, 7, 4096]) {
    expect(await outcomeOf(of.unpack, of.numbers, chunkBytes)).toEqual({ text: NUMBERS });
    expect(await outcomeOf(of.unpack, of.repeated, chunkBytes)).toEqual({ text: REPEATED });
  }
});

test.each(FORMATS)('$format archives one behind the other are one file, zeros behind them are padding', async (of) => {
  const both = Buffer.concat([of.numbers, of.repeated]);
  expect(await outcomeOf(of.unpack, both)).toEqual({ text: NUMBERS + REPEATED });
  expect(await outcomeOf(of.unpack, Buffer.concat([both, Buffer.alloc(700)]))).toEqual({ text: NUMBERS + REPEATED });
});

test.each(FORMATS)('something else behind a $format archive may be content that is missing', async (of) => {
  expect(await outcomeOf(of.unpack, Buffer.concat([of.numbers, Buffer.from('garbage')]))).toEqual({
    text: NUMBERS,
    fault: 'cut',
  });
});

test.each(FORMATS)(
  'a $format archive that is cut anywhere gives its complete blocks and is known to be cut',
  async (of) => {
    const archive = Buffer.concat([of.repeated, of.numbers]);
    let longest = 0;
    for (let length = 0; length < archive.length; length += 1) {
      if (length === of.repeated.length) continue;
      const { text, fault } = await outcomeOf(of.unpack, archive.subarray(0, length));
      expect(fault).toBe('cut');
      expect((REPEATED + NUMBERS).startsWith(text)).toBe(true);
      if (length < of.repeated.length) longest = Math.max(longest, text.length);
    }
    // bzip2 -1 packs 100 kB a block, zstd 128 KiB; the last block of zstd is complete before its checksum.
    expect(longest).toBeGreaterThan(99_000);
  },
);

test.each(FORMATS)('a $format archive with any bit turned is refused or cut, or its content is right', async (of) => {
  for (let bit = 0; bit < of.numbers.length * 8; bit += 1) {
    const damaged = Buffer.from(of.numbers);
    damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const { text, fault } = await outcomeOf(of.unpack, damaged);
    if (fault === undefined) expect(text).toBe(NUMBERS);
  }
});

test('zstd frames to be skipped are skipped', async () => {
  expect(await outcomeOf(unzstd, sample('pzstdNumbers'))).toEqual({ text: NUMBERS });
  const comment = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
  const archive = Buffer.concat([comment, sample('zstdNumbers'), comment, sample('zstdRepeated'), comment]);
  expect(await outcomeOf(unzstd, archive)).toEqual({ text: NUMBERS + REPEATED });
});

/** Magic number and descriptor of a frame with a window byte. RFC 8878, 3.1.1.1 */
function frame(...bytes: readonly number[]): Buffer {
  return Buffer.from([0x28, 0xb5, 0x2f, 0xfd, ...bytes]);
}

test.each([
  // Exponent 18: 2^28 bytes
  ['a window of 256 MiB', frame(0x00, 18 << 3, 1, 0, 0), 'memory'],
  ['a dictionary', frame(0x01, 0x58, 7, 1, 0, 0), 'options'],
  ['a reserved bit', frame(0x08, 0x58, 1, 0, 0), 'damaged'],
  ['a reserved type of block', frame(0x00, 0x58, 7, 0, 0), 'damaged'],
  // Raw block of two bytes where one is stated
  ['more content than it states', frame(0x20, 1, 0x11, 0, 0, 65, 66), 'damaged'],
  ['less content than it states', frame(0x20, 3, 0x11, 0, 0, 65, 66), 'damaged'],
  ['a wrong checksum', frame(0x24, 2, 0x11, 0, 0, 65, 66, 1, 2, 3, 4), 'damaged'],
  ['a block above 128 KiB', frame(0x00, 0x58, 0xff, 0xff, 0xff), 'damaged'],
])('a zstd frame with %s is refused', async (_, archive, fault) => {
  expect((await outcomeOf(unzstd, archive)).fault).toBe(fault);
});

test('a zstd match that reaches behind the start of its frame is refused', async () => {
  // One literal, one sequence with the first of the offsets to begin with, which is 1; then with an offset of 4.
  const block = (offsetCode: number): Buffer =>
    // RLE literals of one byte; one sequence; three tables of one code: literal length 1, offset, match length 3.
    Buffer.from([0x09, 0x61, 0x01, 0x54, 1, offsetCode, 0, 0x01 << (offsetCode % 8)]);
  const archive = (offsetCode: number): Buffer =>
    Buffer.concat([frame(0x00, 0x58, (block(offsetCode).length << 3) | 5, 0, 0), block(offsetCode)]);
  expect(await outcomeOf(unzstd, archive(0))).toEqual({ text: 'aaaa' });
  // Code 1 with extra bit 0 is value 2: the second offset to begin with, 4.
  expect((await outcomeOf(unzstd, archive(1))).fault).toBe('damaged');
});

test('thirty-two bzip2 run symbols one behind the other end, where other readers hang', async () => {
  const bits: string[] = [];
  const put = (value: number, width: number): void => void bits.push(value.toString(2).padStart(width, '0'));
  // Header, block, checksum, not randomized, origin 0; the only byte is "a".
  for (const byte of Buffer.from('BZh1\x31\x41\x59\x26\x53\x59', 'latin1')) put(byte, 8);
  put(0, 32);
  put(0, 1);
  put(0, 24);
  put(0b0000001000000000, 16);
  put(0b0100000000000000, 16);
  // Two tables, two groups, both with the first table: codes of two bits for RUNA, RUNB and the end.
  put(2, 3);
  put(2, 15);
  put(0, 2);
  for (const _ of [1, 2]) {
    put(2, 5);
    put(0, 3);
  }
  for (let count = 0; count < 40; count += 1) put(0, 2);
  put(0b10, 2);
  const archive = Buffer.from(
    (bits.join('').match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)),
  );
  expect((await outcomeOf(bunzip2, archive)).fault).toBe('damaged');
});

test('fifty thousand empty bzip2 streams are read in seconds: room for a block is not made anew for each', async () => {
  const empty = Buffer.from('BZh9\x17\x72\x45\x38\x50\x90\0\0\0\0', 'latin1');
  expect(await outcomeOf(bunzip2, Buffer.concat(Array<Buffer>(50_000).fill(empty)))).toEqual({ text: '' });
});

test('xz streams one behind the other, with padding between them, are one file', async () => {
  const archive = Buffer.concat([sample('xzRepeated'), Buffer.alloc(8), sample('xzRepeated'), Buffer.alloc(4)]);
  expect(await outcomeOf(unxz, archive)).toEqual({ text: REPEATED + REPEATED });
});

test('a reader that leaves a stream closes what it reads from', async () => {
  for (const { unpack, repeated } of FORMATS) {
    let isClosed = false;
    async function* stored(): AsyncGenerator<Buffer, void> {
      try {
        for (;;) yield repeated;
      } finally {
        isClosed = true;
      }
    }
    for await (const _ of unpack(stored()).chunks) break;
    expect(isClosed).toBe(true);
  }
});
