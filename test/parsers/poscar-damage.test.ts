/** POSCARs that are damaged or cut: a clear fault with its line, and never an invented atom. */
import { describe, expect, it } from 'vitest';
import { expectFault, expectPositions, parse, rows, SKEWED, structureOf } from './poscar-cases.ts';

describe('a damaged file', () => {
  it('that is empty or binary is unreadable', () => {
    for (const text of ['', '\0\0\0\0', 'title\n\0']) {
      expectFault(parse(text), 'E_UNREADABLE', 'unreadable', 1, /empty|binary/);
    }
  });

  it('with fewer rows than atoms tells both numbers', () => {
    const record = parse(rows('.5 0 0\n0 .5 0\n', 'Direct', '40 80'));
    expectFault(record, 'E_TRUNCATED', 'truncated', 10, /expected 120 positions, found 2 \(file ends\)/);
  });

  it('with an empty line among the rows does not take velocities for positions', () => {
    const record = parse(rows('.5 0 0\n\n0 0 0\n0 0 0\n', 'Direct', '2 1'));
    expectFault(record, 'E_SYNTAX', 'unreadable', 10, /expected 3 positions, found 1/);
  });

  it('with other counts than names is refused', () => {
    expectFault(parse(rows('0 0 0\n', 'Direct', '1')), 'E_SYNTAX', 'unreadable', 7, /2 atom count\(s\) for Zn O/);
    expectFault(parse(rows('0 0 0\n', 'Direct', '1 1 1')), 'E_SYNTAX', 'unreadable', 7, /2 atom count/);
  });

  it('with counts that count nothing is refused', () => {
    for (const counts of ['0 0', '1.5 1', '-1 2', 'a b', '']) {
      expectFault(parse(rows('0 0 0\n', 'Direct', counts)), 'E_SYNTAX', 'unreadable', 7, /atom counts/);
    }
  });

  it('with an absurd count asks for no memory', () => {
    const record = parse(rows('.5 0 0\n', 'Direct', '1 999999999'));
    expectFault(record, 'E_TRUNCATED', 'truncated', 9, /expected 1000000000 positions, found 1/);
  });

  it('with a flat cell is refused', () => {
    const flat = 't\n1\n4 0 0\n0 5 0\n4 5 0\nZn\n1\nDirect\n0 0 0\n';
    expectFault(parse(flat), 'E_SYNTAX', 'unreadable', 5, /span a volume/);
  });

  it('with a vector of two numbers is refused', () => {
    expectFault(parse('t\n1\n4 0 0\n0 5\n0 0 6\n'), 'E_SYNTAX', 'unreadable', 4, /lattice vector/);
  });

  it('of one line without end costs no more than that line', () => {
    expect(parse('x'.repeat(3_000_000)).completeness).toBe('truncated');
    expect(parse(`t\n1.0 ${' '.repeat(2_000_000)}\n4 0 0\n`).completeness).toBe('unreadable');
  });
});

describe('a file cut at any byte', () => {
  const withFlags = SKEWED.replace('Direct', 'Selective dynamics\nDirect').replace(
    /\d{16}$/gm,
    (digits, offset: number) => (offset > SKEWED.indexOf('Direct') ? `${digits}   T   F   T` : digits),
  );

  for (const [name, text, last] of [
    ['direct', SKEWED, '0.1250000000000000'],
    ['selective', withFlags, 'T   F   T'],
  ] as const) {
    it(`never throws, never invents a ${name} structure, and says where it ends`, () => {
      const whole = parse(text);
      const enough = text.lastIndexOf(last) + last.length;
      expect(whole.structure!.species).toHaveLength(3);
      for (let length = 0; length < text.length; length += 1) {
        const record = parse(text.slice(0, length));
        if (length >= enough) {
          expect(record).toEqual(whole);
          continue;
        }
        expect(record.structure, `cut at ${length}`).toBeUndefined();
        expect(record.completeness).toBe(length === 0 ? 'unreadable' : 'truncated');
        expect(record.issues[0]!.where.line).toBeGreaterThan(0);
      }
    });
  }
});

describe('the last row without line end', () => {
  it('is whole when a hand wrote the numbers as short as they are', () => {
    expectPositions(structureOf(rows('0 0 0\n0.5 0.25 0.5')), [0, 0, 0, 2, 1.25, 3]);
    expectPositions(structureOf(rows('0 0 0\n0.333 0.667 0.25')), [0, 0, 0, 1.332, 3.335, 1.5]);
  });

  it('is torn when all numbers but the last have the same decimals', () => {
    expect(parse(rows('0.00 0.00 0.00\n0.50 0.25 0.5')).completeness).toBe('truncated');
    expect(parse(rows('0.00 0.00 0.00\n0.50 0.25 0')).completeness).toBe('truncated');
  });

  it('is whole when anything stands behind the numbers', () => {
    expectPositions(structureOf(rows('0.00 0.00 0.00\n0.50 0.25 0.5 O')), [0, 0, 0, 2, 1.25, 3]);
    expectPositions(structureOf(rows('0.00 0.00 0.00\n0.50 0.25 0.5\r')), [0, 0, 0, 2, 1.25, 3]);
  });
});
