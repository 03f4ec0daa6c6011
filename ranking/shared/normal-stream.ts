/**
 * Standard normal numbers from a named stream: the same key gives the same numbers on every machine.
 *
 * Each stream is a generator of its own whose state is a hash of its key, so a number depends on the seed, the
 * descriptor and the candidate it belongs to, not on the order of the input or on who else is ranked.
 * Generator: xoshiro128** (Blackman & Vigna, ACM Trans. Math. Softw. 47, 36 (2021)); normals: Box & Muller (1958).
 */

export const GENERATOR = 'xoshiro128** with Box-Muller normals, one stream per descriptor and candidate';

/** Uniform 32-bit integers from a state of four words, which must not all be 0. */
export function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

/** Fills `target` with standard normal numbers of the stream that `key` names. */
export function fillNormals(target: Float64Array, key: string): void {
  const next = xoshiro128(stateOf(key));
  for (let index = 0; index < target.length; index += 2) {
    // Midpoints of 2³² intervals: never 0, so the logarithm is finite, and |z| reaches 6.7.
    const radius = Math.sqrt(-2 * Math.log((next() + 0.5) / 2 ** 32));
    const angle = (2 * Math.PI * next()) / 2 ** 32;
    target[index] = radius * Math.cos(angle);
    if (index + 1 < target.length) target[index + 1] = radius * Math.sin(angle);
  }
}

/** Four words from four FNV-1a hashes with different starts, each mixed by the finaliser of MurmurHash3. */
function stateOf(key: string): [number, number, number, number] {
  const word = (start: number) => {
    let hash = start;
    for (let index = 0; index < key.length; index += 1) {
      const unit = key.charCodeAt(index);
      hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
      hash = Math.imul(hash ^ (unit >> 8), 0x01000193);
    }
    return mix(hash);
  };
  // 1 keeps the state of an unlucky key from being all zero, which would never leave 0.
  return [word(0x811c9dc5) | 1, word(0x9e3779b9), word(0x85ebca6b), word(0xc2b2ae35)];
}

function mix(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
