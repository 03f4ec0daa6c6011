/** XDATCAR. The fixtures are written in the formats of VASP 4.6, 5.2, 5.4 and 6 with invented numbers. */
import { describe, expect, it } from 'vitest';
import { xdatcarParser } from '../../parsers/xdatcar.ts';
import { expectNear } from '../near.ts';
import {
  codesOf,
  expectCutsToShow,
  expectSameThroughWindows,
  expectSameWithDosLineEnds,
  parsedText,
  textAt,
} from './whole-and-cut.ts';

const HEAD = `Zn\xb2O in a skewed cell
           2
     1.500000    0.000000    0.000000
     0.500000    2.000000    0.000000
     0.000000    0.250000    3.000000
   Zn   O 
   2   1
`;
const frame = (mark: string, x: string) => `${mark}   ${x}  0.50000000 -0.25000000
   0.25000000  0.00000000  0.75000000
   0.00000000  0.10000000  0.20000000
`;
const mark = (index: number) => `Direct configuration=${String(index).padStart(6)}\n`;
const FIXED = `${HEAD}${frame(mark(1), '0.12500000')}${frame(mark(2), '0.50000000')}`;
const LARGER = HEAD.replace('     0.000000    0.250000    3.000000', '     0.000000    0.250000    4.000000');
/** The head above every frame, as in a run with ISIF = 3. */
const CHANGING = `${HEAD}${frame(mark(1), '0.12500000')}${LARGER}${frame(mark(2), '0.50000000')}`;
/** VASP 5.2: the cell is not there. */
const WITHOUT_CELL = `unknown system\n   Zn   O \n   2   1\nDirect\n \n${frame('', '0.12500000')} \n${frame('', '0.50000000')}`;
/** VASP 4.6. */
const OLD = `   3   3  10
  0.1645095E+02  0.7989462E-09  0.7989462E-09  0.7989462E-09  0.5000000E-15
  0.3000000E+03
  CAR
 unknown system

${frame('', '0.12500000')}
${frame('', '0.50000000')}`;
const parse = (text: string) => parsedText(xdatcarParser, text);
const positions = (text: string) => parse(text).steps!.map((step) => [...(step.cartesianAngstrom ?? [])]);

describe('a trajectory', () => {
  it('has the cell and the Cartesian positions of every frame', () => {
    const record = parse(FIXED);
    expect([record.completeness, record.issues, record.ionicStepCount]).toEqual(['complete', [], 2]);
    const [first, second] = record.steps!;
    expect([first!.index, second!.index, first!.electronic]).toEqual([1, 2, 'unknown']);
    // The scale factor 2 doubles the vectors: a = (3 0 0), b = (1 4 0), c = (0 0.5 6).
    expect(first!.latticeAngstrom).toEqual([
      [3, 0, 0],
      [1, 4, 0],
      [0, 0.5, 6],
    ]);
    // 0.125 a + 0.5 b − 0.25 c
    expect([...first!.cartesianAngstrom!.slice(0, 3)]).toEqual([0.875, 1.875, -1.5]);
    // 0.5 a + 0.5 b − 0.25 c
    expect([...second!.cartesianAngstrom!.slice(0, 3)]).toEqual([2, 1.875, -1.5]);
    // 0.1 b + 0.2 c
    for (const [axis, value] of [0.1, 0.5, 1.2].entries())
      expectNear(second!.cartesianAngstrom![6 + axis], value, 1e-15);
    expect(first).not.toHaveProperty('energySigma0Ev');
  });

  it('ends in its structure, with elements', () => {
    const record = parse(FIXED);
    expect(record.structure!.species).toEqual(['Zn', 'Zn', 'O']);
    expect(record.structure!.cartesianAngstrom).toEqual(record.steps![1]!.cartesianAngstrom);
    expect(textAt(record, FIXED, 'final.cartesianAngstrom')).toBe(frame('', '0.50000000').trimEnd());
    expect(textAt(record, FIXED, 'structure.species')).toBe('   Zn   O ');
  });

  it('may have another cell in every frame', () => {
    const record = parse(CHANGING);
    expect([record.completeness, record.issues]).toEqual(['complete', []]);
    expect(record.steps!.map((step) => step.latticeAngstrom![2]![2])).toEqual([6, 8]);
    // −0.25 c of 8 Å and of 6 Å
    expect(positions(CHANGING).map((frame) => frame[2])).toEqual([-1.5, -2]);
    expect(record.structure!.latticeAngstrom[2]![2]).toBe(8);
    expect(textAt(record, CHANGING, 'structure.latticeAngstrom')).toContain('4.000000');
  });

  it('may have marks without numbers, Konfig marks or blank lines between its frames', () => {
    for (const other of [
      FIXED.replaceAll(/Direct configuration= +\d/g, 'Direct'),
      FIXED.replaceAll(/Direct configuration=/g, 'Konfig='),
      FIXED.replaceAll(/Direct configuration= +\d/g, ' '),
      CHANGING.replaceAll(/Direct configuration= +\d/g, 'Direct'),
    ]) {
      const record = parse(other);
      expect([record.completeness, record.issues, record.ionicStepCount]).toEqual(['complete', [], 2]);
      expect(record.steps!.map((step) => step.index)).toEqual([1, 2]);
      expect(record.steps![1]!.cartesianAngstrom![0]).toBe(2);
    }
  });

  it('without a cell is counted only', () => {
    for (const text of [WITHOUT_CELL, OLD]) {
      const record = parse(text);
      expect([record.completeness, record.ionicStepCount, codesOf(record)]).toEqual(['complete', 2, ['W_NOT_STORED']]);
      expect(record.steps).toEqual([
        { index: 1, electronic: 'unknown' },
        { index: 2, electronic: 'unknown' },
      ]);
      expect(record).not.toHaveProperty('structure');
    }
  });

  it('keeps its last step only, when asked to', () => {
    const record = parsedText(xdatcarParser, FIXED, { steps: 'last' });
    expect([record.ionicStepCount, record.steps!.length, record.steps![0]!.index]).toEqual([2, 1, 2]);
    expect(record.structure).toEqual(parse(FIXED).structure);
  });

  it('counts on where the number of a frame is stars, and tells of appended runs', () => {
    const starred = FIXED.replace('=     2', '=******');
    expect(parse(starred).steps!.map((step) => step.index)).toEqual([1, 2]);
    const twice = parse(FIXED + FIXED);
    expect(twice.steps!.map((step) => step.index)).toEqual([1, 2, 1, 2]);
    expect(codesOf(twice)).toEqual(['W_MULTIPLE_RUNS']);
  });

  it('of atoms that are no elements has no species', () => {
    const record = parse(FIXED.replace('   Zn   O ', '   Zn   Xq'));
    expect(record).not.toHaveProperty('structure');
    expect(record.unnamedStructure!.counts).toEqual([2, 1]);
    expect(codesOf(record)).toEqual(['W_UNKNOWN_ELEMENT']);
  });
});

