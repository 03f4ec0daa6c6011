/**
 * Kendall's τ-b of two lists of scores, in n log n: pairs in the wrong order are the swaps of a merge sort.
 *
 * The mistake avoided here: all pairs of 100,000 candidates, which are five thousand million. Source: W. R. Knight, J. Am.
 * Stat. Assoc. 61, 436 (1966).
 */

type Pair = readonly [left: number, right: number];

/** Undefined where all scores of a side are equal. */
export function kendallTau(scores: readonly Pair[]): number | undefined {
  const sorted = [...scores].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const all = pairsOf(sorted.length);
  const tiedLeft = tiedPairs(sorted, (a, b) => a[0] === b[0]);
  const tiedBoth = tiedPairs(sorted, (a, b) => a[0] === b[0] && a[1] === b[1]);
  const rights = Float64Array.from(sorted, ([, right]) => right);
  const swaps = sortedSwaps(rights, new Float64Array(rights.length), 0, rights.length);
  const tiedRight = tiedPairs(rights, (a, b) => a === b);
  const scale = Math.sqrt((all - tiedLeft) * (all - tiedRight));
  return scale > 0 ? (all - tiedLeft - tiedRight + tiedBoth - 2 * swaps) / scale : undefined;
}

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}

/** Of a list in which equal entries stand side by side. */
function tiedPairs<T>(sorted: ArrayLike<T>, isSame: (a: T, b: T) => boolean): number {
  let tied = 0;
  let run = 1;
  for (let at = 1; at <= sorted.length; at += 1) {
    const [before, entry] = [sorted[at - 1], sorted[at]];
    if (before !== undefined && entry !== undefined && isSame(before, entry)) run += 1;
    else {
      tied += pairsOf(run);
      run = 1;
    }
  }
  return tied;
}

/** Sorts the values of start … end, and counts by how many larger ones each was preceded. */
function sortedSwaps(values: Float64Array, room: Float64Array, start: number, end: number): number {
  if (end - start < 2) return 0;
  const middle = (start + end) >> 1;
  let swaps = sortedSwaps(values, room, start, middle) + sortedSwaps(values, room, middle, end);
  let left = start;
  let right = middle;
  for (let to = start; to < end; to += 1) {
    const takesLeft = right === end || (left < middle && (values[left] ?? 0) <= (values[right] ?? 0));
    if (!takesLeft) swaps += middle - left;
    room[to] = (takesLeft ? values[left++] : values[right++]) ?? 0;
  }
  values.set(room.subarray(start, end), start);
  return swaps;
}
