/**
 * Tells a vaspout.h5 in which VASP 6 has kept its POTCARs (`/input/potcar/content`): no copy of it may be kept either.
 *
 * Searched, not opened as HDF5: the texts lie anywhere in a file of gigabytes, also where a dataset was deleted and the
 * file not written anew (`h5repack`). A packed dataset hides its text but not its name: `content` beside `spec` is the
 * group of the POTCARs, other groups of VASP have only one of the two.
 */
import { open } from 'node:fs/promises';
import { archiveKind } from './decompress.ts';
import { whatComesOut } from './what-comes-out.ts';

const SIGNATURE = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');
/** A block of the user's own may stand before HDF5: 512 bytes, or twice as often as one likes. */
const LONGEST_USER_BLOCK = 4096;
const CHUNK_BYTES = 256 * 1024;

const POTCAR_TEXT = Buffer.from('parameters from PSCTR are:');
const DATASET = Buffer.from('content');
const TITLES = Buffer.from('spec');
/** Between two names of one group: at most a third name, or the headers of a link. */
const NAMES_APART_BYTES = 64;
const OVERLAP_BYTES = NAMES_APART_BYTES + DATASET.length + POTCAR_TEXT.length;

export function isHdf5Head(head: Uint8Array): boolean {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return true;
  for (let at = 512; at < LONGEST_USER_BLOCK; at *= 2) {
    if (bytes.subarray(at, at + SIGNATURE.length).equals(SIGNATURE)) return true;
  }
  return false;
}

/** Whether the file on disk, packed or not, is HDF5 and holds POTCARs. What is no HDF5 is not read any further. */
export async function isLicensedHdf5(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    async function* stored(): AsyncGenerator<Buffer, void> {
      for (let at = 0; ; ) {
        const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
        const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
        if (bytesRead === 0) return;
        at += bytesRead;
        yield chunk.subarray(0, bytesRead);
      }
    }
    const head = Buffer.alloc(512);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return await holdsPotcar(whatComesOut(stored(), archiveKind(head.subarray(0, bytesRead))));
  } finally {
    await file.close();
  }
}

async function holdsPotcar(chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
  let rest: Buffer = Buffer.alloc(0);
  let isKnown = false;
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, chunk]);
    if (!isKnown && bytes.length >= LONGEST_USER_BLOCK + SIGNATURE.length) {
      if (!isHdf5Head(bytes)) return false;
      isKnown = true;
    }
    if (isKnown && namesPotcar(bytes)) return true;
    rest = isKnown ? bytes.subarray(Math.max(0, bytes.length - OVERLAP_BYTES)) : bytes;
  }
  return !isKnown && isHdf5Head(rest) && namesPotcar(rest);
}

function namesPotcar(bytes: Buffer): boolean {
  if (bytes.includes(POTCAR_TEXT)) return true;
  for (let at = bytes.indexOf(DATASET); at >= 0; at = bytes.indexOf(DATASET, at + 1)) {
    const around = bytes.subarray(Math.max(0, at - NAMES_APART_BYTES), at + DATASET.length + NAMES_APART_BYTES);
    if (around.includes(TITLES)) return true;
  }
  return false;
}
