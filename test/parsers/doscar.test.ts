/** DOSCAR. The fixtures are written in VASP's formats with invented numbers. */
import { describe, expect, it } from 'vitest';
import { doscarParser } from '../../parsers/doscar.ts';
import {
  codesOf,
  expectCutsToShow,
  expectSameThroughWindows,
  expectSameWithDosLineEnds,
  parsedText,
  textAt,
} from './whole-and-cut.ts';

const head = (counts: string) =>
  `${counts}
  0.1482975E+02  0.2757716E-09  0.2757716E-09  0.2757716E-09  0.1000000E-16
   1.0000000000000000E-004
  CAR 
 unknown system                          
`;
const TITLE = '     27.88421975     -5.91781887    3      9.96725845      1.00000000\n';
const ONE_SPIN = `${head('   1   1   0   0')}${TITLE}     -5.918  0.0000E+00  0.0000E+00
     -5.805  0.1250E+01  0.7500E+00
     -5.692  0.2500-100  0.4000E+01
`;
const BLOCK = `${TITLE}     -5.918  0.1000E+00  0.2000E+00  0.3000E+00  0.4000E+00
     -5.805  0.1000E+00  0.2000E+00  0.3000E+00  0.4000E+00
     -5.692  0.1000E+00  0.2000E+00  0.3000E+00  0.4000E+00
`;
/** Two spins with the projected blocks of two atoms. */
const PROJECTED = `${head('   2   2   1   0')}${TITLE}     -5.918  0.1000E+01  0.2000E+01  0.3000E+01  0.4000E+01
    -15.805-0.1100E+01  0.2100E+01  0.3100E+01  0.4100E+01
     -5.692  0.1200E+01  0.2200E+01  0.3200E+01  0.4200E+01
${BLOCK}${BLOCK}`;
const parse = (text: string) => parsedText(doscarParser, text);

describe('the total density of states', () => {
  it('has an integral beside it and the Fermi energy above', () => {
    const record = parse(ONE_SPIN);
    expect([record.completeness, record.issues]).toEqual(['complete', []]);
    const density = record.densityOfStates!;
    expect(density.spinCount).toBe(1);
    expect([...density.energiesEv]).toEqual([-5.918, -5.805, -5.692]);
    expect([...density.totalPerEv]).toEqual([0, 1.25, 0.25e-100]);
    expect([...density.integrated]).toEqual([0, 0.75, 4]);
    expect(density.fermiEnergyEv).toBe(9.96725845);
    expect(density).not.toHaveProperty('projectedBlockCount');
    expect(textAt(record, ONE_SPIN, 'densityOfStates.fermiEnergyEv')).toBe('9.96725845');
    expect(textAt(record, ONE_SPIN, 'densityOfStates')).toMatch(/^ {5}-5\.918[\s\S]*0\.4000E\+01$/);
  });

  it('of two spins has all of one spin first; columns may touch', () => {
    const density = parse(PROJECTED).densityOfStates!;
    expect(density.spinCount).toBe(2);
    expect([...density.energiesEv]).toEqual([-5.918, -15.805, -5.692]);
    expect([...density.totalPerEv]).toEqual([1, -1.1, 1.2, 2, 2.1, 2.2]);
    expect([...density.integrated]).toEqual([3, 3.1, 3.2, 4, 4.1, 4.2]);
  });

  it('has one column of states in a non-collinear run (NCDIJ = 4)', () => {
    expect(parse(ONE_SPIN.replace('   1   1   0   0', '   1   1   0   4')).densityOfStates!.spinCount).toBe(1);
  });

  it('is found where NEDOS touches the energy before it', () => {
    const rows = Array.from(
      { length: 10_001 },
      (_, row) => `${(row / 1000).toFixed(3).padStart(11)}  0.1000E+01  0.2000E+01\n`,
    );
    const text = ONE_SPIN.slice(0, ONE_SPIN.indexOf(TITLE)) + TITLE.replace('    3 ', '10001 ') + rows.join('');
    expect(text).toContain('-5.9178188710001 ');
    const record = parse(text);
    expect([record.completeness, record.issues]).toEqual(['complete', []]);
    expect(record.densityOfStates!.energiesEv).toHaveLength(10_001);
    expect(record.densityOfStates!.fermiEnergyEv).toBe(9.96725845);
  });

  it('tells its own length where NEDOS is stars', () => {
    const record = parse(ONE_SPIN.replace('    3  ', '*****  '));
    expect(record.completeness).toBe('complete');
    expect(record.densityOfStates!.energiesEv).toHaveLength(3);
    const projected = parse(PROJECTED.replaceAll('    3  ', '*****  '));
    expect(projected.densityOfStates!.energiesEv).toHaveLength(3);
    expect(projected.densityOfStates!.projectedBlockCount).toBe(2);
  });
});

