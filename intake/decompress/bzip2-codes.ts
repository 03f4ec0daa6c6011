/**
 * The Huffman codes of a bzip2 block: up to six tables, and which of them every group of fifty symbols is written with.
 */
import type { BitReader } from './bzip2-bits.ts';
import { PackedStreamError } from './unpacker.ts';

export function damaged(reason: string): PackedStreamError {
  return new PackedStreamError('damaged', reason);
}

const MAX_CODE_BITS = 20;
export const GROUP_SYMBOLS = 50;

export interface Codes {
  readonly selectors: Uint8Array;
  readonly tables: readonly CodeTable[];
}

export function readTables(bits: BitReader, symbolCount: number): Codes {
  const tableCount = bits.read(3);
  if (tableCount < 2 || tableCount > 6) throw damaged(`a block with ${tableCount} code tables`);
  const selectors = new Uint8Array(bits.read(15));
  const order = [0, 1, 2, 3, 4, 5].slice(0, tableCount);
  for (let index = 0; index < selectors.length; index += 1) {
    let place = 0;
    while (bits.read(1) === 1) {
      place += 1;
      if (place >= tableCount) throw damaged('a code table that is not there');
    }
    const [table = 0] = order.splice(place, 1);
    order.unshift(table);
    selectors[index] = table;
  }
  const tables = order.map(() => codeTable(readCodeLengths(bits, symbolCount)));
  return { selectors, tables };
}

function readCodeLengths(bits: BitReader, symbolCount: number): Uint8Array {
  const lengths = new Uint8Array(symbolCount);
  let length = bits.read(5);
  for (let symbol = 0; symbol < symbolCount; symbol += 1) {
    while (bits.read(1) === 1) {
      length += bits.read(1) === 0 ? 1 : -1;
      if (length < 1 || length > MAX_CODE_BITS) break;
    }
    if (length < 1 || length > MAX_CODE_BITS) throw damaged(`a code of ${length} bits`);
    lengths[symbol] = length;
  }
  return lengths;
}

/** So many bits are looked up at once; longer codes are rare. */
const FAST_BITS = 10;

export interface CodeTable {
  /** By the next bits: 32 × symbol + length; 0 where the code is longer. */
  readonly fast: Uint16Array;
  /** By length: first code, and where its symbol stands in `symbols`. */
  readonly firstCode: Int32Array;
  readonly firstPlace: Int32Array;
  readonly counts: Int32Array;
  readonly symbols: Uint16Array;
}

function codeTable(lengths: Uint8Array): CodeTable {
  const counts = new Int32Array(MAX_CODE_BITS + 1);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  const firstCode = new Int32Array(MAX_CODE_BITS + 1);
  const firstPlace = new Int32Array(MAX_CODE_BITS + 1);
  const symbols = new Uint16Array(lengths.length);
  const fast = new Uint16Array(1 << FAST_BITS);
  let code = 0;
  let place = 0;
  for (let length = 1; length <= MAX_CODE_BITS; length += 1) {
    code <<= 1;
    firstCode[length] = code;
    firstPlace[length] = place;
    for (let symbol = 0; symbol < lengths.length; symbol += 1) {
      if (lengths[symbol] !== length) continue;
      const spare = FAST_BITS - length;
      if (spare >= 0) fast.fill(32 * symbol + length, code << spare, (code + 1) << spare);
      symbols[place] = symbol;
      place += 1;
      code += 1;
    }
    if (code > 1 << length) throw damaged('codes that are not unique');
  }
  return { fast, firstCode, firstPlace, counts, symbols };
}

export function readSymbol(bits: BitReader, table: CodeTable): number {
  const seen = bits.peek(MAX_CODE_BITS);
  const entry = table.fast[seen >>> (MAX_CODE_BITS - FAST_BITS)] ?? 0;
  if (entry !== 0) {
    bits.skip(entry & 31);
    return entry >>> 5;
  }
  for (let length = FAST_BITS + 1; length <= MAX_CODE_BITS; length += 1) {
    const index = (seen >>> (MAX_CODE_BITS - length)) - (table.firstCode[length] ?? 0);
    if (index < 0 || index >= (table.counts[length] ?? 0)) continue;
    bits.skip(length);
    return table.symbols[(table.firstPlace[length] ?? 0) + index] ?? 0;
  }
  bits.skip(MAX_CODE_BITS);
  throw damaged('a code that is none');
}
