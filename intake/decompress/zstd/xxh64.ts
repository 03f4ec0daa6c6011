/**
 * XXH64 with seed 0, the checksum of Zstandard frames (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md).
 *
 * In halves of 32 bits: with BigInt a gigabyte takes a minute. Only the end, once per frame, is in BigInt.
 */
const PRIMES = [
  0x9e3779b185ebca87n,
  0xc2b2ae3d27d4eb4fn,
  0x165667b19e3779f9n,
  0x85ebca77c2b2ae63n,
  0x27d4eb2f165667c5n,
] as const;
const [P1, P2, P3, P4, P5] = PRIMES;
const P1_LOW = 0x85ebca87;
const P1_HIGH = 0x9e3779b1;
const P2_LOW = 0x27d4eb4f;
const P2_HIGH = 0xc2b2ae3d;
const STRIPE_BYTES = 32;

export class Xxh64 {
  /** Low and high half of four lanes. */
  readonly #lanes = new Int32Array(8);
  readonly #rest = Buffer.alloc(STRIPE_BYTES);
  #restBytes = 0;
  #sizeBytes = 0;

  constructor() {
    for (const [lane, value] of [P1 + P2, P2, 0n, -P1].entries()) {
      this.#lanes[2 * lane] = Number(BigInt.asIntN(32, value));
      this.#lanes[2 * lane + 1] = Number(BigInt.asIntN(32, value >> 32n));
    }
  }

  add(bytes: Buffer): void {
    this.#sizeBytes += bytes.length;
    let at = 0;
    if (this.#restBytes > 0) {
      at = bytes.copy(this.#rest, this.#restBytes, 0);
      this.#restBytes += at;
      if (this.#restBytes < STRIPE_BYTES) return;
      addStripes(this.#lanes, this.#rest);
    }
    const stripes = bytes.length - ((bytes.length - at) % STRIPE_BYTES);
    addStripes(this.#lanes, bytes.subarray(at, stripes));
    this.#restBytes = bytes.copy(this.#rest, 0, stripes);
  }

  /** The lower half of the hash. */
  low32(): number {
    let hash = (this.#sizeBytes >= STRIPE_BYTES ? this.#converged() : P5) + BigInt(this.#sizeBytes);
    let at = 0;
    for (; at + 8 <= this.#restBytes; at += 8) {
      hash = times(rotated(hash ^ round(0n, this.#rest.readBigUInt64LE(at)), 27n), P1) + P4;
    }
    for (; at + 4 <= this.#restBytes; at += 4) {
      hash = times(rotated(hash ^ times(BigInt(this.#rest.readUInt32LE(at)), P1), 23n), P2) + P3;
    }
    for (; at < this.#restBytes; at += 1) hash = times(rotated(hash ^ times(BigInt(this.#rest[at] ?? 0), P5), 11n), P1);
    hash = BigInt.asUintN(64, hash);
    hash = times(hash ^ (hash >> 33n), P2);
    hash = times(hash ^ (hash >> 29n), P3);
    return Number(BigInt.asUintN(32, hash ^ (hash >> 32n)));
  }

  #converged(): bigint {
    const lanes = [0, 1, 2, 3].map((lane) => {
      const low = BigInt.asUintN(32, BigInt(this.#lanes[2 * lane] ?? 0));
      return (BigInt.asUintN(32, BigInt(this.#lanes[2 * lane + 1] ?? 0)) << 32n) | low;
    });
    const turned = lanes.map((value, lane) => rotated(value, [1n, 7n, 12n, 18n][lane] ?? 0n));
    const sum = turned.reduce((total, value) => total + value, 0n);
    return lanes.reduce((hash, value) => times(hash ^ round(0n, value), P1) + P4, BigInt.asUintN(64, sum));
  }
}

function times(a: bigint, b: bigint): bigint {
  return BigInt.asUintN(64, a * b);
}

function rotated(value: bigint, count: bigint): bigint {
  const bits = BigInt.asUintN(64, value);
  return BigInt.asUintN(64, (bits << count) | (bits >> (64n - count)));
}

function round(lane: bigint, input: bigint): bigint {
  return times(rotated(lane + times(input, P2), 31n), P1);
}

/** `bytes`: whole stripes. */
function addStripes(lanes: Int32Array, bytes: Buffer): void {
  for (let lane = 0; lane < 4; lane += 1) {
    let low = lanes[2 * lane] ?? 0;
    let high = lanes[2 * lane + 1] ?? 0;
    for (let at = 8 * lane; at < bytes.length; at += STRIPE_BYTES) {
      const inLow = word(bytes, at);
      const inHigh = word(bytes, at + 4);
      const productLow = Math.imul(inLow, P2_LOW);
      const productHigh = (upperProduct(inLow, P2_LOW) + Math.imul(inLow, P2_HIGH) + Math.imul(inHigh, P2_LOW)) | 0;
      const sumLow = (low >>> 0) + (productLow >>> 0);
      const sumHigh = (high + productHigh + (sumLow > 0xffffffff ? 1 : 0)) | 0;
      // Turned by 31: the halves change places and go back by one bit.
      const turnedHigh = (sumHigh << 31) | ((sumLow | 0) >>> 1);
      const turnedLow = (sumLow << 31) | (sumHigh >>> 1);
      low = Math.imul(turnedLow, P1_LOW);
      high = (upperProduct(turnedLow, P1_LOW) + Math.imul(turnedLow, P1_HIGH) + Math.imul(turnedHigh, P1_LOW)) | 0;
    }
    lanes[2 * lane] = low;
    lanes[2 * lane + 1] = high;
  }
}

function word(bytes: Buffer, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}

/** Upper 32 bits of the product of two numbers without sign. */
function upperProduct(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const upper = aHigh * bHigh + Math.floor((aLow * bHigh + (middle & 0xffff)) / 0x10000) + Math.floor(middle / 0x10000);
  return upper | 0;
}
