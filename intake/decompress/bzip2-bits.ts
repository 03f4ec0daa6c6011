/** Bits of a bzip2 file, in which blocks begin at any bit. */

/** The stored bytes end inside of what is read. */
export class OutOfBits extends Error {}

/** Bits of a byte array, the highest of a byte first. */
export class BitReader {
  readonly #bytes: Uint8Array;
  readonly #sizeBits: number;
  #at: number;

  constructor(bytes: Uint8Array, startBit: number) {
    this.#bytes = bytes;
    this.#sizeBits = bytes.length * 8;
    this.#at = startBit;
  }

  get at(): number {
    return this.#at;
  }

  /** At most 24 bits; zeros behind the end. */
  peek(count: number): number {
    const byte = this.#at >>> 3;
    const bytes = this.#bytes;
    const word =
      ((bytes[byte] ?? 0) << 24) |
      ((bytes[byte + 1] ?? 0) << 16) |
      ((bytes[byte + 2] ?? 0) << 8) |
      (bytes[byte + 3] ?? 0);
    return (word << (this.#at & 7)) >>> (32 - count);
  }

  skip(count: number): void {
    this.#at += count;
    if (this.#at > this.#sizeBits) throw new OutOfBits();
  }

  read(count: number): number {
    const value = this.peek(count);
    this.skip(count);
    return value;
  }

  /** 48 bits fit a double. */
  readMagic(): number {
    return this.read(24) * 2 ** 24 + this.read(24);
  }

  readUint32(): number {
    return this.read(16) * 2 ** 16 + this.read(16);
  }
}
