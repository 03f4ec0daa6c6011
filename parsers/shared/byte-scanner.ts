/**
 * Finds and reads places in a file of any size through one reused window; offsets are absolute, nothing is split into
 * lines and no strings are made until a caller asks for one.
 *
 * The mistake avoided here: an unbounded search for a block that is absent rescans the whole file at every step, so
 * every search takes the end of the section it belongs to.
 */
import type { ByteSource } from '../../model/byte-source.ts';
import { type NumberCursor, readNumber, readNumbers } from './fortran-number.ts';

/** 64–128 kB is fastest; smaller pays for calls, larger leaves the processor's cache. */
const DEFAULT_WINDOW_BYTES = 128 * 1024;
/** What is looked up behind the window: a few lines or rows, while the window stays where the search goes on. */
const LOOK_BACK_BYTES = 16 * 1024;
/** Share of the window that is kept of what lies before the place where the reading goes on. */
const KEPT_SHARE = 0.375;
/** Read first behind a jump, where little may be wanted; twice as much each time the reading goes on, up to the window. */
const FIRST_READ_BYTES = 16 * 1024;
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;

/** A line without its end mark (`\n` or `\r\n`): [start, end) in the file, `next` is where the next line starts. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly next: number;
  /** False for a last line without newline: it may be torn. */
  readonly terminated: boolean;
}

export class ByteScanner {
  readonly sizeBytes: number;
  readonly #source: ByteSource;
  readonly #windowBytes: number;
  #window: Buffer;
  #windowStart = 0;
  #windowLength = 0;
  #readBytes = FIRST_READ_BYTES;
  /** A second scanner for what lies before the window; made when first needed. */
  #behind: ByteScanner | undefined;

  constructor(source: ByteSource, windowBytes = DEFAULT_WINDOW_BYTES) {
    this.#source = source;
    this.sizeBytes = source.sizeBytes;
    this.#windowBytes = Math.max(1, windowBytes);
    this.#window = Buffer.allocUnsafe(Math.max(1, Math.min(windowBytes, source.sizeBytes)));
  }

