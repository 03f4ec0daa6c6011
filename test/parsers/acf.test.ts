/** ACF.dat. Formats of Bader 1.05 (bcc Fe) and of old versions without volumes (water, the fixture of ASE); asymmetric numbers. */
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import { acfParser } from '../../parsers/acf.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const parse = (text: string) => acfParser.parse(memorySource(latin1(text)));
const codes = (text: string) => parse(text).issues.map((entry) => entry.code);

const RULE = ` ${'-'.repeat(80)}\n`;
const HEAD = '    #         X           Y           Z       CHARGE      MIN DIST   ATOMIC VOL\n';
const ROWS =
  '    1    0.000000    0.100000    0.200000    8.000303     1.161917    10.977166\n' +
  '    2    1.400000   -1.500000    1.600000    7.999697     1.261917    10.974834\n' +
  '    3    2.400000    2.500000    2.600000    0.123456     0.361917   110.974834\n';
const FOOTER =
  '    VACUUM CHARGE:               0.0123\n' +
  '    VACUUM VOLUME:              45.6000\n' +
  '    NUMBER OF ELECTRONS:        16.1358\n';
const NEW = `${HEAD}${RULE}${ROWS}${RULE}${FOOTER}`;

const OLD =
  '\n   #         X           Y           Z        CHARGE     MIN DIST\n' +
  ' ----------------------------------------------------------------\n' +
  '   1      7.0865      8.5038      9.0672      9.0852      1.3250\n' +
  '   2      7.0865      9.9461      7.9403      0.4574      0.3159\n' +
  ' ----------------------------------------------------------------\n' +
  '  NUMBER OF ELECTRONS:        9.99999\n';

describe('a table of basins', () => {
  it('gives electrons, distances, volumes and totals in the order of the atoms', () => {
    const record = parse(NEW);
    expect([record.completeness, record.issues]).toEqual(['complete', []]);
    expect(record.bader).toEqual({
      electrons: Float64Array.of(8.000303, 7.999697, 0.123456),
      minimumDistancesAngstrom: Float64Array.of(1.161917, 1.261917, 0.361917),
      volumesAngstrom3: Float64Array.of(10.977166, 10.974834, 110.974834),
      cartesianAngstrom: Float64Array.of(0, 0.1, 0.2, 1.4, -1.5, 1.6, 2.4, 2.5, 2.6),
      vacuumElectrons: 0.0123,
      vacuumVolumeAngstrom3: 45.6,
      totalElectrons: 16.1358,
    });
  });

  it('of an old version has no volumes and no vacuum', () => {
    const record = parse(OLD);
    expect([record.completeness, record.issues]).toEqual(['complete', []]);
    expect(Object.keys(record.bader!).sort()).toEqual([
      'cartesianAngstrom',
      'electrons',
      'minimumDistancesAngstrom',
      'totalElectrons',
    ]);
    expect([...record.bader!.electrons]).toEqual([9.0852, 0.4574]);
    expect(record.bader!.totalElectrons).toBe(9.99999);
  });

  it('may be headed MIN-DIST and VOLUME, and have its totals in another order', () => {
    const [charge, volume, electrons] = FOOTER.split(/(?<=\n)/);
    const text = `# X Y Z CHARGE MIN-DIST VOLUME\n${RULE}${ROWS}${RULE}${electrons}${charge}${volume}`;
    expect(parse(text).bader).toEqual(parse(NEW).bader);
  });

  it('tells where its values stand', () => {
    const { places } = parse(NEW);
    const textAt = (name: string) => NEW.slice(places[name]!.byteOffset).slice(0, places[name]!.byteLength);
    expect(textAt('bader.totalElectrons')).toBe('16.1358');
    expect(textAt('bader.electrons')).toBe(ROWS.trimEnd());
    expect(places['bader.electrons']!.line).toBe(3);
  });

  it('reads the same through any window and chunks, and with DOS line ends', () => {
    const expected = parse(NEW);
    for (const windowBytes of [1, 7, 4096]) {
      for (const chunk of [1, 7, 4096]) {
        expect(acfParser.parse(memorySource(latin1(NEW), chunk), { windowBytes })).toEqual(expected);
      }
    }
    const dos = parse(NEW.replaceAll('\n', '\r\n'));
    expect([dos.bader, dos.issues]).toEqual([expected.bader, []]);
  });

  it('is recognised by name and by content', () => {
    for (const name of ['ACF.dat', 'ACF_zno.dat', 'slab-ACF.dat']) expect(acfParser.matchesName(name), name).toBe(true);
    for (const name of ['BCF.dat', 'ACF.py', 'neb.dat']) expect(acfParser.matchesName(name), name).toBe(false);
    for (const text of [NEW, OLD]) expect(acfParser.matchesContent(text)).toBe(true);
    expect(acfParser.matchesContent('0 0.0 0.0 0.0 0\n')).toBe(false);
  });
});

