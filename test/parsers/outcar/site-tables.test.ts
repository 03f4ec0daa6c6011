import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../model/byte-source.ts';
import { outcarParser } from '../../../parsers/outcar.ts';
import { expectNear } from '../../near.ts';
import { bytesOf, FIRST, outcarText, SECOND, TIMING } from './outcar-text.ts';
import { codes, issueOf, lastStep, parseText, textAt } from './parse-text.ts';

type Row = readonly [s: string, p: string, d: string, total: string];

/** In the columns of VASP 5 and 6; `total charge` has blanks behind it in version 5. */
function table(title: string, rows: readonly Row[]): string {
  const lines = rows.map(
    (row, atom) => `${String(atom + 1).padStart(5)}     ${row.map((text) => text.padStart(8)).join('')}\n`,
  );
  return `\n\n ${title}\n \n# of ion       s       p       d       tot\n${'-'.repeat(42)}\n${lines.join('')}${'-'.repeat(50)}\ntot          1.961   2.074  29.015  33.049\n \n\n`;
}

const CHARGES: readonly Row[] = [
  ['0.491', '0.517', '7.257', '8.265'],
  ['0.490', '0.516', '7.358', '8.364'],
  ['1.562', '3.476', '0.000', '5.038'],
];
const MOMENTS: readonly Row[] = [
  ['-0.001', '-0.003', '1.674', '1.670'],
  ['0.001', '0.003', '-1.675', '-1.671'],
  ['0.000', '0.012', '0.000', '0.012'],
];
const moments = (total: readonly [string, string, string]): Row[] =>
  total.map((text): Row => ['0.000', '0.000', '0.000', text]);
const SOFT =
  ' soft charge-density along one line, spin component           1\n         0         1\n total charge-density along one line\n';

describe('charges and moments of the ions', () => {
  it('are those of the last complete step', () => {
    const old = table('total charge     ', moments(['1.0', '2.0', '3.0']));
    const text = outcarText({
      steps: [
        { ...FIRST, behindForces: old },
        { ...SECOND, behindForces: table('total charge     ', CHARGES) + table('magnetization (x)', MOMENTS) },
      ],
    });
    const record = parseText(text);
    expect(record.sites?.chargesE).toEqual(Float64Array.of(8.265, 8.364, 5.038));
    expect(record.sites?.momentsBohr).toEqual(Float64Array.of(1.67, -1.671, 0.012));
    expect(record.sites?.momentVectorsBohr).toBeUndefined();
    expect(lastStep(record).maxAtomMagnetisationBohr).toBe(1.671);
    expect(textAt(text, record, 'sites.chargesE')).toMatch(/^ {4}1 [\s\S]*5\.038$/);
    expect(record.issues).toEqual([]);
  });

  it('are also read at the end of the run, behind a response, and are no charge density', () => {
    const ending = `${table('total charge', CHARGES)}${table('magnetization (x)', MOMENTS)}`;
    const record = parseText(outcarText({ steps: [{ ...FIRST, behindLoop: SOFT }], ending: ending + SOFT + TIMING }));
    expect(record.sites?.chargesE?.[1]).toBe(8.364);
    expect(record.sites?.momentsBohr?.[1]).toBe(-1.671);
  });

  it('of a non-collinear run are vectors', () => {
    const tables = [
      moments(['0.100', '0.200', '0.300']),
      moments(['-1.000', '0.000', '0.500']),
      moments(['2.000', '-2.500', '0.000']),
    ];
    const behindForces = ['x', 'y', 'z'].map((name, at) => table(`magnetization (${name})`, tables[at] ?? [])).join('');
    const record = parseText(outcarText({ steps: [{ ...FIRST, behindForces }] }));
    expect(record.sites?.momentVectorsBohr).toEqual(Float64Array.of(0.1, -1, 2, 0.2, 0, -2.5, 0.3, 0.5, 0));
    expect(record.sites?.momentsBohr).toBeUndefined();
    // √(0.2² + 2.5²)
    expectNear(lastStep(record).maxAtomMagnetisationBohr, 2.507987240796891, 1e-14);
  });

  it('of a step that the end of the file cuts do not count', () => {
    const text = outcarText({
      steps: [
        { ...FIRST, behindForces: table('total charge', CHARGES) },
        { ...SECOND, behindLoop: table('total charge', moments(['1.0', '2.0', '3.0'])) },
      ],
    });
    const cut = text.slice(0, text.lastIndexOf('  FREE ENERGIE'));
    expect(parseText(cut).sites?.chargesE).toEqual(Float64Array.of(8.265, 8.364, 5.038));
  });

  it.each([
    ['stars', (text: string) => text.replace('  8.364', '*******')],
    ['a lost column', (text: string) => text.replace('   0.516', '')],
    ['a lost row', (text: string) => text.replace(/ {4}3 .*\n/, '')],
    ['a number of an ion that is out of order', (text: string) => text.replace('\n    2 ', '\n    7 ')],
  ])('are left out when there are %s', (_, damage) => {
    const record = parseText(
      outcarText({ steps: [{ ...FIRST, behindForces: damage(table('total charge', CHARGES)) }] }),
    );
    expect(record.sites).toBeUndefined();
    expect(codes(record)).toEqual(['W_UNPARSEABLE']);
    expect(issueOf(record, 'W_UNPARSEABLE')?.message).toContain('chargesE');
  });
});

