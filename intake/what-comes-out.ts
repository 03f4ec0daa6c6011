/**
 * The content of a packed file as far as it can be had, for looking at it only: where it is cut or damaged it ends, and
 * whoever reads the file reports that.
 */
import { pipeline, Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { bunzip2 } from './decompress/bzip2.ts';
import { PackedStreamError } from './decompress/unpacker.ts';
import { unxz } from './decompress/xz.ts';
import { unzstd } from './decompress/zstd.ts';
import type { ArchiveKind } from './decompress.ts';

type Unpack = (stored: AsyncIterable<Buffer>) => { readonly chunks: AsyncIterable<Uint8Array> };

/** The bytes themselves where they are not packed, or not in a way that is read. */
export async function* whatComesOut(
  stored: AsyncIterable<Buffer>,
  kind: ArchiveKind | undefined,
): AsyncGenerator<Uint8Array, void> {
  const unpack = kind === undefined ? undefined : UNPACKERS[kind];
  if (unpack === undefined) {
    yield* stored;
    return;
  }
  try {
    yield* unpack(stored).chunks;
  } catch (error) {
    if (!(error instanceof PackedStreamError)) throw error;
  }
}

const UNPACKERS: Readonly<Partial<Record<ArchiveKind, Unpack>>> = {
  gzip: (stored) => ({ chunks: gunzipped(stored) }),
  xz: unxz,
  bzip2: bunzip2,
  zstd: unzstd,
};

async function* gunzipped(stored: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array, void> {
  const inflate = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  pipeline(Readable.from(stored, { objectMode: false }), inflate, () => undefined);
  try {
    for await (const chunk of inflate) yield chunk;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'Z_DATA_ERROR')) throw error;
    throw new PackedStreamError('damaged', 'zlib refuses it');
  }
}
