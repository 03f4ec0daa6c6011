import { describe, expect, it } from 'vitest';
import { assignRoles } from '../../assembly/assign-roles.ts';
import { classifyRole } from '../../assembly/classify-role.ts';
import type { Structure } from '../../model/structure.ts';
import { expectNear } from '../near.ts';
import {
  bccLi,
  bulkZno,
  calculationOf,
  codes,
  cubic,
  hexagonal,
  isolated,
  permuted,
  rotated,
  structureOf,
  supercell,
  translated,
  znoBasal,
  znoPrism,
} from './fixtures.ts';

const roleOf = (structure: Structure, settings = {}) =>
  classifyRole(calculationOf('x/OUTCAR', { structure, settings }));

describe('a structure shows its role', () => {
  it('bulk without vacuum, however large the cell', () => {
    expect(roleOf(bulkZno()).role).toBe('bulk');
    expect(roleOf(supercell(bccLi(), 4, 5)).role).toBe('bulk');
    expect(roleOf(structureOf(cubic(2.5), [['Al', [0, 0, 0]]])).role).toBe('bulk');
  });

  it('slab with vacuum along one axis', () => {
    const shown = roleOf(znoBasal(3, 25));
    expect(shown.role).toBe('slab');
    expect(shown.slab?.axis).toBe(2);
    expect(shown.evidence[0]).toMatch(/^O3Zn3: gap .* along a, gap .* along b, gap 19\.2 Å along c$/);
  });

  it('atom or molecule with vacuum on all sides, wire with vacuum on two', () => {
    expect(roleOf(isolated('Li')).role).toBe('isolated-atom');
    const molecule = structureOf(cubic(14), [
      ['H', [0, 0, 13.9]],
      ['H', [0, 0, 0.64]],
    ]);
    expect(roleOf(molecule).role).toBe('isolated-molecule');
    const wire = structureOf(
      [
        [14, 0, 0],
        [0, 14, 0],
        [0, 0, 2.5],
      ],
      [['Zn', [0, 0, 0]]],
    );
    expect(roleOf(wire).role).toBe('low-dimensional');
    expect(codes(roleOf(wire).issues)).toEqual(['W_LOW_DIMENSIONAL']);
  });

  it('one atom in the cell of a slab is an atom alone, unless its images are as near as in a layer', () => {
    const inCellOf = (a: number, b: number) =>
      structureOf(
        [
          [a, 0, 0],
          [0, b, 0],
          [0, 0, 25],
        ],
        [['Li', [0, 0, 12]]],
      );
    // p(2×2) and p(4×2) of ZnO; bcc Li has neighbours at 3.02 Å.
    expect(roleOf(inCellOf(6.5, 5.6)).role).toBe('isolated-atom');
    expect(roleOf(inCellOf(13, 5.6)).role).toBe('isolated-atom');
    expect(codes(roleOf(inCellOf(13, 5.6)).issues)).toEqual([]);
    expect(roleOf(inCellOf(3.02, 3.02)).role).toBe('slab');
    // A short diagonal counts: the images of a skewed cell.
    const skewed = [
      [6.5, 0, 0],
      [5.5, 3, 0],
      [0, 0, 25],
    ] as const;
    expect(roleOf(structureOf(skewed, [['Li', [0, 0, 12]]])).role).toBe('slab');
  });

  it('none without atoms, without a structure, or in a cell without volume', () => {
    expect(classifyRole(calculationOf('x/OUTCAR', {})).role).toBe('undetermined');
    expect(roleOf(structureOf(cubic(5), [])).role).toBe('undetermined');
    const flat = structureOf(
      [
        [1, 0, 0],
        [2, 0, 0],
        [0, 0, 3],
      ],
      [['Zn', [0, 0, 0]]],
    );
    expect(roleOf(flat).role).toBe('undetermined');
  });
});

describe('vacuum', () => {
  const withGap = (gap: number) =>
    roleOf(
      structureOf(hexagonal(3, 5 + gap), [
        ['Zn', [0, 0, 0]],
        ['Zn', [1, 1, 2.5]],
        ['Zn', [0, 0, 5]],
      ]),
    );

  it('counts from 8 Å on, is thin below 15 Å, and comfortable at 15 Å', () => {
    expect(withGap(7.99).role).toBe('bulk');
    expect(withGap(8.01).role).toBe('slab');
    expect(codes(withGap(14.99).issues)).toEqual(['W_THIN_VACUUM']);
    expect(withGap(15.01).issues).toEqual([]);
  });

  it('of an isolated atom should be 12 Å', () => {
    expect(codes(roleOf(isolated('Zn', 11.9)).issues)).toEqual(['W_SMALL_BOX']);
    expect(roleOf(isolated('Zn', 12.1)).issues).toEqual([]);
  });
});

