/** POSCAR and CONTCAR. Expected positions are worked out by hand beside each fixture. */
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import { determinant, volume } from '../../model/lattice.ts';
import { poscarParser, withSpecies } from '../../parsers/poscar.ts';
import { expectNear } from '../near.ts';
import {
  expectFault,
  expectPositions,
  latin1,
  parse,
  rows,
  SKEWED,
  SKEWED_ANGSTROM,
  structureOf,
} from './poscar-cases.ts';

describe('a VASP 5 file', () => {
  it('gives Cartesian positions that are not wrapped into the cell', () => {
    const structure = structureOf(SKEWED);
    expect(structure.species).toEqual(['Zn', 'Zn', 'O']);
    expect(structure.latticeAngstrom[1][0]).toBe(0.4 * 1.5);
    expectPositions(structure, SKEWED_ANGSTROM);
    expect(structure).not.toHaveProperty('selectiveDynamics');
  });

  it('reads the same with DOS line ends, with tabs and without a last line end', () => {
    const dos = structureOf(SKEWED.replaceAll('\n', '\r\n'));
    const tabs = structureOf(SKEWED.replaceAll('  ', '\t'));
    const unended = structureOf(SKEWED.trimEnd());
    for (const structure of [dos, tabs, unended]) expectPositions(structure, SKEWED_ANGSTROM);
  });

  it('reads the same through any window and any chunks', () => {
    const expected = parse(SKEWED);
    for (const windowBytes of [1, 7, 64]) {
      for (const chunk of [1, 7, 4096]) {
        expect(poscarParser.parse(memorySource(latin1(SKEWED), chunk), { windowBytes })).toEqual(expected);
      }
    }
  });

  it('may have an empty comment line and bytes that are no ASCII in it', () => {
    expectPositions(structureOf(SKEWED.replace(/^.*/, '')), SKEWED_ANGSTROM);
    expectPositions(structureOf(SKEWED.replace(/^.*/, 'ZnO (10\xE710) \xFF')), SKEWED_ANGSTROM);
  });

  it('tells where cell, names and positions stand', () => {
    const { places } = parse(SKEWED);
    const textAt = (name: string) => {
      const place = places[name]!;
      return SKEWED.slice(place.byteOffset, place.byteOffset + place.byteLength);
    };
    expect(textAt('structure.species')).toBe('   Zn   O');
    expect(places['structure.species']!.line).toBe(6);
    expect(textAt('structure.cartesianAngstrom').split('\n')).toHaveLength(3);
    expect(textAt('structure')).toMatch(/^ {3}1\.5\n[\s\S]*0\.1250000000000000$/);
  });

  it('names an element in several blocks', () => {
    const structure = structureOf(rows('0 0 0\n.1 0 0\n.2 0 0\n.3 0 0\n', 'Direct', '1 2 1', 'Zn O Zn'));
    expect(structure.species).toEqual(['Zn', 'O', 'O', 'Zn']);
  });

  it('may carry POTCAR suffixes and the hashes of VASP 6', () => {
    expect(structureOf(rows('0 0 0\n.5 0 0\n', 'Direct', '1 1', 'Zn_pv O_s')).species).toEqual(['Zn', 'O']);
    expect(structureOf(rows('0 0 0\n.5 0 0\n', 'Direct', '1 1', 'Li/6c3a7fd0 Fe/0b1')).species).toEqual(['Li', 'Fe']);
    expect(structureOf(rows('0 0 0\n.5 0 0\n', 'Direct', '1 1', 'XE h.75')).species).toEqual(['Xe', 'H']);
  });

  it('may have remarks behind numbers, on the scale, the vectors, the counts and the rows', () => {
    const text =
      'title\n1.0 ! scale\n4 0 0 first\n0 5 0 # second\n0 0 6!third\nZn O # names\n1 1 ! counts 7\nDirect\n' +
      '.5 0 0 Zn1\n0 .5 0 # O 9\n';
    const structure = structureOf(text);
    expect(structure.species).toEqual(['Zn', 'O']);
    expectPositions(structure, [2, 0, 0, 0, 2.5, 0]);
  });

  it('may write numbers as Fortran does', () => {
    expectPositions(structureOf(rows('.5D+00 -.1E+01 1.\n.25-0.5 +.75\n')), [2, -5, 6, 1, -2.5, 4.5]);
    expectPositions(structureOf(rows('0.5, 0.25, 0.75\n0,0,0\n')), [2, 1.25, 4.5, 0, 0, 0]);
  });

  it('may have a left-handed cell', () => {
    const structure = structureOf('t\n1\n0 5 0\n4 0 0\n0 0 6\nZn\n1\nDirect\n.5 .25 .1\n');
    expect(determinant(structure.latticeAngstrom)).toBe(-120);
    expectPositions(structure, [1, 2.5, 0.6]);
  });

  it('is not disturbed by velocities and predictor-corrector blocks', () => {
    const structure = structureOf(`${SKEWED}\n  0.00000000E+00  0.1E+00  0.2E+00\n  garbage ****\n`);
    expectPositions(structure, SKEWED_ANGSTROM);
  });
});

