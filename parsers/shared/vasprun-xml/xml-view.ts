/**
 * The part of the file that is being looked at, byte by byte, with offsets of the file.
 */
import type { ByteScanner } from '../byte-scanner.ts';

const VIEW_BYTES = 64 * 1024;

export class XmlView {
  readonly sizeBytes: number;
  readonly #scanner: ByteScanner;
  /** Bytes from `base` on; valid until the scanner is used for something else. */
  bytes: Buffer = Buffer.alloc(0);
  base = 0;

  constructor(scanner: ByteScanner) {
    this.#scanner = scanner;
    this.sizeBytes = scanner.sizeBytes;
  }

  /** Makes [offset, offset + length) visible, as far as the file goes; returns the index of `offset` in `bytes`. */
  show(offset: number, length: number): number {
    const index = offset - this.base;
    const enough = index + length <= this.bytes.length || this.base + this.bytes.length >= this.sizeBytes;
    if (index >= 0 && index <= this.bytes.length && enough) return index;
    this.bytes = this.#scanner.bytes(offset, offset + Math.max(length, VIEW_BYTES));
    this.base = offset;
    return 0;
  }

  /** The scanner was used: what is shown is no longer there. */
  forget(): void {
    this.bytes = this.bytes.subarray(0, 0);
    this.base = 0;
  }

  /** Offset of the first byte that is no blank, or the size of the file. */
  skipBlanks(offset: number): number {
    let at = offset;
    for (;;) {
      const start = this.show(at, 1);
      const { bytes } = this;
      let index = start;
      while (index < bytes.length && isBlank(bytes[index])) index += 1;
      at += index - start;
      if (index < bytes.length || at >= this.sizeBytes) return at;
    }
  }

  /** Offset of the first `byte` in [from, from + within); −1 without it. */
  find(byte: number, from: number, within: number): number {
    const index = this.show(from, within);
    const hit = this.bytes.indexOf(byte, index);
    return hit < 0 || hit - index >= within ? -1 : from + hit - index;
  }

  text(start: number, end: number): string {
    const index = this.show(start, end - start);
    return this.bytes.toString('latin1', index, index + end - start);
  }

  byte(offset: number): number | undefined {
    return this.bytes[this.show(offset, 1)];
  }
}

export function isBlank(byte: number | undefined): boolean {
  return byte === 32 || byte === 10 || byte === 13 || byte === 9;
}
