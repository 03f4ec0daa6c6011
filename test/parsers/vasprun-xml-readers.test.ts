/**
 * The two readers of vasprun.xml, and what happens to both when the file is cut, damaged or written by another program.
 */
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import type { FileRecord } from '../../model/calculation.ts';
import { parseVasprun } from '../../parsers/vasprun-xml.ts';
import {
  calculation,
  HEAD,
  latin1,
  parse,
  parseBy,
  RELAXATION,
  row,
  STEP_1,
  STEP_2,
  TAIL,
} from './vasprun-xml-cases.ts';

const WHOLE = { eigenvalues: true, densityOfStates: true } as const;
const withoutPlaces = ({ places: _, issues, ...record }: FileRecord) => ({
  ...record,
  issues: issues.map(({ where: __, ...entry }) => entry),
});
const known = (text: string) => parseBy('known shape first', text, WHOLE);
const general = (text: string) => parseBy('general', text, WHOLE);

describe('both readers', () => {
  it('give the same record, with the same places', () => {
    expect(known(RELAXATION)).toEqual(general(RELAXATION));
    const last = { ...WHOLE, steps: 'last' } as const;
    expect(parseBy('known shape first', RELAXATION, last)).toEqual(parseBy('general', RELAXATION, last));
  });

  it('give the same record of one that breaks off, wherever it does', () => {
    for (let end = 120; end < RELAXATION.length; end += 17) {
      const text = RELAXATION.slice(0, end);
      expect(known(text), `cut at ${end}`).toEqual(general(text));
    }
  });

  it('give the same record of stars, NaN, torn and glued rows', () => {
    for (const damage of [
      `   <v>       **********      -0.04234049       0.05092706 </v>\n   ${row([1, 2, 3])}\n`,
      `   <v>              NaN             NaN             NaN </v>\n   ${row([1, 2, 3])}\n`,
      `   <v>       1.00000000       2.00000000 </v>\n   ${row([1, 2, 3])}\n`,
      `   ${row([1, 2, 3])}\n   <v>     0.90000000-1234.80000000     0.70000000 </v>\n`,
      `   ${row([1, 2, 3])}\n   <v>       1.0000000        2.00000000       3.00000000 </v>\n`,
      `   ${row([1, 2, 3])}\n   <v>       1 5.0000000       2.0000000       3.00000000 </v>\n`,
      '',
    ]) {
      const text = `${HEAD}${calculation({ ...STEP_2, forces: damage })}${TAIL}`;
      expect(known(text), damage).toEqual(general(text));
    }
  });

  it('read exactly the number that is written', () => {
    const numbers = [0.1, -0.30000001, 123456.78901234, -9999999.12345678, 1e-8, 0];
    const rows = `   ${row(numbers.slice(0, 3))}\n   ${row(numbers.slice(3))}\n`;
    const text = `${HEAD}${calculation({ ...STEP_2, forces: rows })}${TAIL}`;
    expect(Array.from(known(text).steps!.at(-1)!.forcesEvPerAngstrom!)).toEqual(numbers);
    expect(known(text)).toEqual(general(text));
  });
});

describe('another form of the same document', () => {
  const REFORMATTED: Readonly<Record<string, (text: string) => string>> = {
    'without blanks between its elements': (text) => text.replaceAll(/>\s+</g, '><'),
    'with other indentation and blank lines': (text) => text.replaceAll(/\n +/g, '\n\n\t\t'),
    'with attributes in another order and other quotes': (text) =>
      text.replaceAll(/<i type="(\w+)" name="([^"]+)">/g, "<i\n name = '$2'   type='$1' >"),
    'with comments and processing instructions': (text) =>
      text.replaceAll('<calculation>', '<!-- <calculation> --><?note <v>?><calculation>'),
    'with CDATA': (text) =>
      text.replace('> ZnO (002)<', '><![CDATA[ ZnO (002)]]><').replaceAll(/<c>(\w+) *<\/c>/g, '<c><![CDATA[$1]]></c>'),
    'with entities': (text) => text.replaceAll('accura', 'acc&#117;ra').replaceAll('(002)', '&#40;002)'),
    'with DOS line ends': (text) => text.replaceAll('\n', '\r\n'),
    'with a byte order mark': (text) => `\xEF\xBB\xBF${text}`,
    'without an XML declaration': (text) => text.slice(text.indexOf('<modeling>')),
    'with elements nobody knows': (text) =>
      text.replaceAll('  <energy>\n   <i', '  <novelty kind="new"><v> 1 2 3 </v><empty/></novelty>\n  <energy>\n   <i'),
    'with numbers written shorter': (text) =>
      text.replaceAll(/(\d\.\d*?[1-9])0+(?= )/g, '$1').replaceAll(/(\d)\.0+(?= )/g, '$1.0'),
  };
  const expected = withoutPlaces(known(RELAXATION));
  for (const [form, change] of Object.entries(REFORMATTED)) {
    it(`${form} gives the same record`, () => {
      const text = change(RELAXATION);
      expect(text).not.toBe(RELAXATION);
      expect(withoutPlaces(known(text))).toEqual(expected);
      expect(withoutPlaces(general(text))).toEqual(expected);
    });
  }
});

