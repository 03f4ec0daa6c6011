/** Rows of numbers in lexicographic order: by their first number, where that is equal by the second, and so on. */
import { radixSorter, sortRuns } from './radix-sort.ts';

/** Below it a comparison sort is faster. */
const FEW_ROWS = 2048;

/** Row numbers in ascending order; equal rows in the order they came. Numbers may be infinite, not NaN. */
export function lexicographicOrder(numbers: Float64Array, width: number): Uint32Array {
  const count = numbers.length / width;
  const compare = (a: number, b: number): number => {
    for (let at = 0; at < width; at += 1) {
      const left = numbers[a * width + at] ?? 0;
      const right = numbers[b * width + at] ?? 0;
      if (left !== right) return left < right ? -1 : 1;
    }
    return a - b;
  };
  if (count < FEW_ROWS) return Uint32Array.from({ length: count }, (_, row) => row).sort(compare);
  const sorted = radixSorter(count)(numbers, width);
  sortRuns(sorted, compare);
  return sorted.rows;
}
