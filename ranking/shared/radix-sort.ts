/**
 * Rows by the upper bits of a number, digit by digit (radix sort): a million comparisons through a function take longer
 * than all that follows, and so does sorting a thousand scores ten thousand times.
 *
 * Rows that agree in these bits come in the order of their numbers of row; the caller compares them, which are few unless
 * all numbers lie close together beside one that is far away. That is as slow as a comparison sort then, never wrong.
 */

export interface Keyed {
  readonly keys: Uint32Array;
  readonly rows: Uint32Array;
}

/** Digits of 11 bits read the upper half of a number whole; of few rows, what their buckets take would be more than that. */
const FEW_ROWS = 16_384;

/** Sorts `count` numbers at a time, in memory of its own: an answer holds until the next one. */
export function radixSorter(count: number): (numbers: Float64Array, width: number) => Keyed {
  const [digits, digitBits] = count < FEW_ROWS ? [2, 10] : [3, 11];
  const buckets = 1 << digitBits;
  let [keys, nextKeys] = [new Uint32Array(count), new Uint32Array(count)];
  let [rows, nextRows] = [new Uint32Array(count), new Uint32Array(count)];
  const counts = new Uint32Array(digits * buckets);
  const bits = new DataView(new ArrayBuffer(8));
  /** Key of each row's first number, so that keys ascend as whole numbers where the numbers ascend; how far they reach. */
  const readKeys = (numbers: Float64Array, width: number): { readonly least: number; readonly range: number } => {
    let least = 0xffffffff;
    let most = 0;
    for (let row = 0; row < count; row += 1) {
      // + 0 makes one of −0 and 0, whose bits differ.
      bits.setFloat64(0, (numbers[row * width] ?? 0) + 0, true);
      const upper = bits.getUint32(4, true);
      const key = (upper >>> 31 === 1 ? ~upper : upper | 0x80000000) >>> 0;
      keys[row] = key;
      if (key < least) least = key;
      if (key > most) most = key;
    }
    return { least, range: Math.max(0, most - least) };
  };
  /** Leaves of the keys the digits that tell them apart, and counts these. */
  const readDigits = (least: number, dropped: number): void => {
    for (let row = 0; row < count; row += 1) {
      const key = ((keys[row] ?? 0) - least) >>> dropped;
      keys[row] = key;
      rows[row] = row;
      for (let pass = 0; pass < digits; pass += 1) bump(counts, pass * buckets + digit(key, pass));
    }
  };
  const digit = (key: number, pass: number): number => (key >>> (pass * digitBits)) & (buckets - 1);
  return (numbers, width) => {
    counts.fill(0);
    const { least, range } = readKeys(numbers, width);
    readDigits(least, Math.max(0, 32 - Math.clz32(range) - digits * digitBits));
    for (let pass = 0; pass < digits; pass += 1) {
      toStarts(counts, pass * buckets, buckets);
      for (let at = 0; at < count; at += 1) {
        const key = keys[at] ?? 0;
        const to = bump(counts, pass * buckets + digit(key, pass));
        nextKeys[to] = key;
        nextRows[to] = rows[at] ?? 0;
      }
      [keys, rows, nextKeys, nextRows] = [nextKeys, nextRows, keys, rows];
    }
    return { keys, rows };
  };
}

/** The count before it is one more. */
function bump(counts: Uint32Array, at: number): number {
  const before = counts[at] ?? 0;
  counts[at] = before + 1;
  return before;
}

/** Of each of these buckets how many come before it, in place of how many it has. */
function toStarts(counts: Uint32Array, from: number, buckets: number): void {
  let sum = 0;
  for (let bucket = from; bucket < from + buckets; bucket += 1) {
    const size = counts[bucket] ?? 0;
    counts[bucket] = sum;
    sum += size;
  }
}

interface Run {
  readonly from: number;
  readonly to: number;
}

/** As rows with one number are from the start. */
function isInOrder(rows: Uint32Array, { from, to }: Run, compare: (a: number, b: number) => number): boolean {
  let at = from + 1;
  while (at < to && compare(rows[at - 1] ?? 0, rows[at] ?? 0) < 0) at += 1;
  return at === to;
}

/** Puts `rows` from `from` to `to` in order by insertion: for a few. */
function insertionSort(rows: Uint32Array, { from, to }: Run, compare: (a: number, b: number) => number): void {
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
    if (to - from <= SHORT_RUN) insertionSort(rows, { from, to }, compare);
    else if (!isInOrder(rows, { from, to }, compare)) rows.subarray(from, to).sort(compare);
  }
}