describe('settings of a role', () => {
  it('an isolated Li atom must be spin-polarised; a Zn atom need not', () => {
    expect(codes(roleOf(isolated('Li'), { ISPIN: 1 }).issues)).toEqual(['W_ATOM_NOT_SPIN']);
    expect(roleOf(isolated('Li'), { ISPIN: 2 }).issues).toEqual([]);
    expect(roleOf(isolated('Zn'), { ISPIN: 1 }).issues).toEqual([]);
  });

  it('a dipole correction runs along the surface normal', () => {
    expect(roleOf(znoBasal(3, 25), { IDIPOL: 3 }).issues).toEqual([]);
    expect(roleOf(znoBasal(3, 25), { IDIPOL: 0 }).issues).toEqual([]);
    const [found] = roleOf(znoBasal(3, 25), { IDIPOL: 1 }).issues;
    expect(found?.message).toBe('IDIPOL = 1 corrects the dipole along another direction than the surface normal (3)');
  });
});

describe('the role and the slab do not depend on', () => {
  const slab = znoPrism(3, 27);
  const plain = roleOf(slab);
  for (const [what, changed] of [
    ['the place in the cell', translated(slab, [0.7, 1.9, 22])],
    ['the direction in space', rotated(slab, 51)],
    ['the order of the atoms', permuted(slab, [...slab.species.keys()].reverse())],
  ] as const) {
    it(what, () => {
      const shown = roleOf(changed);
      expect(shown.role).toBe('slab');
      expect(shown.slab?.layers).toBe(plain.slab?.layers);
      expectNear(shown.slab?.vacuumAngstrom, plain.slab?.vacuumAngstrom ?? 0, 1e-9);
      expectNear(shown.slab?.areaAngstrom2, 16.919822, 5e-7);
    });
  }

  it('the size of the cell, except for its area', () => {
    const shown = roleOf(supercell(slab, 2, 3));
    expect(shown.slab?.layers).toBe(plain.slab?.layers);
    expectNear(shown.slab?.areaAngstrom2, 6 * 16.919822, 5e-6);
  });
});

describe('a role is', () => {
  const image = calculationOf('neb/01/OUTCAR', { structure: znoBasal(3, 25) });
  const slab = calculationOf('slab/OUTCAR', { structure: znoBasal(3, 25) });
  const bands = [{ id: 'neb', images: [{ index: 1, folder: 'neb/01', calculation: image }], settings: {} }];

  it('what the manifest states, before all else', () => {
    const [role] = assignRoles([image], bands, new Map([['neb/01/OUTCAR', 'bulk']]));
    expect(role).toMatchObject({ role: 'bulk', stated: 'manifest', evidence: ['stated in the manifest'] });
  });

  it('as the manifest states it, with what the structure shows in that role', () => {
    const wire = calculationOf('wire/OUTCAR', { structure: znoBasal(3, 25) });
    const narrow = calculationOf('narrow/OUTCAR', { structure: bulkZno() });
    const box = calculationOf('box/OUTCAR', { structure: isolated('Li', 7), settings: { ISPIN: 1 } });
    const stated = new Map([
      ['wire/OUTCAR', 'adsorbed-slab'],
      ['narrow/OUTCAR', 'slab'],
      ['box/OUTCAR', 'isolated-atom'],
    ] as const);
    const [first, second, third] = assignRoles([wire, narrow, box], [], stated);
    expect(first).toMatchObject({ role: 'adsorbed-slab', slab: { axis: 2, layers: 6 }, issues: [] });
    expect(codes(second?.issues ?? [])).toEqual(['E_NOT_A_SLAB', 'W_THIN_VACUUM']);
    expect(codes(third?.issues ?? [])).toEqual(['W_SMALL_BOX', 'W_ATOM_NOT_SPIN']);
  });

  it('that of an image in a band, that of an earlier run beside a later one', () => {
    const early = { ...slab, id: 'slab/OUTCAR.relax1', supersededBy: 'slab/OUTCAR.relax2' };
    const [first, second, third] = assignRoles([image, early, slab], bands, new Map());
    expect(first).toMatchObject({ role: 'neb-image', evidence: ['image of the band in neb'], issues: [] });
    expect(second?.role).toBe('superseded');
    expect(codes(second?.issues ?? [])).toEqual(['I_EARLIER_RUN']);
    expect(third?.role).toBe('slab');
  });
});
