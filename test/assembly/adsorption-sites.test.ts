import { describe, expect, it } from 'vitest';
import type { Vector3 } from '../../model/lattice.ts';
import { expectNear } from '../near.ts';
import { assemble } from './assemble.ts';
import { type Atom, calculationOf, codes, supercell, withAtoms, ZNO_A, znoBasal } from './fixtures.ts';

/** 3×3 ZnO(0001): O on top at 4.2178642 Å, at (0, a/√3) of every cell; hollows at (0, 0). */
const clean = supercell(znoBasal(2, 25), 3, 3);
const TOP_ANGSTROM = 1 + 5.2069 / 2 + 0.118 * 5.2069;
const li = (x: number, y: number, height: number): Atom => ['Li', [x, y, TOP_ANGSTROM + height]];
const B: Vector3 = [-ZNO_A / 2, (ZNO_A * Math.sqrt(3)) / 2, 0];

interface Run {
  readonly atoms: readonly Atom[];
  readonly energyEv: number;
}
function sitesOf(runs: Readonly<Record<string, Run>>) {
  const calculations = Object.entries(runs).map(([name, { atoms, energyEv }]) =>
    calculationOf(`${name}/OUTCAR`, { structure: withAtoms(clean, atoms), energyEv }),
  );
  const { systems } = assemble([calculationOf('slab/OUTCAR', { structure: clean, energyEv: -100 }), ...calculations]);
  expect(systems).toHaveLength(1);
  return new Map(systems[0]?.sites?.map((site) => [site.calculation.split('/')[0], site]));
}

describe('two calculations', () => {
  it('on places that the surface repeats are one site, which the lower one stands for', () => {
    const sites = sitesOf({
      first: { atoms: [li(0.1, 0, 0.8)], energyEv: -103 },
      again: { atoms: [li(0.1 + ZNO_A + B[0], B[1], 0.8)], energyEv: -102.996 },
    });
    expect(sites.get('again')?.duplicateOf).toBe('first/OUTCAR');
    expect(codes(sites.get('again')?.issues ?? [])).toEqual(['I_DUPLICATE_SITE']);
    expectNear(sites.get('again')?.issues[0]?.details.distanceAngstrom, 0, 1e-9);
    expectNear(sites.get('again')?.issues[0]?.details.differenceEv, 0.004, 1e-9);
    expect(sites.get('first')).toMatchObject({ copies: 2, issues: [] });
  });

  it('that a three-fold axis or a mirror of the surface brings together are one site', () => {
    // 0.5 Å from the hollow in directions 120° apart: 0.87 Å from each other.
    const turned = [0, 1].map((turn): Atom => {
      const angle = Math.PI / 2 + (turn * 2 * Math.PI) / 3;
      return li(0.5 * Math.cos(angle), 0.5 * Math.sin(angle), 0.8);
    });
    const [one, other] = turned;
    const sites = sitesOf({
      first: { atoms: one === undefined ? [] : [one], energyEv: -103 },
      turned: { atoms: other === undefined ? [] : [other], energyEv: -103 },
    });
    expect(sites.get('turned')?.duplicateOf).toBe('first/OUTCAR');
    // By 180° it is another place: the axis is three-fold.
    const opposite = sitesOf({
      first: { atoms: [li(0, 0.5, 0.8)], energyEv: -103 },
      opposite: { atoms: [li(0, -0.5, 0.8)], energyEv: -103 },
    });
    expect([...opposite.values()].map((site) => site.duplicateOf)).toEqual([undefined, undefined]);
  });

  it('are two sites when their energies or their places differ', () => {
    const sites = sitesOf({
      hollow: { atoms: [li(0, 0, 0.8)], energyEv: -103 },
      higher: { atoms: [li(ZNO_A, 0, 0.8)], energyEv: -102.99 },
      top: { atoms: [li(0, ZNO_A / Math.sqrt(3), 1.8)], energyEv: -103.001 },
    });
    for (const site of sites.values()) expect(site).not.toHaveProperty('duplicateOf');
  });

  it('with several adatoms are one site only when all of them fall together', () => {
    const pair = (x: number): Atom[] => [li(0, 0, 0.8), li(x, 0, 0.8)];
    const sites = sitesOf({
      near: { atoms: pair(ZNO_A), energyEv: -106 },
      // The other way round the cell is one step too: 3a − a = 2a, and −a.
      round: { atoms: pair(2 * ZNO_A), energyEv: -106 },
      mixed: { atoms: [li(0, 0, 0.8), li(ZNO_A, ZNO_A / Math.sqrt(3), 1.8)], energyEv: -106 },
    });
    expect(sites.get('round')?.duplicateOf).toBe('near/OUTCAR');
    expect(sites.get('mixed')?.duplicateOf).toBeUndefined();
  });
});