describe('any way of reading', () => {
  it('gives the same record', () => {
    for (const text of [FIXED, CHANGING, WITHOUT_CELL, OLD]) {
      expectSameThroughWindows(xdatcarParser, text);
      expectSameWithDosLineEnds(xdatcarParser, text);
    }
  });

  it('of a file cut at any byte tells of it, but between two frames', () => {
    for (const text of [FIXED, CHANGING]) {
      const firstEnd = HEAD.length + frame(mark(1), '0.12500000').length;
      expectCutsToShow(xdatcarParser, text, { isWholeAt: (length) => length === firstEnd });
    }
  });

  it('leaves a torn frame out', () => {
    const record = parse(FIXED.slice(0, -30));
    expect([record.completeness, record.ionicStepCount, codesOf(record)]).toEqual(['truncated', 1, ['E_TRUNCATED']]);
    expect(record.structure!.cartesianAngstrom[0]).toBe(0.875);
    expect(codesOf(parse(FIXED.slice(0, -1)))).toEqual(['W_TRUNCATED']);
  });

  it('of a run that made no step finds no structure', () => {
    const record = parse(HEAD);
    expect([record.completeness, record.ionicStepCount, codesOf(record)]).toEqual(['truncated', 0, ['E_TRUNCATED']]);
    expect(record).not.toHaveProperty('structure');
  });
});

describe('a damaged trajectory', () => {
  it('with a coordinate that is no number has no structure, and no earlier one for it', () => {
    for (const bad of ['**********', '       NaN']) {
      const record = parse(FIXED.replace('0.50000000  0.50000000', `${bad}  0.50000000`));
      expect(record.steps).toHaveLength(2);
      expect(record.steps![1]).not.toHaveProperty('cartesianAngstrom');
      expect(record).not.toHaveProperty('structure');
      expect(record.issues.map(({ code, where }) => [code, where.block])).toEqual([['E_UNPARSEABLE', 'frame']]);
    }
  });

  it('with a row too many or too few ends before it, without a last structure', () => {
    const row = '   0.25000000  0.00000000  0.75000000\n';
    for (const text of [
      FIXED.replace(row, row + row),
      FIXED.replace(row, ''),
      FIXED.replace('   2   1\n', '   1   1\n'),
    ]) {
      const record = parse(text);
      expect([record.completeness, record.ionicStepCount, codesOf(record)]).toEqual(['unreadable', 0, ['E_SYNTAX']]);
      expect(record).not.toHaveProperty('structure');
    }
    const later = parse(`${FIXED}${mark(3)}${row}${mark(4)}`);
    expect([later.ionicStepCount, codesOf(later)]).toEqual([2, ['E_SYNTAX']]);
    expect(later).not.toHaveProperty('structure');
  });

  it('of more atoms than the file can hold costs no memory', () => {
    const record = parse(FIXED.replace('   2   1\n', '   2 999999999\n'));
    expect([record.completeness, record.ionicStepCount]).toEqual(['unreadable', 0]);
  });

  it('or no trajectory at all is refused', () => {
    expect(codesOf(parse(''))).toEqual(['E_UNREADABLE']);
    expect(codesOf(parse('\0'))).toEqual(['E_UNREADABLE']);
    expect(parse('ENCUT = 520\nISMEAR = 0\n').completeness).not.toBe('complete');
  });
});
