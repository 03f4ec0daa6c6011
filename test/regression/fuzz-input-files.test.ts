/** What damaged INCARs, KPOINTS and neb.dat of the fuzzer showed; each text is the least that shows it again. */
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import { incarParser } from '../../parsers/incar.ts';
import { kpointsParser } from '../../parsers/kpoints.ts';
import { nebDatParser } from '../../parsers/neb-dat.ts';
import type { ParserDefinition } from '../../parsers/shared/parser.ts';

const parse = (parser: ParserDefinition, text: string) => parser.parse(memorySource(Buffer.from(text, 'latin1')));
const codes = (parser: ParserDefinition, text: string) => parse(parser, text).issues.map(({ code }) => code);

describe('INCAR', () => {
  it('joined lines leave the place of the value at its own text, and the tag that was swallowed is told', () => {
    const record = parse(incarParser, 'ENCUT = 300.375 ISIF = 3\n');
    expect(record.settings).toEqual({ ENCUT: 300.375 });
    expect(record.places['settings.ENCUT']).toMatchObject({ byteOffset: 8, byteLength: 7 });
    expect(record.issues.map(({ code }) => code)).toEqual(['W_UNPARSEABLE']);
  });

  it('a number in quotes stands between them', () => {
    const record = parse(incarParser, 'SIGMA ="0.25"\n');
    expect(record.settings).toEqual({ SIGMA: 0.25 });
    expect(record.places['settings.SIGMA']).toMatchObject({ byteOffset: 8, byteLength: 4 });
  });

  it('stars are no value of a tag that nobody knows, nor of LORBIT', () => {
    for (const text of [
      'LORBIT = **\n',
      'LORBIT = NaN\n',
      'LMYTAG = **\n',
      'MAGMOM = 0.5 NaN 0.6\n',
      'MAGMOM = 1 Infinity\n',
    ]) {
      expect([parse(incarParser, text).settings, codes(incarParser, text)], text).toEqual([{}, ['E_UNPARSEABLE']]);
    }
  });

  it('a cut anywhere but behind a line end is told', () => {
    const text = 'ENCUT = 520 # eV\nEDIFF = 1E-06\nMAGMOM = 2*1.5\n';
    for (let length = 1; length < text.length; length += 1) {
      if (text[length - 1] !== '\n') expect(codes(incarParser, text.slice(0, length)), `${length}`).not.toEqual([]);
    }
  });
});

describe('KPOINTS', () => {
  it('a shift whose first number is spoilt is refused', () => {
    for (const bad of ['**', 'NaN', '-nan', '0x1F', '?', '\u00e9', 'Infinity']) {
      expect(codes(kpointsParser, `mesh\n0\nGamma\n4 3 1\n${bad} 0 0\n`), bad).toEqual(['E_SYNTAX']);
    }
  });

  it('a remark instead of a shift is none', () => {
    for (const remark of ['# no shift', 'see run 3', '']) {
      expect(codes(kpointsParser, `mesh\n0\nGamma\n4 3 1\n${remark}\n`), remark).toEqual([]);
    }
  });

  it('a mesh without line end may have had a shift', () => {
    expect(codes(kpointsParser, 'mesh\n0\nGamma\n4 3 1')).toEqual(['I_UNTERMINATED']);
  });
});

describe('neb.dat', () => {
  it('a row that lost one of five columns is no row of four', () => {
    const row = '  1    0.812125    0.225970   -0.226121   1\n';
    const table = (second: string) => `  0    0.000000    0.000000    0.000000   0\n${second}`;
    expect(codes(nebDatParser, table(row))).toEqual([]);
    for (const lost of ['0.812125', '0.225970', '-0.226121', '   1\n']) {
      const record = parse(nebDatParser, table(row.replace(lost, lost.endsWith('\n') ? '\n' : '')));
      expect(
        record.pathTable?.map(({ index }) => index),
        lost,
      ).toEqual([0]);
      expect(
        record.issues.map(({ code }) => code),
        lost,
      ).toEqual(['E_SYNTAX']);
    }
  });
});
