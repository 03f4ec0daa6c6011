/**
 * Standard normal numbers from a named stream: the same key gives the same numbers on every machine.
 *
 * Each stream is a generator of its own whose state is a hash of its key, so a number depends on the seed, the
 * descriptor and the candidate it belongs to, not on the order of the input or on who else is ranked.
 * Generator: xoshiro128** (Blackman & Vigna, ACM Trans. Math. Softw. 47, 36 (2021)); normals by the inverse of their
 * distribution.
 */
import { CENTRAL_REACH, centralQuantile, normalQuantile } from './normal-quantile.ts';

export const GENERATOR = 'xoshiro128** with inverse-CDF normals (AS 241), one stream per descriptor and candidate';

export interface RandomStreams {
  /** The next numbers of stream `stream`, standard normal. */
  readonly normals: (stream: number, target: Float64Array) => void;
  /** The next numbers of stream `stream`, uniform in (0, 1). */
  readonly uniforms: (stream: number, target: Float64Array) => void;
}

/** A stream per key; each goes on where it stopped. */
export function randomStreams(keys: readonly string[]): RandomStreams {
  const states = new Uint32Array(4 * keys.length);
  for (const [stream, key] of keys.entries()) states.set(stateOf(key), 4 * stream);
  let words = new Uint32Array(0);
  let outer = new Uint32Array(0);
  const draw = (stream: number, count: number): void => {
    if (words.length !== count) [words, outer] = [new Uint32Array(count), new Uint32Array(count)];
    fillWords(states, stream, words);
  };
  return {
    normals: (stream, target) => {
      draw(stream, target.length);
      toNormals(words, target, outer);
    },
    uniforms: (stream, target) => {
      draw(stream, target.length);
      for (let index = 0; index < target.length; index += 1) target[index] = midpoint(words[index] ?? 0);
    },
  };
}

/** The largest word, counted from the middle of all words, whose probability lies within `CENTRAL_REACH` of ½. */
const CENTRAL_WORDS = Math.floor(CENTRAL_REACH * 2 ** 32 - 0.5);

/**
 * First the central formula for all, then what it does not hold for: which of the two a number needs is chance, so asking
 * at each one makes the processor guess wrong. `outer` is room for their places.
 */
function toNormals(words: Uint32Array, target: Float64Array, outer: Uint32Array): void {
  let outerCount = 0;
  for (let index = 0; index < target.length; index += 1) {
    const word = words[index] ?? 0;
    const fromMiddle = word ^ 0x80000000;
    outer[outerCount] = index;
    outerCount += (CENTRAL_WORDS - (fromMiddle ^ (fromMiddle >> 31))) >>> 31;
    target[index] = centralQuantile(midpoint(word) - 0.5);
  }
  for (let at = 0; at < outerCount; at += 1) {
    const index = outer[at] ?? 0;
    target[index] = normalQuantile(midpoint(words[index] ?? 0));
  }
}

/** Midpoints of 2³² intervals are never 0 or 1: a logarithm is finite, and |z| reaches 6.3. */
function midpoint(word: number): number {
  return (word + 0.5) * PER_WORD;
}

const PER_WORD = 1 / 2 ** 32;

/** Whole numbers from 0 to 2³² − 1 by xoshiro128**; the four words of `stream` in `states` must not all be 0. */
export function fillWords(states: Uint32Array, stream: number, target: Uint32Array): void {
  let a = states[4 * stream] ?? 0;
  let b = states[4 * stream + 1] ?? 0;
  let c = states[4 * stream + 2] ?? 0;
  let d = states[4 * stream + 3] ?? 0;
  for (let index = 0; index < target.length; index += 1) {
    target[index] = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
  }
  states[4 * stream] = a;
  states[4 * stream + 1] = b;
  states[4 * stream + 2] = c;
  states[4 * stream + 3] = d;
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
