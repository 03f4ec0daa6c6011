/**
 * The first bytes of an HDF5 file: whether it is one, and how long it was when it was whole.
 * https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html, Disk Format: Level 0A
 */
import type { ByteSource } from '../../../model/byte-source.ts';

export const SIGNATURE = '\x89HDF\r\n\x1a\n';
const HEAD_BYTES = 64;
/** Place of the end-of-file address by version; addresses of eight bytes, as in every file of VASP. */
const END_ADDRESS_AT: Readonly<Record<number, number>> = { 0: 40, 1: 44, 2: 28, 3: 28 };

export interface Superblock {
  /** Bytes of the whole file; absent when the file ends inside of the superblock or its version is unknown. */
  readonly wholeBytes?: number;
}

/** Undefined for a file that is no HDF5. */
export function readSuperblock(source: ByteSource): Superblock | undefined {
  const head = Buffer.alloc(HEAD_BYTES);
  const length = readFully(source, head, 0);
  if (head.toString('latin1', 0, SIGNATURE.length) !== SIGNATURE) return undefined;
  const at = END_ADDRESS_AT[head[8] ?? -1];
  if (at === undefined || length < at + 8) return {};
  const wholeBytes = Number(head.readBigUInt64LE(at));
  return Number.isSafeInteger(wholeBytes) ? { wholeBytes } : {};
}

/** Returns how many bytes there were. */
export function readFully(source: ByteSource, target: Uint8Array, offset: number): number {
  let length = 0;
  while (length < target.length) {
    const count = source.read(target.subarray(length), offset + length);
    if (count === 0) break;
    length += count;
  }
  return length;
}
