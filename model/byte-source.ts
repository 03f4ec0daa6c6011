/**
 * Bytes to read, wherever they are: the border between intake (files, archives) and the pure parsers.
 */
export interface ByteSource {
  readonly sizeBytes: number;
  /**
   * Fills `target` from `offset` on and returns how many bytes were written: at least 1 below the end, 0 at or past it.
   * May write fewer than asked for.
   */
  readonly read: (target: Uint8Array, offset: number) => number;
}

/** A source over bytes in memory. `chunkBytes` caps each read, to try a parser with short reads. */
export function memorySource(bytes: Uint8Array, chunkBytes = Number.POSITIVE_INFINITY): ByteSource {
  return {
    sizeBytes: bytes.length,
    read: (target, offset) => {
      const length = Math.min(target.length, bytes.length - offset, chunkBytes);
      if (length <= 0) return 0;
      target.set(bytes.subarray(offset, offset + length));
      return length;
    },
  };
}
