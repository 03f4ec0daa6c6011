import { expect, test } from 'vitest';
import { Xxh64 } from '../../../intake/decompress/zstd/xxh64.ts';

// Lower halves of the vectors of the xxHash project; longer texts are in the checksums of `packed-streams.test.ts`.
test.each([
  ['', 0x51d8e999],
  ['a', 0xa98c6e5b],
  ['abc', 0xad770999],
])('the hash of %j is that of the reference', (text, expected) => {
  const hash = new Xxh64();
  for (const letter of text) hash.add(Buffer.from(letter));
  expect(hash.low32()).toBe(expected);
});

test('the hash does not depend on the pieces', () => {
  const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => (index * index) & 255));
  const whole = new Xxh64();
  whole.add(bytes);
  for (const size of [1, 7, 31, 32, 33, 100]) {
    const pieces = new Xxh64();
    for (let at = 0; at < bytes.length; at += size) pieces.add(bytes.subarray(at, at + size));
    expect(pieces.low32()).toBe(whole.low32());
  }
});
