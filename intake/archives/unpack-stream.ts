/**
 * gzip and xz as a stream of unpacked bytes, for archives that are unpacked while they are read.
 *
 * Unlike `../decompress.ts`, which rescues what it can of a cut OUTCAR.gz, a cut or damaged stream is an error here: an
 * archive of which a part is missing must not look like a campaign with fewer folders.
 */
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type XzFault, xzChunks, xzFault } from '../xz-chunks.ts';
import { type ArchiveLimits, checkRatio, checkTotal, cutArchive, refusedArchive } from './archive-limits.ts';

export type StreamCompression = 'gzip' | 'xz';

const OUTPUT_CHUNK_BYTES = 128 * 1024;

/** Unpacked bytes, counted against the limits; `compression` undefined: the bytes as they are. */
export async function* unpackedBytes(
  stored: AsyncIterable<Buffer>,
  compression: StreamCompression | undefined,
  limits: ArchiveLimits,
): AsyncGenerator<Buffer, void> {
  const { chunks, usedBytes } = UNPACKERS[compression ?? 'none'](stored);
  let unpackedBytes = 0;
  for await (const chunk of chunks) {
    unpackedBytes += chunk.length;
    checkTotal(unpackedBytes, limits);
    if (compression !== undefined) checkRatio(unpackedBytes, usedBytes());
    yield chunk;
  }
}

interface Unpacker {
  readonly chunks: AsyncIterable<Buffer>;
  /** How much of the stored bytes went into the chunks so far. */
  readonly usedBytes: () => number;
}

const UNPACKERS: Readonly<Record<StreamCompression | 'none', (stored: AsyncIterable<Buffer>) => Unpacker>> = {
  gzip: gunzip,
  xz: unxz,
  none: (stored) => ({ chunks: stored, usedBytes: () => 0 }),
};

function gunzip(stored: AsyncIterable<Buffer>): Unpacker {
  const inflate = createGunzip({ chunkSize: OUTPUT_CHUNK_BYTES });
  async function* chunks(): AsyncGenerator<Buffer, void> {
    // An error of the source destroys `inflate` with it and reaches the loop below that way.
    pipeline(Readable.from(stored, { objectMode: false }), inflate, () => undefined);
    try {
      // `as`: a zlib stream without encoding yields buffers.
      for await (const chunk of inflate as AsyncIterable<Buffer>) yield chunk;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'Z_BUF_ERROR') throw cutArchive();
      if (code === 'Z_DATA_ERROR') throw refusedArchive('its gzip stream is damaged', error);
      throw error;
    }
  }
  // What has been read ahead into buffers does not count: at 1000 to 1 that is hundreds of megabytes of content.
  return { chunks: chunks(), usedBytes: () => inflate.bytesWritten };
}

function unxz(stored: AsyncIterable<Buffer>): Unpacker {
  let usedBytes = 0;
  async function* counted(): AsyncGenerator<Buffer, void> {
    for await (const chunk of stored) {
      usedBytes += chunk.length;
      yield chunk;
    }
  }
  async function* chunks(): AsyncGenerator<Buffer, void> {
    try {
      yield* xzChunks(counted());
    } catch (error) {
      const fault = xzFault(error);
      if (fault === undefined) throw error;
      if (fault === 'cut') throw cutArchive();
      throw refusedArchive(XZ_RULES[fault], error);
    }
  }
  return { chunks: chunks(), usedBytes: () => usedBytes };
}

const XZ_RULES: Readonly<Record<Exclude<XzFault, 'cut'>, string>> = {
  memory: 'its xz dictionary is too large; use `xz -9` or less',
  options: 'its xz stream uses options that are not supported',
  damaged: 'its xz stream is damaged',
};
