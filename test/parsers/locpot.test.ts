/** LOCPOT: averages of ramps in closed form, blocks by spin, damage and cuts. */
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import { locpotParser } from '../../parsers/locpot.ts';
import { expectNear } from '../near.ts';
import { codesOf, e17, GRID, HEAD, latin1, lines, locpot, MOMENTS, namesOf, OLD_HEAD, ramp } from './grid-cases.ts';

const ONE = `${HEAD}${GRID}${lines(ramp(-7))}`;
const TWO = `${ONE}${MOMENTS}${GRID}${lines(ramp(3))}`;

/** Means of 0, 10, 20; 0 … 300; 0 … 4000 are 10, 150, 2000. */
function expectRamp(component: NonNullable<ReturnType<typeof locpot>['grid']>['components'][number], a: number): void {
  const [x, y, z] = component.planarAverages;
  expect([x.length, y.length, z.length]).toEqual([3, 4, 5]);
  for (const [at, value] of x.entries()) expectNear(value, a + 10 * at + 150 + 2000, 1e-9);
  for (const [at, value] of y.entries()) expectNear(value, a + 10 + 100 * at + 2000, 1e-9);
  for (const [at, value] of z.entries()) expectNear(value, a + 10 + 150 + 1000 * at, 1e-9);
  expectNear(component.average, a + 2160, 1e-9);
  expect([component.minimum, component.maximum]).toEqual([a, a + 4320]);
  expect(component).not.toHaveProperty('integral');
}

describe('a potential', () => {
  it('is averaged over the planes of each axis, in eV as printed', () => {
    const record = locpot(ONE);
    expect([record.completeness, record.issues]).toEqual(['complete', []]);
    expect([record.grid!.quantity, record.grid!.points]).toEqual(['potential', [3, 4, 5]]);
    expect(namesOf(record)).toEqual(['total']);
    expectRamp(record.grid!.components[0]!, -7);
    expect(record.structure!.species).toEqual(['Zn', 'O']);
    expect(record.structure!.latticeAngstrom).toEqual([
      [2, 0, 0],
      [1, 3, 0],
      [0, 0.5, 4],
    ]);
  });

  it('of a spin-polarised run is one of spin up and one of spin down', () => {
    for (const text of [TWO, TWO.replace(MOMENTS, '')]) {
      const record = locpot(text);
      expect([record.completeness, record.issues]).toEqual(['complete', []]);
      expect(namesOf(record)).toEqual(['spin-up', 'spin-down']);
      expectRamp(record.grid!.components[0]!, -7);
      expectRamp(record.grid!.components[1]!, 3);
    }
  });

  it('of a non-collinear run is a scalar and a field', () => {
    const record = locpot(`${ONE}${[1, 2, 3].map((a) => GRID + lines(ramp(a))).join('')}`);
    expect(namesOf(record)).toEqual(['total', 'field-x', 'field-y', 'field-z']);
    record.grid!.components.forEach((component, at) => {
      expectRamp(component, [-7, 1, 2, 3][at]!);
    });
  });

  it('is read from VASP 4, whose elements are in the comment or nowhere', () => {
    const record = locpot(`${OLD_HEAD}${GRID}${lines(ramp(-7))}`);
    expect(record.structure!.species).toEqual(['Zn', 'O']);
    expectRamp(record.grid!.components[0]!, -7);
    const unnamed = locpot(`${OLD_HEAD.replace('Zn O', 'unknown system')}${GRID}${lines(ramp(-7))}`);
    expect(unnamed.unnamedStructure!.counts).toEqual([1, 1]);
    expect(codesOf(unnamed)).toEqual(['W_NO_SPECIES']);
    expectRamp(unnamed.grid!.components[0]!, -7);
  });

  it('may be written in any columns', () => {
    const values = ramp(-7);
    for (const text of [
      lines(values, 10),
      lines(values, 1),
      lines(values, 60),
      lines(values, 3),
      lines(values, 5, (value) => value.toFixed(3)),
      lines(values, 5, (value) => value.toExponential(14).padStart(21)),
      lines(values, 5, (value) => `${value.toExponential(10).toUpperCase().padStart(17)}  `),
      lines(values, 5, (value) => `${e17(value).replace('E', 'D')}\t`),
      lines(values).replaceAll('\n', ' \r\n'),
      lines(values).trimEnd(),
      `${lines(values).trimEnd()}  `,
    ]) {
      const record = locpot(`${HEAD}${GRID}${text}`);
      expect([record.completeness, codesOf(record)]).toEqual([
        'complete',
        text.endsWith('\n') ? [] : ['I_UNTERMINATED'],
      ]);
      expectRamp(record.grid!.components[0]!, -7);
    }
  });

  it('has glued columns where a minus sign fills the blank, and exponents of three digits', () => {
    const values = ramp(-7).map((value) => (value > 4000 ? -1e-120 : value));
    const glued = lines(values).replaceAll(' -', '-').replaceAll('E-119', '-119');
    const record = locpot(`${HEAD}${GRID}${glued}`);
    expect([record.completeness, record.issues]).toEqual(['complete', []]);
    expect(record.grid!.components[0]!.minimum).toBe(-7);
    expectNear(record.grid!.components[0]!.maximum, 3993, 30);
  });

  it('tells where its blocks stand', () => {
    const { places } = locpot(TWO);
    const textAt = (name: string) => TWO.slice(places[name]!.byteOffset).slice(0, places[name]!.byteLength);
    expect(textAt('grid.points')).toBe('    3    4    5');
    expect(textAt('grid.components.0')).toBe(lines(ramp(-7)).trimEnd());
    expect(textAt('grid.components.1')).toBe(lines(ramp(3)).trimEnd());
  });

  it('is the same through any window and chunks, and with DOS line ends', () => {
    const expected = locpot(TWO);
    for (const windowBytes of [1, 7, 4096]) {
      for (const chunk of [1, 7, 4096]) {
        expect(locpotParser.parse(memorySource(latin1(TWO), chunk), { windowBytes })).toEqual(expected);
      }
    }
    const dos = locpot(TWO.replaceAll('\n', '\r\n'));
    expect([dos.grid, dos.issues]).toEqual([expected.grid, []]);
  });

  it('is known by its name only', () => {
    for (const name of ['LOCPOT', 'LOCPOT.test', 'ZnO_LOCPOT', 'LOCPOT.vasp']) {
      expect(locpotParser.matchesName(name), name).toBe(true);
    }
    for (const name of ['CHGCAR', 'LOCPOT.png', 'LOCPOTS']) expect(locpotParser.matchesName(name), name).toBe(false);
    expect(locpotParser.matchesContent(ONE)).toBe(false);
  });
});

