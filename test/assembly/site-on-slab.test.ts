import { describe, expect, it } from 'vitest';
import { siteOn } from '../../assembly/site-on-slab.ts';
import type { Structure } from '../../model/structure.ts';
import { type Atom, calculationOf, codes, supercell, withAtoms, ZNO_A, znoBasal } from './fixtures.ts';

const clean = supercell(znoBasal(2, 25), 2, 2);
/** Height of the topmost O plane. */
const TOP_ANGSTROM = 1 + 5.2069 / 2 + 0.118 * 5.2069;
/** A Zn of the face below, at x = 0: a third along a and two thirds along b of the primitive cell. */
const [ZINC_Y, ZINC_Z] = [ZNO_A / Math.sqrt(3), 1];

const site = (atoms: readonly Atom[], adsorbate: string, slab: Structure = clean) =>
  siteOn(
    calculationOf('slab-x/OUTCAR', { structure: withAtoms(slab, atoms) }),
    calculationOf('slab/OUTCAR', { structure: slab }),
    adsorbate,
  );

describe('the adsorbate of a slab', () => {
  it('is counted in its own units: atoms, or molecules', () => {
    const water = (x: number): Atom[] => [
      ['O', [x, ZINC_Y, ZINC_Z - 2.1]],
      ['H', [x + 0.76, ZINC_Y, ZINC_Z - 2.7]],
      ['H', [x - 0.76, ZINC_Y, ZINC_Z - 2.7]],
    ];
    expect(site([['Li', [1, 1, TOP_ANGSTROM + 1.6]]], 'Li')).toMatchObject({ count: 1, issues: [] });
    expect(site(water(0), 'H2O')).toMatchObject({ count: 1, issues: [] });
    expect(site([...water(0), ...water(ZNO_A)], 'H2O').count).toBe(2);
  });

  it('may be of an element of the slab: Zn above ZnO', () => {
    expect(site([['Zn', [1, 1, TOP_ANGSTROM + 1.9]]], 'Zn')).toMatchObject({ count: 1, issues: [] });
  });

  it('that is no whole number of units is a difference of another kind', () => {
    const hydroxide: Atom[] = [
      ['O', [0, ZINC_Y, ZINC_Z - 1.9]],
      ['H', [0.76, ZINC_Y, ZINC_Z - 2.5]],
    ];
    expect(site(hydroxide, 'OH').issues).toEqual([]);
    expect(codes(site(hydroxide, 'H2O').issues)).toEqual(['E_STOICHIOMETRY']);
    expect(codes(site(hydroxide, 'Li').issues)).toEqual(['E_STOICHIOMETRY']);
  });
});
