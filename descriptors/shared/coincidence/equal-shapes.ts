/**
 * The supercells of film and substrate that agree in both lengths and in the angle (SCIENCE §5.4, step 5).
 *
 * The mistake avoided here: comparing every supercell with every other. Shapes lie sorted by the logarithm of their first
 * length, so only those near in it are compared; the borders of the search are wider than the tolerance by its rounding.
 */
import type { CoincidenceLimits } from '../../../model/coincidence.ts';
import { MATCH_SLACK, type PairedMultiples } from './paired-multiples.ts';
import { bucketOf, type SupercellTable } from './supercells.ts';

export interface EqualShapes {
  /** Shapes of film and substrate in turn. */
  readonly pairs: Int32Array;
  /** All matches with up to so many film cells are there; absent: all matches within the limits. */
  readonly completeFilmMultiple?: number;
}

/** More are no answer that anybody reads. */
const MOST_MATCHES = 30_000;

export function equalShapes(
  film: SupercellTable,
  substrate: SupercellTable,
  multiples: PairedMultiples,
  limits: CoincidenceLimits,
): EqualShapes {
  let pairs = new Int32Array(256);
  let [length, current, lengthBefore] = [0, 0, 0];
  for (const [filmMultiple, substrateMultiple] of multiples.pairs) {
    if (filmMultiple !== current) [current, lengthBefore] = [filmMultiple, length];
    const [from, to] = shapesOf(film, filmMultiple);
    const [first, end] = shapesOf(substrate, substrateMultiple);
    for (let shape = from; shape < to; shape += 1) {
      if (pairs.length - length < 2 * (end - first)) pairs = withRoom(pairs, 2 * (end - first));
      length = addEqual(shape, film, substrate, substrateMultiple, limits, pairs, length);
    }
    if (length > 2 * MOST_MATCHES) {
      return { pairs: pairs.subarray(0, lengthBefore), completeFilmMultiple: current - 1 };
    }
  }
  const { completeFilmMultiple } = multiples;
  return { pairs: pairs.subarray(0, length), ...(completeFilmMultiple !== undefined && { completeFilmMultiple }) };
}

function shapesOf({ starts, bucketCount }: SupercellTable, multiple: number): [from: number, to: number] {
  return [starts[(multiple - 1) * bucketCount] ?? 0, starts[multiple * bucketCount] ?? 0];
}

function withRoom(pairs: Int32Array, room: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * pairs.length + room);
  larger.set(pairs);
  return larger;
}

/** The innermost loop: writes the pairs of one film shape from `length` on and returns where they end. */
function addEqual(
  shape: number,
  film: SupercellTable,
  substrate: SupercellTable,
  substrateMultiple: number,
  { lengthTolerance, angleTolerance }: CoincidenceLimits,
  pairs: Int32Array,
  length: number,
): number {
  const { starts, bucketCount, firstBucket, firstLengths, secondLengths, angles } = substrate;
  const least = 1 - lengthTolerance - MATCH_SLACK;
  const most = 1 + lengthTolerance + MATCH_SLACK;
  const first = film.firstLengths[shape] ?? 0;
  const second = film.secondLengths[shape] ?? 0;
  const angle = film.angles[shape] ?? 0;
  const [firstLeast, firstMost, secondLeast, secondMost] = [first * least, first * most, second * least, second * most];
  const angleLeast = angle * (1 - angleTolerance - MATCH_SLACK);
  const angleMost = angle * (1 + angleTolerance + MATCH_SLACK);
  const row = (substrateMultiple - 1) * bucketCount;
  const lowest = Math.max(0, bucketOf(Math.log(firstLeast)) - firstBucket);
  const highest = Math.min(bucketCount - 1, bucketOf(Math.log(firstMost)) - firstBucket);
  if (lowest > highest) return length;
  const end = starts[row + highest + 1] ?? 0;
  let next = length;
  for (let other = starts[row + lowest] ?? 0; other < end; other += 1) {
    const otherFirst = firstLengths[other] ?? 0;
    if (otherFirst < firstLeast || otherFirst > firstMost) continue;
    const otherAngle = angles[other] ?? 0;
    if (otherAngle < angleLeast || otherAngle > angleMost) continue;
    const otherSecond = secondLengths[other] ?? 0;
    if (otherSecond < secondLeast || otherSecond > secondMost) continue;
    pairs[next] = shape;
    pairs[next + 1] = other;
    next += 2;
  }
  return next;
}
