/** EIGENVAL. The fixtures are written in VASP's formats with invented numbers; gaps follow by subtraction. */
import { describe, expect, it } from 'vitest';
import { eigenvalParser } from '../../parsers/eigenval.ts';
import {
  codesOf,
  expectCutsToShow,
  expectSameThroughWindows,
  expectSameWithDosLineEnds,
  parsedText,
  textAt,
} from './whole-and-cut.ts';

const head = (spins: 1 | 2, counts: string) =>
  `    3    3    1    ${spins}
  0.1482975E+02  0.2757716E-09  0.2757716E-09  0.2757716E-09  0.1000000E-15
   1.0000000000000000E-004
  CAR 
 Zn\xb2O slab
${counts}
`;
/** VASP 5.4 and 6, two k-points, gap 3.5 − 1.25 = 2.25 eV between different k-points. */
const ONE_SPIN = `${head(1, '      4      2      3')}
  0.0000000E+00  0.0000000E+00  0.0000000E+00  0.2500000E+00
    1       -4.381363   1.000000
    2        1.250000   1.000000
    3        4.688982   0.000000
 
  0.1250000E+00 -0.3747003E-15  0.2500000E+00  0.7500000E+00
    1       -3.933936   1.000000
    2        0.291141   0.999999
    3        3.500000   0.000001
`;
/** Two spins: the highest filled level is up, the lowest empty one down: 2.0 − 1.5 = 0.5 eV. */
const TWO_SPINS = `${head(2, '      3      1      2')}
  0.2500000E+00  0.2500000E+00  0.2500000E+00  0.1000000E+01
    1        1.500000    -1.000000   1.000000   1.000000
    2        6.000000     2.000000   0.000000   0.000000
`;
/** VASP 4 and 5.2 print no occupations. */
const OLD = `${head(1, '    4    1    2')}
  0.0000000E+00  0.0000000E+00  0.0000000E+00  0.1000000E+01
    1       -4.3814
    2       20.6888
`;
const parse = (text: string) => parsedText(eigenvalParser, text, { eigenvalues: true });

describe('the levels', () => {
  it('come with the gap over all k-points', () => {
    const record = parse(ONE_SPIN);
    expect([record.completeness, record.issues]).toEqual(['complete', []]);
    expect(record.bandGap).toEqual({
      kind: 'insulator',
      gapEv: 2.25,
      isDirect: false,
      valenceBandMaximum: { energyEv: 1.25, spin: 0, kpoint: 0 },
      conductionBandMinimum: { energyEv: 3.5, spin: 0, kpoint: 1 },
    });
    expect(textAt(record, ONE_SPIN, 'bandGap.valenceBandMaximum')).toBe('1.250000');
    expect(textAt(record, ONE_SPIN, 'bandGap.conductionBandMinimum')).toBe('3.500000');
    expect(textAt(record, ONE_SPIN, 'bandGap')).toMatch(/^ {2}0\.0000000E\+00[\s\S]*0\.000001$/);
  });

  it('are kept on request, band by band, k-point by k-point', () => {
    const { eigenvalues } = parse(ONE_SPIN);
    expect([eigenvalues?.spinCount, eigenvalues?.kpointCount, eigenvalues?.bandCount]).toEqual([1, 2, 3]);
    expect([...eigenvalues!.energiesEv]).toEqual([-4.381363, 1.25, 4.688982, -3.933936, 0.291141, 3.5]);
    expect([...eigenvalues!.occupations!]).toEqual([1, 1, 0, 1, 0.999999, 0.000001]);
    expect(eigenvalues!.kpointsFractional).toEqual([
      [0, 0, 0],
      [0.125, -0.3747003e-15, 0.25],
    ]);
    expect(eigenvalues!.weights).toEqual([0.25, 0.75]);
    expect(parsedText(eigenvalParser, ONE_SPIN)).not.toHaveProperty('eigenvalues');
    expect(parsedText(eigenvalParser, ONE_SPIN).bandGap).toEqual(parse(ONE_SPIN).bandGap);
  });

  it('of two spins follow each other, up first', () => {
    const record = parse(TWO_SPINS);
    expect([...record.eigenvalues!.energiesEv]).toEqual([1.5, 6, -1, 2]);
    expect([...record.eigenvalues!.occupations!]).toEqual([1, 0, 1, 0]);
    expect(record.bandGap).toMatchObject({ gapEv: 0.5, isDirect: true, conductionBandMinimum: { spin: 1 } });
    expect(textAt(record, TWO_SPINS, 'bandGap.conductionBandMinimum')).toBe('2.000000');
  });

  it('without occupations (VASP 4) have no gap, and the record says why', () => {
    const record = parse(OLD);
    expect(record.completeness).toBe('complete');
    expect(record).not.toHaveProperty('bandGap');
    expect([...record.eigenvalues!.energiesEv]).toEqual([-4.3814, 20.6888]);
    expect(record.eigenvalues).not.toHaveProperty('occupations');
    expect(record.issues.map(({ message }) => message)).toEqual(['no band gap: the file has no occupations']);
  });

  it('that are all filled have no gap', () => {
    const record = parse(TWO_SPINS.replaceAll('0.000000   0.000000', '1.000000   1.000000'));
    expect(record).not.toHaveProperty('bandGap');
    expect(record.issues.map(({ message }) => message)).toEqual(['no band gap: no empty band']);
  });

  it('are found behind touching counts and beside stars for the number of a band', () => {
    const touching = ONE_SPIN.replace('      4      2      3', '1234500002    3');
    expect(parse(touching).bandGap).toEqual(parse(ONE_SPIN).bandGap);
    const atoms = ONE_SPIN.replace('    3    3    1    1', '1234512345    1    1');
    expect(parse(atoms).bandGap).toEqual(parse(ONE_SPIN).bandGap);
  });
});

