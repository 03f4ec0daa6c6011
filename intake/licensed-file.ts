/**
 * Tells POTCAR files, by name and by content; those inside of a vaspout.h5 are told by `licensed-hdf5.ts`. They are licensed by the University of Vienna: no copy may be kept.
 *
 * An OUTCAR repeats TITEL, VRHFIN and LEXCH of its potentials, so these words alone make no POTCAR; the table that
 * begins with "parameters from PSCTR are:" stands in a POTCAR only, on the third line of every element.
 */
import { archiveKind, isCompression } from './decompress.ts';
import { isHdf5Head } from './licensed-hdf5.ts';
import { whatComesOut } from './what-comes-out.ts';

/** So much of a file must be seen to tell. A first line and a valence stand before the table. */
export const LICENSED_HEAD_BYTES = 4096;
/** bzip2 and zstd pack blocks of which nothing can be read before their end. A block of bzip2 is the longer one. */
const LICENSED_BLOCK_BYTES = 1024 * 1024;

/** How much of a file must be seen to tell, by its first `LICENSED_HEAD_BYTES`. */
export function licensedHeadBytes(head: Buffer): number {
  const kind = archiveKind(head);
  return kind === 'bzip2' || kind === 'zstd' ? LICENSED_BLOCK_BYTES : LICENSED_HEAD_BYTES;
}

/** `POTCAR`, `potcar_Zn.gz`, `Li_sv.POTCAR.xz`, also the list of its titles that pymatgen writes (`POTCAR.spec`). */
export function isLicensedName(fileName: string): boolean {
  return /potcar/i.test(fileName);
}

/** Judges the first `licensedHeadBytes` of a file as it is stored, packed or not. */
export async function isLicensedHead(head: Buffer): Promise<boolean> {
  const kind = archiveKind(head);
  const content = isCompression(kind) ? await firstBytes(whatComesOut(inOnePiece(head), kind)) : head;
  // All of an HDF5 file is looked through, and it is refused in other words.
  return !isHdf5Head(content) && isPotcarText(content);
}

async function* inOnePiece(head: Buffer): AsyncGenerator<Buffer, void> {
  yield head;
}

function isPotcarText(head: Buffer): boolean {
  const text = head.toString('latin1');
  return /^ *parameters from PSCTR are:/m.test(text) || TITLE_AND_VALENCE.test(text);
}

/** ` PAW_PBE Zn 06Sep2000`, then a number alone: the first two lines of every POTCAR, also of ultrasoft ones. */
const TITLE_AND_VALENCE = /^\s*(?:PAW|US|NC)(?:_\w+)? +[A-Z][a-z]?[\w.]*(?: +\w+)* *\r?\n *\d+\.\d+ *\r?\n/;

/** Enough of a packed head; what follows is cut, so the stream ends in an error or early. */
async function firstBytes(unpacked: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of unpacked) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= LICENSED_HEAD_BYTES) break;
  }
  return Buffer.concat(chunks);
}
