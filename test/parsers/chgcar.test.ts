/** CHGCAR and CHG: ρ·V becomes ρ, augmentation is skipped, spins are named, frames are told apart. */
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import { chgcarParser } from '../../parsers/chgcar.ts';
import { expectNear } from '../near.ts';
import {
  AUGMENTATION,
  chgcar,
  codesOf,
  e17,
  GRID,
  HEAD,
  IMAGINARY,
  latin1,
  lines,
  MOMENTS,
  namesOf,
  ramp,
  VOLUME,
} from './grid-cases.ts';

const block = (a: number) => `${GRID}${lines(ramp(a))}`;
const ONE = `${HEAD}${block(5)}${AUGMENTATION}`;
const SPIN = `${ONE}${MOMENTS}${block(-4000)}${AUGMENTATION}`;
const VECTOR = `${HEAD}${[5, 1, 2, 3].map((a) => `${block(a)}${AUGMENTATION}${IMAGINARY}`).join(MOMENTS)}`;

describe('a charge density', () => {
  it('is the number in the file divided by the volume, and its mean the electrons', () => {
    const record = chgcar(ONE);
    expect([record.completeness, record.issues]).toEqual(['complete', []]);
    const [total] = record.grid!.components;
    expect([record.grid!.quantity, total!.name]).toEqual(['charge', 'total']);
    // Mean of the ramp: 5 + 10 + 150 + 2000.
    expectNear(total!.integral, 2165, 1e-9);
    expectNear(total!.average, 2165 / VOLUME, 1e-9);
    expectNear(total!.minimum, 5 / VOLUME, 1e-12);
    expectNear(total!.maximum, 4325 / VOLUME, 1e-12);
    expectNear(total!.planarAverages[0][2], (5 + 20 + 150 + 2000) / VOLUME, 1e-9);
    expectNear(total!.planarAverages[1][3], (5 + 10 + 300 + 2000) / VOLUME, 1e-9);
    expectNear(total!.planarAverages[2][4], (5 + 10 + 150 + 4000) / VOLUME, 1e-9);
  });

  it('of a spin-polarised run has a magnetisation, with or without moments before its grid', () => {
    for (const text of [SPIN, SPIN.replace(MOMENTS, ''), SPIN.replaceAll(AUGMENTATION, '')]) {
      const record = chgcar(text);
      expect([record.completeness, record.issues]).toEqual(['complete', []]);
      expect(namesOf(record)).toEqual(['total', 'magnetisation']);
      expectNear(record.grid!.components[1]!.integral, -4000 + 2160, 1e-9);
    }
  });

  it('of a non-collinear run has three magnetisations and imaginary occupancies', () => {
    const record = chgcar(VECTOR);
    expect([record.completeness, record.issues]).toEqual(['complete', []]);
    expect(namesOf(record)).toEqual(['total', 'magnetisation-x', 'magnetisation-y', 'magnetisation-z']);
    expect(record.grid!.components.map(({ integral }) => Math.round(integral!))).toEqual([2165, 2161, 2162, 2163]);
  });

  it('of a left-handed cell has a positive volume', () => {
    const [, scale, a, b, ...rest] = ONE.split('\n');
    const record = chgcar(['Zn', scale, b, a, ...rest].join('\n'));
    expectNear(record.grid!.components[0]!.average, 2165 / VOLUME, 1e-9);
  });

  it('is the same through any window and chunks, and with DOS line ends', () => {
    for (const text of [SPIN, VECTOR]) {
      const expected = chgcar(text);
      for (const windowBytes of [1, 7, 4096]) {
        for (const chunk of [1, 7, 4096]) {
          expect(chgcarParser.parse(memorySource(latin1(text), chunk), { windowBytes })).toEqual(expected);
        }
      }
      const dos = chgcar(text.replaceAll('\n', '\r\n'));
      expect([dos.grid, dos.issues]).toEqual([expected.grid, []]);
    }
  });

  it('stands in files of several names', () => {
    for (const name of [
      'CHGCAR',
      'CHG',
      'AECCAR0',
      'AECCAR2',
      'PARCHG',
      'PARCHG.0012.ALLK',
      'CHGCAR_sum',
      'CHG.vasp',
    ]) {
      expect(chgcarParser.matchesName(name), name).toBe(true);
    }
    for (const name of ['LOCPOT', 'CHGCAR.py', 'CHGCARS', 'CHANGES', 'ELFCAR', 'TAUCAR']) {
      expect(chgcarParser.matchesName(name), name).toBe(false);
    }
  });
});

