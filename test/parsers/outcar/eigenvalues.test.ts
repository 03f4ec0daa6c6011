import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../model/byte-source.ts';
import { outcarParser } from '../../../parsers/outcar.ts';
import { expectNear } from '../../near.ts';
import { bytesOf, EIGENVALUES, FIRST, headerText, outcarText, SECOND } from './outcar-text.ts';
import { codes, issueOf, parseText, textAt } from './parse-text.ts';

const WITHOUT_SPIN = { 'ISPIN  =      2': 'ISPIN  =      1' };

function levels(rows: readonly (readonly [energy: string, occupation: string])[]): string {
  const table = rows.map(
    ([energy, occupation], band) => `${String(band + 1).padStart(7)}${energy.padStart(14)}${occupation.padStart(13)}\n`,
  );
  return `  band No.  band energies     occupation \n${table.join('')}\n`;
}

const kpoint = (number: string, rows: Parameters<typeof levels>[0]) =>
  ` k-point ${number.padStart(5)} :       0.0000    0.0000    0.0000\n${levels(rows)}`;

function read(eigenvalues: string, changes: Readonly<Record<string, string>> = {}) {
  return parseText(outcarText({ header: headerText('5.4', changes), steps: [{ ...FIRST, eigenvalues }] }));
}

describe('the band gap of an OUTCAR', () => {
  it('is that of the last complete step, over both spins and all k-points', () => {
    const before = EIGENVALUES.replace('2.8750', '0.1000');
    const text = outcarText({ steps: [{ ...FIRST, eigenvalues: before }, SECOND] });
    const record = parseText(text);
    // Top at −19.625 (spin 2, k-point 2), bottom at 2.875 (spin 1, k-point 2).
    expect(record.bandGap).toEqual({
      kind: 'insulator',
      gapEv: 22.5,
      isDirect: true,
      valenceBandMaximum: { energyEv: -19.625, spin: 1, kpoint: 1 },
      conductionBandMinimum: { energyEv: 2.875, spin: 0, kpoint: 1 },
    });
    expect(textAt(text, record, 'bandGap')).toMatch(/^ spin component 1\n[\s\S]*3\.5000 {6}0\.00000$/);
    expect(text.lastIndexOf(' spin component 1')).toBe(record.places.bandGap?.byteOffset);
  });

  it('without spin counts a band of occupation 1 as half full', () => {
    const first = kpoint('1', [
      ['-3.0000', '2.00000'],
      ['1.5000', '0.90000'],
    ]);
    const second = kpoint('2', [
      ['-2.5000', '2.00000'],
      ['2.0000', '0.00000'],
    ]);
    // 0.9 of 2 is 0.45: empty.
    expectNear(read(first + second, WITHOUT_SPIN).bandGap?.gapEv, 4, 1e-12);
  });

  it('of a non-collinear run counts a band of occupation 0.9 as occupied', () => {
    const first = kpoint('1', [
      ['-3.0000', '1.00000'],
      ['1.5000', '0.90000'],
    ]);
    const second = kpoint('2', [
      ['-2.5000', '1.00000'],
      ['2.0000', '0.00000'],
    ]);
    const changes = {
      ...WITHOUT_SPIN,
      '   NSW    =': '   LNONCOLLINEAR =      T non collinear calculations\n   NSW    =',
    };
    expectNear(read(first + second, changes).bandGap?.gapEv, 0.5, 1e-12);
  });

  it.each([
    ['a starred energy', (text: string) => text.replace('2.8750', '******')],
    ['a starred occupation', (text: string) => text.replace('2.8750      0.00000', '2.8750      *******')],
    ['a lost row', (text: string) => text.replace(/ {6}2 {7}2\.8750.*\n/, '')],
    ['a lost last row', (text: string) => text.replace(/ {6}2 {7}3\.5000.*\n/, '')],
    ['a lost k-point', (text: string) => text.replace(/ k-point {5}2[\s\S]*?\n\n/, '')],
    ['a lost spin', (text: string) => text.replace(/ spin component 2[\s\S]*$/, '\n')],
    ['a row with a word', (text: string) => text.replace('2.8750      0.00000', '2.8750      0.00000 CHARGE:')],
    ['energies in one field', (text: string) => text.replace('-19.7500      1.00000', '-19.750001.000000')],
  ])('is not told from a section with %s', (_, damage) => {
    const record = read(damage(EIGENVALUES));
    expect(record.bandGap).toBeUndefined();
    expect(codes(record)).toEqual(['W_UNPARSEABLE']);
    expect(issueOf(record, 'W_UNPARSEABLE')?.where.block).toBe('eigenvalues');
  });

  it('is told where the number of a k-point overflowed its column', () => {
    expect(read(EIGENVALUES.replace('k-point     2', 'k-point *****')).bandGap?.gapEv).toBe(22.5);
  });

  it('is told in the words of old and new versions', () => {
    const old = EIGENVALUES.replaceAll('k-point     ', 'k-point   ').replaceAll('component ', 'component  ');
    const new6 = EIGENVALUES.replace(' spin component 1', '  Fermi energy:         1.2345000000\n\n spin component 1');
    for (const text of [old, new6]) expect(read(text).bandGap?.gapEv).toBe(22.5);
  });

  it('of a run whose file shows no eigenvalues is not told', () => {
    const record = read('\n');
    expect(record.bandGap).toBeUndefined();
    expect(record.issues).toEqual([]);
  });
});

describe('the eigenvalues of an OUTCAR', () => {
  it('are kept on request only', () => {
    const source = memorySource(bytesOf(outcarText({ steps: [FIRST] })));
    expect(outcarParser.parse(source).eigenvalues).toBeUndefined();
    expect(outcarParser.parse(source, { eigenvalues: true }).eigenvalues).toEqual({
      spinCount: 2,
      kpointCount: 2,
      bandCount: 2,
      energiesEv: Float64Array.of(-20.5, 3.25, -19.75, 2.875, -20.125, 3.125, -19.625, 3.5),
      occupations: Float64Array.of(1, 0, 1, 0, 1, 0, 1, 0),
      kpointsFractional: [
        [0, 0, 0],
        [0.5, 0, 0],
      ],
      weights: [0.25, 0.75],
    });
  });

  it('without spin have occupations scaled to 1', () => {
    const rows = [
      ['-3.0000', '2.00000'],
      ['1.5000', '0.50000'],
    ] as const;
    const text = outcarText({
      header: headerText('5.4', WITHOUT_SPIN),
      steps: [{ ...FIRST, eigenvalues: kpoint('1', rows) + kpoint('2', rows) }],
    });
    const record = outcarParser.parse(memorySource(bytesOf(text)), { eigenvalues: true });
    expect([...(record.eigenvalues?.occupations ?? [])]).toEqual([1, 0.25, 1, 0.25]);
  });
});

describe('beside the Fermi energy', () => {
  it('stand the reference of the potentials, which may touch their label', () => {
    const text = outcarText({ steps: [FIRST] });
    const record = parseText(text);
    expect(record.potentialReference).toEqual({ xcAtG0Ev: -10.1738, alphaPlusBetaEv: -14.9207 });
    expect(textAt(text, record, 'potentialReference')).toBe('XC(G=0): -10.1738     alpha+bet :-14.9207');
  });

  it('stars are no reference', () => {
    const record = parseText(outcarText({ steps: [FIRST] }).replace('XC(G=0): -10.1738', 'XC(G=0):*********'));
    expect(record.potentialReference).toBeUndefined();
    expect(codes(record)).toEqual(['W_UNPARSEABLE']);
  });
});
