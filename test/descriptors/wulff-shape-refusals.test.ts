/** Polar pairs of faces, and what encloses no crystal. */
import { describe, expect, it } from 'vitest';
import { wulffShape } from '../../descriptors/wulff-shape.ts';
import { expectNear } from '../near.ts';
import { available, codes, unavailable } from './descriptor-cases.ts';
import { crystal, type Facets, fractions, shape, shares, ZNO } from './wulff-cases.ts';

describe('a polar crystal', () => {
  it('shows two different faces of one plane', () => {
    // By hand: a box of 2 × 2 × 4, of which the ends have 4 each and the sides 32 of 40.
    const result = crystal({ a: 4, c: 5 }, '4mm', [
      [[0, 0, 1], 1],
      [[0, 0, -1], 3],
      [[1, 0, 0], 1],
    ]);
    const [top, bottom, side] = fractions(result);
    for (const [found, expected] of [
      [top, 0.1],
      [bottom, 0.1],
      [side, 0.8],
    ] as const)
      expectNear(found, expected, 1e-12);
    expectNear(available(result).value, 1.2, 1e-12);
    expect(codes(result)).toEqual([]);
  });

  it('of which only the cleavage energy is known has half of it on either side, and says so', () => {
    const result = shape({
      lattice: ZNO,
      pointGroup: '6mm',
      facets: [
        { hkl: [0, 0, 1], cleavageEnergyJPerM2: 3.2 },
        { hkl: [1, 0, 0], surfaceEnergyJPerM2: 1.15 },
      ],
    });
    expect(codes(result)).toEqual(['W_POLAR_WULFF']);
    expect(available(result).quality).toBe('degraded');
    expect(shares(result).map(({ facet }) => facet)).toEqual(['{0001}', '{000-1}', '{10-10}']);
    // SCIENCE §4.5, half of 0.264368 each.
    expectNear(fractions(result)[0], 0.264368 / 2, 5e-7);
    expectNear(fractions(result)[1], 0.264368 / 2, 5e-7);
  });

  it('of which one side is known too has the rest of the cleavage energy on the other', () => {
    const result = shape({
      lattice: ZNO,
      pointGroup: '6mm',
      facets: [
        { hkl: [0, 0, 1], surfaceEnergyJPerM2: 1.2, cleavageEnergyJPerM2: 3.2 },
        { hkl: [1, 0, 0], surfaceEnergyJPerM2: 1.15 },
      ],
    });
    expect(codes(result)).toEqual([]);
    expectNear(shares(result)[1]?.surfaceEnergyJPerM2, 2, 1e-12);
  });

  it('has no shape from one of its two sides', () => {
    const result = crystal(ZNO, '6mm', [
      [[0, 0, 1], 1.6],
      [[1, 0, 0], 1.15],
    ]);
    expect(codes(unavailable(result))).toEqual(['E_OPEN_SHAPE']);
  });
});

describe('what gives no shape', () => {
  it('facets that enclose nothing', () => {
    expect(codes(unavailable(crystal(ZNO, '6/mmm', [[[0, 0, 1], 1.6]])))).toEqual(['E_OPEN_SHAPE']);
    expect(codes(unavailable(crystal({ a: 4, b: 4, c: 4 }, '1', [[[1, 0, 0], 1]])))).toEqual(['E_OPEN_SHAPE']);
  });

  it('a family that is given twice', () => {
    const result = crystal({ a: 4 }, 'm-3m', [
      [[1, 0, 0], 1],
      [[0, 0, 2], 1.2],
    ]);
    expect(codes(unavailable(result))).toEqual(['E_INPUT']);
  });

  it('a cell that does not have the symmetry', () => {
    const facets: Facets = [[[1, 0, 0], 1]];
    expect(codes(unavailable(crystal({ a: 4, c: 5 }, 'm-3m', facets)))).toEqual(['E_LATTICE']);
    expect(codes(unavailable(crystal({ a: 4 }, '4/mmm', facets)))).toEqual(['E_LATTICE']);
    const cube = [
      [4, 0, 0],
      [0, 4, 0],
      [0, 0, 4],
    ];
    expect(codes(unavailable(crystal(cube, '6/mmm', facets)))).toEqual(['E_LATTICE']);
  });

  it('a facet without indices, without energy, or of energy 0', () => {
    const given = (facet: object) =>
      wulffShape.inputs.safeParse({ lattice: { a: 4 }, pointGroup: 'm-3m', facets: [facet] }).success;
    expect(given({ hkl: [1, 0, 0], surfaceEnergyJPerM2: 1 })).toBe(true);
    expect(given({ hkl: [0, 0, 0], surfaceEnergyJPerM2: 1 })).toBe(false);
    expect(given({ hkil: [1, 0, 0, 0], surfaceEnergyJPerM2: 1 })).toBe(false);
    expect(given({ hkl: [1, 0, 0] })).toBe(false);
    expect(given({ hkl: [1, 0, 0], surfaceEnergyJPerM2: 0 })).toBe(false);
  });

  it('a cleavage energy below that of one of its sides', () => {
    const facets = [{ hkl: [0, 0, 1], surfaceEnergyJPerM2: 1.2, cleavageEnergyJPerM2: 1.1 }];
    expect(codes(unavailable(shape({ lattice: ZNO, pointGroup: '6mm', facets })))).toContain('E_INPUT');
  });
});
