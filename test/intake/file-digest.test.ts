import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { digestOf } from '../../intake/file-digest.ts';
import { memorySource } from '../../model/byte-source.ts';
import { lineNumbers } from '../../reading/resolve-lines.ts';
import { temporaryFolder } from './temporary-folder.ts';

function opened(content: Buffer): number {
  const descriptor = openSync(join(temporaryFolder({ file: content }), 'file'), 'r');
  onTestFinished(() => closeSync(descriptor));
  return descriptor;
}

/** Lines of 1, 2, 3 … 97 bytes, so that no block begins like another one. */
const TEXT = Buffer.from(Array.from({ length: 20_000 }, (_, index) => 'x'.repeat(index % 97)).join('\n'));

test.each([0, 1, 65_535, 65_536, 262_144, 262_145, TEXT.length])(
  'a file of %i bytes has the hash of its bytes, and its blocks lead to the lines that reading it all gives',
  (sizeBytes) => {
    const content = TEXT.subarray(0, sizeBytes);
    const { identity, lines } = digestOf({ descriptor: opened(content), sizeBytes });
    expect(identity).toEqual({ sha256: createHash('sha256').update(content).digest('hex'), bytes: sizeBytes });
    const offsets = [0, 1, 262_143, 262_144, 262_145, 700_000, sizeBytes - 1, sizeBytes, sizeBytes + 1].filter(
      (offset) => offset >= 0,
    );
    const source = memorySource(content);
    const expected = offsets
      .filter((offset) => offset <= sizeBytes)
      .map((offset) => [offset, content.subarray(0, offset).toString('latin1').split('\n').length] as const);
    expect(new Map(lineNumbers(source, offsets, lines))).toEqual(new Map(expected));
    expect(new Map(lineNumbers(source, offsets))).toEqual(new Map(expected));
  },
);

test('only the blocks in which the offsets lie are read', () => {
  const { lines } = digestOf({ descriptor: opened(TEXT), sizeBytes: TEXT.length });
  let bytesRead = 0;
  const { read } = memorySource(TEXT);
  const source = {
    sizeBytes: TEXT.length,
    read: (target: Uint8Array, offset: number): number => {
      const count = read(target, offset);
      bytesRead += count;
      return count;
    },
  };
  lineNumbers(source, [TEXT.length - 10], lines);
  expect(bytesRead).toBeLessThanOrEqual(lines.blockBytes);
  expect(TEXT.length).toBeGreaterThan(3 * lines.blockBytes);
});

test('of a file that has grown, the bytes it had are hashed; of one that was cut, those that are left', () => {
  const descriptor = opened(TEXT);
  expect(digestOf({ descriptor, sizeBytes: 100_000 }).identity).toEqual({
    sha256: createHash('sha256').update(TEXT.subarray(0, 100_000)).digest('hex'),
    bytes: 100_000,
  });
  const { identity, lines } = digestOf({ descriptor, sizeBytes: 10 * TEXT.length });
  expect(identity).toEqual({ sha256: createHash('sha256').update(TEXT).digest('hex'), bytes: TEXT.length });
  expect(lines.newlinesBefore).toHaveLength(Math.ceil(TEXT.length / lines.blockBytes));
});
