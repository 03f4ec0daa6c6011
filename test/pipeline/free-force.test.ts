import { expect, test } from 'vitest';
import type { Matrix3 } from '../../model/lattice.ts';
import { maxForce, maxFreeForce } from '../../pipeline/free-force.ts';
import { expectNear } from '../near.ts';

const CUBIC: Matrix3 = [
  [4, 0, 0],
  [0, 5, 0],
  [0, 0, 20],
];
/** γ = 120°: b does not point along y. */
const HEXAGONAL: Matrix3 = [
  [3, 0, 0],
  [-1.5, 2.598076211353316, 0],
  [0, 0, 20],
];

test('the largest force is a Euclidean norm over one atom, not the largest component', () => {
  // 0.3² + 0.4² + 1.2² = 1.3²; the other atom has the larger component sum of squares below it: 1.25² < 1.3²
  expectNear(maxForce(Float64Array.of(0, -1.25, 0, 0.3, -0.4, 1.2)), 1.3, 1e-15);
});

test('without atoms, or with a number that is missing, there is no largest force', () => {
  expect(maxForce(new Float64Array(0))).toBeUndefined();
  expect(maxForce(Float64Array.of(0.1, Number.NaN, 0, 5, 0, 0))).toBeUndefined();
  expect(maxFreeForce(Float64Array.of(0.1, Number.NaN, 0), Uint8Array.of(1, 1, 1), CUBIC)).toBeUndefined();
});

test('an atom that is fixed in all directions does not count', () => {
  const forces = Float64Array.of(0.3, -0.4, 1.2, 0.03, 0, 0.04);
  // 0.03² + 0.04² = 0.05²
  expectNear(maxFreeForce(forces, Uint8Array.of(0, 0, 0, 1, 1, 1), CUBIC), 0.05, 1e-15);
  expectNear(maxFreeForce(forces, Uint8Array.of(1, 1, 1, 0, 0, 0), CUBIC), 1.3, 1e-15);
});

test('in an orthogonal cell fixed directions drop Cartesian components', () => {
  const forces = Float64Array.of(0.3, -0.4, 1.2);
  // T T F: √(0.3² + 0.4²); F F T: 1.2
  expectNear(maxFreeForce(forces, Uint8Array.of(1, 1, 0), CUBIC), 0.5, 1e-15);
  expectNear(maxFreeForce(forces, Uint8Array.of(0, 0, 1), CUBIC), 1.2, 1e-15);
});

test('in a hexagonal cell a fixed direction drops the component along the lattice vector, not along x or y', () => {
  // F = (0, 0.6, 0). b̂ = (−1/2, √3/2): F = f_b b̂ + f_a x̂ with f_b = 0.6·2/√3 = 0.6928203, f_a = 0.3464102.
  const forces = Float64Array.of(0, 0.6, 0);
  expectNear(maxFreeForce(forces, Uint8Array.of(1, 0, 1), HEXAGONAL), 0.34641016, 1e-8);
  expectNear(maxFreeForce(forces, Uint8Array.of(0, 1, 1), HEXAGONAL), 0.69282032, 1e-8);
  // All free is the plain norm.
  expectNear(maxFreeForce(forces, Uint8Array.of(1, 1, 1), HEXAGONAL), 0.6, 1e-15);
});

test('when everything is fixed no force is left', () => {
  expectNear(maxFreeForce(Float64Array.of(0.3, -0.4, 1.2), new Uint8Array(3), HEXAGONAL), 0, 0);
});

test('flags of another number of atoms are not applied', () => {
  expect(maxFreeForce(Float64Array.of(1, 2, 3), Uint8Array.of(1, 1, 1, 1, 1, 1), CUBIC)).toBeUndefined();
});
