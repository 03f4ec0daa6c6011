/**
 * A growing run of bytes that stays in memory while it is small and moves to a temporary file when it is not: unpacked
 * OUTCARs of a gigabyte, several at a time, must not exhaust the memory of a login node.
 *
 * The temporary file is unlinked as soon as it is open, so that nothing is left behind however the program ends.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ByteSource, memorySource } from '../model/byte-source.ts';

const IN_MEMORY_BYTES = 64 * 1024 * 1024;

export class Spill {
  readonly #maxBytes: number;
  readonly #tooLarge: () => Error;
  #chunks: Uint8Array[] = [];
  #sizeBytes = 0;
  #descriptor: number | undefined;

  constructor(maxBytes: number, tooLarge: () => Error) {
    this.#maxBytes = maxBytes;
    this.#tooLarge = tooLarge;
  }

  /** Keeps the chunk itself: the caller must not reuse it. */
  add(chunk: Uint8Array): void {
    this.#sizeBytes += chunk.length;
    if (this.#sizeBytes > this.#maxBytes) throw this.#tooLarge();
    if (this.#descriptor !== undefined) {
      writeFully(this.#descriptor, chunk);
      return;
    }
    this.#chunks.push(chunk);
    if (this.#sizeBytes > IN_MEMORY_BYTES) this.#moveToFile();
  }

  finish(): { readonly source: ByteSource; readonly close: () => void } {
    const sizeBytes = this.#sizeBytes;
    const descriptor = this.#descriptor;
    if (descriptor === undefined) {
      const only = this.#chunks.length === 1 ? this.#chunks[0] : undefined;
      return { source: memorySource(only ?? Buffer.concat(this.#chunks)), close: () => undefined };
    }
    const read: ByteSource['read'] = (target, offset) => {
      const length = Math.min(target.length, sizeBytes - offset);
      return length <= 0 ? 0 : readSync(descriptor, target, 0, length, offset);
    };
    return { source: { sizeBytes, read }, close: () => closeSync(descriptor) };
  }

  /** Gives everything up, when unpacking fails. */
  discard(): void {
    this.#chunks = [];
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #moveToFile(): void {
    const path = join(tmpdir(), `adatom-${randomUUID()}`);
    const descriptor = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
    this.#descriptor = descriptor;
    for (const chunk of this.#chunks) writeFully(descriptor, chunk);
    this.#chunks = [];
  }
}

function writeFully(descriptor: number, bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length) at += writeSync(descriptor, bytes, at, bytes.length - at);
}
