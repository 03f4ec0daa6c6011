/** What damaged tables of the fuzzer showed; each text is the least that shows it again. */
import { expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import { acfParser } from '../../parsers/acf.ts';
import { chgcarParser } from '../../parsers/chgcar.ts';
import type { ParserDefinition } from '../../parsers/shared/parser.ts';
import { xdatcarParser } from '../../parsers/xdatcar.ts';

const parse = (parser: ParserDefinition, text: string) => parser.parse(memorySource(Buffer.from(text, 'latin1')));

it('ACF.dat: a table without any row is refused with a reason', () => {
  const head = '    #         X           Y           Z       CHARGE      MIN DIST   ATOMIC VOL\n -------------\n';
  const record = parse(acfParser, `${head}    NUMBER OF ELECTRONS:        18.0858\n`);
  expect([record.completeness, record.issues.map(({ code }) => code)]).toEqual(['unreadable', ['E_UNREADABLE']]);
});

it('ACF.dat: two numbers glued in a total are none', () => {
  const row = '    1      0.0000      0.0000      0.0000      1.5000      0.9000     12.0000\n';
  const head = '    #         X           Y           Z       CHARGE      MIN DIST   ATOMIC VOL\n -------------\n';
  const record = parse(
    acfParser,
    `${head}${row} -------------\n    VACUUM CHARGE:   0-1\n    NUMBER OF ELECTRONS:   18.0858\n`,
  );
  expect(record.bader).not.toHaveProperty('vacuumElectrons');
  expect(record.issues.map(({ code }) => code)).toEqual(['E_SYNTAX']);
});

it('CHGCAR: values whose sum is beyond all numbers give no average', () => {
  const cell = 'title\n1.0\n 2 0 0\n 0 2 0\n 0 0 2\n Li\n 1\nDirect\n 0 0 0\n\n';
  const record = parse(chgcarParser, `${cell} 2 1 1\n 1.5E+308 1.5E+308\n`);
  expect(record).not.toHaveProperty('grid');
  expect(record.issues.map(({ code }) => code)).toContain('E_UNPARSEABLE');
});

it('CHGCAR: a file that ends within a line behind its first block may have lost the second one, and says so', () => {
  const cell = 'title\n1.0\n 2 0 0\n 0 2 0\n 0 0 2\n Li\n 1\nDirect\n 0 0 0\n\n';
  const block = ' 2 1 1\n 0.15E+01 0.25E+01';
  for (const end of ['', '\n ', '\n   ']) {
    const record = parse(chgcarParser, `${cell}${block}${end}`);
    expect(
      record.issues.map(({ code }) => code),
      JSON.stringify(end),
    ).toContain('I_UNTERMINATED');
  }
  expect(parse(chgcarParser, `${cell}${block}\n`).issues).toEqual([]);
});

it('XDATCAR: a file that ends in the blank line before a step may have lost the step, and says so', () => {
  const head = 'title\n1.0\n 2 0 0\n 0 2 0\n 0 0 2\n Li\n 1\n';
  const frame = 'Direct configuration=     1\n 0.25 0.5 0.75\n';
  expect(parse(xdatcarParser, `${head}${frame}  `).issues.map(({ code }) => code)).toEqual(['I_UNTERMINATED']);
  expect(parse(xdatcarParser, head + frame).issues).toEqual([]);
});