describe('any way of reading', () => {
  it('gives the same record', () => {
    for (const text of [ONE_SPIN, TWO_SPINS, OLD]) {
      expectSameThroughWindows(eigenvalParser, text, { eigenvalues: true });
      expectSameWithDosLineEnds(eigenvalParser, text, { eigenvalues: true });
    }
  });

  it('of a file cut at any byte tells of it, and never gives a gap of a part', () => {
    for (const text of [ONE_SPIN, TWO_SPINS, OLD]) expectCutsToShow(eigenvalParser, text, { eigenvalues: true });
    const record = parse(ONE_SPIN.slice(0, ONE_SPIN.indexOf('    2        0.29')));
    expect([record.completeness, codesOf(record)]).toEqual(['truncated', ['E_TRUNCATED']]);
    expect(record).not.toHaveProperty('bandGap');
    expect([...record.eigenvalues!.energiesEv]).toEqual([-4.381363, 1.25, 4.688982]);
    expect(record.issues[0]!.message).toContain('2 k-points of 3 bands');
  });
});

describe('a field that is no number', () => {
  it('leaves the file without gap and without levels', () => {
    for (const bad of ['********', '     NaN', '1.2x0000']) {
      const record = parse(ONE_SPIN.replace('1.250000', bad));
      expect(record).not.toHaveProperty('bandGap');
      expect(record).not.toHaveProperty('eigenvalues');
      expect(record.issues.map(({ code, where }) => [code, where.line, where.block])).toEqual([
        ['E_UNPARSEABLE', 10, 'k-point 1'],
      ]);
    }
  });

  it('repeated without end is told some twenty times', () => {
    const rows = Array.from(
      { length: 500 },
      (_, band) => `${String(band + 1).padStart(5)}     **********   1.000000\n`,
    );
    const text = `${head(1, '      4      1    500')}\n  0.0E+00  0.0E+00  0.0E+00  0.1E+01\n${rows.join('')}`;
    expect(parse(text).issues).toHaveLength(20);
  });
});

describe('a damaged table', () => {
  it('with a lost or repeated row has no gap', () => {
    const row = '    2        1.250000   1.000000\n';
    for (const text of [ONE_SPIN.replace(row, ''), ONE_SPIN.replace(row, row + row)]) {
      const record = parse(text);
      expect(record).not.toHaveProperty('bandGap');
      expect(codesOf(record)).toEqual(['E_SYNTAX']);
    }
  });

  it('with a lost column or another number of spins than ISPIN has no gap', () => {
    for (const text of [
      ONE_SPIN.replace('    1       -3.933936   1.000000', '    1       -3.933936'),
      TWO_SPINS.replace('    3    3    1    2', '    3    3    1    1'),
      TWO_SPINS.replace('    3    3    1    2', '    3    3    1    4'),
    ]) {
      const record = parse(text);
      expect([record.bandGap, record.completeness]).toEqual([undefined, 'unreadable']);
      expect(codesOf(record)).toEqual(['E_SYNTAX']);
    }
  });

  it('longer or shorter than its counts has no gap', () => {
    const counts = '      4      2      3';
    for (const [other, code] of [
      ['      4      1      3', 'E_SYNTAX'],
      ['      4      3      3', 'E_TRUNCATED'],
      ['      4      2      2', 'E_SYNTAX'],
      ['      4      2      4', 'E_SYNTAX'],
      ['      4 999999999 999999999', 'E_SYNTAX'],
      ['      4 999999999 3', 'E_TRUNCATED'],
      ['      4      0      3', 'E_SYNTAX'],
    ] as const) {
      const record = parse(ONE_SPIN.replace(counts, other));
      expect(record.bandGap, other).toBeUndefined();
      expect(codesOf(record)[0], other).toBe(code);
    }
  });

  it('or no table at all is refused with its place', () => {
    expect(codesOf(parse(''))).toEqual(['E_UNREADABLE']);
    expect(codesOf(parse('\0'))).toEqual(['E_UNREADABLE']);
    expect(parse('ENCUT = 520\n').issues[0]).toMatchObject({ code: 'E_SYNTAX', where: { line: 1 } });
    expect(parse(ONE_SPIN.replace('CAR', 'BUS')).issues[0]).toMatchObject({ code: 'E_SYNTAX', where: { line: 4 } });
    expect(codesOf(parse(`${head(1, '1 2 3')}${' '.repeat(100_000)}`))).toEqual(['E_TRUNCATED']);
  });
});
