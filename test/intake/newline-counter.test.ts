import { expect, test } from 'vitest';
import { COUNTER_WINDOW_BYTES, newlineCounter, scalarCounter } from '../../intake/newline-counter.ts';

test.each([
  ['vector', newlineCounter],
  ['scalar', scalarCounter],
])('the %s counter counts what lies in the range and nothing beside it', (_, counter) => {
  const { window, count } = counter();
  // 10 stands at every third byte, at every one, and beside bytes that differ from it in one bit.
  for (const pattern of [[10, 11, 8], [10], [2, 10, 26, 10, 138, 14]]) {
    window.forEach((_byte, at) => {
      window[at] = pattern[at % pattern.length] ?? 0;
    });
    for (const [from, to] of RANGES) {
      const expected = window.subarray(from, to).filter((byte) => byte === 10).length;
      expect(count(from, to)).toBe(expected);
    }
  }
});

const RANGES = [
  [0, 0],
  [5, 5],
  [0, 1],
  [3, 18],
  [7, 40],
  [1, 17],
  // 255 · 16 bytes are counted before the lanes are emptied.
  [0, 4080],
  [0, 4096],
  [11, 4107],
  [0, COUNTER_WINDOW_BYTES],
  [1, COUNTER_WINDOW_BYTES],
  [COUNTER_WINDOW_BYTES - 1, COUNTER_WINDOW_BYTES],
] as const;