describe('a potential with damage', () => {
  it('in a field leaves its block out and tells the place; the other block stays', () => {
    for (const field of ['*****************', '              NaN', '0.x1000000000E+01']) {
      const at = TWO.lastIndexOf(e17(3213));
      const text = TWO.slice(0, at) + field + TWO.slice(at + 17);
      const record = locpot(text);
      expect(namesOf(record)).toEqual(['spin-up']);
      expectRamp(record.grid!.components[0]!, -7);
      expect(codesOf(record)).toEqual(['E_UNPARSEABLE']);
      expect(record.issues[0]!.where.byteOffset).toBe(at + field.length - field.trimStart().length);
      expect(record.issues[0]!.where.block).toBe('block 2');
      expect(record.completeness).toBe('complete');
    }
  });

  it('in its only block has its structure and no grid', () => {
    const record = locpot(ONE.replace(e17(-7), '*'.repeat(17)));
    expect(record.structure!.species).toHaveLength(2);
    expect(record).not.toHaveProperty('grid');
  });

  it('by a lost or doubled field is never averaged', () => {
    const field = ` ${e17(1113)}`;
    const lost = TWO.replace(field, '');
    const doubled = TWO.replace(field, field + field);
    const lostOfOne = ONE.replace(` ${e17(1113)}`, '').replace(` ${e17(1103)}`, '');
    for (const text of [lost, doubled, lostOfOne]) {
      const record = locpot(text);
      expect(namesOf(record)).not.toContain('spin-up');
      expect(namesOf(record)).not.toContain('total');
      expect(codesOf(record).some((code) => code === 'E_SYNTAX' || code === 'E_TRUNCATED')).toBe(true);
    }
  });

  it('by a line with too few fields and one with too many is told', () => {
    const text = ONE.replace(` ${e17(13)}`, '').replace(` ${e17(113)}`, ` ${e17(13)} ${e17(113)}`);
    expect(codesOf(locpot(text))).toEqual(['W_UNEVEN_LINES']);
  });

  it('by a field that lost or gained digits is told: its value is another', () => {
    for (const [from, to] of [
      ['0.12130000000E+04', '0.1230000000E+04'],
      ['0.12130000000E+04', '0.121300000000E+04'],
      [`${e17(4303)} ${e17(4313)}`, `${e17(4303)} 0.431000E+04`],
    ] as const) {
      expect(ONE).toContain(from);
      expect(codesOf(locpot(ONE.replace(from, to)))).toEqual(['W_UNEVEN_LINES']);
    }
  });

  it('in its grid line is never averaged over another grid', () => {
    for (const grid of [
      '    3    4    6',
      '    3    4    4',
      '    3    3    5',
      '    2    4    5',
      '    3    4   x5',
    ]) {
      const record = locpot(ONE.replace('    3    4    5', grid));
      expect(namesOf(record), grid).toEqual([]);
      expect(record.issues.length, grid).toBeGreaterThan(0);
    }
    const second = locpot(TWO.replace(`${MOMENTS}${GRID}`, `${MOMENTS}    3    4    7\n`));
    expect(namesOf(second)).toEqual(['spin-up']);
    expect(codesOf(second)).toEqual(['E_SYNTAX']);
  });

  it('by a count of points that no file can hold takes no memory', () => {
    for (const grid of ['999999999 1 1', '999999999 999999999 999999999', '60000 60000 60000', '0 4 5', '-3 4 5']) {
      const record = locpot(ONE.replace('    3    4    5', grid));
      expect(record).not.toHaveProperty('grid');
      expect(codesOf(record).length).toBe(1);
    }
  });

  it('by an endless word or line ends', () => {
    const text = `${HEAD}${GRID}${'1'.repeat(300_000)}`;
    expect(locpot(text)).not.toHaveProperty('grid');
    expect(locpot(`${HEAD}${GRID}${' '.repeat(300_000)}`)).not.toHaveProperty('grid');
    expect(locpot(`${HEAD}${' '.repeat(300_000)}3 4 5${' '.repeat(300_000)}\n${lines(ramp(1))}`).grid).toBeUndefined();
  });

  it('that is none at all is unreadable', () => {
    for (const text of ['', '\0\0\0', 'ENCUT = 520\n', HEAD.replace('2.000000', '*********')]) {
      expect(['unreadable', 'truncated']).toContain(locpot(text).completeness);
      expect(locpot(text)).not.toHaveProperty('grid');
    }
  });
});

