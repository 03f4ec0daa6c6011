import { describe, expect, it } from 'vitest';
import { compatibility, settingsSummary } from '../../../assembly/compatibility.ts';
import { meshOf, meshOfSpacing, spacings } from '../../../assembly/shared/kpoint-mesh.ts';
import type { Calculation, KPoints } from '../../../model/calculation.ts';
import type { Vector3 } from '../../../model/lattice.ts';
import { expectNear } from '../../near.ts';
import { calculationOf, codes, hexagonal, structureOf, supercell, zincBasal, znoBasal } from '../fixtures.ts';

const SLAB = supercell(znoBasal(2, 40), 3, 3);
/** SCIENCE §11: hexagonal Zn, 2.665 and 4.947 Å. */
const BULK = structureOf(hexagonal(2.665, 4.947), [
  ['Zn', [0, 0, 0]],
  ['Zn', [0, 1.5386, 2.4735]],
]);

function withPoints(kpoints: KPoints | undefined, structure = SLAB): Calculation {
  const { kpoints: _, ...rest } = calculationOf('slab/OUTCAR', { structure });
  return kpoints === undefined ? rest : { ...rest, kpoints };
}

const verdictOf = (left: Calculation, right: Calculation, rule: 'mesh' | 'density') =>
  compatibility(settingsSummary(left), settingsSummary(right), rule === 'mesh' ? 'slab-pair' : 'bulk-reference');

const issuesOf = (left: Calculation, right: Calculation, rule: 'mesh' | 'density') =>
  verdictOf(left, right, rule).issues;

describe('the mesh', () => {
  it('is the one that KPOINTS states', () => {
    expect(meshOf(withPoints({ mesh: [3, 2, 1] }))).toEqual([3, 2, 1]);
  });

  it('is read off the irreducible points: 4×4×1 through Γ', () => {
    const fractional: Vector3[] = [
      [0, 0, 0],
      [0.25, 0, 0],
      [0.5, 0, 0],
      [0.25, 0.25, 0],
      [0.5, 0.25, 0],
      [0.5, 0.5, 0],
    ];
    expect(meshOf(withPoints({ fractional }))).toEqual([4, 4, 1]);
  });

  it('is read off points that time reversal left: 3×3×1 and 2×2×1 beside Γ', () => {
    expect(
      meshOf(
        withPoints({
          fractional: [
            [0, 0, 0],
            [0.33333333, 0, 0],
            [0, 0.33333333, 0],
            [0.33333333, 0.33333333, 0],
            [-0.33333333, 0.33333333, 0],
          ],
        }),
      ),
    ).toEqual([3, 3, 1]);
    expect(
      meshOf(
        withPoints({
          fractional: [
            [0.25, 0.25, 0],
            [-0.25, 0.25, 0],
          ],
        }),
      ),
    ).toEqual([2, 2, 1]);
  });

  it('does not count the points of a band structure, which have no weight', () => {
    const fractional: Vector3[] = [
      [0, 0, 0],
      [0.5, 0, 0],
      [0.013, 0, 0],
    ];
    expect(meshOf(withPoints({ fractional, weights: [1, 1, 0] }))).toEqual([2, 1, 1]);
  });

  it('follows from the length of the automatic scheme', () => {
    // VASP: N = max(1, ⌊R·|b| + ½⌋) with |b| = 0.118449, 0.118449, 0.025 Å⁻¹ (SCIENCE §11): 30 Å → 3.55, 3.55, 0.75.
    expect(meshOf(withPoints({ scheme: 'automatic', automaticLengthAngstrom: 30 }))).toEqual([4, 4, 1]);
    expect(meshOf(withPoints({ scheme: 'automatic', automaticLengthAngstrom: 29 }))).toEqual([3, 3, 1]);
  });

  it('of a spacing is the coarsest that keeps it: 3×3×1 of the slab, 11×11×6 of bulk Zn', () => {
    // SCIENCE §11: |b| / 0.04 Å⁻¹ = 2.961, 2.961, 0.625 and 10.832, 10.832, 5.054.
    expect(meshOfSpacing([0.118449, 0.118449, 0.025], 0.04)).toEqual([3, 3, 1]);
    expect(meshOfSpacing([0.433286, 0.433286, 0.202143], 0.04)).toEqual([11, 11, 6]);
    expect(meshOfSpacing([0.433286, 0.433286, 0.202143], 0.04, [2])).toEqual([11, 11, 1]);
  });

  it('follows from KSPACING, with 2π, where there is no KPOINTS', () => {
    // SCIENCE §11: KSPACING = 0.251327 is 0.04 · 2π.
    const { kpoints: _, ...rest } = calculationOf('zn/OUTCAR', { structure: BULK, settings: { KSPACING: 0.251327 } });
    expect(meshOf(rest)).toEqual([11, 11, 6]);
  });

  it('is unknown without points', () => {
    expect(meshOf(withPoints(undefined))).toBeUndefined();
    expect(meshOf(withPoints({ scheme: 'line' }))).toBeUndefined();
  });
});

