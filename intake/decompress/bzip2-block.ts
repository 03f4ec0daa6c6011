/**
 * One block of a bzip2 stream: Huffman codes, move to front, Burrows–Wheeler, runs.
 * Format: J. Tsai, "BZIP2: Format Specification" (2016), https://github.com/dsnet/compress/blob/master/doc/bzip2-format.pdf
 *
 * Not by `unbzip2-stream`: 32 run symbols one after another overflow its counter and it never returns, and it reads bit
 * by bit. Here every loop is bounded by the block and a damaged block is an error. A generator, because a block takes
 * some 50 ms and others want their turn in between.
 */
import type { BitReader } from './bzip2-bits.ts';
import { type Codes, damaged, GROUP_SYMBOLS, readSymbol, readTables } from './bzip2-codes.ts';
import { PackedStreamError } from './unpacker.ts';

export const BLOCK_UNIT_BYTES = 100_000;
export const BLOCK_MAGIC = 0x314159265359;
export const END_MAGIC = 0x177245385090;

export interface Bzip2Block {
  readonly chunks: readonly Buffer[];
  readonly checksum: number;
}

/**
 * `bits` stands behind the magic number. `permutation` is room for the largest block of the stream, with anything in it.
 * Yields between pieces of work.
 */
export function* unpackBlock(bits: BitReader, permutation: Uint32Array): Generator<undefined, Bzip2Block> {
  const checksum = bits.readUint32();
  if (bits.read(1) === 1) throw new PackedStreamError('options', 'it is of a bzip2 before 0.9.5');
  const origin = bits.read(24);
  const symbols = readAlphabet(bits);
  const { selectors, tables } = readTables(bits, symbols.length + 2);
  const length = yield* readSymbols(bits, { symbols, selectors, tables, permutation });
  yield;
  if (origin >= length) throw damaged('a block begins outside of itself');
  invert(permutation, length);
  yield;
  const block = yield* expandRuns(permutation, length, origin);
  if (block.checksum !== checksum) throw damaged('the checksum of a block is wrong');
  return block;
}

/** Which bytes occur in the block, as 16 times 16 bits. */
function readAlphabet(bits: BitReader): number[] {
  const ranges = bits.read(16);
  const symbols: number[] = [];
  for (let range = 0; range < 16; range += 1) {
    if (((ranges >> (15 - range)) & 1) === 0) continue;
    const present = bits.read(16);
    for (let index = 0; index < 16; index += 1) {
      if (((present >> (15 - index)) & 1) === 1) symbols.push(16 * range + index);
    }
  }
  if (symbols.length === 0) throw damaged('a block without any byte');
  return symbols;
}

// ---- move to front

interface Coded extends Codes {
  readonly symbols: readonly number[];
  /** Takes the bytes of the block. */
  readonly permutation: Uint32Array;
}

const RUN_B = 1;
const GROUPS_A_TURN = 2000;

/** Returns how many bytes the block has. */
function* readSymbols(bits: BitReader, coded: Coded): Generator<undefined, number> {
  const { selectors, tables, permutation } = coded;
  const front = Uint8Array.from(coded.symbols);
  const end = front.length + 1;
  let length = 0;
  let run = 0;
  let runUnit = 1;
  for (let group = 0; group < selectors.length; group += 1) {
    const table = tables[selectors[group] ?? 0];
    if (table === undefined) throw damaged('a code table that is not there');
    for (let index = 0; index < GROUP_SYMBOLS; index += 1) {
      const symbol = readSymbol(bits, table);
      if (symbol <= RUN_B) {
        run += runUnit << symbol;
        runUnit <<= 1;
        if (length + run > permutation.length) throw damaged('a block longer than it may be');
        continue;
      }
      if (run > 0) {
        permutation.fill(front[0] ?? 0, length, length + run);
        length += run;
        run = 0;
        runUnit = 1;
      }
      if (symbol === end) return length;
      if (length === permutation.length) throw damaged('a block longer than it may be');
      const place = symbol - 1;
      const byte = front[place] ?? 0;
      for (let index = place; index > 0; index -= 1) front[index] = front[index - 1] ?? 0;
      front[0] = byte;
      permutation[length] = byte;
      length += 1;
    }
    if (group % GROUPS_A_TURN === GROUPS_A_TURN - 1) yield;
  }
  throw damaged('a block without an end');
}

// ---- Burrows–Wheeler

/** From now on the upper 24 bits of an entry say where the byte after it stands. */
function invert(permutation: Uint32Array, length: number): void {
  const places = new Uint32Array(256);
  for (let index = 0; index < length; index += 1) {
    const byte = (permutation[index] ?? 0) & 255;
    places[byte] = (places[byte] ?? 0) + 1;
  }
  let sum = 0;
  for (let byte = 0; byte < 256; byte += 1) {
    const count = places[byte] ?? 0;
    places[byte] = sum;
    sum += count;
  }
  for (let index = 0; index < length; index += 1) {
    const byte = (permutation[index] ?? 0) & 255;
    const place = places[byte] ?? 0;
    permutation[place] = (permutation[place] ?? 0) | (index << 8);
    places[byte] = place + 1;
  }
}

// ---- runs

const CHUNK_BYTES = 256 * 1024;
/** Four equal bytes are followed by how many more there are. */
const RUN_START = 4;
const LONGEST_RUN = 255;
const BYTES_A_TURN = 1 << 18;

function* expandRuns(permutation: Uint32Array, length: number, origin: number): Generator<undefined, Bzip2Block> {
  const chunks: Buffer[] = [];
  let chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let filled = 0;
  let checksum = 0xffffffff;
  let place = (permutation[origin] ?? 0) >>> 8;
  let last = -1;
  let repeated = 0;
  for (let index = 0; index < length; index += 1) {
    const entry = permutation[place] ?? 0;
    place = entry >>> 8;
    let byte = entry & 255;
    let copies = 1;
    if (repeated === RUN_START) {
      copies = byte;
      byte = last;
      last = -1;
      repeated = 0;
    } else {
      repeated = byte === last ? repeated + 1 : 1;
      last = byte;
    }
    for (let copy = 0; copy < copies; copy += 1) {
      checksum = (checksum << 8) ^ (CHECKSUMS[(checksum >>> 24) ^ byte] ?? 0);
      chunk[filled + copy] = byte;
    }
    filled += copies;
    if (filled >= CHUNK_BYTES - LONGEST_RUN) {
      chunks.push(chunk.subarray(0, filled));
      chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
      filled = 0;
      yield;
    } else if (index % BYTES_A_TURN === BYTES_A_TURN - 1) yield;
  }
  chunks.push(chunk.subarray(0, filled));
  return { chunks, checksum: ~checksum >>> 0 };
}

/** CRC-32 with the highest bit first, unlike that of gzip. */
const CHECKSUMS: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) value = (value << 1) ^ (value < 0 ? 0x04c11db7 : 0);
  return value >>> 0;
});
