/**
 * A vector of vasprun.xml that lost a component: the numbers behind it move up to atoms, types or axes that are not
 * theirs. VASP prints every number as wide as the others, so that the place left empty shows.
 */
import { describe, expect, it } from 'vitest';
import { parse, RELAXATION } from '../parsers/vasprun-xml-cases.ts';

const PLACE = '<i type="int" name="ISMEAR">';

function withVector(tag: string, attributes: string, numbers: string) {
  const record = parse(RELAXATION.replace(PLACE, `<v ${attributes}name="${tag}">${numbers}</v>\n${PLACE}`));
  const told = record.issues.some(({ message }) => message.includes(`settings.${tag} `));
  return { value: record.settings?.[tag], told };
}

describe('a vector of settings without one of its numbers has no value, and that is told', () => {
  it.each([
    ['the first moment', 'MAGMOM', '', '                2.00000000     -1.50000000'],
    ['the second moment', 'MAGMOM', '', '      0.50000000           -1.50000000'],
    ['the last moment', 'MAGMOM', '', '      0.50000000      2.00000000     '],
    [
      'the last moment before the end of a line',
      'MAGMOM',
      '',
      '      0.50000000      \n      2.00000000     -1.50000000',
    ],
    ['the only moment of a last line', 'MAGMOM', '', '      0.50000000      2.00000000\n      '],
    ['one of two radii', 'RWIGS', '', '           -1.00000000'],
    ['the other of two radii', 'RWIGS', '', '     -1.00000000     '],
    ['an index', 'KPOINT', 'type="int" ', '         1     2     3'],
    ['the index behind', 'LDAUL', 'type="int" ', '     2     '],
  ])('%s', (_, tag, attributes, numbers) => {
    expect(withVector(tag, attributes, numbers)).toEqual({ value: undefined, told: true });
  });
});

describe('a whole vector keeps its numbers', () => {
  it.each([
    ['as VASP prints it', '      0.50000000      2.00000000     -1.50000000', [0.5, 2, -1.5]],
    ['in several lines', '      0.50000000      2.00000000\n     -1.50000000', [0.5, 2, -1.5]],
    ['in lines of DOS', '      0.50000000      2.00000000\r\n     -1.50000000\r\n', [0.5, 2, -1.5]],
    ['with full columns', '-1234567.50000000-7654321.50000000', [-1234567.5, -7654321.5]],
    ['with one blank between', '0.5 -12.25 3', [0.5, -12.25, 3]],
    ['with one blank around', ' 0.5 -12.25 3 ', [0.5, -12.25, 3]],
    ['with columns of another width', '    0.5000    2.0000   -1.5000', [0.5, 2, -1.5]],
    ['of one number', '      0.50000000', [0.5]],
  ])('%s', (_, numbers, value) => {
    expect(withVector('MAGMOM', '', numbers)).toEqual({ value, told: false });
  });
});
