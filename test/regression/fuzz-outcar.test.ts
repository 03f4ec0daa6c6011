/** Faults that damaged OUTCARs of the fuzzer showed: values that went without a word. */
import { describe, expect, it } from 'vitest';
import type { FileRecord } from '../../model/calculation.ts';
import { FIRST, headerText, outcarText, replaced, SECOND, TIMING } from '../parsers/outcar/outcar-text.ts';
import { codes, issueOf, parseText } from '../parsers/outcar/parse-text.ts';

const WHOLE = outcarText({ layout: '5.4', steps: [FIRST, SECOND] });

function damaged(from: string, to: string): { readonly text: string; readonly record: FileRecord } {
  const text = replaced(WHOLE, from, to);
  return { text, record: parseText(text) };
}

describe('a damaged OUTCAR tells what it lost', () => {
  it('has no word of unreadable values while it is whole', () => {
    expect(codes(parseText(WHOLE))).not.toContain('W_UNPARSEABLE');
  });

  it.each([
    ['NELM', 'NELM   =     60;', 'NELM   =     **;'],
    ['NKPTS', 'NKPTS =      2 ', 'NKPTS =        '],
    ['ISPIN', 'ISPIN  =      2 ', 'ISPIN  =      \0 '],
    ['PSTRESS', 'PSTRESS=      0.0 ', 'PSTRESS=      x.0 '],
    ['NIONS', 'NIONS =      3', 'NIONS =       '],
  ])('names the tag %s whose value is none, at its place', (tag, from, to) => {
    const { text, record } = damaged(from, to);
    expect(record.settings?.[tag]).toBeUndefined();
    expect(issueOf(record, 'W_UNPARSEABLE')?.message).toContain(tag);
    expect(issueOf(record, 'W_UNPARSEABLE')?.where.byteOffset).toBe(text.indexOf(to));
  });

  it('takes a value that stands only in the INCAR as the user wrote it for no damage when VASP prints it later', () => {
    const { record } = damaged(' POSCAR: zinc oxide', '   NELM = sixty\n POSCAR: zinc oxide');
    expect(record.settings?.NELM).toBe(60);
    expect(codes(record)).not.toContain('W_UNPARSEABLE');
  });

  it.each([
    ['a lost column', '  0.50000000  0.00000000  0.00000000       0.750', '  0.50000000  0.00000000       0.750'],
    ['stars', '  0.50000000  0.00000000  0.00000000       0.750', '  0.50000000  **********  0.00000000       0.750'],
    ['a lost row', '   0.50000000  0.00000000  0.00000000       0.750\n', ''],
  ])('tells of %s in the list of k-points', (_, from, to) => {
    expect(codes(damaged(from, to).record)).toContain('W_UNPARSEABLE');
  });

  it('has the described POTCARs where a line of the list that is printed twice is damaged', () => {
    const { record } = damaged(' PAW_PBE O 08Apr2002\n POTCAR:    PAW_PBE Zn', ' PAW_PBE O 0*\n POTCAR:    PAW_PBE Zn');
    expect(record.potcars?.map(({ title }) => title)).toEqual(['PAW_PBE Zn 06Sep2000', 'PAW_PBE O 08Apr2002']);
    expect(issueOf(record, 'W_UNPARSEABLE')?.where.block).toBe('POTCAR');
  });

  it('tells of an elapsed time that is no number', () => {
    const text = replaced(
      `${WHOLE}${WHOLE.includes(TIMING) ? '' : TIMING}`,
      '(sec):       12.500',
      '(sec):       ******',
    );
    expect(parseText(text).elapsedSeconds).toBeUndefined();
    expect(issueOf(parseText(text), 'I_NOT_READ')?.where.byteOffset).toBe(text.indexOf('Elapsed time'));
  });

  it('tells where the end of the file cuts the header', () => {
    const header = headerText();
    const record = parseText(header.slice(0, header.indexOf('   ISMEAR')));
    expect(codes(record)).toEqual(expect.arrayContaining(['W_UNPARSEABLE', 'E_TRUNCATED']));
  });

  it('does not count electronic iterations whose last line is damaged', () => {
    const at = WHOLE.lastIndexOf('Iteration ');
    const text = `${WHOLE.slice(0, at)}Iteration \0${WHOLE.slice(at + 11)}`.replace(/(Iteration \0[^(]*\() */, '$1x');
    const whole = parseText(WHOLE).steps?.at(-1)?.electronicStepCount;
    const count = parseText(text).steps?.at(-1)?.electronicStepCount;
    expect(whole).toBeGreaterThan(1);
    expect(count).toBeUndefined();
    expect(issueOf(parseText(text), 'W_UNPARSEABLE')?.where.byteOffset).toBe(at);
  });

  it('tells of a valence that is no number', () => {
    const { record } = damaged('ZVAL   =   12.000', 'ZVAL   =   ******');
    expect(record.potcars?.[0]?.valence).toBeUndefined();
    expect(codes(record)).toContain('W_UNPARSEABLE');
  });

  it('takes no number of a remark for a lost value', () => {
    const { record } = damaged(
      '   LEXCH   =     8',
      '   LORBIT =           0 simple, 1 ext, 2 COOP\n   LEXCH   =     8',
    );
    expect(record.settings?.LORBIT).toBeUndefined();
    expect(issueOf(record, 'W_UNPARSEABLE')?.message).toContain('LORBIT');
  });
});
