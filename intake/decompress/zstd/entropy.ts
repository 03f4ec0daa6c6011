/** The tables that Zstandard codes symbols with: finite state entropy and Huffman (RFC 8878, 4.1 and 4.2.1). */
import { PackedStreamError } from '../unpacker.ts';
import { BackwardBits } from './backward-bits.ts';

export interface StateTable {
  readonly log: number;
  readonly symbols: Uint8Array;
  /** The next state is `base` and so many bits. */
  readonly bits: Uint8Array;
  readonly bases: Uint16Array;
}

export function damaged(reason: string): PackedStreamError {
  return new PackedStreamError('damaged', reason);
}

export interface StateLimits {
  readonly maxLog: number;
  readonly maxSymbol: number;
}

/** Table at the start of `bytes`, and how many of them describe it. */
export function readStateTable(bytes: Uint8Array, limits: StateLimits): { table: StateTable; usedBytes: number } {
  const { counts, log, usedBytes } = readCounts(bytes, limits);
  return { table: stateTable(counts, log), usedBytes };
}

/** Probabilities in 1/2^log; −1 stands for less than one. */
function readCounts(
  bytes: Uint8Array,
  { maxLog, maxSymbol }: StateLimits,
): { counts: readonly number[]; log: number; usedBytes: number } {
  let at = 0;
  const peek = (count: number): number => {
    const byte = at >>> 3;
    const word = (bytes[byte] ?? 0) | ((bytes[byte + 1] ?? 0) << 8) | ((bytes[byte + 2] ?? 0) << 16);
    return (word >>> (at & 7)) & ((1 << count) - 1);
  };
  const log = peek(4) + 5;
  at = 4;
  if (log > maxLog) throw damaged('a table that is too large');
  const counts: number[] = [];
  let remaining = (1 << log) + 1;
  let threshold = 1 << log;
  let width = log + 1;
  while (remaining > 1) {
    if (counts.length > maxSymbol) throw damaged('a table with too many symbols');
    const spare = 2 * threshold - 1 - remaining;
    let value = peek(width - 1);
    if (value < spare) at += width - 1;
    else {
      value = peek(width);
      if (value >= threshold) value -= spare;
      at += width;
    }
    const count = value - 1;
    remaining -= Math.abs(count);
    counts.push(count);
    while (remaining < threshold) {
      width -= 1;
      threshold >>= 1;
    }
    // How many more symbols do not occur: twos bits, and three means "and more".
    for (let zeros = count === 0 ? 3 : 0; zeros === 3; ) {
      zeros = peek(2);
      at += 2;
      for (let index = 0; index < zeros; index += 1) counts.push(0);
      if (counts.length > maxSymbol + 1) throw damaged('a table with too many symbols');
    }
  }
  const usedBytes = Math.ceil(at / 8);
  if (remaining !== 1 || usedBytes > bytes.length) throw damaged('a table whose probabilities are wrong');
  return { counts, log, usedBytes };
}

export function stateTable(counts: readonly number[], log: number): StateTable {
  const size = 1 << log;
  const symbols = new Uint8Array(size);
  const next = counts.map((count) => (count === -1 ? 1 : count));
  let high = size - 1;
  for (const [symbol, count] of counts.entries()) {
    if (count !== -1) continue;
    symbols[high] = symbol;
    high -= 1;
  }
  const step = (size >> 1) + (size >> 3) + 3;
  let place = 0;
  for (const [symbol, count] of counts.entries()) {
    for (let index = 0; index < count; index += 1) {
      symbols[place] = symbol;
      do place = (place + step) & (size - 1);
      while (place > high);
    }
  }
  if (place !== 0) throw damaged('a table whose probabilities are wrong');
  const bits = new Uint8Array(size);
  const bases = new Uint16Array(size);
  for (let state = 0; state < size; state += 1) {
    const symbol = symbols[state] ?? 0;
    const value = next[symbol] ?? 1;
    next[symbol] = value + 1;
    const width = log - (31 - Math.clz32(value));
    bits[state] = width;
    bases[state] = (value << width) - size;
  }
  return { log, symbols, bits, bases };
}

