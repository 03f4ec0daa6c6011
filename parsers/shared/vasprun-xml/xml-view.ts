/**
 * The part of the file that is being looked at, byte by byte, with offsets of the file: one window, moved forward over
 * the file, so that each byte is read once.
 */
import type { ByteSource } from '../../../model/byte-source.ts';

/** Smaller pays for calls, larger leaves the processor's cache. */
const WINDOW_BYTES = 128 * 1024;
/** Kept before what is asked for: the last electronic step is read when all of them have been counted. */
const LOOK_BACK_BYTES = 8 * 1024;

export class XmlView {
  readonly sizeBytes: number;
  /** Bytes from `base` on; valid until the next call. */
  bytes: Buffer;
  /** The same, four at a time. */
  words: DataView;
  base = 0;
  readonly #source: ByteSource;
  #window: Buffer;

  constructor(source: ByteSource, windowBytes = WINDOW_BYTES) {
    this.#source = source;
    this.sizeBytes = source.sizeBytes;
    this.#window = Buffer.allocUnsafe(Math.max(1, Math.min(windowBytes, source.sizeBytes)));
    this.bytes = this.#window.subarray(0, 0);
    this.words = wordsOf(this.bytes);
  }

  /** Makes [offset, offset + length) visible, as far as the file goes; returns the index of `offset` in `bytes`. */
  show(offset: number, length: number): number {
    const index = offset - this.base;
    return index >= 0 && index + length <= this.bytes.length ? index : this.#move(offset, length);
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

  /**
   * Offset of the first `needle` from `from` on, the size of the file without one; −1 when one of `barriers` stands
   * before it. Each byte is looked at once, whatever there is to find.
   */
  findBefore(needle: Buffer, barriers: readonly Buffer[], from: number): number {
    const overlap = Math.max(needle.length, ...barriers.map(({ length }) => length)) - 1;
    for (let at = from; ; ) {
      const index = this.show(at, overlap + 1);
      const { bytes } = this;
      const hit = bytes.indexOf(needle, index);
      const searched = bytes.subarray(index, hit < 0 ? bytes.length : hit);
      if (barriers.some((barrier) => searched.includes(barrier))) return -1;
      if (hit >= 0) return at + hit - index;
      if (this.base + bytes.length >= this.sizeBytes) return this.sizeBytes;
      at += searched.length - overlap;
    }
  }

  #move(offset: number, length: number): number {
    const index = offset - this.base;
    const have = this.bytes.length;
    const isInside = index >= 0 && index <= have;
    if (isInside && this.base + have >= this.sizeBytes) return index;
    const kept = isInside ? Math.min(index, LOOK_BACK_BYTES, this.#window.length >> 2) : 0;
    const from = index - kept;
    let filled = isInside ? have - from : 0;
    const target = this.#room(kept + Math.min(length, Math.max(0, this.sizeBytes - offset)));
    if (filled > 0) this.#window.copy(target, 0, from, from + filled);
    this.base = offset - kept;
    while (filled < target.length) {
      const count = this.#source.read(filled === 0 ? target : target.subarray(filled), this.base + filled);
      if (count === 0) break;
      filled += count;
    }
    this.#window = target;
    this.bytes = target.subarray(0, filled);
    this.words = wordsOf(this.bytes);
    return kept;
  }

  /** The window, or a larger one where so many bytes do not fit. */
  #room(needed: number): Buffer {
    const { length } = this.#window;
    return needed <= length ? this.#window : Buffer.allocUnsafe(Math.max(needed, 2 * length));
  }
}

export function isBlank(byte: number | undefined): boolean {
  return byte === 32 || byte === 10 || byte === 13 || byte === 9;
}

function wordsOf({ buffer, byteOffset, length }: Buffer): DataView {
  return new DataView(buffer, byteOffset, length);
}
