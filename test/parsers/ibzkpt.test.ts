/** IBZKPT. The points are those of a 4×4×1 mesh, with weights that sum to 16. */
import { describe, expect, it } from 'vitest';
import { ibzkptParser } from '../../parsers/ibzkpt.ts';
import {
  codesOf,
  expectCutsToShow,
  expectSameThroughWindows,
  expectSameWithDosLineEnds,
  parsedText,
  textAt,
} from './whole-and-cut.ts';

const POINTS = `Automatically generated mesh
       3
Reciprocal lattice
    0.00000000000000    0.00000000000000    0.00000000000000             1
   -0.25000000000000    0.00000000000000    0.12500000000000            12
    0.50000000000000    0.25000000000000    0.00000000000000             3
`;
const TETRAHEDRA = `${POINTS}Tetrahedra
         2    0.00260416666667
        48         2         3         1         1
         4         1         1         2         3
`;
const parse = (text: string) => parsedText(ibzkptParser, text);

describe('the irreducible k-points', () => {
  it('keep the whole weights of the file', () => {
    for (const text of [POINTS, TETRAHEDRA]) {
      const record = parse(text);
      expect([record.completeness, record.issues]).toEqual(['complete', []]);
      expect(record.kpoints).toEqual({
        scheme: 'explicit',
        fractional: [
          [0, 0, 0],
          [-0.25, 0, 0.125],
          [0.5, 0.25, 0],
        ],
        weights: [1, 12, 3],
      });
      expect(textAt(record, text, 'kpoints')).toBe(POINTS.split('\n').slice(3, 6).join('\n'));
    }
  });

  it('are whole though tetrahedra behind them are missing', () => {
    for (const cut of [1, 30, 60, 110]) {
      const record = parse(TETRAHEDRA.slice(0, -cut));
      if (cut === 1) expect(record.issues).toEqual([]);
      else expect([record.completeness, codesOf(record)]).toEqual(['truncated', ['W_TRUNCATED']]);
      expect(record.kpoints!.weights).toEqual([1, 12, 3]);
    }
    expect(codesOf(parse(TETRAHEDRA.replace('48         2', '48         9')))).toEqual(['W_TRUNCATED']);
  });
});

describe('any way of reading', () => {
  it('gives the same record', () => {
    for (const text of [POINTS, TETRAHEDRA]) {
      expectSameThroughWindows(ibzkptParser, text);
      expectSameWithDosLineEnds(ibzkptParser, text);
      expectCutsToShow(ibzkptParser, text);
    }
  });
});

describe('a damaged list', () => {
  it('has no points', () => {
    for (const [from, to, code] of [
      ['-0.25000000000000', '*****************', 'E_SYNTAX'],
      ['            12', '           1.5', 'E_SYNTAX'],
      ['            12', '', 'E_SYNTAX'],
      ['       3\n', '       4\n', 'E_TRUNCATED'],
      ['       3\n', '999999999\n', 'E_TRUNCATED'],
      ['       3\n', '\n', 'E_SYNTAX'],
      ['Reciprocal', 'Cartesian', 'E_SYNTAX'],
    ] as const) {
      const record = parse(POINTS.replace(from, to));
      expect(codesOf(record), to).toEqual([code]);
      expect(record).not.toHaveProperty('kpoints');
    }
  });
});
