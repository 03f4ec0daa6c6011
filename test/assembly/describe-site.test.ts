import { describe, expect, it } from 'vitest';
import { siteOn } from '../../assembly/site-on-slab.ts';
import { toCartesian, type Vector3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import { expectNear } from '../near.ts';
import {
  type Atom,
  calculationOf,
  codes,
  hexagonal,
  moved,
  permuted,
  rotated,
  structureOf,
  supercell,
  translated,
  withAtoms,
  ZNO_A,
  znoBasal,
} from './fixtures.ts';

/** Cu(111), four planes ABCA: side of the triangles 2.556 Å, planes 2.087 Å apart, the top at 1 + 3·2.087 = 7.261 Å. */
const SIDE = 2.556;
const TOP = 7.261;
function copper(n: number, m: number): Structure {
  const lattice = hexagonal(SIDE, 25);
  const sites: readonly Vector3[] = [
    [0, 0, 0],
    [1 / 3, 2 / 3, 0],
    [2 / 3, 1 / 3, 0],
    [0, 0, 0],
  ];
  const atoms = sites.map((site, plane): Atom => {
    const [x, y] = toCartesian(site, lattice);
    return ['Cu', [x, y, 1 + plane * 2.087]];
  });
  return supercell(structureOf(lattice, atoms), n, m);
}
/** Fractions of the primitive cell, height above the top plane. */
function above(f: number, g: number, height: number, element = 'Li'): Atom {
  const [x, y] = toCartesian([f, g, 0], hexagonal(SIDE, 25));
  return [element, [x, y, TOP + height]];
}

const pairOf = (structure: Structure, clean: Structure, initialStructure?: Structure, adsorbate = 'Li') =>
  siteOn(
    calculationOf('slab-x/OUTCAR', { structure }, initialStructure === undefined ? {} : { initialStructure }),
    calculationOf('slab/OUTCAR', { structure: clean }),
    adsorbate,
  );
const siteOf = (atoms: readonly Atom[], clean = copper(3, 3)) => pairOf(withAtoms(clean, atoms), clean).site;

describe('a site on Cu(111)', () => {
  it('is a top, a bridge, or a hollow, by the atoms that hold it', () => {
    expect(siteOf([above(0, 0, 2.4)])?.units[0]).toMatchObject({ site: 'top', coordination: 1 });
    expect(siteOf([above(1 / 2, 0, 2.2)])?.units[0]).toMatchObject({ site: 'bridge', coordination: 2 });
    // The plane below the top (A) is C at (2/3, 1/3); B at (1/3, 2/3) has an atom only one plane further down.
    expect(siteOf([above(2 / 3, 1 / 3, 2.1)])?.units[0]).toMatchObject({
      site: 'hollow',
      coordination: 3,
      stacking: 'hcp',
    });
    expect(siteOf([above(1 / 3, 2 / 3, 2.1)])?.units[0]).toMatchObject({
      site: 'hollow',
      coordination: 3,
      stacking: 'fcc',
    });
  });

  it('has its height above the mean of the top plane, and neighbours at the distances of geometry', () => {
    const unit = siteOf([above(1 / 3, 2 / 3, 2.1)])?.units[0];
    expectNear(unit?.heightAngstrom, 2.1, 1e-9);
    // √(2.556²/3 + 2.1²)
    for (const { distanceAngstrom } of unit?.neighbours ?? []) expectNear(distanceAngstrom, 2.56665, 1e-5);
    expect(unit?.neighbours.map(({ element }) => element)).toEqual(['Cu', 'Cu', 'Cu']);
  });

  it('is alike for a large adatom whose bonds reach a second ring', () => {
    // K–Cu: 1.2(2.03 + 1.32) = 4.02 Å; the next ring is at √(2.556² + 3²) = 3.94 Å.
    const clean = copper(3, 3);
    const unit = pairOf(withAtoms(clean, [above(0, 0, 3, 'K')]), clean, undefined, 'K').site?.units[0];
    expect(unit?.neighbours).toHaveLength(7);
    expect(unit).toMatchObject({ site: 'top', coordination: 1 });
  });

  it('that nothing is bonded to is named after what it stands over', () => {
    // Li–Cu: bonds to 3.12 Å, held to 3.9 Å.
    expect(siteOf([above(0, 0, 3.5)])?.units[0]).toMatchObject({ site: 'top' });
    expect(siteOf([above(1 / 3, 2 / 3, 3.3)])?.units[0]).toMatchObject({ site: 'hollow', coordination: 3 });
    expect(siteOf([above(1 / 3, 2 / 3, 5)])?.units[0]).toMatchObject({ site: 'detached' });
  });

  it('is the same in the smallest cell, where one atom and its images make the hollow', () => {
    const unit = siteOf([above(1 / 3, 2 / 3, 2.1)], copper(1, 1))?.units[0];
    expect(unit).toMatchObject({ site: 'hollow', coordination: 3, stacking: 'fcc' });
    expect(new Set(unit?.neighbours.map(({ atom }) => atom)).size).toBe(1);
  });

  it('does not depend on how the cell is cut, turned, skewed or listed', () => {
    const clean = copper(3, 3);
    const slab = withAtoms(clean, [above(2 / 3, 1 / 3, 2.1)]);
    const skewed = (structure: Structure): Structure => {
      const [a, b, c] = structure.latticeAngstrom;
      return { ...structure, latticeAngstrom: [a, b, [c[0] + 2 * a[0], c[1] + 3.1, c[2]]] };
    };
    const wrapped = (structure: Structure): Structure =>
      moved(translated(structure, [0.7, 1.9, -5]), ([x, y, z]) => [x, y, z < 0 ? z + 25 : z]);
    const order = [...slab.species.keys()].reverse();
    for (const [one, other] of [
      [wrapped(slab), clean],
      [rotated(slab, 40), clean],
      [skewed(slab), skewed(clean)],
      [permuted(slab, order), clean],
    ] as const) {
      const { site, issues } = pairOf(one, other);
      expect(issues).toEqual([]);
      expect(site?.units[0]).toMatchObject({ site: 'hollow', coordination: 3, stacking: 'hcp' });
      expectNear(site?.units[0]?.heightAngstrom, 2.1, 1e-6);
    }
  });
});

describe('adsorbates', () => {
  it('are described one by one; those of one face make the coverage', () => {
    const site = siteOf([above(0, 0, 2.4), ['Li', [0, 0, 1 - 2.4]], above(4 / 3, 5 / 3, 2.1)]);
    expect(site?.face).toBe('both');
    expect(site?.units.map((unit) => `${unit.site} ${unit.face}`)).toEqual(['top top', 'top bottom', 'hollow top']);
    // 3/2 in 9 cells of 2.556²·√3/2 = 5.65778 Å²; 9 Cu in the plane.
    expectNear(site?.coveragePerNm2, 1.5 / (9 * 0.0565778), 1e-4);
    expectNear(site?.coveragePerSurfaceCation, 3 / 18, 1e-12);
  });

  it('on adsorbates only, and molecules by the atom that binds them', () => {
    const stacked = siteOf([above(0, 0, 2.4), above(0, 0, 5.1)]);
    expect(stacked?.units.map((unit) => unit.site)).toEqual(['top', 'on-adsorbate']);
    const clean = copper(3, 3);
    const [, place] = above(0, 0, 1.9);
    const carbonMonoxide: Atom[] = [
      ['O', [place[0], place[1], place[2] + 1.15]],
      ['C', place],
    ];
    const site = pairOf(withAtoms(clean, carbonMonoxide), clean, undefined, 'CO').site;
    expect(site?.units).toMatchObject([{ atoms: [36, 37], site: 'top' }]);
    expectNear(site?.units[0]?.heightAngstrom, 1.9, 1e-9);
  });
});

/** 3×3 ZnO(0001): O on top at 4.2178642 Å, Zn 0.6144142 Å below it; O at (0, a/√3). */
const oxide = supercell(znoBasal(2, 25), 3, 3);
const OXYGEN_Z = 1 + 5.2069 / 2 + 0.118 * 5.2069;
const OXYGEN_Y = ZNO_A / Math.sqrt(3);
const atomAt = (structure: Structure, x: number, y: number, z: number): number =>
  structure.species.findIndex(
    (_, atom) =>
      Math.hypot(
        (structure.cartesianAngstrom[3 * atom] ?? 0) - x,
        (structure.cartesianAngstrom[3 * atom + 1] ?? 0) - y,
        (structure.cartesianAngstrom[3 * atom + 2] ?? 0) - z,
      ) < 0.01,
  );
const lifted = (structure: Structure, atoms: readonly number[], rise: number): Structure =>
  moved(structure, ([x, y, z], atom) => [x, y, z + (atoms.includes(atom) ? rise : 0)]);

describe('what became of Li on ZnO', () => {
  it('is nothing to tell where it sits on O with Zn at 2.8 Å', () => {
    const hollow = withAtoms(oxide, [['Li', [0, 0, OXYGEN_Z + 0.6]]]);
    expect(pairOf(hollow, oxide).issues).toEqual([]);
    expect(pairOf(withAtoms(oxide, [['Li', [0, OXYGEN_Y, OXYGEN_Z + 1.8]]]), oxide).issues).toEqual([]);
  });

  it('is a migration when it left its start by more than 1 Å along the face, not when it only sank onto it', () => {
    const start = withAtoms(oxide, [['Li', [0, OXYGEN_Y, OXYGEN_Z + 1.8]]]);
    const end = withAtoms(oxide, [['Li', [0, 0, OXYGEN_Z + 0.8]]]);
    const { issues } = pairOf(end, oxide, start);
    expect(codes(issues)).toEqual(['W_SITE_MIGRATED']);
    // a/√3
    expectNear(issues[0]?.details.displacementAngstrom, 1.8761, 1e-5);
    expect(issues[0]?.details).toMatchObject({ from: 'top', to: 'hollow' });
    const high = withAtoms(oxide, [['Li', [0, 0, OXYGEN_Z + 2]]]);
    expect(pairOf(end, oxide, high).issues).toEqual([]);
  });

  it('is no migration when the slab moved along, over the boundary of the cell', () => {
    const end = withAtoms(oxide, [['Li', [0, 0, OXYGEN_Z + 0.8]]]);
    const [a] = oxide.latticeAngstrom;
    const { site, issues } = pairOf(end, oxide, translated(end, [1.4 - a[0], 0.3, 0.1]));
    expect(issues).toEqual([]);
    expectNear(site?.units[0]?.displacementAngstrom, 0, 1e-9);
  });

  it('is a conversion when it pulled an O out of its layer by more than 0.5 Å', () => {
    const oxygen = atomAt(oxide, 0, OXYGEN_Y, OXYGEN_Z);
    const at = (rise: number) =>
      pairOf(withAtoms(lifted(oxide, [oxygen], rise), [['Li', [0, OXYGEN_Y, OXYGEN_Z + rise + 1.7]]]), oxide).issues;
    expect(at(0.4)).toEqual([]);
    const [converted, ...others] = at(0.7);
    expect(others).toEqual([]);
    expect(converted?.code).toBe('W_ADS_CONVERTED');
    expect(converted?.details).toMatchObject({ kind: 'conversion', neighbour: 'O' });
    expectNear(converted?.details.pulledAngstrom, 0.7, 1e-9);
    expectNear(converted?.details.distanceAngstrom, 1.7, 1e-9);
  });

  it('is an alloy when Zn came up to it and became what is nearest', () => {
    // Zn below the hollow of O at (0, 0): three at a/√3, 0.6144 Å below the O. The nearest one rises by 0.8 Å.
    const zinc = atomAt(oxide, ZNO_A / 2, ZNO_A / Math.sqrt(12), OXYGEN_Z - 0.6144142);
    const { issues } = pairOf(withAtoms(lifted(oxide, [zinc], 0.8), [['Li', [0, 0, OXYGEN_Z + 1.1]]]), oxide);
    expect(zinc).toBeGreaterThanOrEqual(0);
    expect(codes(issues)).toEqual(['W_ADS_CONVERTED']);
    expect(issues[0]?.details).toMatchObject({ kind: 'alloy', neighbour: 'Zn' });
    expectNear(issues[0]?.details.pulledAngstrom, 0.8, 1e-9);
  });

  it('is a reconstruction when an atom of the slab left its place by more than 1 Å', () => {
    const far = atomAt(oxide, ZNO_A, OXYGEN_Y, OXYGEN_Z);
    const shifted = moved(oxide, ([x, y, z], atom) => [x + (atom === far ? 1.2 : 0), y, z]);
    const { issues } = pairOf(withAtoms(shifted, [['Li', [0, OXYGEN_Y, OXYGEN_Z + 1.8]]]), oxide);
    expect(codes(issues)).toEqual(['W_RECONSTRUCTED']);
    expect(issues[0]?.details).toMatchObject({ element: 'O', atoms: 1 });
    expectNear(issues[0]?.details.displacementAngstrom, 1.2, 1e-9);
  });
});
