import { describe, expect, it } from 'vitest';
import { classifyRole } from '../../assembly/classify-role.ts';
import { terminationsDiffer, withMissingDipole } from '../../assembly/dipole-correction.ts';
import type { Calculation, Settings } from '../../model/calculation.ts';
import { position, type Structure } from '../../model/structure.ts';
import {
  calculationOf,
  codes,
  moved,
  permuted,
  rotated,
  structureOf,
  supercell,
  translated,
  withAtoms,
  zincBasal,
  znoBasal,
  znoPrism,
} from './fixtures.ts';

/** Zn below, O above: (0001). */
const POLAR = supercell(znoBasal(4, 35), 2, 2);
/** Zn and O in every plane: (10-10). */
const MIXED = supercell(znoPrism(3, 35), 2, 1);
const OFF: Settings = { LDIPOL: false, IDIPOL: 0 };

function remarks(structure: Structure, settings: Settings, more: Partial<Calculation> = {}, bare = structure) {
  const calculation = calculationOf('slab/OUTCAR', { structure, settings }, more);
  return withMissingDipole(classifyRole(calculation), calculation, bare).issues;
}

describe('a slab with different terminations and no dipole correction', () => {
  it('is told, with what is set and what is needed', () => {
    const [found] = remarks(POLAR, OFF);
    expect(found).toMatchObject({ code: 'W_NO_DIPOLE', severity: 'warning', where: { file: 'slab/OUTCAR' } });
    expect(found?.message).toBe(
      'asymmetric slab without dipole correction: its two faces have different terminations; ' +
        'LDIPOL = F, IDIPOL = none, LDIPOL = T and IDIPOL = 3 are needed',
    );
  });

  it('needs both tags: IDIPOL alone corrects the energy and not the potential', () => {
    expect(codes(remarks(POLAR, { LDIPOL: false, IDIPOL: 3 }))).toEqual(['W_NO_DIPOLE']);
    expect(remarks(POLAR, { LDIPOL: true, IDIPOL: 3 })).toEqual([]);
    expect(remarks(POLAR, { LDIPOL: true, IDIPOL: 4 })).toEqual([]);
  });

  it('along a wrong axis is that error and no other', () => {
    expect(codes(remarks(POLAR, { LDIPOL: true, IDIPOL: 1 }))).toEqual(['E_DIPOLE_AXIS']);
  });

  it('is not told where the files do not tell', () => {
    expect(remarks(POLAR, {}, { settings: {}, source: 'oszicar' })).toEqual([]);
  });
});

describe('no dipole has', () => {
  it('a slab with Zn and O in every plane, nor one of a single element', () => {
    expect(remarks(MIXED, OFF)).toEqual([]);
    expect(remarks(zincBasal(5, 30), OFF)).toEqual([]);
  });

  it('a face that relaxed, or whose planes rumpled', () => {
    const top = Math.max(...MIXED.species.map((_, atom) => position(MIXED, atom)[2]));
    const rumpled = moved(MIXED, ([x, y, z], atom) => [
      x,
      y,
      z > top - 0.1 ? z - (MIXED.species[atom] === 'Zn' ? 0.4 : 0.05) : z,
    ]);
    expect(remarks(rumpled, OFF)).toEqual([]);
  });

  it('an adsorbate by itself: the faces are those of the slab below it', () => {
    const top = Math.max(...MIXED.species.map((_, atom) => position(MIXED, atom)[2]));
    const adsorbed = withAtoms(MIXED, [['Li', [1, 1, top + 2]]]);
    expect(remarks(adsorbed, OFF, {}, MIXED)).toEqual([]);
    expect(codes(remarks(adsorbed, OFF, { vacuumLevelsEv: { upper: 4.31, lower: 5.02 } }, MIXED))).toEqual([
      'W_NO_DIPOLE',
    ]);
  });
});

it('vacuum levels 0.71 eV apart show a dipole whatever the terminations, 0.09 eV do not', () => {
  // By hand: 5.02 − 4.31.
  expect(remarks(MIXED, OFF, { vacuumLevelsEv: { upper: 4.31, lower: 5.02 } })[0]?.details.reason).toBe(
    'the vacuum levels of its two sides differ by 0.71 eV',
  );
  expect(remarks(MIXED, OFF, { vacuumLevelsEv: { upper: 4.31, lower: 4.4 } })).toEqual([]);
});

it('a termination stays what it is when the slab is shifted through the boundary, turned, enlarged or its atoms renumbered', () => {
  for (const [structure, expected] of [
    [POLAR, true],
    [MIXED, false],
  ] as const) {
    const reversed = permuted(structure, structure.species.map((_, atom) => atom).reverse());
    for (const same of [
      translated(structure, [0.7, 1.1, 31]),
      rotated(structure, 41),
      supercell(structure, 2, 1),
      reversed,
    ]) {
      expect(terminationsDiffer(same, 2)).toBe(expected);
    }
    const [a, b, c] = structure.latticeAngstrom;
    const skewed = structureOf(
      [a, b, [c[0] + a[0], c[1] + a[1], c[2]]],
      structure.species.map((element, atom) => [element, position(structure, atom)]),
    );
    expect(terminationsDiffer(skewed, 2)).toBe(expected);
  }
});
