import { describe, expect, it } from 'vitest';
import { pathDomain } from '../../../assembly/shared/path-domain.ts';
import type { Structure } from '../../../model/structure.ts';
import type { Migration } from '../../../model/system.ts';
import { bccLi, cubic, structureOf, supercell, translated, withAtoms, znoBasal } from '../fixtures.ts';

// Three double planes of ZnO(0001): Zn at 1.00, 3.60 and 6.21 Å, O 0.61 Å above each.
const SLAB = supercell(znoBasal(3, 28), 2, 2);
const ATOMS = SLAB.species.length;
const withLi = (x: number, z: number): Structure => withAtoms(SLAB, [['Li', [x, 1.9, z]]]);
const moving = (...atoms: number[]): Migration => ({
  atoms: atoms.map((atom) => ({ atom, element: 'Li', pathLengthAngstrom: 1, straightAngstrom: 1 })),
});
const li = moving(ATOMS + 1);

describe('an atom migrates', () => {
  it.each([
    ['above the upper face', 8.5],
    ['in a hollow of the upper face', 6.0],
    ['on the lower face', -1.2],
  ])('on the surface: %s', (_, z) => {
    expect(pathDomain([withLi(0.4, z), withLi(3.2, z)], li)).toBe('surface');
  });

  it('inside the slab, also when only one end lies there', () => {
    expect(pathDomain([withLi(0.4, 4.9), withLi(3.2, 4.9)], li)).toBe('bulk');
    expect(pathDomain([withLi(0.4, 8.5), withLi(0.4, 4.9)], li)).toBe('bulk');
    expect(pathDomain([withLi(0.4, 4.9), withLi(0.4, 8.5)], li)).toBe('bulk');
  });

  it('on the surface although it dips into the face on its way', () => {
    expect(pathDomain([withLi(0.4, 8.5), withLi(1.8, 4.9), withLi(3.2, 8.5)], li)).toBe('surface');
  });

  it('in the bulk of a cell without vacuum', () => {
    expect(pathDomain([bccLi(), bccLi()], moving(1))).toBe('bulk');
    const dense = structureOf(cubic(7.9), [
      ['Li', [0, 0, 0]],
      ['O', [3, 3, 3]],
    ]);
    expect(pathDomain([dense, dense], moving(1))).toBe('bulk');
  });

  it('with others, and then all of them count', () => {
    const two = withAtoms(withLi(0.4, 8.5), [['Li', [3.2, 1.9, 4.9]]]);
    expect(pathDomain([two, two], moving(ATOMS + 1))).toBe('surface');
    expect(pathDomain([two, two], moving(ATOMS + 1, ATOMS + 2))).toBe('bulk');
  });

  it('nowhere when no atom does', () => {
    expect(pathDomain([SLAB, SLAB], moving())).toBeUndefined();
    expect(pathDomain([], li)).toBeUndefined();
  });

  it('in the same place wherever the cell is cut', () => {
    for (const shift of [3, 9, 15, 21, 26]) {
      const ends = [withLi(0.4, 8.5), withLi(3.2, 8.5)].map((image) => translated(image, [0.3, 0.7, shift]));
      expect(pathDomain(ends, li)).toBe('surface');
      const inside = [withLi(0.4, 4.9), withLi(3.2, 4.9)].map((image) => translated(image, [0.3, 0.7, shift]));
      expect(pathDomain(inside, li)).toBe('bulk');
    }
  });
});
