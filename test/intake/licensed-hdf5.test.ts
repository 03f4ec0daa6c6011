/** Which HDF5 files hold the text of POTCARs: in plain text, packed as a whole, and where only names give it away. */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { isLicensedHdf5 } from '../../intake/licensed-hdf5.ts';
import { CORPUS, CORPUS_MISSING, corpusIsThere } from '../corpus/corpus.ts';
import { hdf5, LINKS_OF_POTCARS, POTCAR_HEAD } from './archive-samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

const judged = (content: Buffer): Promise<boolean> => {
  const folder = temporaryFolder({ 'vaspout.h5': content });
  return isLicensedHdf5(join(folder, 'vaspout.h5'));
};

describe('an HDF5 file', () => {
  // The file is searched in pieces of 256 KiB: the text lies around the first seam.
  test.each([0, 5000, 262_144 - 20, 262_144 - 1, 262_144, 600_000])('with a POTCAR at byte %i is told', async (at) => {
    expect(await judged(hdf5(Buffer.alloc(at), POTCAR_HEAD, Buffer.alloc(9000)))).toBe(true);
    expect(await judged(gzipSync(hdf5(Buffer.alloc(at), POTCAR_HEAD)))).toBe(true);
  });

  test('with packed POTCARs is told by the names of their group, before and behind each other', async () => {
    expect(await judged(hdf5(Buffer.alloc(7000), LINKS_OF_POTCARS, Buffer.alloc(7000)))).toBe(true);
    expect(await judged(hdf5('spec\0\0\0\0content\0'))).toBe(true);
  });

  test('behind a block of its user is HDF5', async () => {
    expect(await judged(Buffer.concat([Buffer.alloc(512), hdf5(POTCAR_HEAD)]))).toBe(true);
  });

  test('with the texts of INCAR and KPOINTS, or with titles alone, holds none', async () => {
    expect(await judged(hdf5('content\0', Buffer.alloc(500), 'content\0', Buffer.alloc(500), 'spec\0'))).toBe(false);
    expect(await judged(hdf5())).toBe(false);
  });
});

test('what is no HDF5 is not looked through here', async () => {
  expect(await judged(Buffer.from(POTCAR_HEAD))).toBe(false);
  expect(await judged(Buffer.alloc(0))).toBe(false);
  expect(await judged(gzipSync(hdf5(POTCAR_HEAD)).subarray(0, 12))).toBe(false);
});

// pymatgen's test file of VASP 6.4, which has the POTCARs of Ga and Sb in it.
const REAL = join(CORPUS, 'pymatgen', 'vaspout.line_mode_band_structure.h5.gz');
test.skipIf(!corpusIsThere)(`${corpusIsThere ? '' : CORPUS_MISSING}a vaspout.h5 of VASP 6 holds POTCARs`, async () => {
  expect(await isLicensedHdf5(REAL)).toBe(true);
});
