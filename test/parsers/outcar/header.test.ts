import { describe, expect, it } from 'vitest';
import { CELL, FIRST, headerText, outcarText, replaced, row, SECOND } from './outcar-text.ts';
import { codes, issueOf, parseText } from './parse-text.ts';

function settingsOf(changes: Readonly<Record<string, string>>) {
  return parseText(outcarText({ header: headerText('5.4', changes) })).settings;
}

describe('the header of an OUTCAR', () => {
  it('gives version, POTCARs, settings and k-points', () => {
    const record = parseText(outcarText());
    expect(record.version).toBe('5.4.4');
    expect(record.potcars).toEqual([
      { title: 'PAW_PBE Zn 06Sep2000', valence: 12 },
      { title: 'PAW_PBE O 08Apr2002', valence: 6 },
    ]);
    expect(record.settings).toMatchObject({ ENCUT: 520, NELM: 60, NELMIN: 2, EDIFF: 1e-5, EDIFFG: -0.03, NIONS: 3 });
    expect(record.settings).toMatchObject({ PREC: 'Accurate', SYSTEM: 'zinc oxide fragment', SIGMA: 0.05, LEXCH: 8 });
    expect(record.kpoints).toEqual({
      fractional: [
        [0, 0, 0],
        [0.5, 0, 0],
      ],
      weights: [0.25, 0.75],
    });
  });

  it.each([
    ['the SYSTEM line', { 'SYSTEM =  zinc oxide fragment': 'SYSTEM =  ENCUT=999 NELM = 7' }],
    ['the title of the POSCAR', { 'POSCAR: zinc oxide fragment': 'POSCAR: ENCUT=999 NELM = 7' }],
    ['a text box', { ' Dimension of arrays:': '|     try ENCUT=999 and NELM = 7 or LREAL= Auto      |' }],
    ['the remark of KPOINTS', { 'weights: Gamma centred': 'weights: ENCUT=999 NELM = 7' }],
  ])('takes no setting from %s', (_, changes) => {
    expect(settingsOf(changes)).toMatchObject({ ENCUT: 520, NELM: 60 });
  });

  it('takes what VASP uses over what the user wrote (VASP 6 repeats the INCAR first)', () => {
    const incar = ' POTCAR:    PAW_PBE Zn';
    const settings = settingsOf({ [incar]: ` INCAR:\n   ENCUT = 999\n   ALGO = Fast\n   IVDW = 12\n\n${incar}` });
    expect(settings).toMatchObject({ ENCUT: 520, ALGO: 'Fast', IVDW: 12 });
  });

  it('has bytes that are no ASCII in its title and is read all the same', () => {
    const header = headerText('5.4', { 'SYSTEM =  zinc oxide': 'SYSTEM =  ZnO \xe9\xff\x80' });
    const record = parseText(outcarText({ header }));
    expect(record.settings?.SYSTEM).toBe('ZnO \xe9\xff\x80 fragment');
    expect(record.steps?.at(-1)?.freeEnergyEv).toBe(-11.30000004);
    expect(record.issues).toEqual([]);
  });

  it('has a title in UTF-8 or in Latin-1', () => {
    const titleOf = (bytes: string) => settingsOf({ 'SYSTEM =  zinc oxide': `SYSTEM =  ${bytes}` })?.SYSTEM;
    expect(titleOf('\xe6\xb0\xa7')).toBe('\u6c27 fragment');
    expect(titleOf('Oberfl\xe4che')).toBe('Oberfl\u00e4che fragment');
  });

  it('may begin without the blank before the version', () => {
    const header = headerText('5.4', { ' vasp.5.4.4': 'vasp.5.4.4' });
    expect(parseText(outcarText({ header })).version).toBe('5.4.4');
  });

  it('may be lost: the version is unknown, everything else is read', () => {
    const text = outcarText().split('\n').slice(1).join('\n');
    const record = parseText(text);
    expect(record.version).toBeUndefined();
    expect(codes(record)).toEqual(['W_NO_VERSION']);
    expect(record.steps?.map((step) => step.freeEnergyEv)).toEqual([-11.20000001, -11.30000004]);
    expect(record.structure?.species).toEqual(['Zn', 'Zn', 'O']);
  });

  it('may be lost wholly: the force tables tell their own length, the elements stay unknown', () => {
    const text = outcarText();
    const record = parseText(text.slice(text.indexOf('-----------------------------------------')));
    expect(codes(record)).toEqual(['W_NO_VERSION', 'W_NO_SPECIES']);
    expect(record.steps?.map((step) => step.forcesEvPerAngstrom?.length)).toEqual([9, 9]);
    expect(record.structure).toBeUndefined();
  });

  it('keeps vectors that fill their columns apart', () => {
    const cell = [
      '   108.000000000  0.000000000108.000000000     0.004629630  0.000000000  0.004629630',
      '     0.000000000102.500000000  0.000000000     0.000000000  0.009756098  0.000000000',
      '  -108.000000000  0.000000000113.517567000    -0.004403975  0.000000000  0.004403975',
    ];
    const header = headerText('5.4', { [CELL.join('\n')]: cell.join('\n') });
    const record = parseText(outcarText({ header, steps: [{ ...FIRST, cell }] }));
    const lattice = [
      [108, 0, 108],
      [0, 102.5, 0],
      [-108, 0, 113.517567],
    ];
    expect(record.steps?.[0]?.latticeAngstrom).toEqual(lattice);
    expect(parseText(header).structure?.latticeAngstrom).toEqual(lattice);
    expect(codes(record)).toEqual([]);
  });

  it('alone is a truncated file with settings and the starting structure, and no step', () => {
    const record = parseText(headerText());
    expect(record.completeness).toBe('truncated');
    expect(codes(record)).toEqual(['E_TRUNCATED', 'E_UNREADABLE']);
    expect(record.settings?.ENCUT).toBe(520);
    expect([...(record.structure?.cartesianAngstrom ?? [])].slice(0, 3)).toEqual([0.1, 0.2, 0.3]);
  });

  it('names a band by its NEB lines, which have no equals sign', () => {
    const neb = ' NEB:          SPRING       -5.00000\n NEB:          LCLIMB      T\n\n  volume of cell';
    expect(settingsOf({ '\n  volume of cell': `\n${neb}` })).toMatchObject({ SPRING: -5, LCLIMB: true });
  });

  it('takes the functional in use, not that of a POTCAR', () => {
    const cut = headerText().split('   LEXCH   =     8')[0] ?? '';
    expect(parseText(cut).settings?.LEXCH).toBeUndefined();
    expect(settingsOf({ 'LEXCH  = PE': 'LEXCH  = 91' })).toMatchObject({ LEXCH: 8 });
  });
});