describe('the scale factor', () => {
  const cell = (scale: string) => `t\n${scale}\n2 0 0\n.4 3 0\n.2 .6 5\nZn\n1\nCartesian\n1 2 3\n`;

  it('multiplies Cartesian positions too', () => {
    expectPositions(structureOf(cell('1.5')), [1.5, 3, 4.5]);
  });

  it('is minus the volume when it is negative', () => {
    const structure = structureOf(cell('-240')); // 2·3·5 = 30 Å³ → 8 times the volume, lengths ×2
    expectNear(volume(structure.latticeAngstrom), 240, 1e-9);
    expectNear(structure.latticeAngstrom[2][1], 1.2, 1e-12);
    expectPositions(structure, [2, 4, 6]);
  });

  it('of three numbers scales the x, y and z components', () => {
    const structure = structureOf(cell('1.5 2.0 0.5'));
    expect(structure.latticeAngstrom).toEqual([
      [3, 0, 0],
      [0.4 * 1.5, 6, 0],
      [0.2 * 1.5, 1.2, 2.5],
    ]);
    expectPositions(structure, [1.5, 4, 1.5]);
  });

  it('is refused when it is zero, no number, or one of three is negative', () => {
    for (const scale of ['0.0', 'one', '***', '1.0 -1.0 1.0']) {
      expectFault(parse(cell(scale)), 'E_SYNTAX', 'unreadable', 2, /scale factor/);
    }
  });
});

describe('coordinates', () => {
  it('are Cartesian when the mode begins with C or K, and direct otherwise', () => {
    for (const mode of ['Cartesian', 'cart', 'Kartesian', 'k', ' C']) {
      expectPositions(structureOf(rows('.5 0 0\n0 .5 0\n', mode)), [0.5, 0, 0, 0, 0.5, 0]);
    }
    for (const mode of ['Direct', 'direct', 'D', 'fractional', '']) {
      expectPositions(structureOf(rows('.5 0 0\n0 .5 0\n', mode)), [2, 0, 0, 0, 2.5, 0]);
    }
  });

  it('without a mode line are a fault, not one atom less', () => {
    const text = 't\n1\n4 0 0\n0 5 0\n0 0 6\nZn\n1\n0.5 0 0\n0 0.5 0\n';
    expectFault(parse(text), 'E_SYNTAX', 'unreadable', 8, /"Direct" or "Cartesian", found "0\.5 0 0"/);
  });

  it('of stars or NaN are unparseable', () => {
    for (const bad of ['0 ******** 0', '0 NaN 0', '-Infinity 0 0']) {
      const record = parse(rows(`.5 0 0\n${bad}\n`));
      expectFault(record, 'E_UNPARSEABLE', 'unreadable', 10, /expected 2 positions, found 1, then/);
    }
  });

  it('must not overflow', () => {
    const text = 't\n1e200\n1e200 0 0\n0 1e200 0\n0 0 1e200\nZn\n1\nDirect\n0 0 0\n';
    expect(parse(text).issues[0]!.code).toMatch(/^E_(?:SYNTAX|UNPARSEABLE)$/);
    expect(parse(text)).not.toHaveProperty('structure');
  });
});