describe('augmentation occupancies', () => {
  it('that hold stars or NaN do not touch the density', () => {
    for (const [from, to] of [
      ['0.2601868E-21', '*************'],
      ['-0.3207091E-12', '           NaN'],
    ] as const) {
      const record = chgcar(SPIN.replace(from, to));
      expect([namesOf(record), record.issues]).toEqual([['total', 'magnetisation'], []]);
      expectNear(record.grid!.components[0]!.integral, 2165, 1e-9);
    }
  });

  it('of atom 1000 touch its number, those of atom 10000 have stars for it', () => {
    for (const number of ['1000', '****']) {
      const text = ONE.replace('occupancies   2', `occupancies${number}`);
      expect(chgcar(text).issues).toEqual([]);
      expect(namesOf(chgcar(text))).toEqual(['total']);
    }
  });

  it('with a wrong count never cost a component without a word', () => {
    for (const count of ['70', '3', '0', '999999999']) {
      const record = chgcar(SPIN.replace('occupancies   1   7', `occupancies   1   ${count}`));
      if (namesOf(record).length < 2) expect(codesOf(record), count).not.toEqual([]);
      expectNear(record.grid!.components[0]!.integral, 2165, 1e-9);
    }
  });
});

describe('a CHG of a molecular dynamics', () => {
  const frame = (a: number, name = 'ZnO slab') =>
    `${HEAD.replace('ZnO slab', name)}${GRID}${lines(ramp(a), 10, (value) => value.toExponential(4).toUpperCase())}`;

  it('counts by its last frame, and says so', () => {
    for (const name of ['ZnO slab', '', '2 Zn 1 O', '3', 'augmentation', '0.5 0.5 0.5']) {
      const record = chgcar(`${frame(1, name)}${frame(2, name)}${frame(7, name)}`);
      expect(codesOf(record), name).toEqual(['I_GRID_FRAMES']);
      expect(record.issues[0]!.details).toEqual({ frames: 3, used: 3 });
      expect(record.completeness).toBe('complete');
      expectNear(record.grid!.components[0]!.minimum, 7 / VOLUME, 1e-9);
    }
  });

  it('counts by the last frame that is not cut', () => {
    const two = `${frame(1)}${frame(2)}`;
    for (let cut = 8; cut < frame(2).length - 1; cut += 13) {
      const record = chgcar(two.slice(0, -cut));
      expect(record.completeness).toBe('truncated');
      expectNear(record.grid!.components[0]!.minimum, 1 / VOLUME, 1e-9);
      expect(codesOf(record)).toContain('E_TRUNCATED');
    }
  });

  it('with spin is cut when its last frame has only its charge', () => {
    const spin = (a: number) => `${frame(a)}${GRID}${lines(ramp(a + 1), 10)}`;
    const record = chgcar(`${spin(1)}${spin(3)}${frame(5)}`);
    expect(codesOf(record)).toEqual(['I_GRID_FRAMES', 'E_TRUNCATED']);
    expect(record.issues[0]!.details).toEqual({ frames: 3, used: 2 });
    expect(namesOf(record)).toEqual(['total', 'magnetisation']);
    expectNear(record.grid!.components[0]!.minimum, 3 / VOLUME, 1e-9);
  });

  it('never falls back to an earlier frame when the last one is unreadable', () => {
    const record = chgcar(`${frame(1)}${frame(2).replace(' 1.2200E+2', ' *********')}`);
    expect(record).not.toHaveProperty('grid');
    expect(codesOf(record)).toEqual(['I_GRID_FRAMES', 'E_UNPARSEABLE']);
  });
});

describe('a charge density cut at any byte', () => {
  it('gives whole blocks only, and tells the cut', () => {
    for (const text of [SPIN, VECTOR]) {
      const whole = chgcar(text);
      const blocksEnd = [...text.matchAll(/E\+\d\d\n(?=augmentation occupancies {3}1 )/g)].map(
        ({ index }) => index + 4,
      );
      for (let length = 1; length < text.length - 1; length += 1) {
        const record = chgcar(text.slice(0, length));
        const found = record.grid?.components ?? [];
        expect(found.length, `cut at ${length}`).toBe(blocksEnd.filter((end) => end <= length).length);
        found.forEach((component, at) => {
          expect({ ...component, name: '' }).toEqual({ ...whole.grid!.components[at]!, name: '' });
        });
        // Behind a block and its occupancies nothing tells that more should come.
        const rest = text.slice(length);
        const isAtSeam =
          /^\n?(?:augmentation|\s*0\.1000|$)/.test(rest) || /^ *0\.10+E\+01 -0\.2/.test(rest.trimStart());
        if (!isAtSeam) expect(record.issues.length, `cut at ${length}`).toBeGreaterThan(0);
      }
    }
  });
});

describe('a value of a density', () => {
  it('of every magnitude is the decimal literal', () => {
    const values = [
      0,
      1e-99,
      -1e-99,
      1.2345678901e-30,
      -9.9999999999e98,
      5e-324 * 0,
      0.1,
      -0.30000000001,
      123456.78901,
    ];
    for (const value of values) {
      const text = `${HEAD}     1     1     1\n ${e17(value)}\n`;
      const { minimum } = chgcar(text.replace('0.500000    4.000000', '0.500000    0.166666666666666666')).grid!
        .components[0]!;
      // The cell is then 1 Å³ large, up to rounding.
      expectNear(minimum, value, Math.abs(value) * 1e-12);
    }
  });
});
