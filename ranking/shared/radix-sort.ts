/**
 * Rows by the upper half of the bits of a number, digit by digit (radix sort): a million comparisons through a function
 * take longer than all that follows, and so does sorting a thousand scores ten thousand times.
 *
 * Rows that agree in these bits come in the order of their numbers of row; the caller compares them, which are few unless
 * all numbers lie close together. That is as slow as a comparison sort then, never wrong.
 */

const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
/** Three digits of 11 bits hold a word of 32. */
const DIGITS = 3;

export interface Keyed {
  readonly keys: Uint32Array;
  readonly rows: Uint32Array;
}

/** Sorts `count` numbers at a time, in memory of its own: an answer holds until the next one. */
export function radixSorter(count: number): (numbers: Float64Array, width: number) => Keyed {
  let [keys, nextKeys] = [new Uint32Array(count), new Uint32Array(count)];
  let [rows, nextRows] = [new Uint32Array(count), new Uint32Array(count)];
  const counts = new Uint32Array(DIGITS * BUCKETS);
  const bits = new DataView(new ArrayBuffer(8));
  /** Key of each row's first number, so that keys ascend as whole numbers where the numbers ascend. */
  const readKeys = (numbers: Float64Array, width: number): void => {
    for (let row = 0; row < count; row += 1) {
      // + 0 makes one of −0 and 0, whose bits differ.
      bits.setFloat64(0, (numbers[row * width] ?? 0) + 0);
      const upper = bits.getUint32(0);
      const key = (upper >>> 31 === 1 ? ~upper : upper | 0x80000000) >>> 0;
      keys[row] = key;
      rows[row] = row;
      for (let pass = 0; pass < DIGITS; pass += 1) bump(counts, digit(key, pass));
    }
  };
  return (numbers, width) => {
    counts.fill(0);
    readKeys(numbers, width);
    for (let pass = 0; pass < DIGITS; pass += 1) {
      toStarts(counts.subarray(pass * BUCKETS, (pass + 1) * BUCKETS));
      for (let at = 0; at < count; at += 1) {
        const key = keys[at] ?? 0;
        const to = bump(counts, digit(key, pass));
        nextKeys[to] = key;
        nextRows[to] = rows[at] ?? 0;
      }
      [keys, rows, nextKeys, nextRows] = [nextKeys, nextRows, keys, rows];
    }
    return { keys, rows };
  };
}

/** Where a key is counted in this pass. */
function digit(key: number, pass: number): number {
  return pass * BUCKETS + ((key >>> (pass * DIGIT_BITS)) & (BUCKETS - 1));
}

/** The count before it is one more. */
function bump(counts: Uint32Array, at: number): number {
  const before = counts[at] ?? 0;
  counts[at] = before + 1;
  return before;
}

/** Of each bucket how many come before it, in place of how many it has. */
function toStarts(counts: Uint32Array): void {
  let sum = 0;
  for (let bucket = 0; bucket < counts.length; bucket += 1) {
    const size = counts[bucket] ?? 0;
    counts[bucket] = sum;
    sum += size;
  }
}

/** Puts `rows` from `from` to `to` in order by insertion: for a few. */
function insertionSort(
  rows: Uint32Array,
  { from, to }: { readonly from: number; readonly to: number },
  compare: (a: number, b: number) => number,
): void {
  for (let next = from + 1; next < to; next += 1) {
    const row = rows[next] ?? 0;
    let at = next;
    while (at > from && compare(row, rows[at - 1] ?? 0) < 0) {
      rows[at] = rows[at - 1] ?? 0;
      at -= 1;
    }
    rows[at] = row;
  }
}

/** Up to so many rows are put in order by insertion. */
const SHORT_RUN = 16;

/** Puts rows of one key in the order of `compare`. */
export function sortRuns({ keys, rows }: Keyed, compare: (a: number, b: number) => number): void {
  for (let from = 0, to = 1; from < rows.length; from = to, to += 1) {
    const key = keys[from];
    while (to < rows.length && keys[to] === key) to += 1;
    if (to - from > SHORT_RUN) rows.subarray(from, to).sort(compare);
    else if (to - from > 1) insertionSort(rows, { from, to }, compare);
  }
}