describe('the potentials at the cores', () => {
  const potentials = (rows: string) => ` average (electrostatic) potential at core
  the test charge radii are     0.9748  0.7215
  (the norm of the test charge is              1.0000)
${rows}
 
 
`;
  const read = (rows: string) => {
    const eigenvalues = '\n';
    const text = outcarText({ steps: [{ ...FIRST, eigenvalues }] });
    return parseText(text.replace(' E-fermi :', () => `${potentials(rows)} E-fermi :`));
  };

  it('stand five in a line and may touch the number of their ion', () => {
    const record = read('       1-100.2139       2 -99.8520       3  -7.5000');
    expect(record.sites?.corePotentialsEv).toEqual(Float64Array.of(-100.2139, -99.852, -7.5));
    expect(record.issues).toEqual([]);
  });

  it('are read with the number in brackets', () => {
    expect(read('   (1)  -20.2139   (2)  -99.8520   (3) -107.5000').sites?.corePotentialsEv?.[2]).toBe(-107.5);
  });

  it.each([
    ['stars', '       1-100.2139       2*********       3  -7.5000'],
    ['an ion too few', '       1-100.2139       2 -99.8520'],
    ['an ion out of order', '       1-100.2139       3 -99.8520       2  -7.5000'],
    ['a number cut in two', '       1-100.2139       2 -99.85 20      3  -7.5000'],
  ])('are left out when there are %s', (_, rows) => {
    const record = read(rows);
    expect(record.sites).toBeUndefined();
    expect(codes(record)).toEqual(['W_UNPARSEABLE']);
  });

  it('of the step before do not count where the iterations and the title of the last one are lost', () => {
    const table = potentials('       1-100.2139       2 -99.8520       3  -7.5000');
    const text = outcarText({ steps: [FIRST, SECOND] }).replace(' E-fermi :', () => `${table} E-fermi :`);
    const from = text.lastIndexOf('Iteration    2(   1)');
    const lost = text.slice(0, from) + text.slice(text.lastIndexOf(' E-fermi'));
    expect(parseText(lost).ionicStepCount).toBe(2);
    expect(parseText(lost).sites).toBeUndefined();
  });

  it('of chunks of any size are the same', () => {
    const text = outcarText({ steps: [FIRST] }).replace(
      ' E-fermi :',
      () => `${potentials('       1-100.2139       2 -99.8520       3  -7.5000')} E-fermi :`,
    );
    const whole = parseText(text);
    for (const bytes of [1, 7, 4096]) {
      expect(outcarParser.parse(memorySource(bytesOf(text), bytes), { windowBytes: bytes })).toEqual(whole);
    }
    expect(parseText(text.replaceAll('\n', '\r\n')).sites).toEqual(whole.sites);
  });
});
