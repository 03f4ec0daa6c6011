/**
 * The compressed blocks of one Zstandard frame: literals, and sequences that mix them with what came before
 * (RFC 8878, 3.1.1.3). Tables and offsets of a block may be used again by the next one.
 */
import { BackwardBits } from './backward-bits.ts';
import {
  constantTable,
  damaged,
  type HuffmanTable,
  readHuffmanStream,
  readHuffmanTable,
  readStateTable,
  type StateTable,
} from './entropy.ts';
import { CODES, type CodeKind } from './sequence-codes.ts';
import { Window } from './window.ts';

export const MAX_BLOCK_BYTES = 128 * 1024;

export class ZstdBlocks {
  readonly #window: Window;
  #huffman: HuffmanTable | undefined;
  #tables: Partial<Record<CodeKind, StateTable>> = {};
  readonly #offsets: [number, number, number] = [1, 4, 8];

  constructor(windowBytes: number) {
    this.#window = new Window(windowBytes, MAX_BLOCK_BYTES);
  }

  /** The bytes of a block that is not compressed. */
  raw(bytes: Buffer): Buffer {
    this.#window.start();
    this.#window.append(bytes, 0, bytes.length);
    return bytes;
  }

  /** The bytes that a compressed block holds, in a buffer of their own. */
  compressed(block: Buffer): Buffer {
    const { literals, usedBytes } = this.#literals(block);
    this.#window.start();
    this.#sequences(block.subarray(usedBytes), literals);
    return this.#window.block();
  }

