/** KPOINTS. The fixtures follow the layouts of the VASP manual with other numbers. */
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import type { FileRecord } from '../../model/calculation.ts';
import { kpointsParser } from '../../parsers/kpoints.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const parse = (text: string) => kpointsParser.parse(memorySource(latin1(text)));

function expectGood(record: FileRecord, kpoints: object): void {
  expect(record.issues).toEqual([]);
  expect(record.completeness).toBe('complete');
  expect(record.kpoints).toEqual(kpoints);
}

function expectFault(text: string, code: string, completeness: string, line: number): void {
  const record = parse(text);
  expect(record.completeness, text).toBe(completeness);
  expect(record.kpoints).toBeUndefined();
  expect(record.issues.map((entry) => [entry.code, entry.where.line])).toEqual([[code, line]]);
}

const MESH = 'slab\n0\nGamma\n5 4 1\n0.5 0. .25\n';

describe('a mesh', () => {
  it('is centred on Gamma or placed after Monkhorst and Pack, by its first letter', () => {
    expectGood(parse('slab\n0\nGamma\n5 4 1\n'), { scheme: 'gamma', mesh: [5, 4, 1] });
    expectGood(parse('slab\n 0\n gamma-centred\n5 4 1\n'), { scheme: 'gamma', mesh: [5, 4, 1] });
    for (const name of ['Monkhorst-Pack', 'm', 'MP']) {
      expectGood(parse(`\n0\n${name}\n5 4 1\n`), { scheme: 'monkhorst-pack', mesh: [5, 4, 1] });
    }
  });

  it('may be shifted', () => {
    expectGood(parse(MESH), { scheme: 'gamma', mesh: [5, 4, 1], shift: [0.5, 0, 0.25] });
    expectGood(parse(MESH.replaceAll('\n', '\r\n')), { scheme: 'gamma', mesh: [5, 4, 1], shift: [0.5, 0, 0.25] });
  });

  it('may have remarks', () => {
    const text = 'x\n0 ! automatic\nG # centred\n\t5\t4 1 subdivisions\nno shift\n';
    expectGood(parse(text), { scheme: 'gamma', mesh: [5, 4, 1] });
  });

  it('has whole, positive subdivisions', () => {
    for (const mesh of ['5 4', '5 4 0', '5 -4 1', '5 4.5 1', 'a b c', '** 1 1', '']) {
      expectFault(`x\n0\nG\n${mesh}\n`, 'E_SYNTAX', 'unreadable', 4);
    }
  });

  it('stands at the whole file', () => {
    expect(parse(MESH).places.kpoints).toEqual({ byteOffset: 0, byteLength: MESH.length - 1, line: 1 });
  });

  it('reads the same through any window and chunks', () => {
    for (const windowBytes of [1, 7, 64]) {
      for (const chunk of [1, 7, 4096]) {
        expect(kpointsParser.parse(memorySource(latin1(MESH), chunk), { windowBytes })).toEqual(parse(MESH));
      }
    }
  });
});

describe('the fully automatic scheme', () => {
  it('is a length', () => {
    expectGood(parse('auto\n0\nAuto\n 32\n'), { scheme: 'automatic', automaticLengthAngstrom: 32 });
    expectFault('auto\n0\nAuto\n-3\n', 'E_SYNTAX', 'unreadable', 4);
  });
});