describe('a damaged table', () => {
  it('with a starred or NaN field has no charges: those behind it would move up', () => {
    for (const field of ['********', 'NaN']) {
      const record = parse(NEW.replace('7.999697', field.padStart(8)));
      expect(record).not.toHaveProperty('bader');
      expect(record.completeness).toBe('unreadable');
      expect(record.issues[0]).toMatchObject({ code: 'E_UNPARSEABLE', where: { line: 4 } });
    }
  });

  it('with a missing, doubled or short row has no charges', () => {
    const [one, two, three] = ROWS.split(/(?<=\n)/);
    for (const rows of [`${one}${three}`, `${one}${one}${two}`, `${one}${two!.replace(/ +\S+\n/, '\n')}${three}`]) {
      const record = parse(`${HEAD}${RULE}${rows}${RULE}${FOOTER}`);
      expect(record).not.toHaveProperty('bader');
      expect(record.issues[0]).toMatchObject({ code: 'E_SYNTAX', where: { line: 4 } });
    }
  });

  it('splits columns that touch each other', () => {
    const record = parse(NEW.replace('1.400000   -1.500000', '1.400000-101.500000'));
    expect(record.issues).toEqual([]);
    expect(record.bader!.cartesianAngstrom[4]).toBe(-101.5);
  });

  it('with a total that is no number keeps the charges', () => {
    const record = parse(NEW.replace('16.1358', '*******'));
    expect(record.bader!.electrons).toHaveLength(3);
    expect(record.bader).not.toHaveProperty('totalElectrons');
    expect(codes(NEW.replace('16.1358', '*******'))).toEqual(['E_UNPARSEABLE']);
  });

  it('without its head is unreadable', () => {
    for (const text of ['', '\0\0', ROWS, 'ENCUT = 520\n']) {
      expect(parse(text).completeness).toBe('unreadable');
      expect(codes(text)).toEqual(['E_UNREADABLE']);
    }
  });

  it('thousands of lines long is told some twenty times', () => {
    expect(codes(`${HEAD}${RULE}${'x\n'.repeat(5000)}`).length).toBeLessThan(30);
  });
});

describe('a file cut at any byte', () => {
  it('gives whole rows only, and tells the cut', () => {
    for (const text of [NEW, OLD]) {
      const whole = parse(text).bader!;
      for (let length = 1; length < text.length - 1; length += 1) {
        const record = parse(text.slice(0, length));
        expect(record.issues.length, `cut at ${length}`).toBeGreaterThan(0);
        expect(record.completeness).not.toBe('complete');
        const { bader } = record;
        if (bader === undefined) continue;
        expect([...bader.electrons]).toEqual([...whole.electrons].slice(0, bader.electrons.length));
        for (const key of ['vacuumElectrons', 'vacuumVolumeAngstrom3', 'totalElectrons'] as const) {
          if (bader[key] !== undefined) expect(bader[key]).toBe(whole[key]);
        }
      }
    }
  });
});
