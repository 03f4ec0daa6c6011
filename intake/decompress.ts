/**
 * Unpacks gzip and xz archives to bytes that a parser can read at any place.
 *
 * A gzip file is a row of members (RFC 1952): `cat a.gz b.gz` is one archive, tape padding or other bytes may follow the
 * last member, and a copy that stopped early still holds most of its content. zlib's own reader drops the end of the
 * content when bytes follow and cannot tell a cut file from a whole one, so members are walked here and only the
 * compressed stream between header and trailer is zlib's. xz: https://tukaani.org/xz/xz-file-format.txt
 */
import { constants, crc32, createInflateRaw, type InflateRaw, inflateRawSync } from 'node:zlib';
import type { ByteSource } from '../model/byte-source.ts';
import { Spill } from './spill.ts';
import { xzChunks, xzFault } from './xz-chunks.ts';

export type ArchiveKind = 'gzip' | 'xz' | 'bzip2' | 'zstd' | 'compress' | 'lz4' | 'zip' | 'tar';

export interface Decompressed {
  readonly source: ByteSource;
  readonly compression: 'gzip' | 'xz';
  readonly truncated: boolean;
  readonly close: () => void;
}

/** Nothing usable can be made of the archive; the message says why. */
export class UnreadableArchive extends Error {}

export function archiveKind(head: Uint8Array): ArchiveKind | undefined {
  const text = Buffer.from(head).toString('latin1');
  if (text.slice(257, 262) === 'ustar') return 'tar';
  return MAGIC.find(([magic]) => text.startsWith(magic))?.[1];
}

const MAGIC: readonly (readonly [magic: string, kind: ArchiveKind])[] = [
  ['\x1f\x8b', 'gzip'],
  ['\xfd7zXZ\x00', 'xz'],
  ['BZh', 'bzip2'],
  ['\x28\xb5\x2f\xfd', 'zstd'],
  ['\x1f\x9d', 'compress'],
  ['\x04\x22\x4d\x18', 'lz4'],
  ['PK\x03\x04', 'zip'],
];

export async function decompress(kind: ArchiveKind, stored: ByteSource, maxBytes: number): Promise<Decompressed> {
  if (kind !== 'gzip' && kind !== 'xz') {
    throw new UnreadableArchive(`it is a ${kind} archive, which is not unpacked by this version; unpack it first`);
  }
  if (stored.sizeBytes > maxBytes) throw new UnreadableArchive(bombReason(maxBytes));
  const spill = new Spill(maxBytes, () => new UnreadableArchive(bombReason(maxBytes)));
  try {
    const truncated = kind === 'gzip' ? await gunzip(stored, spill) : await unxz(stored, spill);
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

// ---- gzip

const TRAILER_BYTES = 8;
/** Smaller archives are inflated at once: a stream costs a millisecond each, which adds up over a campaign. */
const AT_ONCE_BYTES = 1024 * 1024;
const AT_ONCE_OUTPUT_BYTES = 32 * 1024 * 1024;
const INFLATE = { finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 256 * 1024 } as const;

/** Returns whether the archive is cut off. */
async function gunzip(stored: ByteSource, spill: Spill): Promise<boolean> {
  const archive = allBytes(stored);
  let at = 0;
  while (at < archive.length) {
    const content = memberContentStart(archive, at);
    // After a whole member anything that is no member is padding or garbage; at the start it is a cut archive.
    if (content === undefined) return at === 0;
    const member = archive.subarray(content);
    const { consumed, checksum, sizeBytes } = await inflateMember(member, spill);
    const trailer = member.subarray(consumed, consumed + TRAILER_BYTES);
    if (trailer.length < TRAILER_BYTES) return true;
    if (trailer.readUInt32LE(0) !== checksum || trailer.readUInt32LE(4) !== sizeBytes % 2 ** 32) {
      throw new UnreadableArchive('the gzip archive is corrupt (its checksum is wrong)');
    }
    at = content + consumed + TRAILER_BYTES;
  }
  return false;
}

/** Offset of the compressed stream of the member at `at`; undefined when no whole member header stands there. */
function memberContentStart(archive: Buffer, at: number): number | undefined {
  if (archive[at] !== 0x1f || archive[at + 1] !== 0x8b || archive[at + 2] !== 8) return undefined;
  const flags = archive[at + 3] ?? 0;
  let end = at + 10;
  if ((flags & 4) !== 0) end += 2 + (archive[end] ?? 0) + 256 * (archive[end + 1] ?? 0);
  for (const textFlag of [8, 16]) {
    if ((flags & textFlag) === 0) continue;
    const zero = archive.indexOf(0, end);
    if (zero < 0) return undefined;
    end = zero + 1;
  }
  if ((flags & 2) !== 0) end += 2;
  return end < archive.length ? end : undefined;
}

interface InflatedMember {
  /** Length of the compressed stream. */
  readonly consumed: number;
  readonly checksum: number;
  readonly sizeBytes: number;
}

async function inflateMember(member: Buffer, spill: Spill): Promise<InflatedMember> {
  try {
    const atOnce = member.length <= AT_ONCE_BYTES ? inflateAtOnce(member) : undefined;
    if (atOnce !== undefined) {
      spill.add(atOnce.buffer);
      const { consumed } = atOnce;
      return { consumed, checksum: crc32(atOnce.buffer), sizeBytes: atOnce.buffer.length };
    }
    const inflate = createInflateRaw(INFLATE);
    inflate.end(member);
    let checksum = 0;
    let sizeBytes = 0;
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      // `as`: a zlib stream without encoding yields buffers.
      spill.add(chunk);
      checksum = crc32(chunk, checksum);
      sizeBytes += chunk.length;
    }
    return { consumed: inflate.bytesWritten, checksum, sizeBytes };
  } catch (error) {
    if (zlibCode(error) !== 'Z_DATA_ERROR') throw error;
    throw new UnreadableArchive('the gzip archive is corrupt', { cause: error });
  }
}

/** Undefined when the content is too large for one buffer. */
function inflateAtOnce(member: Buffer): { buffer: Buffer; consumed: number } | undefined {
  try {
    const result: unknown = inflateRawSync(member, { ...INFLATE, maxOutputLength: AT_ONCE_OUTPUT_BYTES, info: true });
    // `as`: with `info` the result is this pair, which the type declarations do not know.
    const { buffer, engine } = result as { buffer: Buffer; engine: InflateRaw };
    return { buffer, consumed: engine.bytesWritten };
  } catch (error) {
    if (zlibCode(error) === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw error;
  }
}

function zlibCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

// ---- xz

/** Returns whether the archive is cut off. */
async function unxz(stored: ByteSource, spill: Spill): Promise<boolean> {
  try {
    for await (const chunk of xzChunks(chunks(stored))) spill.add(chunk);
    return false;
  } catch (error) {
    const fault = xzFault(error);
    if (fault === undefined) throw error;
    if (fault === 'cut') return true;
    const reason = fault === 'damaged' ? 'is corrupt' : 'uses options that are not supported';
    throw new UnreadableArchive(`the xz archive ${reason}; unpack it first`, { cause: error });
  }
}

async function* chunks(stored: ByteSource): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; ; ) {
    const chunk = new Uint8Array(64 * 1024);
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
