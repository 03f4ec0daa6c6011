/**
 * The unpacked chunks of an xz stream.
 *
 * The library (xz-embedded in WebAssembly) unpacks one stream at a time in a process: the next one waits until this one
 * has ended or is cancelled. A reader that was only dropped, e.g. at a size limit, would block all later ones for good.
 * It unpacks on the thread of its caller and between two chunks of a short input waits for nothing: a stream of zeros
 * would keep a server from every other request until its last byte.
 */
import { turns } from './decompress/unpacker.ts';

/** `options`: of a kind the library lacks. `memory`: a dictionary larger than it takes, which bounds its memory. */
export type XzFault = 'cut' | 'memory' | 'options' | 'damaged';

export async function* xzChunks(stored: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
  const module = await import('xz-decompress');
  // Node gives the library as the default, loaders that heed its mark `__esModule` give it as the module itself.
  const library = module.default ?? module;
  const reader = new library.XzReadableStream(streamOf(stored)).getReader();
  let hasEnded = false;
  const turn = turns();
  try {
    for (;;) {
      await turn();
      const { done, value } = await reader.read().catch((error: unknown) => {
        hasEnded = true;
        throw error;
      });
      hasEnded = done;
      if (done) return;
      yield Buffer.from(value.buffer, value.byteOffset, value.length);
    }
  } finally {
    // Settled: the stream may have ended ahead of its reader, and how is of no interest to one who leaves.
    if (!hasEnded) await Promise.allSettled([reader.cancel()]);
  }
}

/** Undefined when the error is none of the library about its input. */
export function xzFault(error: unknown): XzFault | undefined {
  // The library gives the code of xz-embedded only as a number in the message.
  const code = error instanceof Error ? /error code (\d+)/.exec(error.message)?.[1] : undefined;
  return code === undefined ? undefined : (FAULTS[code] ?? 'damaged');
}

const FAULTS: Readonly<Record<string, XzFault>> = { 4: 'memory', 6: 'options', 8: 'cut' };

function streamOf(stored: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const source = stored[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await source.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: async () => {
      await source.return?.();
    },
  });
}