describe('a potential cut at any byte', () => {
  it('gives whole blocks only, and tells the cut', () => {
    const whole = locpot(TWO);
    const endOfFirst = ONE.length - 1;
    for (let length = 1; length < TWO.length - 1; length += 1) {
      const record = locpot(TWO.slice(0, length));
      const [first, ...others] = record.grid?.components ?? [];
      expect(others, `cut at ${length}`).toEqual([]);
      // A file that ends just behind the first block cannot be told from one of a run without spin.
      if (length >= endOfFirst && TWO.slice(endOfFirst, length).trim() === '') expect(first!.name).toBe('total');
      else expect(record.completeness, `cut at ${length}`).not.toBe('complete');
      if (length < endOfFirst) expect(first, `cut at ${length}`).toBeUndefined();
      else expect({ ...first!, name: 'spin-up' }, `cut at ${length}`).toEqual(whole.grid!.components[0]);
    }
  });

  it('behind a file of fixed points loses the last value only when it lost digits', () => {
    const text = `${HEAD}${GRID}${lines(ramp(-7), 5, (value) => value.toFixed(4))}`;
    expect(codesOf(locpot(text.trimEnd()))).toEqual(['I_UNTERMINATED']);
    for (const cut of [2, 3, 4, 5]) expect(codesOf(locpot(text.slice(0, -cut)))).toEqual(['E_TRUNCATED']);
  });
});