describe('the window', () => {
  it('of any size and any chunks give the same record', () => {
    const expected = known(RELAXATION);
    for (const windowBytes of [1, 7, 300, 4096]) {
      for (const chunk of [1, 7, 4096]) {
        for (const reader of ['known shape first', 'general'] as const) {
          const source = memorySource(latin1(RELAXATION), chunk);
          expect(parseVasprun(source, { ...WHOLE, windowBytes }, reader)).toEqual(expected);
        }
      }
    }
  });

  it('that ends inside any element does not matter', () => {
    // The readers look at 64 kB at a time: blanks move every byte of a step over that border.
    const filler = (count: number) => HEAD.replace('</incar>\n', `</incar>${' '.repeat(count)}\n`);
    const start = HEAD.length;
    const expected = withoutPlaces(known(RELAXATION));
    const rest = RELAXATION.slice(HEAD.length);
    for (let shift = 0; shift < 4000; shift += 37) {
      expect(withoutPlaces(known(filler(65536 - start - shift) + rest))).toEqual(expected);
    }
  }, 60_000);
});

describe('a file that ends early', () => {
  const steps = known(RELAXATION).steps!;
  const [first, second] = [RELAXATION.indexOf('</calculation>') + 14, RELAXATION.lastIndexOf('</calculation>') + 14];

  it('gives every step that has its end and no other, at whatever byte it is cut', () => {
    for (let end = 0; end < RELAXATION.trimEnd().length; end += end > HEAD.length ? 1 : 13) {
      const record = parse(RELAXATION.slice(0, end), WHOLE);
      const count = end >= second ? 2 : end >= first ? 1 : 0;
      expect(record.completeness, `cut at ${end}`).toBe(
        end < '<?xml version="1.0" encoding="ISO-8859-1"?>\n<modeling'.length ? 'unreadable' : 'truncated',
      );
      expect(record.steps ?? [], `cut at ${end}`).toEqual(steps.slice(0, count));
      expect(record.issues.some((entry) => entry.code === 'E_TRUNCATED' || entry.code === 'E_UNREADABLE')).toBe(true);
    }
  }, 120_000);

  it('says where, and in which step', () => {
    const text = RELAXATION.slice(0, RELAXATION.lastIndexOf('<i name="e_fr_energy">'));
    const fault = parse(text).issues.find((entry) => entry.code === 'E_TRUNCATED')!;
    expect(fault.where.byteOffset).toBe(text.length);
    expect(fault.message).toContain('after 1 complete ionic step(s), in <calculation> of step 2');
  });
});

describe('markup that is broken', () => {
  it('ends the reading there: elements of two writers that are mixed are not put together', () => {
    // Two images of a band wrote into the same file.
    const mixed = calculation(STEP_2).replace(
      '   </energy>\n',
      '   </energ   <time name="dav">    4.26    4.26</time>\n',
    );
    const text = `${HEAD}${calculation(STEP_1)}${mixed}${calculation(STEP_2)}${TAIL}`;
    const record = parse(text);
    expect(record.completeness).toBe('truncated');
    expect(record.steps!.map((step) => step.freeEnergyEv)).toEqual([-10.25]);
    const fault = record.issues.find((entry) => entry.code === 'E_TRUNCATED')!;
    expect(Math.abs(fault.where.byteOffset! - text.indexOf('</energ '))).toBeLessThan(12);
  });

  it('anywhere never gives another number without an issue, nor a throw', () => {
    const expected = parse(RELAXATION);
    const issueTexts = (record: FileRecord) => record.issues.map((entry) => entry.message).join();
    const energies = (record: FileRecord) => record.steps?.map((step) => [step.freeEnergyEv, step.energySigma0Ev]);
    for (const mark of ['<', '>', '"', '/', '\0', '&', ' ']) {
      for (let at = HEAD.length; at < RELAXATION.length; at += 41) {
        const text = `${RELAXATION.slice(0, at)}${mark}${RELAXATION.slice(at + 1)}`;
        const record = parse(text);
        const same = JSON.stringify(energies(record)) === JSON.stringify(energies(expected));
        const told = issueTexts(record) !== issueTexts(expected);
        expect(same || told, `${mark} at ${at}: ${RELAXATION.slice(at - 30, at + 30)}`).toBe(true);
      }
    }
  }, 120_000);

  it('is not searched for ever when tags nest without end', () => {
    const record = parse(`<modeling>${'<calculation>'.repeat(20_000)}`);
    expect(record.completeness).toBe('truncated');
    expect(record.steps).toEqual([]);
  });

  it('of a file that is none of VASP gives a reason', () => {
    for (const text of ['', '\0\0\0', '<?xml version="1.0"?><html></html>', 'INCAR']) {
      const record = parse(text);
      expect(record.completeness).toBe('unreadable');
      expect(record.issues.map((entry) => entry.code)).toEqual(['E_UNREADABLE']);
    }
  });

  it('does not let a number of atoms decide about memory', () => {
    const record = parse(RELAXATION.replace('<atoms>       2 </atoms>', '<atoms>999999999 </atoms>'));
    expect(record.structure).toBeUndefined();
    expect(record.issues.map((entry) => entry.code)).toContain('W_NO_SPECIES');
  });
});
