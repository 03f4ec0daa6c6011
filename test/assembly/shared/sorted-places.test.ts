import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberedLattices } from '../../../assembly/shared/numbered.ts';
import { byHeight, widestGap } from '../../../assembly/shared/sorted-places.ts';
import { type Matrix3, minimumImage, surelyShortest, type Vector3 } from '../../../model/lattice.ts';

/** Some of them equal, some at even steps: there the widest gap is no wider than the others. */
const fraction = fc.oneof(
  fc.integer({ min: 0, max: 7 }).map((eighth) => eighth / 8),
  fc.double({ min: 0, max: 0.999, noNaN: true }),
);

describe('The widest gap of a circle', () => {
  it('is the one that sorting shows, to the last digit', () => {
    fc.assert(
      fc.property(fc.array(fraction, { minLength: 1, maxLength: 12 }), (fractions) => {
        const sorted = [...fractions].sort((left, right) => left - right);
        const steps = sorted.map((own, at) => (sorted[at + 1] ?? (sorted[0] ?? 0) + 1) - own);
        const width = Math.max(...steps);
        const at = steps.indexOf(width);
        const end = sorted[at + 1] ?? (sorted[0] ?? 0) + 1;
        expect(widestGap(Float64Array.from(fractions))).toEqual({ width, end });
      }),
    );
  });

  it('is the whole circle for a single atom, and none without atoms', () => {
    expect(widestGap(Float64Array.of(0.25))).toEqual({ width: 1, end: 1.25 });
    expect(widestGap(new Float64Array(0))).toEqual({ width: 0, end: 0 });
  });
});

describe('Atoms by height', () => {
  it('are each there once, however small the numbers', () => {
    expect(byHeight([0], Float64Array.of(5e-324))).toEqual([0]);
    expect(byHeight([0, 1], Float64Array.of(1e-308, 5e-324))).toEqual([1, 0]);
  });

  it('stand in the order of their heights, equal ones in the order of the file', () => {
    const height = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.double({ min: 0, max: 30, noNaN: true }));
    fc.assert(
      fc.property(fc.array(height, { maxLength: 20 }), (heights) => {
        const atoms = [...heights.keys()];
        const sorted = atoms.toSorted((left, right) => (heights[left] ?? 0) - (heights[right] ?? 0) || left - right);
        expect(byHeight(atoms, Float64Array.from(heights))).toEqual(sorted);
      }),
    );
  });
});

describe('Lattices', () => {
  it('have one number when all components are equal, whatever their sum', () => {
    const lattice = (a: number, b: number): Matrix3 => [
      [a, 0, 0],
      [0, b, 0],
      [0, 0, 9],
    ];
    const numberOf = numberedLattices();
    expect([lattice(3, 4), lattice(4, 3), lattice(3, 4), lattice(5, 4)].map(numberOf)).toEqual([0, 1, 0, 2]);
  });
});

describe('A displacement that is surely the shortest', () => {
  it('is its own shortest image to the last digit, in a skewed cell too', () => {
    const lattice: Matrix3 = [
      [3.2, 0, 0],
      [-1.6, 2.77, 0],
      [4.1, 3.3, 5.2],
    ];
    const image = minimumImage(lattice);
    const limit = surelyShortest(lattice);
    const component = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(component, component, component), ([x, y, z]) => {
        const scale = limit / 2;
        const short: Vector3 = [x * scale, y * scale, z * scale];
        expect(image(short).map((value) => value + 0)).toEqual(short.map((value) => value + 0));
      }),
    );
  });
});