/** One symbol, whatever the state. */
export function constantTable(symbol: number): StateTable {
  return { log: 0, symbols: Uint8Array.of(symbol), bits: new Uint8Array(1), bases: new Uint16Array(1) };
}

// ---- Huffman

export interface HuffmanTable {
  readonly maxBits: number;
  /** By the next `maxBits` bits. */
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
}

const MAX_HUFFMAN_BITS = 11;
const MAX_WEIGHTS = 255;
const WEIGHT_LIMITS: StateLimits = { maxLog: 6, maxSymbol: 12 };

/** Table at the start of `bytes`, and how many of them describe it. */
export function readHuffmanTable(bytes: Uint8Array): { table: HuffmanTable; usedBytes: number } {
  const header = bytes[0] ?? 0;
  const isDirect = header >= 128;
  const usedBytes = 1 + (isDirect ? (header - 126) >> 1 : header);
  if (usedBytes > bytes.length) throw damaged('a table of codes that ends early');
  const content = bytes.subarray(1, usedBytes);
  return { table: huffmanTable(isDirect ? directWeights(content, header - 127) : codedWeights(content)), usedBytes };
}

function directWeights(bytes: Uint8Array, count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const pair = bytes[index >> 1] ?? 0;
    return index % 2 === 0 ? pair >> 4 : pair & 15;
  });
}

/** Two states take turns; the first one that has no bits left ends both. */
function codedWeights(bytes: Uint8Array): number[] {
  const { table, usedBytes } = readStateTable(bytes, WEIGHT_LIMITS);
  const bits = new BackwardBits(bytes.subarray(usedBytes));
  const states = [bits.read(table.log), bits.read(table.log)];
  if (bits.left < 0) throw damaged('a table of codes that ends early');
  const weights: number[] = [];
  for (let turn = 0; weights.length < MAX_WEIGHTS; turn = 1 - turn) {
    const state = states[turn] ?? 0;
    weights.push(table.symbols[state] ?? 0);
    const width = table.bits[state] ?? 0;
    if (bits.left < width) {
      weights.push(table.symbols[states[1 - turn] ?? 0] ?? 0);
      return weights;
    }
    states[turn] = (table.bases[state] ?? 0) + bits.read(width);
  }
  throw damaged('a table with too many codes');
}

/** The weight of the last symbol is not written: it fills the sum up to a power of two. */
function huffmanTable(stated: readonly number[]): HuffmanTable {
  const sum = stated.reduce((total, weight) => total + (weight > 0 ? 2 ** (weight - 1) : 0), 0);
  if (sum === 0 || stated.length > MAX_WEIGHTS) throw damaged('a table without codes');
  const maxBits = Math.floor(Math.log2(sum)) + 1;
  const missing = 2 ** maxBits - sum;
  const last = Math.log2(missing) + 1;
  if (maxBits > MAX_HUFFMAN_BITS || !Number.isInteger(last)) throw damaged('a table of codes that do not fit');
  const weights = [...stated, last];
  const symbols = new Uint8Array(1 << maxBits);
  const bits = new Uint8Array(1 << maxBits);
  let at = 0;
  for (let weight = 1; weight <= maxBits; weight += 1) {
    const length = 1 << (weight - 1);
    for (const [symbol, own] of weights.entries()) {
      if (own !== weight) continue;
      symbols.fill(symbol, at, at + length);
      bits.fill(maxBits + 1 - weight, at, at + length);
      at += length;
    }
  }
  return { maxBits, symbols, bits };
}

/** Fills `target` with the symbols of one stream, which must end with it. */
export function readHuffmanStream(bytes: Uint8Array, table: HuffmanTable, target: Uint8Array): void {
  const stream = new BackwardBits(bytes);
  const { maxBits, symbols, bits } = table;
  for (let index = 0; index < target.length; index += 1) {
    const seen = stream.peek(maxBits);
    target[index] = symbols[seen] ?? 0;
    stream.skip(bits[seen] ?? 0);
  }
  if (stream.left !== 0) throw damaged('literals that do not end where they should');
}
