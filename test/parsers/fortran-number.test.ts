/** Numbers and logicals as Fortran writes them. Expected values are the literals' own, or `Number()` of plain decimals. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type NumberCursor,
  parseFortranLogical,
  parseFortranNumber,
  readNumber,
  readNumbers,
} from '../../parsers/shared/fortran-number.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const read = (line: string, count = 20) => readNumbers(bytes(line), 0, line.length, count);

/** What each of these spells, read by a human. */
const SPELLINGS: readonly (readonly [string, number])[] = [
  ['0', 0],
  ['-.111', -0.111],
  ['1.', 1],
  ['+2.5', 2.5],
  ['0.1D-02', 0.001],
  ['0.1d+02', 10],
  ['1.5E+03', 1500],
  ['1e5', 100000],
  ['-.28218515E+02', -28.218515],
  ['0.5-100', 0.5e-100],
  ['.25+101', 0.25e101],
  ['1234567890123456000', 1234567890123456000],
  ['0.1234567890123456', 0.1234567890123456],
];

const NO_NUMBERS = [
  '',
  ' ',
  '*******',
  'NaN',
  'Infinity',
  '-Infinity',
  '.',
  '-',
  '+',
  'E5',
  '1.0E',
  '1.0E+',
  '--1',
  '1..2',
  '1.2.3',
  '0x10',
  '12abc',
  '1,5',
  '1e999',
  '12-345',
  'null',
  'T',
];

describe('a Fortran number', () => {
  for (const [text, value] of SPELLINGS) {
    it(`${text} is ${value}`, () => {
      expect(parseFortranNumber(text)).toBe(value);
      expect(read(text)).toEqual([value]);
      expect(read(`  ${text}\t7\n`)).toEqual([value, 7]);
    });
  }

  for (const text of NO_NUMBERS) {
    it(`"${text}" has no value`, () => {
      expect(parseFortranNumber(text)).toBeNaN();
    });
  }

  it('printed with toString or toFixed reads back as Number() reads it', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 0, max: 20 }),
        (value, digits) => {
          const spellings = [String(value), value.toExponential(), value.toExponential().replace('e', 'D')];
          if (Math.abs(value) < 1e21) spellings.push(value.toFixed(digits));
          for (const text of spellings) {
            const expected = Number(text.replace('D', 'e'));
            expect(parseFortranNumber(text)).toBe(expected);
            expect(read(` ${text} `)).toEqual([expected]);
          }
        },
      ),
    );
  });

  it('of up to sixteen characters equals the decimal literal exactly', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }), fc.integer({ min: 0, max: 15 }), (digits, decimals) => {
        const padded = String(digits).padStart(decimals + 1, '0');
        const text = `${padded.slice(0, padded.length - decimals)}.${padded.slice(padded.length - decimals)}`;
        expect(read(text)).toEqual([Number(text)]);
        expect(read(`-${text}`)).toEqual([-Number(text)]);
      }),
    );
  });

  it('of a hundred thousand digits is refused without exhausting the stack or the clock', () => {
    const digits = '7'.repeat(200_000);
    expect(read(digits)).toEqual([Number.NaN]);
    expect(parseFortranNumber(`${digits}x`)).toBeNaN();
  });
});

describe('columns of a line', () => {
  it('without blanks between them are parted by the sign', () => {
    expect(read('-1.0-2.0')).toEqual([-1, -2]);
    expect(read('0.1818-0.0000')).toEqual([0.1818, -0]);
    expect(read('0.164E-03-0.112E-03')).toEqual([0.000164, -0.000112]);
    expect(read('1.0-200.5')).toEqual([1, -200.5]);
  });

  it('of whole numbers are parted too: 12-345 is no power of ten', () => {
    expect(read('12-345 7')).toEqual([12, -345, 7]);
  });

  it('with dropped exponent letters stay two numbers when glued', () => {
    expect(read('0.25-100-0.50-101')).toEqual([0.25e-100, -0.5e-101]);
  });

  it('that overflowed have no value and do not shift their neighbours', () => {
    expect(read(' 1.5 ******** -2.5')).toEqual([1.5, Number.NaN, -2.5]);
  });

  it('end with the line', () => {
    expect(read('1 2\n3 4')).toEqual([1, 2]);
    expect(read('1 2\r\n3 4')).toEqual([1, 2]);
    expect(read('')).toEqual([]);
  });

  it('end where the reader is told to end, even inside a number', () => {
    expect(readNumbers(bytes('12.5E+03 7'), 0, 4, 9)).toEqual([12.5]);
    expect(readNumbers(bytes('12.5-100'), 0, 4, 9)).toEqual([12.5]);
  });

  it('are counted', () => {
    expect(read('1 2 3 4', 2)).toEqual([1, 2]);
  });

  it('written with blanks between read back in order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), (values) => {
        expect(read(values.join('  '), 1000)).toEqual(values.map((value) => Number(String(value))));
      }),
    );
  });

  it('of any bytes are read to the end without a throw, always going forward', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (line) => {
        const cursor: NumberCursor = { end: 0, value: 0 };
        let before = 0;
        while (readNumber(line, cursor.end, line.length, cursor)) {
          expect(cursor.end).toBeGreaterThan(before);
          expect(cursor.value).not.toBe(Number.POSITIVE_INFINITY);
          before = cursor.end;
        }
        expect(cursor.end).toBeLessThanOrEqual(line.length);
      }),
    );
  });
});

describe('a Fortran logical', () => {
  it('is told by the letter after an optional dot', () => {
    for (const text of ['T', '.TRUE.', '.t.', 'true', ' .T']) expect(parseFortranLogical(text)).toBe(true);
    for (const text of ['F', '.FALSE.', '.f.', 'false']) expect(parseFortranLogical(text)).toBe(false);
    for (const text of ['', '.', 'Auto', '1', 'O', '..T']) expect(parseFortranLogical(text)).toBeUndefined();
  });
});
