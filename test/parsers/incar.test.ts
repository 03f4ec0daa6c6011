/** INCAR. Types and precedence as the VASP manual states them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import { incarParser } from '../../parsers/incar.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const parse = (text: string) => incarParser.parse(memorySource(latin1(text)));

function settings(text: string): object {
  const record = parse(text);
  // The texts below end as short as they may.
  expect(record.issues.filter(({ code }) => code !== 'I_UNTERMINATED')).toEqual([]);
  expect(record.completeness).toBe('complete');
  return record.settings!;
}

const USUAL = `SYSTEM = 3x3 ZnO # a slab
Start parameters of this run
  ENCUT  =    520 eV
  prec=Accurate ; LREAL = Auto;ISPIN = 2
! LWAVE = .TRUE.
  LWAVE = .FALSE.   do not write
  EDIFF = 1.D-5
  MAGMOM = 8*5.0 -2*0.6 \\
           3 .5
  LDAUU = 4.0 0
`;

describe('an INCAR', () => {
  it('has numbers, logicals, names and lists, each as its tag demands', () => {
    const text = USUAL.replace('-2*0.6', '2*-0.6');
    expect(settings(text)).toEqual({
      SYSTEM: '3x3 ZnO',
      ENCUT: 520,
      PREC: 'Accurate',
      LREAL: 'Auto',
      ISPIN: 2,
      LWAVE: false,
      EDIFF: 1e-5,
      MAGMOM: [5, 5, 5, 5, 5, 5, 5, 5, -0.6, -0.6, 3, 0.5],
      LDAUU: [4, 0],
    });
  });

  it('reads the same with DOS line ends and through any window and chunks', () => {
    const text = USUAL.replace('-2*0.6', '2*-0.6');
    expect(settings(text.replaceAll('\n', '\r\n'))).toEqual(settings(text));
    for (const windowBytes of [1, 7, 64]) {
      for (const chunk of [1, 7, 4096]) {
        expect(incarParser.parse(memorySource(latin1(text), chunk), { windowBytes })).toEqual(parse(text));
      }
    }
  });

  it('often ends without a line end', () => {
    expect(settings('NSW = 0\nENCUT = 520')).toEqual({ NSW: 0, ENCUT: 520 });
    expect(parse('NSW = 0\nENCUT = 520').issues.map(({ code }) => code)).toEqual(['I_UNTERMINATED']);
    expect(parse('NSW = 0\nENCUT = 520\n').issues).toEqual([]);
  });

  it('tells where its values stand', () => {
    const text = 'title\nNSW = 3; ENCUT =  520 eV # cut\nMAGMOM = 1 2 \\\n 3\nLOCPROJ = "1 : s\n2"\n';
    const { places } = parse(text);
    const at = (name: string) => text.slice(places[name]!.byteOffset).slice(0, places[name]!.byteLength);
    expect(at('settings.NSW')).toBe('3');
    expect(at('settings.ENCUT')).toBe('520');
    expect(at('settings.MAGMOM')).toBe('1 2 \\\n 3');
    expect(at('settings.LOCPROJ')).toBe('"1 : s\n2"');
    expect(['NSW', 'ENCUT', 'MAGMOM', 'LOCPROJ'].map((tag) => places[`settings.${tag}`]!.line)).toEqual([2, 2, 3, 5]);
  });
});

describe('the type of a value', () => {
  it('belongs to the tag', () => {
    expect(settings('SYSTEM = 17\nGGA = 91\nALGO = 48\nMETAGGA = F\nPREC = T')).toEqual({
      SYSTEM: '17',
      GGA: '91',
      ALGO: '48',
      METAGGA: 'F',
      PREC: 'T',
    });
    expect(settings('MAGMOM = 0.6\nDIPOL = .5 .5 .25\nROPT = 2e-4 2e-4')).toEqual({
      MAGMOM: [0.6],
      DIPOL: [0.5, 0.5, 0.25],
      ROPT: [2e-4, 2e-4],
    });
  });

  it('of LREAL is a logical or a name', () => {
    expect(['.TRUE.', 'F', '.false.', 'T'].map((text) => parse(`LREAL = ${text}\n`).settings)).toEqual(
      [true, false, false, true].map((LREAL) => ({ LREAL })),
    );
    for (const name of ['Auto', 'A', 'On', 'O', 'AUTO']) expect(settings(`LREAL = ${name}\n`)).toEqual({ LREAL: name });
  });

  it('of a logical is told by its first letter', () => {
    expect(settings('LWAVE = True\nLCHARG = .F.\nLDAU = .true. yes\nLASPH = false')).toEqual({
      LWAVE: true,
      LCHARG: false,
      LDAU: true,
      LASPH: false,
    });
  });

  it('is guessed for unknown tags', () => {
    const text =
      'FOO = 3\nBAR = 1 2 3\nBAZ = .TRUE.\nQUX = Yes please\nQUUX = T\nCORGE = 2*1\nGRAULT = 1-3\nDATE = 10 May';
    expect(settings(text)).toEqual({
      FOO: 3,
      BAR: [1, 2, 3],
      BAZ: true,
      QUX: 'Yes please',
      QUUX: true,
      CORGE: [1, 1],
      GRAULT: '1-3',
      DATE: 10,
    });
  });

  it('leaves units and remarks aside', () => {
    expect(settings('ENCUT = 520 eV\nSIGMA = 0.05 -> small\nNSW = 99, many\nLDAUU = 4.0 0 (eV)\nISMEAR = -5.')).toEqual(
      {
        ENCUT: 520,
        SIGMA: 0.05,
        NSW: 99,
        LDAUU: [4, 0],
        ISMEAR: -5,
      },
    );
  });

  it('of a text keeps what people wrote, also beyond ASCII', () => {
    const record = incarParser.parse(memorySource(Buffer.from('SYSTEM = Zn–O (10Ī0)\nNSW = 1\n', 'utf8')));
    expect(record.settings!.SYSTEM).toBe('Zn–O (10Ī0)');
  });
});

describe('a tag given twice', () => {
  it('has its first value', () => {
    const record = parse('ENCUT = 400\nNSW = 1\nencut = 520\n');
    expect(record.settings).toEqual({ ENCUT: 400, NSW: 1 });
    expect(record.issues.map((entry) => [entry.code, entry.where.line])).toEqual([['W_DUPLICATE_TAG', 3]]);
    expect(record.issues[0]!.message).toBe('ENCUT is given twice: "400" is used, "520" is not');
  });

  it('keeps the first also when that one is no value', () => {
    const record = parse('ENCUT = ****\nENCUT = 520\n');
    expect(record.settings).toEqual({});
    expect(record.issues.map((entry) => entry.code)).toEqual(['E_UNPARSEABLE', 'W_DUPLICATE_TAG']);
  });
});

describe('VASP 6 syntax', () => {
  it('lets quotes hold lines, comments and statements', () => {
    const text = 'NSW = 1\nWANNIER90_WIN = "\nnum_wann = 8 ! eight\n# x ; y = 3\n"\nMAGMOM = "1 2\n 3"; ISPIN = 2\n';
    expect(settings(text)).toEqual({
      NSW: 1,
      WANNIER90_WIN: '\nnum_wann = 8 ! eight\n# x ; y = 3\n',
      MAGMOM: [1, 2, 3],
      ISPIN: 2,
    });
  });

  it('groups tags in braces', () => {
    const text =
      'KERNEL { X = 1 ; Y = a b }\nplugins {\n  structure = T # yes\n  DEEP { Z = .5 }\n}\nNSW = 2\nA/B = 7\n';
    expect(settings(text)).toEqual({
      'KERNEL/X': 1,
      'KERNEL/Y': 'a b',
      'PLUGINS/STRUCTURE': true,
      'PLUGINS/DEEP/Z': 0.5,
      NSW: 2,
      'A/B': 7,
    });
  });
});

describe('text that is no statement', () => {
  it('is ignored', () => {
    const text = 'Al 32 atom test\n#\nthis = that is = no tag\nthe cut is = 5\n= 3\n}\n{ }\nNSW = 191\n12 = 3\n';
    expect(settings(text)).toEqual({ THIS: 'that is = no tag', NSW: 191 });
  });

  it('alone makes no INCAR', () => {
    for (const text of ['', 'nothing here\n', '# only\n! comments', '\0\x01']) {
      const record = parse(text);
      expect(record.completeness).toBe('unreadable');
      expect(record.issues.map((entry) => entry.code)).toEqual(['E_UNREADABLE']);
      expect(record).not.toHaveProperty('settings');
    }
  });
});

describe('a bad value', () => {
  it('is absent and named, and the rest is kept', () => {
    const record = parse('ENCUT = high\nISPIN = ***\nLWAVE = 3\nMAGMOM = 1-3 2\nNSW = 3\n');
    expect(record.settings).toEqual({ NSW: 3 });
    expect(record.issues.map((entry) => [entry.code, entry.where.line])).toEqual([
      ['E_UNPARSEABLE', 1],
      ['E_UNPARSEABLE', 2],
      ['E_UNPARSEABLE', 3],
      ['E_UNPARSEABLE', 4],
    ]);
  });

  it('may be none at all', () => {
    const record = parse('ENCUT =\nSYSTEM =\nNSW = # later\nISPIN = 2\n');
    expect(record.settings).toEqual({ ISPIN: 2 });
    expect(record.issues.map((entry) => [entry.code, entry.where.line])).toEqual([
      ['E_SYNTAX', 1],
      ['E_SYNTAX', 3],
    ]);
  });

  it('does not ask for memory', () => {
    expect(parse('MAGMOM = 999999999*0.6\nNSW = 1\n').issues.map((entry) => entry.code)).toEqual(['E_UNPARSEABLE']);
    expect(parse(`MAGMOM = ${'1000000*0 '.repeat(50)}\n`).settings).toEqual({});
  });
});

describe('a torn file', () => {
  it('is told by a statement without its end', () => {
    for (const text of ['NSW = 1\nENCUT =', 'NSW = 1\nENCUT = ', 'NSW = 1\nX = "abc', 'NSW = 1\nMAGMOM = 1 \\\n']) {
      const record = parse(text);
      expect(record.completeness, text).toBe('truncated');
      expect(record.settings).toEqual({ NSW: 1 });
      expect(record.issues.map((entry) => [entry.code, entry.where.line])).toEqual([['E_TRUNCATED', 2]]);
    }
    const open = parse('NSW = 1\nKERNEL { X = 2\n');
    expect([open.completeness, open.settings]).toEqual(['truncated', { NSW: 1, 'KERNEL/X': 2 }]);
  });

  it('cut at any byte never throws; every value before the line of the cut is the whole file’s', () => {
    const text = `${USUAL.replace('-2*0.6', '2*-0.6')}X = "a\nb = 1"\nG { Y = 3 }\n`;
    const whole = parse(text).settings!;
    for (let length = 0; length < text.length; length += 1) {
      const record = parse(text.slice(0, length));
      const cutLine = text.slice(0, length).split('\n').length;
      for (const [tag, value] of Object.entries(record.settings ?? {})) {
        const place = record.places[`settings.${tag}`]!;
        const behind = place.byteOffset + place.byteLength;
        if (text.slice(0, behind).split('\n').length < cutLine) expect(value, `cut at ${length}`).toEqual(whole[tag]);
      }
    }
  });
});

describe('any bytes at all', () => {
  it('are read without a throw', () => {
    const letters = fc.constantFrom(
      'A',
      'MAGMOM',
      ' ',
      '=',
      '\n',
      ';',
      '"',
      '{',
      '}',
      '#',
      '!',
      '\\',
      '1',
      '*',
      '.',
      'T',
      '-',
    );
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 60 }), (parts) => {
        const record = parse(parts.join(''));
        for (const value of Object.values(record.settings ?? {})) {
          for (const entry of [value].flat()) expect(entry).not.toBeNaN();
        }
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void incarParser.parse(memorySource(bytes))));
  });
});

describe('recognition by content', () => {
  it('needs two familiar tags', () => {
    expect(incarParser.matchesContent(USUAL)).toBe(true);
    expect(incarParser.matchesContent('ENCUT = 520\nanything\n')).toBe(false);
    expect(incarParser.matchesContent('mesh\n0\nGamma\n4 4 1\n')).toBe(false);
  });
});
