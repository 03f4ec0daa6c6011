/**
 * The unpacked chunks of a bzip2 file: streams one after another (`cat a.bz2 b.bz2`, pbzip2), each a row of blocks.
 *
 * A block is given out when its checksum is right, so of a cut file every complete block is there. Blocks begin at any
 * bit; how long one is, only its reading tells.
 */

import { ByteReader } from './byte-reader.ts';
import { BitReader, OutOfBits } from './bzip2-bits.ts';
import { BLOCK_MAGIC, BLOCK_UNIT_BYTES, type Bzip2Block, END_MAGIC, unpackBlock } from './bzip2-block.ts';
import { PackedStreamError, turns, type Unpacker } from './unpacker.ts';

/** Of a block of 900 kB that was packed by some packer; incompressible ones grow by one percent. */
const USUAL_BLOCK_BYTES = 1024 * 1024;
/** Codes of 20 bits for each of 900,000 bytes, and the tables. */
const LARGEST_BLOCK_BYTES = 3 * 1024 * 1024;

export function bunzip2(stored: AsyncIterable<Buffer>): Unpacker {
  const input = new BlockInput(new ByteReader(stored));
  return { chunks: streamsOf(input), usedBytes: () => input.usedBytes };
}

async function* streamsOf(input: BlockInput): AsyncGenerator<Buffer, void> {
  // Kept from stream to stream: a megabyte of empty ones would ask for a quarter of a terabyte.
  let space = new Uint32Array(0);
  try {
    for (let isFirst = true; ; isFirst = false) {
      const maxBytes = await blockBytesOf(input, isFirst);
      if (maxBytes === undefined) return;
      if (space.length !== maxBytes) space = new Uint32Array(maxBytes);
      yield* blocksOf(input, space);
    }
  } finally {
    await input.close();
  }
}

/** Length of the blocks of the stream that begins here; undefined at the end of the file. */
async function blockBytesOf(input: BlockInput, isFirst: boolean): Promise<number | undefined> {
  await input.fill(USUAL_BLOCK_BYTES);
  const header = input.bytes.toString('latin1', 0, 4);
  const level = /^BZh([1-9])$/.exec(header)?.[1];
  if (level !== undefined) {
    input.use(32);
    return Number(level) * BLOCK_UNIT_BYTES;
  }
  if (isFirst) throw new PackedStreamError(input.bytes.length < 4 ? 'cut' : 'damaged', 'it has no bzip2 header');
  // Zeros fill a tape. Anything else may be a stream whose header is damaged: what was in it is missing.
  if (await input.isZeroToItsEnd()) return undefined;
  throw new PackedStreamError('cut', 'it goes on with something that is no bzip2 stream');
}

async function* blocksOf(input: BlockInput, space: Uint32Array): AsyncGenerator<Buffer, void> {
  const turn = turns();
  let combined = 0;
  for (;;) {
    await input.fill(USUAL_BLOCK_BYTES);
    const block = (await readPart(input, space, turn)) ?? (await retried(input, space, turn));
    if ('streamChecksum' in block) {
      if (block.streamChecksum !== combined)
        throw new PackedStreamError('damaged', 'the checksum of all blocks is wrong');
      return;
    }
    combined = (((combined << 1) | (combined >>> 31)) ^ block.checksum) >>> 0;
    for (const chunk of block.chunks) {
      if (chunk.length > 0) yield chunk;
      await turn();
    }
  }
}

interface StreamEnd {
  readonly streamChecksum: number;
}

async function retried(input: BlockInput, space: Uint32Array, turn: Turn): Promise<Bzip2Block | StreamEnd> {
  await input.fill(LARGEST_BLOCK_BYTES);
  const block = await readPart(input, space, turn);
  if (block !== undefined) return block;
  throw new PackedStreamError(input.hasEnded ? 'cut' : 'damaged', 'a block has no end');
}

type Turn = ReturnType<typeof turns>;

/** Undefined when the bytes at hand end inside of the block. */
async function readPart(
  input: BlockInput,
  space: Uint32Array,
  turn: Turn,
): Promise<Bzip2Block | StreamEnd | undefined> {
  const bits = new BitReader(input.bytes, input.bit);
  try {
    const magic = bits.readMagic();
    if (magic === END_MAGIC) {
      const streamChecksum = bits.readUint32();
      input.use(Math.ceil(bits.at / 8) * 8 - input.bit);
      return { streamChecksum };
    }
    if (magic !== BLOCK_MAGIC) throw new PackedStreamError('damaged', 'a block has no header');
    const work = unpackBlock(bits, space);
    let step = work.next();
    for (; step.done !== true; step = work.next()) await turn();
    input.use(bits.at - input.bit);
    return step.value;
  } catch (error) {
    if (error instanceof OutOfBits) return undefined;
    throw error;
  }
}

/** The stored bytes from the current block on. A class because it holds a place in a stream. */
class BlockInput {
  readonly #reader: ByteReader;
  #bytes: Buffer = Buffer.alloc(0);
  /** Bits of the first byte that are used. */
  #bit = 0;
  #hasEnded = false;

  constructor(reader: ByteReader) {
    this.#reader = reader;
  }

  get bytes(): Buffer {
    return this.#bytes;
  }

  get bit(): number {
    return this.#bit;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get usedBytes(): number {
    return this.#reader.offset - this.#bytes.length;
  }

  /** At least `wanted` bytes, if there are so many. Twice as many are taken: small blocks must not copy them each time. */
  async fill(wanted: number): Promise<void> {
    if (this.#hasEnded || this.#bytes.length >= wanted) return;
    const missing = 2 * wanted - this.#bytes.length;
    const more = await this.#reader.take(missing);
    this.#hasEnded = more.length < missing;
    this.#bytes = this.#bytes.length === 0 ? more : Buffer.concat([this.#bytes, more]);
  }

  use(bits: number): void {
    const at = this.#bit + bits;
    this.#bytes = this.#bytes.subarray(at >>> 3);
    this.#bit = at & 7;
  }

  async isZeroToItsEnd(): Promise<boolean> {
    for (let bytes = this.#bytes; bytes.length > 0; bytes = await this.#reader.upTo(64 * 1024)) {
      if (bytes.some((byte) => byte !== 0)) return false;
    }
    return true;
  }

  async close(): Promise<void> {
    await this.#reader.close();
  }
}
