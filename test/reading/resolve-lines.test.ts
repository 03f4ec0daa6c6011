import { expect, test } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import { lineNumbers } from '../../reading/resolve-lines.ts';

test('lines count from 1, and a newline belongs to the line that it ends', () => {
  const source = memorySource(Buffer.from('ab\ncd\r\n\nef'));
  expect(Object.fromEntries(lineNumbers(source, [0, 2, 3, 6, 7, 8, 9]))).toEqual({
    0: 1,
    2: 1,
    3: 2,
    6: 2,
    7: 3,
    8: 4,
    9: 4,
  });
});

test('an offset at the end of the file has a line, one beyond it has none', () => {
  const source = memorySource(Buffer.from('ab\n'));
  expect(Object.fromEntries(lineNumbers(source, [3, 4]))).toEqual({ 3: 2 });
});

test('offsets in a file larger than the window, in any order and with short reads', () => {
  // 8 bytes per line: offset / 8 + 1 is the line.
  const source = memorySource(Buffer.from('1234567\n'.repeat(100_000)), 1000);
  const offsets = [799_999, 5, 131_072, 131_071, 400_004, 5];
  for (const [offset, line] of lineNumbers(source, offsets)) expect(line).toBe(Math.floor(offset / 8) + 1);
  expect(lineNumbers(source, offsets).size).toBe(5);
});