  /** First occurrence of `needle` that lies completely in [from, to); −1 if there is none. */
  indexOf(needle: Uint8Array, from: number, to = this.sizeBytes): number {
    const limit = Math.min(to, this.sizeBytes);
    let at = Math.max(0, from);
    if (this.#isBehind(at) && limit - at <= LOOK_BACK_BYTES) return this.#lookBehind().indexOf(needle, at, limit);
    while (at + needle.length <= limit) {
      const available = this.#load(at, needle.length);
      if (available < needle.length) return -1;
      const base = at - this.#windowStart;
      const end = Math.min(base + available, base + (limit - at));
      const hit = this.#window.subarray(base, end).indexOf(needle);
      if (hit >= 0) return at + hit;
      at += end - base - needle.length + 1;
    }
    return -1;
  }

  /** Last occurrence of `needle` completely in [from, to); −1 if there is none. Reads backwards. */
  lastIndexOf(needle: Uint8Array, from = 0, to = this.sizeBytes): number {
    let end = Math.min(to, this.sizeBytes);
    const lowest = Math.max(0, from);
    // What is looked for is most often near; further back larger pieces are faster.
    let stride = Math.max(FIRST_READ_BYTES, 2 * needle.length);
    while (end - needle.length >= lowest) {
      const start = Math.max(lowest, end - stride);
      const hit = lastHit(this.bytes(start, end), needle);
      if (hit >= 0) return start + hit;
      if (start === lowest) return -1;
      end = start + needle.length - 1;
      stride = Math.max(stride, Math.min(2 * stride, this.#window.length));
    }
    return -1;
  }

  /** The line that starts at `start` (not: contains it). */
  line(start: number, to = this.sizeBytes): Line {
    if (this.#isBehind(start)) return this.#lookBehind().line(start, to);
    const limit = Math.min(to, this.sizeBytes);
    const near = this.#newlineInWindow(start);
    const newline = near < 0 ? this.indexOf(NEWLINE_NEEDLE, start, limit) : near < limit ? near : -1;
    if (newline < 0) return { start, end: limit, next: limit, terminated: false };
    const carriageReturn = newline > start && this.byte(newline - 1) === CARRIAGE_RETURN;
    return { start, end: carriageReturn ? newline - 1 : newline, next: newline + 1, terminated: true };
  }

  /** Most lines end in the window, where no view of their own is needed to find it; −1 where this one does not. */
  #newlineInWindow(start: number): number {
    const base = start - this.#windowStart;
    if (base < 0 || base >= this.#windowLength) return -1;
    const hit = this.#window.indexOf(NEWLINE, base);
    return hit >= 0 && hit < this.#windowLength ? this.#windowStart + hit : -1;
  }

  /** Start of the line that contains `offset`. */
  lineStart(offset: number): number {
    let end = offset;
    while (end > 0) {
      const start = Math.max(0, end - 256);
      const hit = this.bytes(start, end).lastIndexOf(NEWLINE);
      if (hit >= 0) return start + hit + 1;
      end = start;
    }
    return 0;
  }

  /** 1-based number of the line that contains `offset`: reads everything before it. */
  lineNumber(offset: number): number {
    let number = 1;
    let at = 0;
    for (;;) {
      const hit = this.indexOf(NEWLINE_NEEDLE, at, offset);
      if (hit < 0) return number;
      number += 1;
      at = hit + 1;
    }
  }

  byte(offset: number): number | undefined {
    if (this.#isBehind(offset)) return this.#lookBehind().byte(offset);
    if (offset < 0 || this.#load(offset, 1) < 1) return undefined;
    return this.#window[offset - this.#windowStart];
  }

  /** View of [start, end), cut at the end of the file. Valid only until the next call. */
  bytes(start: number, end: number): Buffer {
    if (this.#isBehind(start)) return this.#lookBehind().bytes(start, end);
    const length = Math.max(0, Math.min(end, this.sizeBytes) - start);
    const available = Math.min(length, this.#load(start, length));
    const base = start - this.#windowStart;
    return this.#window.subarray(base, base + available);
  }

  /** Whether the bytes at `offset` are those of `text`. */
  startsWith(text: Uint8Array, offset: number): boolean {
    const end = offset + text.length;
    if (offset < 0 || end > this.sizeBytes) return false;
    if (this.#isBehind(offset)) return this.#lookBehind().startsWith(text, offset);
    if (this.#load(offset, text.length) < text.length) return false;
    const base = offset - this.#windowStart;
    for (let index = 0; index < text.length; index += 1) {
      if (this.#window[base + index] !== text[index]) return false;
    }
    return true;
  }

  /** Text of [start, end); Latin-1, so that no byte is lost and offsets stay true. */
  text(start: number, end: number): string {
    if (this.#isBehind(start)) return this.#lookBehind().text(start, end);
    const length = Math.max(0, Math.min(end, this.sizeBytes) - start);
    const available = Math.min(length, this.#load(start, length));
    const base = start - this.#windowStart;
    return this.#window.toString('latin1', base, base + available);
  }

  /** One number at or after `start`, within the line and before `to`. */
  number(start: number, to: number, cursor: NumberCursor): boolean {
    const view = this.bytes(start, to);
    const found = readNumber(view, 0, view.length, cursor);
    cursor.end += start;
    return found;
  }

  /** Up to `count` numbers in [start, to), within one line. */
  numbers(start: number, to: number, count: number): number[] {
    const view = this.bytes(start, to);
    return readNumbers(view, 0, view.length, count);
  }

  /** Without this, a look at the line before the window would throw the window away, and the search would read it again. */
  #isBehind(offset: number): boolean {
    return offset < this.#windowStart && this.#windowBytes >= LOOK_BACK_BYTES;
  }

  #lookBehind(): ByteScanner {
    // Smaller than any window that looks behind, so that it does not look behind itself.
    this.#behind ??= new ByteScanner(this.#source, LOOK_BACK_BYTES - 1);
    return this.#behind;
  }

  /** Makes at least `length` bytes from `offset` on (or all there are) visible; returns how many bytes are. */
  #load(offset: number, length: number): number {
    const have = this.#windowStart + this.#windowLength - offset;
    if (offset >= this.#windowStart && have >= length) return have;
    const wanted = Math.min(length, Math.max(0, this.sizeBytes - offset));
    if (offset >= this.#windowStart && have >= wanted) return Math.max(0, have);
    if (length > this.#window.length) this.#window = this.#grown(length);
    this.#keepOverlap(offset, length);
    const skip = offset - this.#windowStart;
    while (this.#windowLength - skip < Math.max(wanted, 1)) {
      const readEnd = Math.max(skip + wanted, this.#windowLength + this.#readBytes);
      const target = this.#window.subarray(this.#windowLength, readEnd);
      const count = this.#source.read(target, this.#windowStart + this.#windowLength);
      if (count === 0) break;
      this.#windowLength += count;
    }
    return this.#windowLength - skip;
  }

  /**
   * Moves the bytes that are already read to the front of the window, so that no byte is read twice going forward, and
   * with them some that lie before `offset`: the step that is just being searched is read next.
   */
  #keepOverlap(offset: number, length: number): void {
    const skip = offset - this.#windowStart;
    const room = Math.max(0, Math.floor(Math.min(this.#window.length * KEPT_SHARE, this.#window.length - length)));
    // Bytes between the window and `offset` are read too where they are few: they are asked for soon.
    const overlaps = skip >= 0 && skip - room <= this.#windowLength;
    const before = overlaps ? Math.min(skip, room) : 0;
    const from = skip - before;
    const kept = overlaps ? this.#windowLength - from : 0;
    this.#readBytes = overlaps ? 2 * this.#readBytes : FIRST_READ_BYTES;
    if (kept > 0 && from > 0) this.#window.copyWithin(0, from, from + kept);
    this.#windowStart = offset - before;
    this.#windowLength = kept;
  }

  #grown(length: number): Buffer {
    const larger = Buffer.allocUnsafe(Math.max(length, 2 * this.#window.length));
    this.#window.copy(larger, 0, 0, this.#windowLength);
    return larger;
  }
}

/** Buffer.lastIndexOf is ten times slower than going forward from hit to hit. */
function lastHit(view: Buffer, needle: Uint8Array): number {
  let last = -1;
  for (let hit = view.indexOf(needle); hit >= 0; hit = view.indexOf(needle, hit + 1)) last = hit;
  return last;
}

const NEWLINE_NEEDLE = Uint8Array.of(NEWLINE);

/** ASCII bytes of a search text. */
export function needle(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}
