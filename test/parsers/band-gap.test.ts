/** Band gap from occupations. The levels are invented; the gaps follow by subtraction. */
import { describe, expect, it } from 'vitest';
import type { Eigenvalues } from '../../model/electronic.ts';
import { bandGapAccumulator, bandGapOf } from '../../parsers/shared/band-gap.ts';

/** Levels as [energy, occupation], by spin, then k-point. */
function eigenvalues(levels: readonly (readonly (readonly [number, number])[])[][], weights?: number[]): Eigenvalues {
  const flat = levels.flat(2);
  return {
    spinCount: levels.length === 2 ? 2 : 1,
    kpointCount: levels[0]!.length,
    bandCount: levels[0]![0]!.length,
    energiesEv: Float64Array.from(flat, ([energy]) => energy),
    occupations: Float64Array.from(flat, ([, occupation]) => occupation),
    ...(weights !== undefined && { weights }),
  };
}

const INDIRECT = [
  [
    [-3, 1],
    [1.25, 1],
    [4.5, 0],
  ],
  [
    [-2, 1],
    [0.5, 1],
    [3.75, 0],
  ],
] as const;

describe('the band gap', () => {
  it('lies between the highest occupied and the lowest empty level of all k-points', () => {
    expect(bandGapOf(eigenvalues([[...INDIRECT]]))).toEqual({
      kind: 'insulator',
      gapEv: 2.5,
      isDirect: false,
      valenceBandMaximum: { energyEv: 1.25, spin: 0, kpoint: 0 },
      conductionBandMinimum: { energyEv: 3.75, spin: 0, kpoint: 1 },
    });
  });

  it('is none where a level is beyond all numbers: any edge may be that level', () => {
    const gap = bandGapAccumulator();
    gap.take(Number.POSITIVE_INFINITY, 1, 0, 0);
    gap.take(4.5, 0, 0, 0);
    expect(gap.result()).toBeUndefined();
    expect(gap.missing()).toBe('an eigenvalue or occupation is no number');
  });

  it('counts both spins: the edges may lie in different channels', () => {
    const up = [INDIRECT[0]];
    const down = [
      [
        [-2.9, 1],
        [2, 0],
        [5, 0],
      ] as const,
    ];
    const gap = bandGapOf(eigenvalues([up, down]))!;
    expect([gap.gapEv, gap.isDirect]).toEqual([0.75, true]);
    expect([gap.valenceBandMaximum.spin, gap.conductionBandMinimum.spin]).toEqual([0, 1]);
  });

  it('below zero is zero: a metal', () => {
    const crossing = [
      [
        [0, 1],
        [2, 0.9],
      ],
      [
        [1, 1],
        [1.5, 0.2],
      ],
    ] as const;
    const gap = bandGapOf(eigenvalues([[...crossing]]))!;
    expect([gap.kind, gap.gapEv]).toEqual(['metal', 0]);
    expect([gap.valenceBandMaximum.energyEv, gap.conductionBandMinimum.energyEv]).toEqual([2, 1.5]);
  });

  it('is zero where a level is half full', () => {
    const half = [
      [
        [-3, 1],
        [1, 0.5],
        [1, 0.5],
        [6, 0],
      ],
    ] as const;
    expect(bandGapOf(eigenvalues([[...half]]))).toMatchObject({ kind: 'metal', gapEv: 0 });
  });

  it('does not mind occupations beyond 0 and 1 (Methfessel–Paxton)', () => {
    const smeared = [
      [
        [1, 1.02],
        [4, -0.02],
      ],
    ] as const;
    expect(bandGapOf(eigenvalues([[...smeared]]))).toMatchObject({ kind: 'insulator', gapEv: 3 });
  });

  it('is direct when one of several equal edges shares its k-point', () => {
    const equal = [
      [
        [1, 1],
        [5, 0],
      ],
      [
        [1, 1],
        [4, 0],
      ],
    ] as const;
    expect(bandGapOf(eigenvalues([[...equal]]))).toMatchObject({
      gapEv: 3,
      isDirect: true,
      valenceBandMaximum: { kpoint: 1 },
    });
  });
});

describe('k-points of weight zero', () => {
  const extra = [
    [-2, 1],
    [2, 1],
    [3, 0],
  ] as const;
  const unoccupied = [
    [-2, 0],
    [2, 0],
    [3, 0],
  ] as const;

  it('count, as those of a hybrid band structure', () => {
    expect(bandGapOf(eigenvalues([[...INDIRECT, extra]], [0.5, 0.5, 0]))).toMatchObject({ gapEv: 1, isDirect: true });
  });

  it('do not count when all their occupations are zero: nobody filled them', () => {
    expect(bandGapOf(eigenvalues([[...INDIRECT, unoccupied]], [0.5, 0.5, 0]))).toMatchObject({ gapEv: 2.5 });
  });

  it('are told by their weight alone: a k-point above the Fermi level of a metal is empty too', () => {
    const gap = bandGapOf(eigenvalues([[...INDIRECT, unoccupied]], [0.25, 0.25, 0.5]));
    expect(gap).toMatchObject({ kind: 'metal', gapEv: 0, conductionBandMinimum: { energyEv: -2, kpoint: 2 } });
  });
});

describe('no band gap', () => {
  it('exists without occupations, or without an occupied or an empty band', () => {
    const { occupations: _, ...bare } = eigenvalues([[...INDIRECT]]);
    expect(bandGapOf(bare)).toBeUndefined();
    expect(bandGapOf(eigenvalues([[[[1, 1]]]]))).toBeUndefined();
    expect(bandGapOf(eigenvalues([[[[1, 0]]]]))).toBeUndefined();
    expect(bandGapOf({ ...eigenvalues([[...INDIRECT]]), bandCount: 4 })).toBeUndefined();
  });

  it('comes from a list with a level that is no number, and it says so', () => {
    const gap = bandGapAccumulator();
    gap.take(1, 1, 0, 0);
    expect(gap.missing()).toBe('no empty band');
    gap.take(3, 0, 0, 0);
    expect([gap.result()?.gapEv, gap.missing()]).toEqual([2, undefined]);
    gap.take(Number.NaN, 0, 0, 0);
    expect([gap.result(), gap.missing()]).toEqual([undefined, 'an eigenvalue or occupation is no number']);
    expect(bandGapAccumulator().missing()).toBe('no occupied band');
  });
});
