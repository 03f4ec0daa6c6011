import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../model/byte-source.ts';
import { outcarParser } from '../../../parsers/outcar.ts';
import { expectNear } from '../../near.ts';
import { bytesOf, FIRST, headerText, outcarText, TIMING } from './outcar-text.ts';
import { codes, issueOf, parseText, textAt } from './parse-text.ts';

const RULER80 = ` ${'-'.repeat(80)}`;
const DIRECTIONS = ' Direction    XX          YY          ZZ          XY          YZ          ZX';

/** Clamped ions, the ionic contribution and their sum, in the order and words of VASP 5 and 6. */
function elastic(totalRows: readonly string[] = TOTAL_ROWS): string {
  const block = (title: string, rows: readonly string[]) =>
    `\n ${title} (kBar)\n${DIRECTIONS}\n${RULER80}\n${rows.join('\n')}\n${RULER80}\n\n`;
  const zero = (value: string) =>
    ['XX', 'YY', 'ZZ', 'XY', 'YZ', 'ZX'].map((name) => ` ${name}${value.padStart(17)}${value.padStart(12).repeat(5)}`);
  return (
    block(' SYMMETRIZED ELASTIC MODULI', zero('9999.0000')) +
    block('ELASTIC MODULI CONTR FROM IONIC RELAXATION', zero('-888.0000')) +
    block('TOTAL ELASTIC MODULI', totalRows)
  );
}

const TOTAL_ROWS = [
  ' XX        1477.9089    497.1477    641.0720     -4.8160      0.1250     -0.0000',
  ' YY         497.1477   1488.2954    658.8937     -5.7622      0.0000      0.0000',
  ' ZZ         641.0720    658.8937   1862.2622      2.4759     -0.0000     -0.0000',
  ' XY          -4.8160     -5.7622      2.4759    488.7576     -0.0000     -0.0000',
  ' YZ           0.1250      0.0000      0.0000     -0.0000    452.9138      0.4957',
  ' ZX          -0.0000     -0.0000     -0.0000      0.0000      0.4957    455.7293',
];

function tensor(title: string, rows: readonly string[]): string {
  const ruler = ` ${'-'.repeat(54)}`;
  return `\n ${title}\n${ruler}\n${rows.join('\n')}\n${ruler}\n\n`;
}

const row = (x: string, y: string, z: string) => `${x.padStart(19)}${y.padStart(13)}${z.padStart(13)}`;
const WITH_FIELDS = 'MACROSCOPIC STATIC DIELECTRIC TENSOR (including local field effects in DFT)';
const IONIC = 'MACROSCOPIC STATIC DIELECTRIC TENSOR IONIC CONTRIBUTION';
const HEAD =
  'HEAD OF MICROSCOPIC STATIC DIELECTRIC TENSOR (INDEPENDENT PARTICLE, excluding Hartree and local field effects)';

const dielectric =
  tensor(HEAD, [row('9.1', '0', '0'), row('0', '9.2', '0'), row('0', '0', '9.3')]) +
  tensor(WITH_FIELDS, [row('8.100000', '0.0', '0.0'), row('0.0', '8.2', '0.0'), row('0.0', '0.0', '8.300000')]) +
  tensor(WITH_FIELDS, [
    row('3.716432', '-0.204640', '0.000010'),
    row('-0.204650', '3.816432', '0.000020'),
    row('0.000030', '0.000040', '3.916432'),
  ]) +
  tensor(IONIC, [row('0.5', '0.01', '0.02'), row('0.03', '0.6', '0.04'), row('0.05', '0.06', '0.7')]);

function born(title: string, rows: readonly (readonly [string, string, string])[]): string {
  const ions = [0, 3, 6].map(
    (first, ion) =>
      ` ion${String(ion + 1).padStart(5)}\n${[0, 1, 2]
        .map((at) => `${String(at + 1).padStart(5)}${rows[first + at]?.map((text) => text.padStart(12)).join('')}\n`)
        .join('')}`,
  );
  return `\n ${title}\n ${'-'.repeat(49)}\n${ions.join('')}\n`;
}

const CHARGES = [
  ['2.54988', '-0.38491', '-0.10000'],
  ['-0.38500', '2.64981', '-0.20000'],
  ['-0.38488', '-0.38487', '2.74991'],
  ['2.35452', '0.36467', '0.30000'],
  ['0.36471', '2.35444', '0.36472'],
  ['0.36465', '0.36466', '2.35455'],
  ['-4.90440', '0.02024', '-0.20000'],
  ['0.02029', '-5.00425', '-0.16472'],
  ['0.02023', '0.02021', '-5.10446'],
] as const;

