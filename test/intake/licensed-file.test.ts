/** A packed POTCAR of which 4 kB do not tell anything, because nothing of a block can be read before its end. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isLicensedHead, LICENSED_HEAD_BYTES, licensedHeadBytes } from '../../intake/licensed-file.ts';
import { POTCAR_HEAD } from './archive-samples.ts';

const TABLE = Array.from({ length: 3000 }, (_, index) => (Math.sin(index) * 1000).toFixed(6)).join('\n');

// The samples in `archive-formats.test.ts` need no packer, but are short.
describe.each(['bzip2', 'zstd'])('%s', (program) => {
  const isThere = ['/usr/bin', '/bin', '/usr/local/bin'].some((folder) => existsSync(`${folder}/${program}`));
  const packed = (text: string): Buffer => execFileSync(program, ['-c'], { input: text });

  test.skipIf(!isThere)('a POTCAR is told by more of it than of a plain one', async () => {
    const potcar = packed(POTCAR_HEAD + TABLE);
    expect(potcar.length).toBeGreaterThan(2 * LICENSED_HEAD_BYTES);
    const wanted = licensedHeadBytes(potcar.subarray(0, LICENSED_HEAD_BYTES));
    expect(await isLicensedHead(potcar.subarray(0, LICENSED_HEAD_BYTES))).toBe(false);
    expect(await isLicensedHead(potcar.subarray(0, wanted))).toBe(true);
    expect(await isLicensedHead(packed(TABLE).subarray(0, wanted))).toBe(false);
  });
});
