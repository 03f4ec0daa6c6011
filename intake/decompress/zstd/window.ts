/**
 * What a frame has produced last: matches copy from it, blocks are given out of it.
 *
 * It grows with what comes, not with what the frame states, and has room behind the window, so that it is moved once for
 * many blocks.
 */
import { damaged } from './entropy.ts';

const FIRST_BYTES = 256 * 1024;
const ROOM_BYTES = 8 * 1024 * 1024;

export class Window {
  readonly #windowBytes: number;
  readonly #maxBlockBytes: number;
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #length = 0;
  #blockStart = 0;
  #blockEnd = 0;

  constructor(windowBytes: number, maxBlockBytes: number) {
    this.#windowBytes = windowBytes;
    this.#maxBlockBytes = Math.min(maxBlockBytes, Math.max(windowBytes, 1));
  }

  /** Begins a block, for which there is room afterwards. */
  start(): void {
    if (this.#length + this.#maxBlockBytes > this.#bytes.length) this.#makeRoom();
    this.#blockStart = this.#length;
    this.#blockEnd = this.#length + this.#maxBlockBytes;
  }

  append(source: Uint8Array, start: number, end: number): void {
    const count = end - start;
    if (this.#length + count > this.#blockEnd) throw damaged('a block larger than it may be');
    const bytes = this.#bytes;
    const to = this.#length;
    if (count > 32) bytes.set(source.subarray(start, end), to);
    else for (let index = 0; index < count; index += 1) bytes[to + index] = source[start + index] ?? 0;
    this.#length += count;
  }

  /** Copies `count` bytes from `offset` before the end; they may overlap with what they make. */
  repeat(offset: number, count: number): void {
    const to = this.#length;
    if (to + count > this.#blockEnd) throw damaged('a block larger than it may be');
    if (offset < 1 || offset > to) throw damaged('a match reaches too far back');
    const bytes = this.#bytes;
    const from = to - offset;
    if (count > 32 && offset >= count) bytes.copyWithin(to, from, from + count);
    else for (let index = 0; index < count; index += 1) bytes[to + index] = bytes[from + index] ?? 0;
    this.#length += count;
  }

  /** A copy of what came since `start`. */
  block(): Buffer {
    return Buffer.from(this.#bytes.subarray(this.#blockStart, this.#length));
  }

  #makeRoom(): void {
    const kept = Math.min(this.#length, this.#windowBytes);
    const enough = this.#windowBytes + Math.max(this.#maxBlockBytes, Math.min(this.#windowBytes, ROOM_BYTES));
    const larger = Math.min(enough, 2 * this.#bytes.length);
    if (larger > this.#bytes.length) {
      const bytes = Buffer.allocUnsafeSlow(larger);
      this.#bytes.copy(bytes, 0, this.#length - kept, this.#length);
      this.#bytes = bytes;
    } else this.#bytes.copyWithin(0, this.#length - kept, this.#length);
    this.#length = kept;
  }
}