function modes(count = 4): string {
  // Two real modes, one that touches its unit, two imaginary ones.
  const lines = [
    '   1 f  =   53.500000 THz   336.150000 2PiTHz 1784.567840 cm-1   221.259000 meV',
    '   2 f  =  417.093755 THz  2620.677353 2PiTHz13912.749672 cm-1  1724.961735 meV',
    '   3 f/i=    0.004090 THz     0.025697 2PiTHz    0.136422 cm-1     0.016914 meV',
    '   4 f/i=  269.457540 THz  1693.051654 2PiTHz 8988.135764 cm-1  1114.387208 meV',
  ];
  const vector = [1, 2, 3].map(
    (atom) => `      ${atom}.000000  0.000000  0.250000    -0.483196   -0.115648    0.431646  \n`,
  );
  const head = '             X         Y         Z           dx          dy          dz\n';
  return lines
    .slice(0, count)
    .map((line) => `${line}\n${head}${vector.join('')} \n`)
    .join('');
}

const TITLE =
  ' Eigenvectors and eigenvalues of the dynamical matrix\n ----------------------------------------------------\n \n \n';
const RULER104 = `\n\n${'-'.repeat(104)}\n\n`;
const vibrations = ` \n${TITLE}${modes()}${RULER104}`;

function parsed(behind: string, header = headerText('5.4')): ReturnType<typeof parseText> {
  return parseText(outcarText({ header, steps: [FIRST], ending: behind + TIMING }));
}

describe('the elastic moduli of an OUTCAR', () => {
  it('are the total ones, in the order XX YY ZZ XY YZ ZX', () => {
    const record = parsed(elastic());
    const moduli = record.response?.elasticModuliKbar ?? [];
    expect(moduli[0]).toEqual([1477.9089, 497.1477, 641.072, -4.816, 0.125, -0]);
    // C44 of Voigt (YZ) is the fifth here, C66 (XY) the fourth.
    expect([moduli[3]?.[3], moduli[4]?.[4], moduli[5]?.[5]]).toEqual([488.7576, 452.9138, 455.7293]);
    expect(textAt(parsedText(elastic()), record, 'response.elasticModuliKbar').split('\n')).toEqual([
      TOTAL_ROWS[0],
      ...TOTAL_ROWS.slice(1),
    ]);
    expect(record.issues).toEqual([]);
  });

  it('are left out with their place when one of them is stars', () => {
    const record = parsed(elastic(TOTAL_ROWS.map((line) => line.replace('1862.2622', '*********'))));
    expect(record.response).toBeUndefined();
    expect(codes(record)).toEqual(['W_UNPARSEABLE']);
    expect(issueOf(record, 'W_UNPARSEABLE')?.where.block).toBe('TOTAL ELASTIC MODULI');
  });

  it('are read where columns touch', () => {
    const record = parsed(
      elastic(TOTAL_ROWS.map((line) => line.replace('     -4.8160      0.1250', '-14777.9089  -4888.0000'))),
    );
    expect(record.response?.elasticModuliKbar?.[0]?.slice(3, 5)).toEqual([-14777.9089, -4888]);
  });
});

function parsedText(behind: string): string {
  return outcarText({ steps: [FIRST], ending: behind + TIMING });
}

describe('the dielectric tensors of an OUTCAR', () => {
  it('are the last one with local fields and the ionic one, not the head', () => {
    const record = parsed(dielectric);
    expect(record.response?.dielectricElectronic).toEqual([
      [3.716432, -0.20464, 0.00001],
      [-0.20465, 3.816432, 0.00002],
      [0.00003, 0.00004, 3.916432],
    ]);
    expect(record.response?.dielectricIonic).toEqual([
      [0.5, 0.01, 0.02],
      [0.03, 0.6, 0.04],
      [0.05, 0.06, 0.7],
    ]);
    expect(record.issues).toEqual([]);
  });

  it('of the random-phase approximation are no ε∞ of DFT', () => {
    const title = 'MACROSCOPIC STATIC DIELECTRIC TENSOR (including local field effects in RPA (Hartree))';
    const rows = [row('7.1', '0.0', '0.0'), row('0.0', '7.2', '0.0'), row('0.0', '0.0', '7.3')];
    expect(parsed(tensor(title, rows)).response).toBeUndefined();
  });

  it('of finite fields have a title without "in DFT"', () => {
    const title = 'MACROSCOPIC STATIC DIELECTRIC TENSOR (including local field effects)';
    const rows = [row('4.923949', '0.0', '0.0'), row('0.0', '4.923947', '0.0'), row('0.0', '0.0', '2.890847')];
    expect(parsed(tensor(title, rows)).response?.dielectricElectronic?.[2]).toEqual([0, 0, 2.890847]);
  });

  it('of a run with LEPSILON count when further ionic steps follow them', () => {
    const header = headerText('5.4', {
      '   NSW    =': '   LEPSILON=      T    determine dielectric tensor\n   NSW    =',
    });
    const first = { ...FIRST, ending: `${dielectric}     LOOP+:  cpu time    5.2300: real time    5.5300\n` };
    const record = parseText(outcarText({ header, steps: [first, FIRST] }));
    expect(record.response?.dielectricElectronic?.[0]?.[0]).toBe(3.716432);
  });
});

