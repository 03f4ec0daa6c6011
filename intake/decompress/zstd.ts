/**
 * The unpacked chunks of a Zstandard file: frames one after another, some of them to be skipped (RFC 8878).
 *
 * Not by `fzstd`: it moves the whole window for every block (hours for a megabyte of tiny blocks), lets a block of ten
 * bytes copy a gigabyte, puts zeros where a match reaches too far back, and checks neither sizes nor the checksum. A
 * window larger than 128 MiB (`--long=28` and more) is refused, as `zstd` itself does unless it is told otherwise.
 */
import { ByteReader } from './byte-reader.ts';
import { PackedStreamError, turns, type Unpacker } from './unpacker.ts';
import { MAX_BLOCK_BYTES, ZstdBlocks } from './zstd/blocks.ts';
import { Xxh64 } from './zstd/xxh64.ts';

export function unzstd(stored: AsyncIterable<Buffer>): Unpacker {
  const reader = new ByteReader(stored);
  return { chunks: framesOf(reader), usedBytes: () => reader.offset };
}

const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;

async function* framesOf(reader: ByteReader): AsyncGenerator<Buffer, void> {
  try {
    for (let isFirst = true; ; isFirst = false) {
      const magic = await reader.take(4);
      if (magic.length === 0 && !isFirst) return;
      if (magic.length < 4) throw cut();
      const number = magic.readUInt32LE(0);
      if (number === FRAME_MAGIC) yield* frame(reader);
      else if ((number & 0xfffffff0) === SKIPPABLE_MAGIC)
        await skip(reader, (await exactly(reader, 4)).readUInt32LE(0));
      else if (isFirst) throw new PackedStreamError('damaged', 'it has no zstd header');
      // As in bzip2: zeros fill a tape, anything else may be a frame that is missing.
      else if (await isZeroToItsEnd(magic, reader)) return;
      else throw new PackedStreamError('cut', 'it goes on with something that is no zstd frame');
    }
  } finally {
    await reader.close();
  }
}

function cut(): PackedStreamError {
  return new PackedStreamError('cut', 'it ends early');
}

async function exactly(reader: ByteReader, count: number): Promise<Buffer> {
  const bytes = await reader.take(count);
  if (bytes.length < count) throw cut();
  return bytes;
}

async function skip(reader: ByteReader, count: number): Promise<void> {
  for (let left = count; left > 0; ) {
    const bytes = await reader.upTo(left);
    if (bytes.length === 0) throw cut();
    left -= bytes.length;
  }
}

async function isZeroToItsEnd(first: Buffer, reader: ByteReader): Promise<boolean> {
  for (let bytes = first; bytes.length > 0; bytes = await reader.upTo(64 * 1024)) {
    if (bytes.some((byte) => byte !== 0)) return false;
  }
  return true;
}

// ---- frame

interface FrameHeader {
  readonly windowBytes: number;
  readonly contentBytes?: number;
  readonly hasChecksum: boolean;
}

const MAX_WINDOW_BYTES = 128 * 1024 * 1024;

async function frameHeader(reader: ByteReader): Promise<FrameHeader> {
  const descriptor = (await exactly(reader, 1)).readUInt8(0);
  if ((descriptor & 8) !== 0) throw new PackedStreamError('damaged', 'a reserved bit of a frame is set');
  const isSingleSegment = (descriptor & 32) !== 0;
  const window = isSingleSegment ? undefined : windowOf((await exactly(reader, 1)).readUInt8(0));
  const dictionary = await exactly(reader, [0, 1, 2, 4][descriptor & 3] ?? 0);
  if (dictionary.some((byte) => byte !== 0)) throw new PackedStreamError('options', 'it needs a dictionary');
  const contentBytes = contentSize(await exactly(reader, sizeFieldBytes(descriptor >> 6, isSingleSegment)));
  const windowBytes = window ?? contentBytes ?? 0;
  if (windowBytes > MAX_WINDOW_BYTES) {
    throw new PackedStreamError('memory', 'its window is larger than 128 MiB; use `zstd --long=27` or less');
  }
  return {
    windowBytes,
    ...(contentBytes === undefined ? {} : { contentBytes }),
    hasChecksum: (descriptor & 4) !== 0,
  };
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function sizeFieldBytes(flag: number, isSingleSegment: boolean): number {
  return flag === 0 ? Number(isSingleSegment) : 2 ** flag;
}

function contentSize(field: Buffer): number | undefined {
  if (field.length === 0) return undefined;
  if (field.length === 8) return Number(field.readBigUInt64LE(0));
  const size = field.readUIntLE(0, field.length);
  // Smaller sizes take one byte.
  return field.length === 2 ? size + 256 : size;
}

async function* frame(reader: ByteReader): AsyncGenerator<Buffer, void> {
  const { windowBytes, contentBytes, hasChecksum } = await frameHeader(reader);
  const blocks = new ZstdBlocks(windowBytes);
  const checksum = hasChecksum ? new Xxh64() : undefined;
  const turn = turns();
  let producedBytes = 0;
  for (let isLast = false; !isLast; ) {
    const header = (await exactly(reader, 3)).readUIntLE(0, 3);
    isLast = (header & 1) === 1;
    const content = await block(reader, blocks, header);
    producedBytes += content.length;
    if (producedBytes > (contentBytes ?? Infinity)) throw wrongSize();
    checksum?.add(content);
    if (content.length > 0) yield content;
    await turn();
  }
  if (contentBytes !== undefined && producedBytes !== contentBytes) throw wrongSize();
  if (checksum !== undefined && (await exactly(reader, 4)).readUInt32LE(0) !== checksum.low32()) {
    throw new PackedStreamError('damaged', 'the checksum of a frame is wrong');
  }
}

function wrongSize(): PackedStreamError {
  return new PackedStreamError('damaged', 'a frame has not the size that it states');
}

async function block(reader: ByteReader, blocks: ZstdBlocks, header: number): Promise<Buffer> {
  const size = header >> 3;
  if (size > MAX_BLOCK_BYTES) throw new PackedStreamError('damaged', `a block of ${size} bytes`);
  const type = (header >> 1) & 3;
  if (type === 0) return blocks.raw(await exactly(reader, size));
  if (type === 1) return blocks.raw(Buffer.alloc(size, await exactly(reader, 1)));
  if (type === 2) return blocks.compressed(await exactly(reader, size));
  throw new PackedStreamError('damaged', 'a block of a reserved type');
}
