import { describe, expect, it } from 'vitest';
import { type AdsorbedStructure, isAdlayer, liesOutside } from '../../../assembly/shared/adsorbate.ts';
import { matchAtoms } from '../../../assembly/shared/match-atoms.ts';
import type { Structure } from '../../../model/structure.ts';
import { type Atom, supercell, withAtoms, without, zincBasal, znoBasal } from '../fixtures.ts';

/** 2×2 ZnO(0001): Zn planes at 1 and 3.60345 Å, O planes 0.6144142 Å above; the top is O at 4.2178642 Å. */
const clean = supercell(znoBasal(2, 25), 2, 2);
const TOP_ANGSTROM = 1 + 5.2069 / 2 + 0.118 * 5.2069;

function adsorbedOn(slab: Structure, atoms: readonly Atom[], change = (s: Structure) => s): AdsorbedStructure {
  const structure = change(withAtoms(slab, atoms));
  return { structure, axis: 2, match: matchAtoms(structure, slab) };
}

const li = (z: number, x = 0, y = 0): Atom => ['Li', [x, y, z]];

describe('atoms of one element', () => {
  it('lie outside of everything else, or they are part of the slab', () => {
    expect(liesOutside(withAtoms(clean, [li(TOP_ANGSTROM + 1.5), li(-0.9)]), 2, 'Li')).toBe(true);
    expect(liesOutside(withAtoms(clean, [li(TOP_ANGSTROM + 1.5), li(2.5)]), 2, 'Li')).toBe(false);
    expect(liesOutside(clean, 2, 'Li')).toBe(false);
    expect(liesOutside(zincBasal(3, 25), 2, 'Zn')).toBe(false);
  });
});

describe('atoms of the slab’s own element', () => {
  const zinc = supercell(zincBasal(3, 30), 2, 2);
  const zn = (x: number, y: number, z: number): Atom => ['Zn', [x, y, z]];

  it('are an adsorbate when they stand clear of the face', () => {
    expect(isAdlayer(adsorbedOn(clean, [zn(1.3, 2.2, TOP_ANGSTROM + 1.2)]), clean)).toBe(true);
    expect(isAdlayer(adsorbedOn(zinc, [zn(1.3, 0.8, 1 + 4.947 + 2.2)]), zinc)).toBe(true);
  });

  it('are none when they fill a vacancy of the face', () => {
    const vacancy = without(zinc, 11);
    expect(isAdlayer({ structure: zinc, axis: 2, match: matchAtoms(zinc, vacancy) }, vacancy)).toBe(false);
  });

  it('are none when they make a whole further plane of a metal', () => {
    const thicker = supercell(zincBasal(4, 30), 2, 2);
    expect(isAdlayer({ structure: thicker, axis: 2, match: matchAtoms(thicker, zinc) }, zinc)).toBe(false);
  });
});
