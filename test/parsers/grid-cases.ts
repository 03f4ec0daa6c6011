/**
 * Small grid files in VASP's formats. The values are n + 10·x + 100·y + 1000·z style polynomials, so that averages are
 * known in closed form and no two axes can be mistaken for each other.
 */
import { memorySource } from '../../model/byte-source.ts';
import type { FileRecord } from '../../model/calculation.ts';
import { chgcarParser } from '../../parsers/chgcar.ts';
import { locpotParser } from '../../parsers/locpot.ts';

/** A cell of 2 × 3 × 4 Å, skewed: its volume is still 24 Å³. */
export const VOLUME = 24;

export const HEAD =
  'ZnO slab\n   1.00000000000000     \n     2.000000    0.000000    0.000000\n     1.000000    3.000000    0.000000\n' +
  '     0.000000    0.500000    4.000000\n   Zn   O \n     1     1\nDirect\n' +
  '  0.000000  0.000000  0.100000\n  0.300000  0.600000  0.200000\n \n';
/** As VASP 4 wrote it: without names, which are in the comment. */
export const OLD_HEAD = HEAD.replace('ZnO slab', 'Zn O').replace('   Zn   O \n', '');
export const GRID = '    3    4    5\n';

/** a + 10x + 100y + 1000z, x fastest. */
export function ramp(a: number): number[] {
  const values: number[] = [];
  for (let z = 0; z < 5; z += 1) {
    for (let y = 0; y < 4; y += 1) for (let x = 0; x < 3; x += 1) values.push(a + 10 * x + 100 * y + 1000 * z);
  }
  return values;
}

/** `-.46163122510E+02`, as ifort prints E17.11. */
export function e17(value: number): string {
  if (value === 0) return '0.00000000000E+00';
  const [digits = '', exponent = ''] = Math.abs(value).toExponential(10).split('e');
  const power = Number(exponent) + 1;
  const tail = `${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  return `${value < 0 ? '-' : '0'}.${digits.replace('.', '')}E${tail}`;
}

export function lines(values: readonly number[], perLine = 5, text: (value: number) => string = e17): string {
  let result = '';
  for (let at = 0; at < values.length; at += perLine) {
    result += `${values
      .slice(at, at + perLine)
      .map((value) => ` ${text(value)}`)
      .join('')}\n`;
  }
  return result;
}

export const AUGMENTATION =
  'augmentation occupancies   1   7\n  0.2512469E-04  0.2601868E-21  0.1316082E-11 -0.3207091E-12  0.1861221E-11\n' +
  '  0.1000000E+01  0.2000000E+01\naugmentation occupancies   2   3\n -0.1679365E-11  0.5137741E-04  0.5645359E-21\n';
export const IMAGINARY = AUGMENTATION.replaceAll('occupancies ', 'occupancies (imaginary part) ');
/** `5E20.12` of one number per atom, before the second grid. */
export const MOMENTS = '  0.100000000000E+01 -0.200000000000E+01\n';

export const latin1 = (text: string) => Buffer.from(text, 'latin1');
export const locpot = (text: string): FileRecord => locpotParser.parse(memorySource(latin1(text)));
export const chgcar = (text: string): FileRecord => chgcarParser.parse(memorySource(latin1(text)));
export const codesOf = (record: FileRecord): string[] => record.issues.map((entry) => entry.code);
export const namesOf = (record: FileRecord): string[] => (record.grid?.components ?? []).map(({ name }) => name);
