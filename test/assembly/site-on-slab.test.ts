import { describe, expect, it } from 'vitest';
import { siteOn } from '../../assembly/site-on-slab.ts';
import type { Structure } from '../../model/structure.ts';
import { type Atom, calculationOf, codes, supercell, withAtoms, znoBasal } from './fixtures.ts';

const clean = supercell(znoBasal(2, 25), 2, 2);
/** Height of the topmost O plane. */
const TOP_ANGSTROM = 1 + 5.2069 / 2 + 0.118 * 5.2069;

const site = (atoms: readonly Atom[], adsorbate: string, slab: Structure = clean) =>
  siteOn(
    calculationOf('slab-x/OUTCAR', { structure: withAtoms(slab, atoms) }),
    calculationOf('slab/OUTCAR', { structure: slab }),
    adsorbate,
  );

describe('the adsorbate of a slab', () => {
  it('is counted in its own units: atoms, or molecules', () => {
    const water = (x: number): Atom[] => [
      ['O', [x, 1, TOP_ANGSTROM + 2.2]],
      ['H', [x + 0.76, 1, TOP_ANGSTROM + 2.8]],
      ['H', [x - 0.76, 1, TOP_ANGSTROM + 2.8]],
    ];
    expect(site([['Li', [1, 1, TOP_ANGSTROM + 1.6]]], 'Li')).toEqual({ count: 1, isDoubleSided: false, issues: [] });
    expect(site(water(0), 'H2O')).toEqual({ count: 1, isDoubleSided: false, issues: [] });
    expect(site([...water(0), ...water(3.2)], 'H2O').count).toBe(2);
  });

  it('may be of an element of the slab: Zn above ZnO', () => {
    expect(site([['Zn', [1, 1, TOP_ANGSTROM + 1.9]]], 'Zn')).toEqual({ count: 1, isDoubleSided: false, issues: [] });
  });

  it('that is no whole number of units is a difference of another kind', () => {
    const hydroxide: Atom[] = [
      ['O', [0, 1, TOP_ANGSTROM + 2.2]],
      ['H', [0.76, 1, TOP_ANGSTROM + 2.8]],
    ];
    expect(site(hydroxide, 'OH').issues).toEqual([]);
    expect(codes(site(hydroxide, 'H2O').issues)).toEqual(['E_STOICHIOMETRY']);
    expect(codes(site(hydroxide, 'Li').issues)).toEqual(['E_STOICHIOMETRY']);
  });
});
