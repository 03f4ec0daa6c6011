/**
 * vaspout.h5: what VASP 6 writes besides OUTCAR, in one HDF5 file.
 *
 * The mistakes avoided here: opening whatever is named so (the library opens a file that is no HDF5 without a word: the
 * first bytes are looked at), and a file of gigabytes in memory: only what is asked for is read. The POTCAR inside is
 * never opened. HDF5 of this kind has no checksums: a turned bit in a number cannot be seen. Layout: py4vasp.
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord } from '../model/calculation.ts';
import { unreadableRecord } from './shared/fault.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';
import { Datasets } from './shared/vaspout-h5/datasets.ts';
import { loadHdf5, openHdf5 } from './shared/vaspout-h5/hdf5-library.ts';
import { recordOf } from './shared/vaspout-h5/record.ts';
import { readSuperblock, SIGNATURE } from './shared/vaspout-h5/superblock.ts';

export const vaspoutH5Parser: ParserDefinition = {
  format: 'vaspout-h5',
  title: 'vaspout.h5, the HDF5 output of VASP 6',
  matchesName: (name) => /(?:^|[._-])vaspout(?:[._-][\w.-]*)?\.h5$/.test(name),
  matchesContent: (head) => head.startsWith(SIGNATURE),
  prepare: loadHdf5,
  parse,
};

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  const superblock = readSuperblock(source);
  if (superblock === undefined) return unreadableRecord('vaspout-h5', 'it is no HDF5 file');
  const { wholeBytes = source.sizeBytes } = superblock;
  const isCut = wholeBytes > source.sizeBytes;
  const file = openHdf5(source, Math.max(wholeBytes, source.sizeBytes));
  if (file === undefined) {
    return unreadableRecord(
      'vaspout-h5',
      isCut ? 'it is cut off too early' : 'it is damaged, no HDF5 library opens it',
    );
  }
  try {
    const datasets = new Datasets(file, source.sizeBytes);
    if (!VASP_GROUPS.some((group) => datasets.has(group))) {
      const reason = isCut ? 'it is cut off before anything of VASP' : 'HDF5, but nothing of VASP is in it';
      return unreadableRecord('vaspout-h5', reason);
    }
    return recordOf(datasets, isCut, options);
  } finally {
    file.close();
  }
}

const VASP_GROUPS = ['/input', '/intermediate', '/results'];
