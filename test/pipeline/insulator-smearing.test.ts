import { describe, expect, it } from 'vitest';
import type { BandGap } from '../../model/electronic.ts';
import type { Structure } from '../../model/structure.ts';
import { insulatorSmearing } from '../../pipeline/insulator-smearing.ts';
import { mergeCalculation } from '../../pipeline/merge-calculation.ts';
import { bccLi, bulkZno, codes } from '../assembly/fixtures.ts';
import { output, RELAXATION } from './run-records.ts';

function gap(gapEv: number): BandGap {
  const edge = { spin: 0, kpoint: 0 } as const;
  return {
    kind: gapEv > 0 ? 'insulator' : 'metal',
    gapEv,
    isDirect: true,
    valenceBandMaximum: { ...edge, energyEv: 1 },
    conductionBandMinimum: { ...edge, energyEv: 1 + gapEv },
  };
}

const found = (ISMEAR: number, gapEv: number, structure: Structure = bulkZno()) =>
  insulatorSmearing({ settings: { ISMEAR }, bandGap: gap(gapEv), structure });

describe('Methfessel–Paxton smearing', () => {
  it('is told where the gap is above 0.1 eV', () => {
    expect(found(1, 0.11)[0]?.message).toBe(
      'ISMEAR = 1 (Methfessel–Paxton) although the gap is 0.11 eV: meant for metals',
    );
    expect(found(1, 0.1)).toEqual([]);
  });

  it('is one thing, Gaussian, Fermi and the tetrahedron method another', () => {
    expect(codes(found(2, 0.8))).toEqual(['W_MP_ON_INSULATOR']);
    for (const ISMEAR of [0, -1, -5]) expect(found(ISMEAR, 0.8)).toEqual([]);
  });

  it('of a metal is right, also where few k-points leave a gap between its levels', () => {
    expect(found(1, 0.4, bccLi())).toEqual([]);
  });

  it('is not judged without eigenvalues', () => {
    expect(insulatorSmearing({ settings: { ISMEAR: 1 }, bandGap: undefined, structure: bulkZno() })).toEqual([]);
  });
});

describe('a run', () => {
  const place = { byteOffset: 10, byteLength: 5 };

  it('carries its gap and its vacuum levels with their places, and the warning with the file', () => {
    const calculation = mergeCalculation({
      id: 'slab/OUTCAR',
      folder: 'slab',
      issues: [],
      files: {
        outcar: output('outcar', {
          settings: { ...RELAXATION, ISMEAR: 1 },
          bandGap: gap(0.8),
          vacuumLevelsEv: { upper: 4.31, lower: 5.02 },
          places: { bandGap: place, vacuumLevelsEv: place },
        }),
      },
    });
    expect(calculation.bandGap?.gapEv).toBe(0.8);
    expect(calculation.vacuumLevelsEv).toEqual({ upper: 4.31, lower: 5.02 });
    expect(calculation.places).toMatchObject({ bandGap: place, vacuumLevelsEv: place });
    expect(calculation.issues).toMatchObject([{ code: 'W_MP_ON_INSULATOR', where: { file: 'slab/OUTCAR' } }]);
  });
});