describe('listed points', () => {
  const list = (mode: string) =>
    `list\n3\n${mode}\n0 0 0 1.\n0.25 -0.5 0 2.5\n.5 .5 .125 4\nTetrahedra\n1 0.1\n1 1 2 3 3\n`;

  it('are fractional with weights when reciprocal', () => {
    for (const mode of ['Reciprocal', 'r', 'Fractional', '']) {
      expectGood(parse(list(mode)), {
        scheme: 'explicit',
        fractional: [
          [0, 0, 0],
          [0.25, -0.5, 0],
          [0.5, 0.5, 0.125],
        ],
        weights: [1, 2.5, 4],
      });
    }
  });

  it('are not passed off as fractional when Cartesian', () => {
    const record = parse(list('Cartesian'));
    expect(record.kpoints).toEqual({ scheme: 'explicit', weights: [1, 2.5, 4] });
    expect(record.issues.map((entry) => [entry.code, entry.where.line])).toEqual([['W_NOT_STORED', 3]]);
  });

  it('must be as many as the second line says, each with a weight', () => {
    expectFault('list\n3\nRec\n0 0 0 1\n', 'E_TRUNCATED', 'truncated', 4);
    expectFault('list\n3\nRec\n0 0 0 1\n0 0 .5\n0 .5 0 1\n', 'E_SYNTAX', 'unreadable', 5);
    expectFault('list\n999999999999\nRec\n0 0 0 1\n', 'E_SYNTAX', 'unreadable', 2);
    expectFault('list\n5000000\nRec\n0 0 0 1\n', 'E_TRUNCATED', 'truncated', 4);
  });

  it('are torn when the last weight is shorter than all others', () => {
    expectFault('list\n2\nRec\n0 0 0 0.1250\n0 0 .5 0.87', 'E_TRUNCATED', 'truncated', 5);
  });
});

describe('points of a band structure', () => {
  it('are no sampling', () => {
    const record = parse('path\n40\nLine-mode\nreciprocal\n0 0 0 ! G\n.5 .5 0 ! M\n\n.5 .5 0\n0 0 0\n');
    expect(record.kpoints).toEqual({ scheme: 'line' });
    expect(record.issues.map((entry) => entry.code)).toEqual(['W_NOT_STORED']);
    expectFault('path\n40\nLine\nrec\n0 0 0\n', 'E_TRUNCATED', 'truncated', 5);
  });
});

describe('a mesh by generating vectors', () => {
  it('is recognised and not stored', () => {
    const record = parse('gen\n0\nCartesian\n0.25 0 0\n0 0.25 0\n0 0 .2\n0.5 0.5 0\n');
    expect(record.kpoints).toEqual({ scheme: 'automatic', shift: [0.5, 0.5, 0] });
    expect(record.issues.map((entry) => entry.code)).toEqual(['W_NOT_STORED']);
    expectFault('gen\n0\nReciprocal\n4 4 4\nx\n', 'E_SYNTAX', 'unreadable', 5);
  });
});

describe('a damaged file', () => {
  it('that is empty or binary is unreadable', () => {
    expectFault('', 'E_UNREADABLE', 'unreadable', 1);
    expectFault('a\n0\nG\n\0', 'E_UNREADABLE', 'unreadable', 1);
  });

  it('without a number of points is refused', () => {
    for (const count of ['Gamma', '', '1.5', '***'])
      expectFault(`x\n${count}\nGamma\n4 4 4\n`, 'E_SYNTAX', 'unreadable', 2);
  });

  it('cut at any byte never throws, and its mesh is the whole one or one with fewer digits at the cut', () => {
    for (let length = 0; length < MESH.length; length += 1) {
      const record = parse(MESH.slice(0, length));
      if (record.kpoints === undefined) expect(record.issues[0]!.where.line).toBeGreaterThan(0);
      else expect(record.kpoints.mesh).toEqual([5, 4, 1]);
    }
  });
});

describe('recognition', () => {
  it('by name leaves the points of band structures alone', () => {
    expect(kpointsParser.matchesName('KPOINTS.relax1')).toBe(true);
    expect(kpointsParser.matchesName('KPOINTS_OPT')).toBe(false);
  });

  it('by content needs a count and a kind of sampling', () => {
    for (const text of [MESH, 'x\n0\nm\n2 2 2\n', 'x\n12 ! points\nReciprocal\n']) {
      expect(kpointsParser.matchesContent(text)).toBe(true);
    }
    for (const text of ['', 'a\n1\n4 0 0\n', 'a\n0\nwhatever\n', 'ENCUT = 5\nNSW = 1\nISIF = 2\n']) {
      expect(kpointsParser.matchesContent(text)).toBe(false);
    }
  });
});
