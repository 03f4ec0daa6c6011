/**
 * Unpacks archives of one file (gzip, xz, bzip2, zstd) to bytes that a parser can read at any place.
 *
 * The kind is told by content. An archive that ends early gives what was complete; one that is corrupt is refused,
 * because nothing tells which of its bytes are right.
 */
import type { ByteSource } from '../model/byte-source.ts';
import { bunzip2 } from './decompress/bzip2.ts';
import { gunzip } from './decompress/gzip.ts';
import { type PackedFault, PackedStreamError, type Unpacker } from './decompress/unpacker.ts';
import { unxz } from './decompress/xz.ts';
import { unzstd } from './decompress/zstd.ts';
import { Spill } from './spill.ts';

export type ArchiveKind = 'gzip' | 'xz' | 'bzip2' | 'zstd' | 'compress' | 'lz4' | 'lzma' | 'zip' | 'tar';
/** What a file can be packed with. */
export type Compression = 'gzip' | 'xz' | 'bzip2' | 'zstd';

export interface Decompressed {
  readonly source: ByteSource;
  readonly compression: Compression;
  readonly truncated: boolean;
  readonly close: () => void;
}

/** Nothing usable can be made of the archive; the message says why. */
export class UnreadableArchive extends Error {}

export function archiveKind(head: Uint8Array): ArchiveKind | undefined {
  const text = Buffer.from(head).toString('latin1');
  if (text.slice(257, 262) === 'ustar') return 'tar';
  const kind = MAGIC.find(([magic]) => text.startsWith(magic))?.[1];
  if (kind !== undefined) return kind;
  if (/^BZh[1-9]/.test(text)) return 'bzip2';
  if (isLzma(head)) return 'lzma';
  // A frame to be skipped, which pzstd writes first.
  return /^[P-_]\*M/.test(text) && text[3] === '\x18' ? 'zstd' : undefined;
}

const LZMA_HEAD_BYTES = 13;
/** lc = 3, lp = 0, pb = 2, which every program writes by itself. */
const LZMA_PROPERTIES = 0x5d;
const LARGEST_LZMA_BYTES = 2 ** 40;

/** `.lzma` has no magic bytes: its usual properties, a dictionary of 2^n or 2^n + 2^(n−1) bytes, and a size, known or all ones. */
function isLzma(head: Uint8Array): boolean {
  if (head.length < LZMA_HEAD_BYTES || head[0] !== LZMA_PROPERTIES) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const dictionary = view.getUint32(1, true);
  const size = view.getBigUint64(5, true);
  const power = 2 ** Math.floor(Math.log2(dictionary));
  const isUsual = dictionary >= 4096 && (dictionary === power || dictionary === 1.5 * power);
  return isUsual && (size === 2n ** 64n - 1n || size < LARGEST_LZMA_BYTES);
}

const MAGIC: readonly (readonly [magic: string, kind: ArchiveKind])[] = [
  ['\x1f\x8b', 'gzip'],
  ['\xfd7zXZ\x00', 'xz'],
  ['\x28\xb5\x2f\xfd', 'zstd'],
  ['\x1f\x9d', 'compress'],
  ['\x04\x22\x4d\x18', 'lz4'],
  ['PK\x03\x04', 'zip'],
];

export function isCompression(kind: ArchiveKind | undefined): kind is Compression {
  return kind === 'gzip' || kind === 'xz' || kind === 'bzip2' || kind === 'zstd';
}

export async function decompress(kind: ArchiveKind, stored: ByteSource, maxBytes: number): Promise<Decompressed> {
  if (!isCompression(kind)) {
    throw new UnreadableArchive(`it is a ${kind} archive, and gz, xz, bz2 and zst are read; unpack it first`);
  }
  if (stored.sizeBytes > maxBytes) throw new UnreadableArchive(bombReason(maxBytes));
  const spill = new Spill(maxBytes, () => new UnreadableArchive(bombReason(maxBytes)));
  try {
    const truncated = await unpackInto(spill, kind, stored);
    const { source, close } = spill.finish();
    return { source, compression: kind, truncated, close };
  } catch (error) {
    spill.discard();
    throw error;
  }
}

function bombReason(maxBytes: number): string {
  return `it unpacks to more than ${(maxBytes / 1024 ** 3).toPrecision(3)} GiB; unpack it first if that is right`;
}

/** Returns whether the archive is cut off. */
async function unpackInto(spill: Spill, kind: Compression, stored: ByteSource): Promise<boolean> {
  try {
    if (kind === 'gzip') return await gunzip(allBytes(stored), spill);
    for await (const chunk of UNPACKERS[kind](chunksOf(stored)).chunks) spill.add(chunk);
    return false;
  } catch (error) {
    if (!(error instanceof PackedStreamError)) throw error;
    if (error.fault === 'cut') return true;
    throw new UnreadableArchive(`the ${kind} archive ${FAULTS[error.fault]} (${error.message})`, { cause: error });
  }
}

const UNPACKERS: Readonly<Record<Exclude<Compression, 'gzip'>, (stored: AsyncIterable<Buffer>) => Unpacker>> = {
  xz: unxz,
  bzip2: bunzip2,
  zstd: unzstd,
};

const FAULTS: Readonly<Record<Exclude<PackedFault, 'cut'>, string>> = {
  damaged: 'is corrupt',
  memory: 'needs too much memory; unpack it first',
  options: 'uses options that are not supported; unpack it first',
};

async function* chunksOf(stored: ByteSource): AsyncGenerator<Buffer, void> {
  for (let at = 0; ; ) {
    const chunk = Buffer.allocUnsafeSlow(64 * 1024);
    const count = stored.read(chunk, at);
    if (count === 0) return;
    at += count;
    yield chunk.subarray(0, count);
  }
}

function allBytes(source: ByteSource): Buffer {
  const bytes = Buffer.allocUnsafeSlow(source.sizeBytes);
  let length = 0;
  while (length < bytes.length) {
    const count = source.read(bytes.subarray(length), length);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}