describe('the Born charges of an OUTCAR', () => {
  const read = (text: string) => parsed(text).response?.bornChargesE;

  it('have a row for each direction of the field', () => {
    const charges = read(born('BORN EFFECTIVE CHARGES (in e, cummulative output)', CHARGES));
    expect(charges).toHaveLength(3);
    expect(charges?.[0]).toEqual([
      [2.54988, -0.38491, -0.1],
      [-0.385, 2.64981, -0.2],
      [-0.38488, -0.38487, 2.74991],
    ]);
    expect(charges?.[2]?.[1]).toEqual([0.02029, -5.00425, -0.16472]);
  });

  it('of VASP 6 include local fields, though others are printed behind', () => {
    const title = (kind: string) => `BORN EFFECTIVE CHARGES (${kind} local field effects) (in |e|, cummulative output)`;
    const others = CHARGES.map((): readonly [string, string, string] => ['7.0', '7.0', '7.0']);
    const charges = read(born(title('including'), CHARGES) + born(title('excluding'), others));
    expect(charges?.[1]?.[2]).toEqual([0.36465, 0.36466, 2.35455]);
  });

  it('are left out when a number of them is none, or an ion is missing', () => {
    const table = born('BORN EFFECTIVE CHARGES (in e, cummulative output)', CHARGES);
    const texts = [table.replace('2.35444', '*******'), table.replace(/ ion {4}3\n(?:.*\n){3}/, '')];
    for (const text of texts) {
      const record = parsed(text);
      expect(record.response).toBeUndefined();
      expect(codes(record)).toEqual(['W_UNPARSEABLE']);
    }
  });
});

describe('the vibrational modes of an OUTCAR', () => {
  it('have negative wavenumbers where VASP marks them imaginary, also where numbers touch their unit', () => {
    const { vibrations: read } = parsed(vibrations).response ?? {};
    expect([...(read?.wavenumbersPerCm ?? [])]).toEqual([1784.56784, 13912.749672, -0.136422, -8988.135764]);
    expect([...(read?.energiesMeV ?? [])]).toEqual([221.259, 1724.961735, -0.016914, -1114.387208]);
    expect(read?.imaginaryCount).toBe(2);
    // ½ (221.259 + 1724.961735) meV
    expectNear(read?.zeroPointEnergyEv, 0.9731103675, 1e-12);
  });

  it('count once where they are repeated after division by SQRT(mass)', () => {
    const text = ` \n${TITLE}${modes()} Eigenvectors after division by SQRT(mass)\n \n${TITLE}${modes()}${RULER104}`;
    expect(parsed(text).response?.vibrations?.wavenumbersPerCm).toHaveLength(4);
  });

  it('are left out when the file ends between them', () => {
    const text = outcarText({ steps: [FIRST], ending: ` \n${TITLE}${modes(3)}` });
    const record = parseText(text);
    expect(record.response).toBeUndefined();
    expect(codes(record)).toEqual(['E_TRUNCATED', 'W_UNPARSEABLE']);
  });

  it('are left out when one is stars or lost', () => {
    for (const text of [vibrations.replace('1784.567840', '***********'), vibrations.replace(/ {3}2 f {2}=.*\n/, '')]) {
      const record = parsed(text);
      expect(record.response).toBeUndefined();
      expect(codes(record)).toEqual(['W_UNPARSEABLE']);
    }
  });
});

describe('an OUTCAR with a response', () => {
  const behind =
    dielectric + born('BORN EFFECTIVE CHARGES (in e, cummulative output)', CHARGES) + vibrations + elastic();
  const text = outcarText({ steps: [FIRST], ending: behind + TIMING });
  const whole = parseText(text);

  it.each([1, 7, 4096])('read in chunks of %i bytes gives the same record', (bytes) => {
    const source = memorySource(bytesOf(text), bytes);
    expect(outcarParser.parse(source, { windowBytes: bytes })).toEqual(whole);
  });

  it('with CRLF line ends gives the same response', () => {
    expect(parseText(text.replaceAll('\n', '\r\n')).response).toEqual(whole.response);
  });

  it('cut at any byte gives no number that the whole one does not have', () => {
    const from = text.indexOf(WITH_FIELDS);
    const known = new Map(Object.entries(whole.response ?? {}));
    expect(known.size).toBe(5);
    // ε∞ stands there twice, so the first counts in a file that ends before the second.
    const first = [
      [8.1, 0, 0],
      [0, 8.2, 0],
      [0, 0, 8.3],
    ];
    for (let end = from; end < text.length; end += 1) {
      const { response = {} } = parseText(text.slice(0, end));
      for (const [name, value] of Object.entries(response)) {
        if (name === 'dielectricElectronic' && JSON.stringify(value) === JSON.stringify(first)) continue;
        expect(value, `${name} in the first ${end} bytes`).toEqual(known.get(name));
      }
    }
  });
});