describe('the spacing', () => {
  it('is |b| without 2π over the subdivisions', () => {
    // SCIENCE §11: |b| = 0.118449, 0.118449, 0.025 Å⁻¹ and the mesh 3×3×1.
    const [a, b, c] = spacings(withPoints({ mesh: [3, 3, 1] })) ?? [];
    expectNear(a, 0.118449 / 3, 5e-7);
    expectNear(b, 0.118449 / 3, 5e-7);
    expectNear(c, 0.025, 1e-12);
  });

  it('of bulk Zn at 11×11×6 and of the slab at 3×3×1 is the same within a quarter', () => {
    // SCIENCE §11: 10.832 / 11 and 5.054 / 6 of 0.04 Å⁻¹ in the bulk, 0.0395 in the slab.
    const bulk = withPoints({ mesh: [11, 11, 6] }, BULK);
    expectNear(spacings(bulk)?.[0], (10.832 * 0.04) / 11, 1e-5);
    expectNear(spacings(bulk)?.[2], (5.054 * 0.04) / 6, 1e-5);
    expect(issuesOf(withPoints({ mesh: [3, 3, 1] }), bulk, 'density')).toEqual([]);
  });
});

describe('slab and bulk', () => {
  it('must be sampled alike within a quarter, and both spacings are named', () => {
    const [found] = issuesOf(withPoints({ mesh: [3, 3, 1] }), withPoints({ mesh: [8, 8, 5] }, BULK), 'density');
    // By hand: 0.433286 / 8 = 0.0542 against 0.0395.
    expect(found?.code).toBe('W_KMESH');
    expect(found?.details).toMatchObject({ left: '0.0395 Å⁻¹', right: '0.0542 Å⁻¹' });
  });

  it('of a Γ-only slab are compared in the plane, not across its vacuum', () => {
    // By hand: the plane of a 3×3 slab at Γ has 0.1184 Å⁻¹, three times that of the bulk.
    expect(
      codes(issuesOf(withPoints({ mesh: [1, 1, 1] }), withPoints({ mesh: [11, 11, 6] }, BULK), 'density')),
    ).toEqual(['W_KMESH']);
    expect(issuesOf(withPoints({ mesh: [3, 3, 2] }), withPoints({ mesh: [11, 11, 6] }, BULK), 'density')).toEqual([]);
  });
});

describe('two slabs of one cell', () => {
  it('must have the same subdivisions', () => {
    const [found] = issuesOf(withPoints({ mesh: [3, 3, 1] }), withPoints({ mesh: [4, 3, 1] }), 'mesh');
    expect(found?.code).toBe('E_KMESH');
    expect(found?.details).toMatchObject({ tag: 'mesh', left: '3×3×1', right: '4×3×1' });
  });

  it('must both go through Γ, or both beside it', () => {
    const gamma = withPoints({ scheme: 'gamma', mesh: [4, 4, 1] });
    const beside = withPoints({ scheme: 'monkhorst-pack', mesh: [4, 4, 1] });
    expect(issuesOf(gamma, beside, 'mesh')[0]?.details).toMatchObject({
      left: '4×4×1 through Γ',
      right: '4×4×1 beside Γ',
    });
    expect(
      issuesOf(gamma, withPoints({ scheme: 'monkhorst-pack', mesh: [4, 4, 1], shift: [0.5, 0.5, 0] }), 'mesh'),
    ).toEqual([]);
  });

  it('of odd subdivisions go through Γ in both schemes', () => {
    const gamma = withPoints({ scheme: 'gamma', mesh: [3, 3, 1] });
    expect(issuesOf(gamma, withPoints({ scheme: 'monkhorst-pack', mesh: [3, 3, 1] }), 'mesh')).toEqual([]);
  });

  it('are compared also when one mesh is only listed', () => {
    const listed = withPoints({
      fractional: [
        [0.125, 0.125, 0],
        [0.375, 0.125, 0],
        [0.375, 0.375, 0],
      ],
    });
    expect(issuesOf(withPoints({ scheme: 'monkhorst-pack', mesh: [4, 4, 1] }), listed, 'mesh')).toEqual([]);
    expect(codes(issuesOf(withPoints({ scheme: 'gamma', mesh: [4, 4, 1] }), listed, 'mesh'))).toEqual(['E_KMESH']);
  });

  it('are not comparable without points, which is said of the one that has none', () => {
    const [found] = issuesOf(withPoints({ mesh: [3, 3, 1] }), withPoints(undefined), 'mesh');
    expect(found?.message).toBe('KPOINTS of slab/OUTCAR is not known, so it cannot be compared');
  });
});

it('metal slabs of one cell are compared by their mesh, not by the density of their cells', () => {
  const zinc = supercell(zincBasal(4, 30), 2, 2);
  expect(issuesOf(withPoints({ mesh: [5, 5, 1] }, zinc), withPoints({ mesh: [5, 5, 1] }, zinc), 'mesh')).toEqual([]);
});
