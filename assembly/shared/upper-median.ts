/**
 * The middle one of many numbers, the upper one of an even count: quickselect (C. A. R. Hoare, Comm. ACM 4, 321, 1961).
 *
 * Asked four times for every pair of structures, where sorting all of the numbers costs more than comparing the atoms.
 */

/** Reorders `values`; 0 when there are none. */
export function upperMedian(values: Float64Array): number {
  const middle = Math.floor(values.length / 2);
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = values[(low + high) >> 1] ?? 0;
    let [left, right] = [low, high];
    while (left <= right) {
      while ((values[left] ?? 0) < pivot) left += 1;
      while ((values[right] ?? 0) > pivot) right -= 1;
      if (left > right) break;
      const swapped = values[left] ?? 0;
      values[left] = values[right] ?? 0;
      values[right] = swapped;
      left += 1;
      right -= 1;
    }
    if (middle <= right) high = right;
    else if (middle >= left) low = left;
    else break;
  }
  return values[middle] ?? 0;
}
