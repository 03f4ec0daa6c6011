/**
 * Unpacks a gzip file, a row of members (RFC 1952): `cat a.gz b.gz` is one archive, tape padding or other bytes may
 * follow the last member, and a copy that stopped early still holds most of its content. zlib's own reader drops the end
 * of the content when bytes follow and cannot tell a cut file from a whole one, so members are walked here and only the
 * compressed stream between header and trailer is zlib's.
 */
import { constants, crc32, createInflateRaw, type InflateRaw, inflateRawSync } from 'node:zlib';
import type { Spill } from '../spill.ts';
import { PackedStreamError } from './unpacker.ts';

const TRAILER_BYTES = 8;
/** Smaller archives are inflated at once: a stream costs a millisecond each, which adds up over a campaign. */
const AT_ONCE_BYTES = 1024 * 1024;
const AT_ONCE_OUTPUT_BYTES = 32 * 1024 * 1024;
const INFLATE = { finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 256 * 1024 } as const;

/** Returns whether the archive is cut off. */
export async function gunzip(archive: Buffer, spill: Spill): Promise<boolean> {
  let at = 0;
  while (at < archive.length) {
    const content = memberContentStart(archive, at);
    // After a whole member anything that is no member is padding or garbage; at the start it is a cut archive.
    if (content === undefined) return at === 0 || mayBeMember(archive.subarray(at));
    const member = archive.subarray(content);
    const { consumed, checksum, sizeBytes } = await inflateMember(member, spill);
    const trailer = member.subarray(consumed, consumed + TRAILER_BYTES);
    if (trailer.length < TRAILER_BYTES) return true;
    if (trailer.readUInt32LE(0) !== checksum || trailer.readUInt32LE(4) !== sizeBytes % 2 ** 32) {
      throw new PackedStreamError('damaged', 'its checksum is wrong');
    }
    at = content + consumed + TRAILER_BYTES;
  }
  return false;
}

/** Ten bytes of header, two of an empty stream, eight of trailer. */
const SHORTEST_MEMBER_BYTES = 20;

/** A member whose header is damaged is content that is missing; zeros, and what is too short, are not. */
function mayBeMember(tail: Buffer): boolean {
  return tail.length >= SHORTEST_MEMBER_BYTES && tail.some((byte) => byte !== 0);
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
    throw new PackedStreamError('damaged', 'a block of it is none');
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
