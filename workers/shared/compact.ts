/** Values as bytes: structured clone, so that a Float64Array stays one, deflated quickly. */
import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

export function pack(value: unknown): Uint8Array {
  return deflateRawSync(serialize(value), { level: 1 });
}

/** `T` is what was packed: the caller names the key under which only such values are kept. */
export function unpack<T>(bytes: Uint8Array): T {
  // `as`: see above.
  return deserialize(inflateRawSync(bytes)) as T;
}
