/** d states of a DOSCAR with projections: every arrangement of columns that VASP writes. */
import { describe, expect, it } from 'vitest';
import { doscarParser } from '../../parsers/doscar.ts';
import { expectNear } from '../near.ts';
import { parsedText } from './whole-and-cut.ts';

const TITLE = '      1.00000000     -3.00000000    5     -1.00000000      1.00000000\n';
const head = (ions: number, densities: number) =>
  `   ${ions}   ${ions}   1   ${densities}
  0.1482975E+02  0.2757716E-09  0.2757716E-09  0.2757716E-09  0.1000000E-16
   1.0000000000000000E-004
  CAR
 unknown system
`;
const ENERGIES = [-3, -2, -1, 0, 1];
/** A triangle on −3 … 1: four states, centre at −1, by hand. */
const TRIANGLE = [0, 1, 2, 1, 0];
const line = (values: readonly number[]): string =>
  `${(values[0] ?? 0).toFixed(3).padStart(11)}${values
    .slice(1)
    .map((value) => value.toExponential(4).padStart(12))
    .join('')}\n`;
const block = (columnsAt: (row: number) => readonly number[]): string =>
  TITLE + ENERGIES.map((energy, row) => line([energy, ...columnsAt(row)])).join('');
const total = (spins: 1 | 2): string => block(() => (spins === 2 ? [1, 1, 1, 1] : [1, 1]));

/** What is no d state is 7, so that a wrong column shows. */
function columns(count: number, d: readonly number[], share: number): (row: number) => number[] {
  return (row) => Array.from({ length: count - 1 }, (_, at) => (d.includes(at + 1) ? (TRIANGLE[row] ?? 0) * share : 7));
}

describe('d states', () => {
  const cases: readonly (readonly [string, number, 1 | 2, readonly number[], number])[] = [
    ['s, p, d (LORBIT = 10)', 4, 1, [3], 1],
    ['s, p, d, f', 5, 1, [3], 1],
    ['s, p, d of two spins', 7, 2, [5, 6], 2],
    ['every m by itself (LORBIT = 11)', 10, 1, [5, 6, 7, 8, 9], 1],
    ['every m of two spins', 19, 2, [9, 10, 11, 12, 13, 14, 15, 16, 17, 18], 2],
    ['every m to f', 17, 1, [5, 6, 7, 8, 9], 1],
    ['every m to f of two spins', 33, 2, [9, 10, 11, 12, 13, 14, 15, 16, 17, 18], 2],
    ['s, p, d of a non-collinear run', 13, 1, [9], 4],
    ['s … f of a non-collinear run', 17, 1, [9], 4],
    ['every m of a non-collinear run', 37, 1, [17, 21, 25, 29, 33], 4],
  ];

  it.each(cases)('of %s in %i columns', (_, count, spins, d, densities) => {
    const share = 1 / d.length;
    const text =
      head(2, densities) + total(spins) + block(columns(count, d, share)) + block(columns(count, d, 2 * share));
    const { dStates, issues, places } = doscarOf(text);
    expect(issues).toEqual([]);
    // By hand: trapezoids of the triangle have 4 states and ∫Eρ dE = −4; the second atom has twice as many.
    expectNear(dStates?.states[0], 4, 1e-3);
    expectNear(dStates?.states[1], 8, 1e-3);
    expectNear(dStates?.firstMomentsEv[0], -4, 1e-3);
    // ∫E²ρ on the grid: 1·4 + 2·1 + 1·0.
    expectNear(dStates?.secondMomentsEv2[0], 6, 1e-3);
    expect([dStates?.fromEv, dStates?.toEv]).toEqual([-3, 1]);
    expect(text.slice(places.dStates?.byteOffset).startsWith(TITLE.slice(0, 20))).toBe(true);
  });

  it('of columns that fit two arrangements are not guessed', () => {
    const { dStates, issues } = doscarOf(head(1, 0) + total(1) + block(columns(17, [5, 6, 7, 8, 9], 0.2)));
    expect(dStates).toBeUndefined();
    expect(issues.map(({ code }) => code)).toEqual(['W_UNPARSEABLE']);
  });

  it('are not read of a file that is cut, or holds stars', () => {
    const whole = head(1, 1) + total(1) + block(columns(10, [5, 6, 7, 8, 9], 0.2));
    expect(doscarOf(whole.slice(0, -100)).dStates).toBeUndefined();
    const starred = doscarOf(`${whole.slice(0, -12)}${'*'.repeat(11)}\n`);
    expect([starred.dStates, starred.issues.map(({ code }) => code)]).toEqual([undefined, ['W_UNPARSEABLE']]);
  });

  it('are read on request only', () => {
    const text = head(1, 1) + total(1) + block(columns(10, [5, 6, 7, 8, 9], 0.2));
    expect(parsedText(doscarParser, text)).not.toHaveProperty('dStates');
  });
});

function doscarOf(text: string) {
  return parsedText({ ...doscarParser, parse: (source) => doscarParser.parse(source, { dStates: true }) }, text);
}