describe('selective dynamics', () => {
  it('is one flag for each lattice vector, in any of Fortran’s spellings', () => {
    const text = rows('.5 0 0 T F .TRUE.\n0 .5 0 .F. .false. TOtherwise\n', 'Selective dynamics\nDirect');
    const structure = structureOf(text);
    expect([...structure.selectiveDynamics!]).toEqual([1, 0, 1, 0, 0, 1]);
    expectPositions(structure, [2, 0, 0, 0, 2.5, 0]);
  });

  it('reads flags before the element symbol', () => {
    const text = rows('.5 0 0 T T F Fe\n0 .5 0 F F T Te\n', 's\nCartesian', '1 1', 'Fe Te');
    expect([...structureOf(text).selectiveDynamics!]).toEqual([1, 1, 0, 0, 0, 1]);
  });

  it('is not read from symbols: a row without flags is a fault', () => {
    const record = parse(rows('.5 0 0 Fe\n0 .5 0 Te\n', 'Selective\nDirect', '1 1', 'Fe Te'));
    expectFault(record, 'E_SYNTAX', 'unreadable', 10, /2 positions/);
  });

  it('is not made of symbols where the file has none', () => {
    expect(structureOf(rows('.5 0 0 F\n0 .5 0 T\n', 'Direct', '1 1', 'F Ti'))).not.toHaveProperty('selectiveDynamics');
  });
});

describe('a VASP 4 file', () => {
  const unnamed = (comment: string, symbols: readonly [string, string, string] = ['', '', '']) =>
    `${comment}\n1\n4 0 0\n0 5 0\n0 0 6\n1 2\nDirect\n.5 0 0 ${symbols[0]}\n0 .5 0 ${symbols[1]}\n0 0 .5 ${symbols[2]}\n`;

  it('takes its elements from a comment line that is nothing but them', () => {
    expect(structureOf(unnamed('Li O')).species).toEqual(['Li', 'O', 'O']);
    expect(structureOf(unnamed('Li1 O2')).species).toEqual(['Li', 'O', 'O']);
  });

  it('takes its elements from the symbols behind the positions', () => {
    expect(structureOf(unnamed('my slab', ['Li', 'O2-', 'O2-'])).species).toEqual(['Li', 'O', 'O']);
  });

  it('names no element otherwise, and the POTCARs can complete it', () => {
    for (const comment of ['my slab', 'Li', 'Li O relaxed', 'Li2 O2', 'li o', 'C O']) {
      const symbols: [string, string, string] = comment === 'C O' ? ['Li', 'O', 'O'] : ['', '', ''];
      const record = parse(unnamed(comment, symbols));
      expect(record.structure).toBeUndefined();
      expect(record.issues.map((entry) => [entry.code, entry.where.line])).toEqual([['W_NO_SPECIES', 6]]);
      expect(record.unnamedStructure!.counts).toEqual([1, 2]);
      expectPositions(record.unnamedStructure!, [2, 0, 0, 0, 2.5, 0, 0, 0, 3]);
      expect(withSpecies(record.unnamedStructure!, ['Li', 'O'])!.species).toEqual(['Li', 'O', 'O']);
    }
  });

  it('takes no element from symbols that differ within a block', () => {
    expect(parse(unnamed('slab', ['Li', 'O', 'S'])).structure).toBeUndefined();
    expect(parse(unnamed('slab', ['Li', 'O', ''])).structure).toBeUndefined();
  });

  it('is not completed by another number of elements or by names that are none', () => {
    const { unnamedStructure } = parse(unnamed('slab'));
    expect(withSpecies(unnamedStructure!, ['Li'])).toBeUndefined();
    expect(withSpecies(unnamedStructure!, ['Li', 'X'])).toBeUndefined();
  });
});

describe('names that are no elements', () => {
  it('leave the structure to the POTCARs', () => {
    for (const name of ['X', 'Carbon', 'Q1']) {
      const record = parse(rows('0 0 0\n.5 0 0\n', 'Direct', '1 1', `Zn ${name}`));
      expect(record.structure).toBeUndefined();
      expect(record.unnamedStructure!.counts).toEqual([1, 1]);
      expect(record.issues.map((entry) => entry.code)).toEqual(['W_UNKNOWN_ELEMENT']);
      expect(record.issues[0]!.message).toContain(name);
    }
  });
});

describe('recognition by content', () => {
  it('knows a POSCAR of VASP 4 and 5 and not an XDATCAR or a KPOINTS', () => {
    expect(poscarParser.matchesContent(SKEWED)).toBe(true);
    expect(poscarParser.matchesContent('t\n1\n4 0 0\n0 5 0\n0 0 6\n1 2\nDirect\n')).toBe(true);
    expect(poscarParser.matchesContent(SKEWED.replace('Direct', 'Direct configuration=     1'))).toBe(false);
    expect(poscarParser.matchesContent('mesh\n0\nGamma\n4 4 1\n0 0 0\n')).toBe(false);
    expect(poscarParser.matchesContent('')).toBe(false);
  });
});
