/** The unpacked chunks of an xz file. https://tukaani.org/xz/xz-file-format.txt */
import { type XzFault, xzChunks, xzFault } from '../xz-chunks.ts';
import { PackedStreamError, type Unpacker } from './unpacker.ts';

export function unxz(stored: AsyncIterable<Buffer>): Unpacker {
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
      throw new PackedStreamError(fault, REASONS[fault]);
    }
  }
  return { chunks: chunks(), usedBytes: () => usedBytes };
}

const REASONS: Readonly<Record<XzFault, string>> = {
  cut: 'it ends early',
  memory: 'its dictionary is too large; use `xz -9` or less',
  options: 'only LZMA2 with CRC32, CRC64 or no checksum is understood',
  damaged: 'a block or checksum of it is wrong',
};
