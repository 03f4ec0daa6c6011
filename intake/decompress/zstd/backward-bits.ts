/** Bits of a Zstandard bitstream, which is read from its end to its start (RFC 8878, 4.1). */
import { PackedStreamError } from '../unpacker.ts';

export class BackwardBits {
  readonly #bytes: Uint8Array;
  #left: number;

  /** The highest set bit of the last byte marks the end and is none of the content. */
  constructor(bytes: Uint8Array) {
    const last = bytes.at(-1) ?? 0;
    if (last === 0) throw new PackedStreamError('damaged', 'a bitstream without its end mark');
    this.#bytes = bytes;
    this.#left = bytes.length * 8 - 8 + (31 - Math.clz32(last));
  }

  /** Below zero when more was used than there is. */
  get left(): number {
    return this.#left;
  }

  /** At most 24 bits; zeros before the start. */
  peek(count: number): number {
    const start = this.#left - count;
    if (start < 0) return this.#left <= 0 ? 0 : this.#bitsAt(0, this.#left) << -start;
    return this.#bitsAt(start, count);
  }

  skip(count: number): void {
    this.#left -= count;
  }

  read(count: number): number {
    if (count > 24) return this.read(count - 16) * 65536 + this.read(16);
    const value = this.peek(count);
    this.#left -= count;
    return value;
  }

  #bitsAt(start: number, count: number): number {
    const bytes = this.#bytes;
    const byte = start >>> 3;
    const word =
      (bytes[byte] ?? 0) |
      ((bytes[byte + 1] ?? 0) << 8) |
      ((bytes[byte + 2] ?? 0) << 16) |
      ((bytes[byte + 3] ?? 0) << 24);
    return (word >>> (start & 7)) & ((1 << count) - 1);
  }
}
