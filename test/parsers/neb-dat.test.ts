/** neb.dat of the VTST scripts. The numbers are invented; the columns are those of nebbarrier.pl. */
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import { nebDatParser } from '../../parsers/neb-dat.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const parse = (text: string) => nebDatParser.parse(memorySource(latin1(text)));

const TABLE = `  0     0.000000     0.000000     0.000000   0
  1     0.391287     0.101144    -0.240000   1
  2     0.774565     0.265195    -0.050000   2
  3     1.168540     0.209573     0.210000   3
`;
const ROWS = [
  { index: 0, distanceAngstrom: 0, relativeEnergyEv: 0, tangentForceEvPerAngstrom: 0 },
  { index: 1, distanceAngstrom: 0.391287, relativeEnergyEv: 0.101144, tangentForceEvPerAngstrom: -0.24 },
  { index: 2, distanceAngstrom: 0.774565, relativeEnergyEv: 0.265195, tangentForceEvPerAngstrom: -0.05 },
  { index: 3, distanceAngstrom: 1.16854, relativeEnergyEv: 0.209573, tangentForceEvPerAngstrom: 0.21 },
];
const fourColumns = TABLE.replace(/ {3}\d$/gm, '');

describe('the table of a path', () => {
  it('has distance, energy and force of every image, in order', () => {
    const record = parse(TABLE);
    expect([record.completeness, record.issues]).toEqual(['complete', []]);
    expect(record.pathTable).toEqual(ROWS);
    expect(record.places.pathTable).toEqual({ byteOffset: 0, byteLength: TABLE.length - 1, line: 1 });
  });

  it('may have four columns, a head, comments, blank lines and DOS line ends', () => {
    const head = '# path of Pt\n Image  Distance  Energy  Force\n\n';
    for (const text of [fourColumns, head + TABLE, `${TABLE}\n`, TABLE.replaceAll('\n', '\r\n')]) {
      const record = parse(text);
      expect([record.completeness, record.issues, record.pathTable]).toEqual(['complete', [], ROWS]);
    }
    const unterminated = parse(TABLE.trimEnd());
    expect(unterminated.pathTable).toEqual(ROWS);
    expect(unterminated.issues.map(({ code }) => code)).toEqual(['I_UNTERMINATED']);
  });

  it('reads the same through any window and chunks', () => {
    const expected = parse(TABLE);
    for (const windowBytes of [1, 7, 64]) {
      for (const chunk of [1, 7, 4096]) {
        expect(nebDatParser.parse(memorySource(latin1(TABLE), chunk), { windowBytes })).toEqual(expected);
      }
    }
  });
});

describe('a bad row', () => {
  it('of stars is missing, and the gap stays', () => {
    for (const bad of ['********', 'NaN', '0.26x']) {
      const record = parse(TABLE.replace('0.265195', bad));
      expect(record.completeness).toBe('unreadable');
      expect(record.pathTable!.map((row) => row.index)).toEqual([0, 1, 3]);
      expect(record.issues.map((entry) => [entry.code, entry.where.line])).toEqual([['E_UNPARSEABLE', 3]]);
    }
  });

  it('with too few columns is a matter of syntax', () => {
    const record = parse(TABLE.replace('     0.265195    -0.050000   2', ''));
    expect(record.issues.map((entry) => [entry.code, entry.where.line])).toEqual([['E_SYNTAX', 3]]);
  });

  it('with another image number than its place is refused', () => {
    const record = parse(TABLE.replace('  2     0.77', '  4     0.77'));
    expect(record.issues.map((entry) => entry.message)).toEqual(['syntax: expected image 2, found image 4']);
    expect(record.pathTable!.map((row) => row.index)).toEqual([0, 1, 3]);
  });

  it('repeated without end is told some twenty times', () => {
    expect(parse('1 2 3 4\n'.repeat(5000)).issues).toHaveLength(20);
  });

  it('nearer than the row before is a fault', () => {
    const record = parse(TABLE.replace('1.168540', '0.768540'));
    expect(record.completeness).toBe('unreadable');
    expect(record.issues.map((entry) => [entry.code, entry.where.line])).toEqual([['E_SYNTAX', 4]]);
  });
});

describe('what is no table', () => {
  it('is unreadable', () => {
    for (const text of ['', '\n\n', '# only a head\n', '\0', 'Image Distance\n']) {
      const record = parse(text);
      expect(record.completeness).toBe('unreadable');
      expect(record).not.toHaveProperty('pathTable');
    }
  });

  it('is not recognised by content', () => {
    expect(nebDatParser.matchesContent(TABLE)).toBe(true);
    expect(nebDatParser.matchesContent(fourColumns)).toBe(true);
    expect(nebDatParser.matchesContent('1 2 3 4\n2 3 4 5\n')).toBe(false);
  });
});

describe('a table cut at any byte', () => {
  it('never throws and never invents a row', () => {
    for (const text of [TABLE, fourColumns]) {
      for (let length = 0; length <= text.length; length += 1) {
        const record = parse(text.slice(0, length));
        const rows = record.pathTable ?? [];
        expect(rows, `cut at ${length}`).toEqual(ROWS.slice(0, rows.length));
      }
    }
  });
});
