import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../near.ts';
import { available } from './descriptor-cases.ts';
import { crystal, fractions, shape, shares, ZNO } from './wulff-cases.ts';

describe('the equilibrium shape', () => {
  it('of a cube with cut corners shows a third of {100}', () => {
    const result = crystal({ a: 4 }, 'm-3m', [
      [[1, 0, 0], 1],
      [[1, 1, 1], 0.95],
    ]);
    const [cube = 0, octahedron = 0] = fractions(result);
    expectNear(cube, 0.33111, 5e-7); // SCIENCE §4.5
    expectNear(octahedron, 0.66889, 5e-7);
    expectNear(available(result).value, 0.966556, 5e-7);
  });

  it('of a ZnO prism shows a quarter of its base', () => {
    const result = crystal(ZNO, '6/mmm', [
      [[0, 0, 1], 1.6],
      [[1, 0, 0], 1.15],
    ]);
    const [base = 0, side = 0] = fractions(result);
    expectNear(base, 0.264368, 5e-7); // SCIENCE §4.5
    expectNear(side, 0.735632, 5e-7);
    expect(shares(result).map(({ facet }) => facet)).toEqual(['{0001}', '{10-10}']);
  });

  // pymatgen 2022.11.7, WulffShape: area_fraction_dict, weighted_surface_energy, shape_factor, anisotropy, volume.
  it.each([
    {
      name: 'copper',
      lattice: { a: 3.6149 },
      group: 'm-3m',
      facets: [
        [[1, 1, 1], 1.34],
        [[1, 0, 0], 1.47],
        [[1, 1, 0], 1.56],
        [[2, 1, 0], 1.6],
        [[3, 1, 1], 1.52],
      ],
      expected: [0.5431933014, 0.1628047078, 0.070907693, 0.0154727204, 0.2076215774],
      told: [1.4181590957, 5.0844687602, 0.0624651031, 13.885062855],
    },
    {
      name: 'rutile, without {001}',
      lattice: { a: 4.594, c: 2.959 },
      group: '4/mmm',
      facets: [
        [[1, 1, 0], 0.5],
        [[1, 0, 0], 0.69],
        [[1, 0, 1], 1.03],
        [[0, 0, 1], 1.25],
      ],
      expected: [0.723257932, 0.0228343909, 0.2539076771, 0],
      told: [0.6389096032, 5.9091128066, 0.3598219405, 1.9930643731],
    },
    {
      name: 'magnesium, without {11-20}',
      lattice: { a: 3.21, c: 5.21 },
      group: '6/mmm',
      facets: [
        [[0, 0, 1], 0.54],
        [[1, 0, 0], 0.6],
        [[1, 0, 1], 0.63],
        [[1, 1, 0], 0.72],
        [[1, 0, 2], 0.66],
      ],
      expected: [0.1882494545, 0.3192076599, 0.3851266635, 0, 0.1074162221],
      told: [0.606703806, 5.144386912, 0.0609199678, 1.1260748731],
    },
    {
      name: 'an orthorhombic crystal',
      lattice: { a: 4.9, b: 6.1, c: 10.3 },
      group: 'mmm',
      facets: [
        [[1, 0, 0], 0.5],
        [[0, 1, 0], 0.62],
        [[0, 0, 1], 0.4],
        [[1, 1, 0], 0.55],
        [[0, 1, 1], 0.47],
        [[1, 1, 1], 0.53],
      ],
      expected: [0.1370620809, 0, 0.2695462096, 0.0313918493, 0.2831618689, 0.2788379912],
      told: [0.4744852552, 5.3107373907, 0.108056537, 0.592609868],
    },
    {
      name: 'a triclinic crystal',
      lattice: { a: 5.1, b: 6.3, c: 7.4, alpha: 82, beta: 97, gamma: 105 },
      group: '-1',
      facets: [
        [[1, 0, 0], 0.5],
        [[0, 1, 0], 0.62],
        [[0, 0, 1], 0.4],
        [[1, 1, 0], 0.55],
        [[-1, 0, 1], 0.47],
      ],
      expected: [0.1710048639, 0.2234419609, 0.3522493835, 0.0891264847, 0.1641773071],
      told: [0.491119102, 5.9085718486, 0.1707439412, 0.9049910359],
    },
  ] as const)('of $name is that of pymatgen', ({ lattice, group, facets, expected, told }) => {
    const result = crystal(lattice, group, facets);
    const found = fractions(result);
    expect(found).toHaveLength(expected.length);
    for (const [at, fraction] of expected.entries()) expectNear(found[at], fraction, 1e-9);
    const { value, parts } = available(result);
    const [mean, shapeFactor, anisotropy, volume] = told;
    expectNear(value, mean, 1e-9);
    expectNear(parts.shapeFactor, shapeFactor, 1e-8);
    expectNear(parts.anisotropyFraction, anisotropy, 1e-9);
    expectNear(parts.volumeJ3PerM6, volume, 1e-8);
  });

  it('tells a family that is not exposed with an area of 0', () => {
    const result = crystal({ a: 4 }, 'm-3m', [
      [[1, 0, 0], 1],
      [[1, 1, 0], 1.5],
    ]);
    expect(fractions(result)).toEqual([1, 0]);
    expect(available(result).parts.exposed).toEqual(['{100}']);
  });

  it('has fractions that add up to 1 and a mean of three times the volume over the area', () => {
    const energy = fc.double({ min: 0.3, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(energy, energy, energy, energy), ([one, other, third, fourth]) => {
        const result = crystal(ZNO, '6/mmm', [
          [[0, 0, 1], one],
          [[1, 0, 0], other],
          [[1, 1, 0], third],
          [[1, 0, 1], fourth],
        ]);
        const { value, parts } = available(result);
        expectNear(
          fractions(result).reduce((sum, fraction) => sum + fraction, 0),
          1,
          1e-9,
        );
        // Pyramids over every face with their tip in the middle: V = Σ A·γ/3.
        expectNear(value, (3 * Number(parts.volumeJ3PerM6)) / Number(parts.areaJ2PerM4), 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps its proportions when all energies or all lengths of the cell are multiplied', () => {
    const of = (energies: number, lengths: number) =>
      crystal({ a: 3.2495 * lengths, c: 5.2069 * lengths }, '6/mmm', [
        [[0, 0, 1], 1.1 * energies],
        [[1, 0, 0], 1.15 * energies],
        [[1, 0, 1], 1.2 * energies],
      ]);
    const one = of(1, 1);
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 50, noNaN: true }),
        fc.double({ min: 0.3, max: 5, noNaN: true }),
        (e, l) => {
          const other = of(e, l);
          for (const [at, fraction] of fractions(one).entries()) expectNear(fractions(other)[at], fraction, 1e-9);
          expectNear(available(other).value / e, available(one).value, 1e-9);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('shows less of a facet the more it costs', () => {
    const base = [1, 1.1, 1.2, 1.3, 1.4].map(
      (energy) =>
        fractions(
          crystal(ZNO, '6/mmm', [
            [[0, 0, 1], energy],
            [[1, 0, 0], 1.15],
            [[1, 0, 1], 1.2],
          ]),
        )[0] ?? 0,
    );
    expect([...base].sort((left, right) => right - left)).toEqual(base);
    expect(base[0]).toBeGreaterThan(base[4] ?? 1);
  });

  it('is the same from vectors, from lengths and angles, and from the operations themselves', () => {
    const facets = [
      { hkil: [0, 0, 0, 1], surfaceEnergyJPerM2: 1.6 },
      { hkil: [1, 0, -1, 0], surfaceEnergyJPerM2: 1.15 },
    ];
    const rows = [
      [3.2495, 0, 0],
      [-1.62475, 2.8141495, 0],
      [0, 0, 5.2069],
    ];
    // −1, the rotation by 60° and the mirror that make 6/mmm are not all: these twelve matrices keep both families.
    const turn = [
      [1, -1, 0],
      [1, 0, 0],
      [0, 0, 1],
    ];
    const operations = [0, 1, 2, 3, 4, 5].flatMap((times) => {
      const power = powerOf(turn, times);
      return [power, power.map((row) => row.map((entry) => 0 - entry))];
    });
    for (const inputs of [
      { lattice: { a: 3.2495, c: 5.2069 }, pointGroup: '6/mmm' },
      { lattice: { a: 3.2495, b: 3.2495, c: 5.2069, alpha: 90, beta: 90, gamma: 120 }, pointGroup: '6/mmm' },
      { lattice: rows, pointGroup: '6/mmm' },
      { lattice: rows, operations },
    ]) {
      expectNear(fractions(shape({ ...inputs, facets }))[0], 0.264368, 5e-7); // SCIENCE §4.5
    }
  });
});

function powerOf(matrix: readonly (readonly number[])[], times: number): number[][] {
  let power: number[][] = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  for (let at = 0; at < times; at += 1) {
    power = power.map((row) =>
      [0, 1, 2].map((column) => row.reduce((sum, entry, k) => sum + entry * (matrix[k]?.[column] ?? 0), 0)),
    );
  }
  return power;
}
