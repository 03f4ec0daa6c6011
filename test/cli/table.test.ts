import { expect, onTestFinished, test, vi } from 'vitest';
import { tableLines } from '../../cli/shared/table.ts';
import { displayWidth, paintFor, visible } from '../../cli/shared/terminal.ts';

test('text stands left, numbers right, without blanks at the end of a line', () => {
  const columns = [{ title: 'name' }, { title: 'E (eV)', align: 'right' as const }, { title: 'note' }];
  expect(
    tableLines(columns, [
      ['ZnO', '-9.25', ''],
      ['界面', '-10.5', 'x'],
    ]),
  ).toEqual(['name  E (eV)  note', 'ZnO    -9.25', '界面   -10.5  x']);
});

test('width counts columns: accents none, wide characters two, colour codes none', () => {
  expect(['Å', 'e\u0301', '界', '\u001b[31mred\u001b[39m', ''].map(displayWidth)).toEqual([1, 1, 2, 3, 0]);
});

test('control characters are spelled out', () => {
  expect(visible('a\u001b[2Jb\nc\u009b')).toBe('a\\x1b[2Jb\\x0ac\\x9b');
});

test('only a terminal gets colour, and not when NO_COLOR is set', () => {
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('TERM', 'xterm');
  vi.stubEnv('NO_COLOR', '');
  expect(paintFor({ isTTY: false })('red', 'x')).toBe('x');
  expect(paintFor({ isTTY: true })('red', 'x')).toBe('\u001b[31mx\u001b[39m');
  vi.stubEnv('NO_COLOR', '1');
  expect(paintFor({ isTTY: true })('red', 'x')).toBe('x');
});