describe('projected blocks', () => {
  it('are counted', () => {
    const record = parse(PROJECTED);
    expect([record.completeness, record.issues]).toEqual(['complete', []]);
    expect(record.densityOfStates!.projectedBlockCount).toBe(2);
  });

  it('that are missing or torn leave the total whole', () => {
    const total = parse(PROJECTED).densityOfStates!.totalPerEv;
    for (const [text, count] of [
      [PROJECTED.slice(0, -BLOCK.length), 1],
      [PROJECTED.slice(0, -2 * BLOCK.length), undefined],
      [PROJECTED.slice(0, -10), 1],
      [PROJECTED.slice(0, -BLOCK.length - 10), undefined],
    ] as const) {
      const record = parse(text);
      expect([record.completeness, codesOf(record)]).toEqual(['truncated', ['W_TRUNCATED']]);
      expect(record.densityOfStates!.totalPerEv).toEqual(total);
      expect(record.densityOfStates!.projectedBlockCount).toBe(count);
    }
  });
});

describe('any way of reading', () => {
  it('gives the same record', () => {
    for (const text of [ONE_SPIN, PROJECTED]) {
      expectSameThroughWindows(doscarParser, text);
      expectSameWithDosLineEnds(doscarParser, text);
    }
  });

  it('of a file cut at any byte tells of it', () => {
    for (const text of [ONE_SPIN, PROJECTED]) expectCutsToShow(doscarParser, text);
    const record = parse(ONE_SPIN.slice(0, -8));
    expect([record.completeness, codesOf(record)]).toEqual(['truncated', ['E_TRUNCATED']]);
    expect([...record.densityOfStates!.totalPerEv]).toEqual([0, 1.25]);
  });

  it('of a run that never came to its end finds no table', () => {
    const record = parse(head('   1   1   0   0'));
    expect([record.completeness, codesOf(record)]).toEqual(['truncated', ['E_TRUNCATED']]);
    expect(record).not.toHaveProperty('densityOfStates');
  });
});

describe('a damaged table', () => {
  it('with a field that is no number has no density', () => {
    for (const bad of ['**********', '       NaN', '0.12?0E+01']) {
      const record = parse(ONE_SPIN.replace('0.1250E+01', bad));
      expect(record).not.toHaveProperty('densityOfStates');
      expect(record.issues.map(({ code, where }) => [code, where.line])).toEqual([['E_UNPARSEABLE', 8]]);
    }
  });

  it('with a lost column, a lost row or a row too many says so', () => {
    const row = '     -5.805  0.1250E+01  0.7500E+00\n';
    expect(codesOf(parse(ONE_SPIN.replace('  0.7500E+00', '')))).toEqual(['E_SYNTAX']);
    expect(codesOf(parse(ONE_SPIN.replace(row, row + row)))).toEqual(['E_SYNTAX']);
    expect(codesOf(parse(ONE_SPIN.replace(row, '')))).toEqual(['E_TRUNCATED']);
    expect(
      codesOf(parse(PROJECTED.replace('    -15.805-0.1100E+01  0.2100E+01  0.3100E+01  0.4100E+01\n', ''))),
    ).toEqual(['E_SYNTAX']);
  });

  it('whose Fermi energy overflowed still has its states', () => {
    const record = parse(ONE_SPIN.replace('      9.96725845', '****************'));
    expect(codesOf(record)).toEqual(['W_OVERFLOW']);
    expect(record.densityOfStates).not.toHaveProperty('fermiEnergyEv');
    expect(record.densityOfStates!.energiesEv).toHaveLength(3);
  });

  it('of a length that the file cannot hold costs no memory', () => {
    expect(codesOf(parse(ONE_SPIN.replace('    3  ', '99999999 ')))).toEqual(['E_TRUNCATED']);
  });
});
