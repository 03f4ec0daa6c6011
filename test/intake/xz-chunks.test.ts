import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { xzChunks } from '../../intake/xz-chunks.ts';

const MEBIBYTE = 1024 * 1024;

test('a server has its turn many times while a few kilobytes unpack to 64 MiB', async () => {
  const packed = execFileSync('xz', ['-1', '-c'], { input: Buffer.alloc(64 * MEBIBYTE) });
  async function* stored(): AsyncGenerator<Uint8Array, void> {
    yield packed;
  }
  let turns = 0;
  let timer: NodeJS.Timeout | undefined;
  let unpackedBytes = 0;
  for await (const chunk of xzChunks(stored())) {
    // From the first chunk on: the library is loaded before it.
    timer ??= setInterval(() => {
      turns += 1;
    }, 1);
    unpackedBytes += chunk.length;
  }
  clearInterval(timer);
  expect(unpackedBytes).toBe(64 * MEBIBYTE);
  // One turn every 10 ms of work; without them there is one at most.
  expect(turns).toBeGreaterThan(3);
});