/** A header with other types, and one step with as many atoms. */
function withTypes(titles: readonly string[], nions: number, counts: string): string {
  const listed = titles.map((title) => ` POTCAR:    ${title}\n`).join('');
  const potcars = titles
    .map((title) => `   TITEL  = ${title}\n   POMASS =   50.000; ZVAL   =    2.000    mass\n`)
    .join('');
  const text = headerText();
  const before = text.indexOf(' POTCAR:');
  const behind = text.indexOf(' POSCAR:');
  const header = `${text.slice(0, before)}${listed}${potcars}${text.slice(behind)}`
    .replace('NIONS =      3', `NIONS =${String(nions).padStart(7)}`)
    .replace('   ions per type =               2   1\n', counts);
  const rows = Array.from({ length: nions }, (_, atom) => row([atom / 10, 0, 1], [0, 0, 0.001]));
  return outcarText({ header, steps: [{ ...SECOND, rows }] });
}

function countsOf(text: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const element of parseText(text).structure?.species ?? []) counts[element] = (counts[element] ?? 0) + 1;
  return counts;
}

describe('the atoms of an OUTCAR', () => {
  it('may stand for two POTCARs of the same element', () => {
    const text = withTypes(
      ['PAW_PBE Zn 06Sep2000', 'PAW_PBE Zn_GW 09Oct2010'],
      3,
      '   ions per type =               2   1\n',
    );
    expect(parseText(text).structure?.species).toEqual(['Zn', 'Zn', 'Zn']);
    expect(parseText(text).potcars?.length).toBe(2);
  });

  it('may leave POTCARs unused at the end of the list', () => {
    const text = withTypes(['PAW_PBE Zn 06Sep2000', 'PAW_PBE O 08Apr2002'], 3, '   ions per type =               3\n');
    expect(countsOf(text)).toEqual({ Zn: 3 });
  });

  it('above 999 of a type run together in their columns', () => {
    const text = withTypes(
      ['PAW_PBE Zn 06Sep2000', 'PAW_PBE O 08Apr2002'],
      2025,
      '   ions per type =            10251000\n',
    );
    expect(countsOf(text)).toEqual({ Zn: 1025, O: 1000 });
    expect(countsOf(text.replaceAll('\n', '\r\n'))).toEqual({ Zn: 1025, O: 1000 });
  });

  it('above 9999 of a type are what the other types leave', () => {
    const text = withTypes(
      ['PAW_PBE Zn 06Sep2000', 'PAW_PBE O 08Apr2002'],
      12012,
      '   ions per type =            ****  12\n',
    );
    expect(countsOf(text)).toEqual({ Zn: 12000, O: 12 });
  });

  it('of more types than a line holds continue on the next', () => {
    const symbols = ['Zn', 'O', 'Li', 'Mg', 'Al', 'Si', 'Na', 'K', 'Ca', 'Ti', 'V', 'Cr'];
    const titles = symbols.map((symbol) => `PAW_PBE ${symbol} 01Jan2001`);
    const counts =
      '   ions per type =               1   2   1   1   1   1   1   1   1   1\n                    3   1\n';
    expect(countsOf(withTypes(titles, 15, counts))).toMatchObject({ Zn: 1, O: 2, Ti: 1, V: 3, Cr: 1 });
  });

  it('of more than ten types stand in a repeated "Dimension of arrays" (VASP 6.3), which is no setting', () => {
    const symbols = ['Cr', 'Mn', 'Fe', 'Co', 'Ni', 'Cu', 'Zn', 'Y', 'Zr', 'Nb', 'Mo', 'Rh', 'Pd', 'W'];
    const titles = symbols.map((symbol) => `PAW_PBE ${symbol} 01Jan2001`);
    // The format runs again from its beginning; counts fill the places of the sizes.
    const counts = `   ions per type =               3   5   3   1   4   4   2   5   4   5


 Dimension of arrays:
   k-points           NKPTS =      6   k-points in BZ     NKDIM =      1   number of bands    NBANDS=      7
   number of dos      NEDOS =      3   number of ions     NIONS =
   NGX,Y,Z   is equivalent  to a cutoff of  12.42, 12.42, 12.42 a.u.
`;
    const text = withTypes(titles, 53, counts);
    expect(countsOf(text)).toMatchObject({ Cr: 3, Nb: 5, Mo: 6, Rh: 1, Pd: 7, W: 3 });
    expect(parseText(text).settings).toMatchObject({ NIONS: 53, NKPTS: 2, NBANDS: 2 });
  });

  it('whose counts do not add up have no element, and that is said', () => {
    const text = withTypes(
      ['PAW_PBE Zn 06Sep2000', 'PAW_PBE O 08Apr2002'],
      4,
      '   ions per type =               2   1\n',
    );
    const record = parseText(text);
    expect(record.structure).toBeUndefined();
    expect(record.steps?.[0]?.forcesEvPerAngstrom?.length).toBe(12);
    expect(codes(record)).toContain('W_NO_SPECIES');
  });

  it('in absurd numbers allocate nothing', () => {
    const header = replaced(headerText(), 'NIONS =      3', 'NIONS = 999999999999');
    const record = parseText(outcarText({ header: replaced(header, '=               2   1', '= 999999999998   1') }));
    expect(record.steps?.at(-1)?.forcesEvPerAngstrom).toBeUndefined();
    expect(issueOf(record, 'E_UNPARSEABLE')?.details.expected).toBe('999999999999 rows');
  });

  it('of a run with NWRITE = 0, which prints no TITEL, are named by the list at the top', () => {
    const header = headerText()
      .split('\n')
      .filter((line) => !/TITEL|VRHFIN|POMASS|LEXCH {2}=/.test(line))
      .join('\n')
      .replace('   NELECT =', '   ZVAL   =  12.00  6.00\n   NELECT =');
    const record = parseText(outcarText({ header }));
    expect(record.structure?.species).toEqual(['Zn', 'Zn', 'O']);
    expect(record.potcars).toEqual([
      { title: 'PAW_PBE Zn 06Sep2000', valence: 12 },
      { title: 'PAW_PBE O 08Apr2002', valence: 6 },
    ]);
  });
});
