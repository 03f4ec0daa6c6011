/** What damaged OSZICARs of the fuzzer showed; each text is the least that shows it again. */
import { expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import { oszicarParser } from '../../parsers/oszicar.ts';

const HEAD = '       N       E                     dE             d eps       ncg     rms          rms(c)\n';
const FIRST = 'DAV:   1     0.251031442313E+02    0.25103E+02   -0.51234E+03   320   0.901E+02\n';
const SECOND = 'RMM:   2    -0.112345678901E+02   -0.36338E+02   -0.11234E+02   512   0.501E+01    0.123E+01\n';
const STEP = '   1 F= -.11234568E+02 E0= -.11234111E+02  d E =-.112346E+02  mag=     0.1250\n';
const NEXT = STEP.replace('   1 F', '   2 F').replace('0.1250', '0.1240');

const parse = (text: string) => oszicarParser.parse(memorySource(Buffer.from(text, 'latin1')));
const codes = (text: string) => parse(text).issues.map(({ code }) => code);

it('an electronic line whose number is damaged is an electronic step all the same', () => {
  for (const number of ['   ', 'NaN', '1..2', '\u00e9']) {
    const { steps } = parse(HEAD + FIRST + SECOND.replace('   2 ', ` ${number} `) + STEP);
    expect(steps?.[0]?.electronicStepCount, number).toBe(2);
  }
});

it('an ionic line whose number is damaged is a step all the same, and says so', () => {
  for (const number of [' NaN', '  \u00e9', '0x1F', '    ']) {
    const text = HEAD + FIRST + STEP + HEAD + FIRST + NEXT.replace('   2 F', `${number} F`);
    expect(
      parse(text).steps?.map(({ index }) => index),
      number,
    ).toEqual([1, 2]);
    expect(codes(text)).toEqual(['E_UNPARSEABLE']);
  }
});

it('a moment that is missing behind its label is told', () => {
  const text = HEAD + FIRST + STEP.replace('0.1250', '');
  expect(parse(text).steps?.[0]).not.toHaveProperty('totalMagnetisationBohr');
  expect(codes(text)).toEqual(['W_OVERFLOW']);
});

it('the place of a moment ends with its number when something is written behind it', () => {
  const text = `${HEAD}${FIRST}${STEP.trimEnd()} DAV:\n`;
  const place = parse(text).places['final.totalMagnetisationBohr'];
  expect(text.slice(place?.byteOffset, (place?.byteOffset ?? 0) + (place?.byteLength ?? 0))).toBe('0.1250');
});

it('two steps in one line are told', () => {
  expect(codes(HEAD + FIRST + STEP.replace('\n', ' ') + NEXT)).toContain('E_UNPARSEABLE');
});

it('a step whose line lost its moment and its end is told', () => {
  const text = HEAD + FIRST + STEP.slice(0, STEP.indexOf('  mag='));
  expect([parse(text).ionicStepCount, codes(text)]).toEqual([1, ['I_UNTERMINATED']]);
});

it('a cut within the blanks that begin a line is a cut', () => {
  const text = `${HEAD}${FIRST}${STEP}    `;
  expect([parse(text).completeness, codes(text)]).toEqual(['truncated', ['E_TRUNCATED']]);
});