  #literals(block: Buffer): { literals: Uint8Array; usedBytes: number } {
    const first = block[0] ?? 0;
    const type = first & 3;
    const format = (first >> 2) & 3;
    const isPacked = type >= 2;
    const headerBytes = isPacked ? ([3, 3, 4, 5][format] ?? 0) : ([1, 2, 1, 3][format] ?? 0);
    if (block.length < headerBytes) throw damaged('a block that ends early');
    const header = block.readUIntLE(0, headerBytes);
    if (!isPacked) {
      const size = Math.floor(header / (format === 0 || format === 2 ? 8 : 16));
      const usedBytes = headerBytes + (type === 0 ? size : 1);
      if (size > MAX_BLOCK_BYTES || usedBytes > block.length) throw damaged('a block that ends early');
      const content = block.subarray(headerBytes, usedBytes);
      return { literals: type === 0 ? content : Buffer.alloc(size, content), usedBytes };
    }
    const width = [10, 10, 14, 18][format] ?? 0;
    const size = Math.floor(header / 16) % 2 ** width;
    const usedBytes = headerBytes + Math.floor(header / 2 ** (4 + width));
    if (size > MAX_BLOCK_BYTES || usedBytes > block.length) throw damaged('a block that ends early');
    const literals = new Uint8Array(size);
    this.#packedLiterals(block.subarray(headerBytes, usedBytes), literals, {
      isOwnTable: type === 2,
      isOne: format === 0,
    });
    return { literals, usedBytes };
  }

  #packedLiterals(
    bytes: Buffer,
    literals: Uint8Array,
    how: { readonly isOwnTable: boolean; readonly isOne: boolean },
  ): void {
    let at = 0;
    if (how.isOwnTable) {
      const { table, usedBytes } = readHuffmanTable(bytes);
      this.#huffman = table;
      at = usedBytes;
    }
    const table = this.#huffman;
    if (table === undefined) throw damaged('a block uses a table that there is not');
    if (how.isOne) {
      readHuffmanStream(bytes.subarray(at), table, literals);
      return;
    }
    if (bytes.length < at + 6) throw damaged('a block that ends early');
    const sizes = [0, 2, 4].map((place) => bytes.readUInt16LE(at + place));
    const quarter = Math.ceil(literals.length / 4);
    at += 6;
    for (let part = 0; part < 4; part += 1) {
      const end = part < 3 ? at + (sizes[part] ?? 0) : bytes.length;
      if (end > bytes.length || part * quarter > literals.length) throw damaged('a block that ends early');
      readHuffmanStream(
        bytes.subarray(at, end),
        table,
        literals.subarray(part * quarter, part < 3 ? (part + 1) * quarter : undefined),
      );
      at = end;
    }
  }

  #sequences(bytes: Buffer, literals: Uint8Array): void {
    const first = bytes[0];
    if (first === undefined) throw damaged('a block that ends early');
    let count = first;
    let at = 1;
    if (first === 255) {
      count = (bytes[1] ?? 0) + 256 * (bytes[2] ?? 0) + 0x7f00;
      at = 3;
    } else if (first > 127) {
      count = 256 * (first - 128) + (bytes[1] ?? 0);
      at = 2;
    }
    if (count === 0) {
      if (at !== bytes.length) throw damaged('a block with something behind its end');
      this.#window.append(literals, 0, literals.length);
      return;
    }
    const modes = bytes[at] ?? 0;
    if ((modes & 3) !== 0) throw damaged('a reserved bit of a block is set');
    at += 1;
    const table = (kind: CodeKind, mode: number): StateTable => {
      const { table: own, usedBytes } = this.#tableOf(kind, mode, bytes.subarray(at));
      at += usedBytes;
      this.#tables[kind] = own;
      return own;
    };
    const literalTable = table('literals', modes >> 6);
    const offsetTable = table('offset', (modes >> 4) & 3);
    const matchTable = table('match', (modes >> 2) & 3);
    const used = this.#copy(new BackwardBits(bytes.subarray(at)), count, literals, [
      literalTable,
      offsetTable,
      matchTable,
    ]);
    this.#window.append(literals, used, literals.length);
  }

  #tableOf(kind: CodeKind, mode: number, bytes: Uint8Array): { table: StateTable; usedBytes: number } {
    const { predefined, maxLog, baselines } = CODES[kind];
    const maxSymbol = baselines.length - 1;
    if (mode === 0) return { table: predefined, usedBytes: 0 };
    if (mode === 2) return readStateTable(bytes, { maxLog, maxSymbol });
    const table = mode === 1 ? constantTable(bytes[0] ?? 255) : this.#tables[kind];
    if (table === undefined) throw damaged('a block uses a table that there is not');
    if ((table.symbols[0] ?? 0) > maxSymbol) throw damaged('a code that is none');
    return { table, usedBytes: mode === 1 ? 1 : 0 };
  }

  /** Returns how many of the literals were used. */
  #copy(
    bits: BackwardBits,
    count: number,
    literals: Uint8Array,
    [literalTable, offsetTable, matchTable]: readonly [StateTable, StateTable, StateTable],
  ): number {
    const window = this.#window;
    let literalState = bits.read(literalTable.log);
    let offsetState = bits.read(offsetTable.log);
    let matchState = bits.read(matchTable.log);
    let used = 0;
    for (let index = 0; index < count; index += 1) {
      const literalCode = literalTable.symbols[literalState] ?? 0;
      const offsetCode = offsetTable.symbols[offsetState] ?? 0;
      const matchCode = matchTable.symbols[matchState] ?? 0;
      const offsetValue = 2 ** offsetCode + bits.read(offsetCode);
      const matchLength = (CODES.match.baselines[matchCode] ?? 0) + bits.read(CODES.match.extraBits[matchCode] ?? 0);
      const literalLength =
        (CODES.literals.baselines[literalCode] ?? 0) + bits.read(CODES.literals.extraBits[literalCode] ?? 0);
      if (index < count - 1) {
        literalState = (literalTable.bases[literalState] ?? 0) + bits.read(literalTable.bits[literalState] ?? 0);
        matchState = (matchTable.bases[matchState] ?? 0) + bits.read(matchTable.bits[matchState] ?? 0);
        offsetState = (offsetTable.bases[offsetState] ?? 0) + bits.read(offsetTable.bits[offsetState] ?? 0);
      }
      if (bits.left < 0) throw damaged('sequences that end early');
      if (used + literalLength > literals.length) throw damaged('more literals than there are');
      window.append(literals, used, used + literalLength);
      used += literalLength;
      window.repeat(this.#offset(offsetValue, literalLength === 0), matchLength);
    }
    if (bits.left !== 0) throw damaged('sequences that do not end where they should');
    return used;
  }

  /** Values up to 3 stand for the last three offsets, in another order behind no literals. */
  #offset(value: number, isBehindNone: boolean): number {
    const offsets = this.#offsets;
    const index = value > 3 ? 3 : value - 1 + Number(isBehindNone);
    if (value <= 3 && index === 0) return offsets[0];
    const offset = value > 3 ? value - 3 : index === 3 ? offsets[0] - 1 : (offsets[index] ?? 0);
    if (value > 3 || index !== 1) offsets[2] = offsets[1];
    offsets[1] = offsets[0];
    offsets[0] = offset;
    return offset;
  }
}
