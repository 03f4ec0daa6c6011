/** Reads a stream of chunks in pieces of a wanted size. Holds one chunk at a time. */

const EMPTY = Buffer.alloc(0);

export class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #chunk: Buffer = EMPTY;
  #offset = 0;

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Bytes given out so far. */
  get offset(): number {
    return this.#offset;
  }

  /** Exactly `count` bytes, fewer only at the end of the stream. */
  async take(count: number): Promise<Buffer> {
    if (this.#chunk.length >= count) return this.#give(count);
    const pieces: Buffer[] = [];
    let missing = count;
    while (missing > 0) {
      const piece = await this.upTo(missing);
      if (piece.length === 0) break;
      pieces.push(piece);
      missing -= piece.length;
    }
    return pieces.length === 1 ? (pieces[0] ?? EMPTY) : Buffer.concat(pieces);
  }

  /** At least one byte and at most `count`; empty only at the end of the stream. */
  async upTo(count: number): Promise<Buffer> {
    while (this.#chunk.length === 0) {
      const next = await this.#source.next();
      if (next.done === true) return EMPTY;
      this.#chunk = next.value;
    }
    return this.#give(Math.min(count, this.#chunk.length));
  }

  /** Closes the stream, wherever it stands. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }

  #give(count: number): Buffer {
    const piece = this.#chunk.subarray(0, count);
    this.#chunk = this.#chunk.subarray(count);
    this.#offset += count;
    return piece;
  }
}
