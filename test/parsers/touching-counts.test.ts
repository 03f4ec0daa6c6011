/**
 * Counts of atoms that touch: XDATCAR gives each four characters and CONTCAR six (`  64   1 124  64` and `     1     8    16`
 * in real files), which a thousand and a hundred thousand atoms fill.
 */
import { expect, test } from 'vitest';
import { poscarParser } from '../../parsers/poscar.ts';
import { xdatcarParser } from '../../parsers/xdatcar.ts';
import { codesOf, parsedText } from './whole-and-cut.ts';

const CELL = `melt
 1.0
    20.000000    0.000000    0.000000
     0.000000   21.000000    0.000000
     0.000000    0.000000   22.000000
   Li   O    Zn
`;
const rows = (count: number) => '   0.25000000  0.00000000  0.75000000\n'.repeat(count);
const xdatcar = (counts: string, atoms: number) =>
  parsedText(xdatcarParser, `${CELL}${counts}\nDirect configuration=     1\n${rows(atoms)}`);

test('counts of an XDATCAR that fill their columns are told apart by the length of their line', () => {
  const record = xdatcar('  6412801024', 2368);
  expect([record.completeness, record.issues, record.ionicStepCount]).toEqual(['complete', [], 1]);
  const species = record.structure?.species ?? [];
  expect([...new Set(species)].map((name) => species.filter((other) => other === name).length)).toEqual([
    64, 1280, 1024,
  ]);
});

test('counts that could be others are refused', () => {
  for (const counts of ['6412801024', ' 6412801024', '  64 12801024', '  641280****', '   012801024']) {
    expect(codesOf(xdatcar(counts, 2368)), counts).toContain('E_SYNTAX');
  }
});

test('a count that fills its column in a POSCAR is no reason to refuse it', () => {
  const text = `${CELL.replace('   Li   O    Zn', '   Li   O ')}     1     2\nDirect\n${rows(3)}`;
  expect(parsedText(poscarParser, text).structure?.species).toEqual(['Li', 'O', 'O']);
  expect(codesOf(parsedText(poscarParser, text.replace('     1     2', '12')))).toContain('E_SYNTAX');
});
