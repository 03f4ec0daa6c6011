/**
 * Packed archives as a stream of unpacked bytes, for archives that are unpacked while they are read.
 *
 * Unlike `../decompress.ts`, which rescues what it can of a cut OUTCAR.gz, a cut or damaged stream is an error here: an
 * archive of which a part is missing must not look like a campaign with fewer folders.
 */
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { bunzip2 } from '../decompress/bzip2.ts';
import { PackedStreamError, type Unpacker } from '../decompress/unpacker.ts';
import { unxz } from '../decompress/xz.ts';
import { unzstd } from '../decompress/zstd.ts';
import type { Compression } from '../decompress.ts';
import { type ArchiveMeter, cutArchive, refusedArchive } from './archive-limits.ts';

const OUTPUT_CHUNK_BYTES = 128 * 1024;

/** Unpacked bytes, counted against the limits; `compression` undefined: the bytes as they are. */
export async function* unpackedBytes(
  stored: AsyncIterable<Buffer>,
  compression: Compression | undefined,
  meter: ArchiveMeter,
): AsyncGenerator<Buffer, void> {
  const { chunks, usedBytes } = UNPACKERS[compression ?? 'none'](stored);
  const count = meter.counter();
  try {
    for await (const chunk of chunks) {
      count(chunk.length, compression === undefined ? undefined : usedBytes());
      yield chunk;
    }
  } catch (error) {
    if (!(error instanceof PackedStreamError)) throw error;
    if (error.fault === 'cut') throw cutArchive();
    const rule = error.fault === 'damaged' ? 'is damaged' : 'is not supported';
    throw refusedArchive(`its ${compression} stream ${rule} (${error.message})`, error);
  }
}

const UNPACKERS: Readonly<Record<Compression | 'none', (stored: AsyncIterable<Buffer>) => Unpacker>> = {
  gzip: gunzip,
  xz: unxz,
  bzip2: bunzip2,
  zstd: unzstd,
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
      if (code === 'Z_BUF_ERROR') throw new PackedStreamError('cut', 'it ends early');
      if (code === 'Z_DATA_ERROR') throw new PackedStreamError('damaged', 'zlib refuses it');
      throw error;
    }
  }
  // What has been read ahead into buffers does not count: at 1000 to 1 that is hundreds of megabytes of content.
  return { chunks: chunks(), usedBytes: () => inflate.bytesWritten };
}
