/** How many candidates stand before each, by their scores; equal scores have equal places. */
import { radixSorter, sortRuns } from './radix-sort.ts';

type Places = Uint16Array | Uint32Array;

/** With fewer, counting the digits takes longer than sorting. */
const FEW_SCORES = 200;

/** Fills `places` for `count` scores, higher = better; made once to be asked again and again. */
export function placeCounter(count: number): (scores: Float64Array, places: Places) => void {
  return count < FEW_SCORES ? byBisection(count) : byDigits(count);
}

function byDigits(count: number): (scores: Float64Array, places: Places) => void {
  const sort = radixSorter(count);
  return (scores, places) => {
    const ascending = sort(scores, 1);
    sortRuns(ascending, (a, b) => {
      const left = scores[a] ?? 0;
      const right = scores[b] ?? 0;
      return left === right ? a - b : left < right ? -1 : 1;
    });
    let before = 0;
    let last = Number.NaN;
    for (let at = count - 1; at >= 0; at -= 1) {
      const row = ascending.rows[at] ?? 0;
      const score = scores[row] ?? 0;
      if (score !== last) before = count - 1 - at;
      last = score;
      places[row] = before;
    }
  };
}

function byBisection(count: number): (scores: Float64Array, places: Places) => void {
  const sorted = new Float64Array(count);
  return (scores, places) => {
    sorted.set(scores);
    sorted.sort();
    for (let row = 0; row < count; row += 1) places[row] = count - countUpTo(sorted, scores[row] ?? 0);
  };
}

/** How many of the ascending numbers are not above the limit. */
function countUpTo(ascending: Float64Array, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
