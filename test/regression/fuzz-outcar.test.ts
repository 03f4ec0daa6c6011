/** Faults that damaged OUTCARs of the fuzzer showed: values that went without a word. */
import { describe, expect, it } from 'vitest';
import type { FileRecord } from '../../model/calculation.ts';
import { CELL, FIRST, headerText, outcarText, replaced, SECOND, TIMING } from '../parsers/outcar/outcar-text.ts';
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

  it.each([
    ['lost', '         '],
    ['a NUL byte', '   \0 '],
    ['no number', 'NaN '],
  ])('tells of a k-point among the eigenvalues whose number is %s', (_, number) => {
    const at = WHOLE.lastIndexOf(' k-point     2 :');
    const record = parseText(`${WHOLE.slice(0, at)} k-point ${number}:${WHOLE.slice(at + 16)}`);
    expect(parseText(WHOLE).bandGap).toBeDefined();
    expect(record.bandGap).toBeUndefined();
    expect(issueOf(record, 'W_UNPARSEABLE')?.where).toMatchObject({ byteOffset: at, block: 'eigenvalues' });
  });

  it('tells of a cell beyond all numbers, and gives no volume', () => {
    const huge = CELL.map((row) => row.replace(/\d+\.\d{9}/g, '1e200'));
    const record = parseText(outcarText({ steps: [{ ...FIRST, cell: huge }] }));
    expect(record.steps?.[0]?.volumeAngstrom3).toBeUndefined();
    expect(issueOf(record, 'E_UNPARSEABLE')?.where.block).toBe('direct lattice vectors');
  });

  it.each([
    ['no number', '  NaN    0.930   0.070   0.000   1.000'],
    ['lost', '         0.930   0.070   0.000   1.000'],
    ['stars where the total stands', '    1     0.930   0.070   0.000   *****'],
  ])('tells of the moment of a single atom whose row is %s', (_, row) => {
    const ruler = '-'.repeat(42);
    const table = `\n magnetization (x)\n \n# of ion       s       p       d       tot\n${ruler}\n${row}\n${ruler}\ntot\n\n`;
    const record = parseText(outcarText({ steps: [{ ...FIRST, behindForces: table }] }));
    expect(record.steps?.[0]?.maxAtomMagnetisationBohr).toBeUndefined();
    expect(codes(record)).toContain('W_UNPARSEABLE');
  });

  it('tells of a total moment that is not there in a run with spin', () => {
    const text = outcarText({ steps: [{ ...FIRST, moment: '' }] });
    expect(parseText(text).steps?.[0]?.totalMagnetisationBohr).toBeUndefined();
    expect(issueOf(parseText(text), 'W_OVERFLOW')?.where.byteOffset).toBe(text.lastIndexOf('number of electron'));
  });

  it.each([
    ['lost a number', '   ROPT   =   -0.00025\n'],
    ['has a damaged number', '   ROPT   =   -0.00025  ********\n'],
    ['has no number', '   ROPT   =   ?  -0.00025\n'],
  ])('tells of a list of two types that %s', (_, list) => {
    const listed = replaced(WHOLE, '   LEXCH   =     8', '   ROPT   =   -0.00025  -0.00025\n   LEXCH   =     8');
    expect(parseText(listed).settings?.ROPT).toEqual([-0.00025, -0.00025]);
    expect(codes(parseText(listed))).not.toContain('W_UNPARSEABLE');
    const text = replaced(listed, '   ROPT   =   -0.00025  -0.00025\n', list);
    expect(issueOf(parseText(text), 'W_UNPARSEABLE')?.where.byteOffset).toBe(text.indexOf('ROPT'));
  });

  it('takes no beginning of a list that the user wrote with a repetition for the whole list', () => {
    const { record } = damaged(' POSCAR: zinc oxide', '   MAGMOM = 5.0 2*0.6\n POSCAR: zinc oxide');
    expect(record.settings?.MAGMOM).toBeUndefined();
    expect(codes(record)).not.toContain('W_UNPARSEABLE');
  });

  it.each([
    ['lost', '   2        3'],
    ['stars', '   2    *    3'],
    ['no number', '   2 1..2    3'],
    ['torn in two', '   2    0x2    3'],
  ])('has no mesh of k-points one of whose numbers is %s, and says so', (_, numbers) => {
    const printed = 'Automatic generation of k-mesh.\n generate k-points for:';
    const text = replaced(WHOLE, ' POSCAR: zinc oxide', `${printed}${numbers}\n POSCAR: zinc oxide`);
    expect(parseText(text.replace(numbers, '    2    2    3')).kpoints?.mesh).toEqual([2, 2, 3]);
    expect(parseText(text).kpoints?.mesh).toBeUndefined();
    expect(issueOf(parseText(text), 'W_UNPARSEABLE')?.where.byteOffset).toBe(text.indexOf(' generate k-points'));
  });

  describe('without descriptions of the POTCARs (NWRITE = 0)', () => {
    const listed = WHOLE.replace(/ {3}VRHFIN[\s\S]*?mass and valenz\n/g, '').replace(
      / POTCAR:[\s\S]*(?= POSCAR:)/,
      ` POTCAR:    PAW_PBE Zn 06Sep2000\n POTCAR:    PAW_PBE O 08Apr2002\n`.repeat(2),
    );
    const brief = replaced(listed, '   LEXCH   =     8', '   ZVAL   =  12.00  6.00\n   LEXCH   =     8');

    it('has valences from the row of all types', () => {
      const record = parseText(brief);
      expect(record.potcars).toEqual([
        { title: 'PAW_PBE Zn 06Sep2000', valence: 12 },
        { title: 'PAW_PBE O 08Apr2002', valence: 6 },
      ]);
      expect(codes(record)).not.toContain('W_UNPARSEABLE');
    });

    it('tells of one title that is damaged, and knows by the valences how many there are', () => {
      const record = parseText(brief.replace(/O 08Apr2002(?!.*O 08Apr2002)/, 'O **Apr2002'));
      expect(record.potcars?.map(({ valence }) => valence)).toEqual([12, 6]);
      expect(issueOf(record, 'W_UNPARSEABLE')?.where.block).toBe('POTCAR');
    });

    it.each(['  12.00  ****', '  12.00', '       ', '  12.00  1..2'])('tells of valences that are %s', (row) => {
      const record = parseText(replaced(brief, '  12.00  6.00', row));
      expect(record.potcars?.[1]?.valence).toBeUndefined();
      expect(issueOf(record, 'W_UNPARSEABLE')?.message).toContain('ZVAL');
    });
  });

  it.each([
    ' running on     total cores',
    ' running on 1..2 total cores',
    ' running   16 mpi-ranks, with   ** threads/rank',
  ])('tells of a lost number in "%s"', (line) => {
    const { text, record } = damaged(' executed on', `${line}\n executed on`);
    expect(record.computing?.processCount).toBeUndefined();
    expect(issueOf(record, 'I_NOT_READ')?.where.byteOffset).toBe(text.indexOf(line));
  });

  it('tells of a last electronic iteration whose line is lost, and does not take the loop for one that NELM did not end', () => {
    const unconverged = { ...SECOND, iterations: 60, change: '-0.2000000E-04  (-0.1000000E-03)' };
    const whole = outcarText({ steps: [FIRST, unconverged] });
    const at = whole.lastIndexOf('Iteration');
    const text = `${whole.slice(0, at)}Itera\0ion${whole.slice(at + 'Iteration'.length)}`;
    const record = parseText(text);
    expect(record.steps?.at(-1)?.electronicStepCount).toBeUndefined();
    expect(record.convergence?.electronic).toBe('notReached');
    const change = text.lastIndexOf('energy-change');
    expect(issueOf(record, 'W_UNPARSEABLE')?.where.byteOffset).toBe(text.lastIndexOf('total', change));
  });

  it('tells that the end of the file cuts the memory off', () => {
    const elapsed = ' General timing and accounting informations for this job:\n Elapsed time (sec):       12.500\n';
    const text = `${WHOLE.slice(0, WHOLE.includes(TIMING) ? WHOLE.indexOf(TIMING) : undefined)}${elapsed}   Maximum mem`;
    expect(parseText(text).elapsedSeconds).toBe(12.5);
    expect(issueOf(parseText(text), 'I_NOT_READ')?.message).toContain('memory');
  });
});
