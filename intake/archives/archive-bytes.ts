/**
 * The parts of an archive, as they were sent one after another, read as the one file they are. Nothing is copied
 * together: an archive of 20 GB would need its space twice.
 */
import { type FileHandle, open } from 'node:fs/promises';
import type { ByteSource } from '../../model/byte-source.ts';

export interface ArchiveBytes {
  readonly sizeBytes: number;
  /** Fills `target` from `offset` on; returns how much there was. */
  readonly read: (target: Uint8Array, offset: number) => Promise<number>;
  /** The bytes from `start` up to `end`. Each chunk is a buffer of its own. */
  readonly chunks: (start?: number, end?: number) => AsyncGenerator<Buffer, void>;
  readonly close: () => Promise<void>;
}

const CHUNK_BYTES = 64 * 1024;

interface Part {
  readonly file: FileHandle;
  readonly start: number;
  readonly end: number;
}

export async function openArchiveBytes(paths: readonly string[]): Promise<ArchiveBytes> {
  const parts: Part[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(parts.map((part) => part.file.close()));
  };
  try {
    let start = 0;
    for (const path of paths) {
      const file = await open(path, 'r');
      const end = start + (await file.stat()).size;
      parts.push({ file, start, end });
      start = end;
    }
    return { ...readersOf(readerOf(parts), start), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The bytes of `source` from `start` up to `end`, for an archive that came out of another one. */
export function archiveBytesIn(source: ByteSource, start: number, end: number): ArchiveBytes {
  const read: ArchiveBytes['read'] = async (target, offset) => {
    const wanted = target.subarray(0, Math.max(0, Math.min(target.length, end - start - offset)));
    let length = 0;
    while (length < wanted.length) {
      const count = source.read(wanted.subarray(length), start + offset + length);
      if (count === 0) break;
      length += count;
    }
    return length;
  };
  return { ...readersOf(read, end - start), close: async () => undefined };
}

function readerOf(parts: readonly Part[]): ArchiveBytes['read'] {
  return async (target, offset) => {
    let length = 0;
    for (const { file, start, end } of parts) {
      while (length < target.length && offset + length >= start && offset + length < end) {
        const wanted = Math.min(target.length - length, end - offset - length);
        const { bytesRead } = await file.read(target, length, wanted, offset + length - start);
        if (bytesRead === 0) return length;
        length += bytesRead;
      }
    }
    return length;
  };
}

function readersOf(read: ArchiveBytes['read'], sizeBytes: number): Omit<ArchiveBytes, 'close'> {
  async function* chunks(start = 0, end = sizeBytes): AsyncGenerator<Buffer, void> {
    for (let at = start; at < end; ) {
      const chunk = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, end - at));
      const length = await read(chunk, at);
      if (length === 0) return;
      at += length;
      yield chunk.subarray(0, length);
    }
  }
  return { read, chunks, sizeBytes };
}
