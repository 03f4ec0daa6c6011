/** POSCARs worked out by hand, and what is asserted of all of them. */
import { expect } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import type { FileRecord, UnnamedStructure } from '../../model/calculation.ts';
import type { Structure } from '../../model/structure.ts';
import { poscarParser } from '../../parsers/poscar.ts';
import { expectNear } from '../near.ts';

export const latin1 = (text: string) => Buffer.from(text, 'latin1');
export const parse = (text: string) => poscarParser.parse(memorySource(latin1(text)));

export function structureOf(text: string): Structure {
  const record = parse(text);
  expect(record.issues).toEqual([]);
  expect(record.completeness).toBe('complete');
  return record.structure!;
}

export function expectPositions(
  structure: Structure | UnnamedStructure,
  expected: readonly number[],
  tolerance = 1e-12,
): void {
  expect(structure.cartesianAngstrom.length).toBe(expected.length);
  for (const [index, value] of expected.entries()) expectNear(structure.cartesianAngstrom[index], value, tolerance);
}

export function expectFault(
  record: FileRecord,
  code: string,
  completeness: string,
  line: number,
  message: RegExp,
): void {
  expect(record.completeness).toBe(completeness);
  expect(record.structure).toBeUndefined();
  expect(record.unnamedStructure).toBeUndefined();
  expect(record.issues.map((entry) => entry.code)).toEqual([code]);
  expect(record.issues[0]!.where.line).toBe(line);
  expect(record.issues[0]!.message).toMatch(message);
}

/** A skewed cell with no two equal numbers, two kinds of atoms, every row different. */
export const SKEWED = `Zn2 O1 on a skewed cell
   1.5
     2.0000000000000000    0.0000000000000000    0.0000000000000000
     0.4000000000000000    3.0000000000000000    0.0000000000000000
     0.2000000000000000    0.6000000000000000    5.0000000000000000
   Zn   O
     2     1
Direct
  0.1000000000000000  0.2000000000000000  0.3000000000000000
 -0.2500000000000000  1.5000000000000000  0.7500000000000000
  0.5000000000000000  0.0000000000000000  0.1250000000000000
`;
// r = 1.5 · (f·L): f1 = (.1,.2,.3) → 1.5·(.2+.08+.06, .6+.18, 1.5) = (.51, 1.17, 2.25)
// f2 = (−.25,1.5,.75) → 1.5·(−.5+.6+.15, 4.5+.45, 3.75) = (.375, 7.425, 5.625)
// f3 = (.5,0,.125) → 1.5·(1+.025, .075, .625) = (1.5375, .1125, .9375)
export const SKEWED_ANGSTROM = [0.51, 1.17, 2.25, 0.375, 7.425, 5.625, 1.5375, 0.1125, 0.9375];

export const rows = (positions: string, mode = 'Direct', count = '1 1', names = 'Zn O') =>
  `title\n1.0\n4 0 0\n0 5 0\n0 0 6\n${names}\n${count}\n${mode}\n${positions}`;
