import { describe, expect, it } from 'vitest';
import { rowNumbers, splitFixedColumns } from '../../parsers/shared/fixed-columns.ts';

describe('columns that touch', () => {
  it('are told apart by the decimals that they share', () => {
    // A cell with c = 113.5 Å: F13.9 columns leave no blank.
    const row = '     0.000000000  0.000000000113.517567000     0.000000000  0.000000000  0.008809209';
    expect(splitFixedColumns(row, 6)).toEqual([0, 0, 113.517567, 0, 0, 0.008809209]);
    expect(rowNumbers(row, 6)).toEqual([0, 0, 113.517567, 0, 0, 0.008809209]);
  });

  it('are told apart by signs', () => {
    expect(rowNumbers('  -123.45678-1234.56789 12.00000', 3)).toEqual([-123.45678, -1234.56789, 12]);
    expect(splitFixedColumns('-1.50-2.25', 2)).toEqual([-1.5, -2.25]);
  });

  it('without leading zeros are numbers too', () => {
    expect(splitFixedColumns(' -.111   .222', 2)).toEqual([-0.111, 0.222]);
  });

  it.each([
    ['stars', '  1.00000 ********  3.00000'],
    ['a last number that lost digits', '  1.00000  2.00000  3.0000'],
    ['a number that lost digits in the middle', '  1.00000  2.0000  3.00000'],
    ['NaN', '  1.00000      NaN  3.00000'],
    ['too few columns', '  1.00000  2.00000'],
    ['words', ' length of vectors 1.00000'],
    ['nothing', ''],
  ])('are refused as a whole with %s', (_, row) => {
    expect(splitFixedColumns(row, 3)).toBeUndefined();
  });

  it('are refused when there are more than asked for', () => {
    expect(splitFixedColumns('1.0000 2.0000 3.0000', 2)).toBeUndefined();
  });

  it('may be followed by further ones when blanks part them', () => {
    expect(rowNumbers('1.0 2.00 3.000 what follows', 3)).toEqual([1, 2, 3]);
  });

  it('are not looked for in a text that is no row', () => {
    expect(rowNumbers('1.00000'.repeat(1000), 3)).toBeUndefined();
    expect(splitFixedColumns('1.00000'.repeat(1000), 1000)).toBeUndefined();
  });
});
