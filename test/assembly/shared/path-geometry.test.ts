import { describe, expect, it } from 'vitest';
import { freeComponents } from '../../../assembly/shared/free-components.ts';
import {
  displacement,
  improvedTangent,
  largestAtomNorm,
  largestDisplacement,
  norm3N,
  perpendicular,
  projection,
  unit,
} from '../../../assembly/shared/path-geometry.ts';
import { type Matrix3, toCartesian, type Vector3 } from '../../../model/lattice.ts';
import { expectNear } from '../../near.ts';
import { cubic, hexagonal, structureOf } from '../fixtures.ts';

/** SCIENCE §3.2, example 1: a = 3.25 Å hexagonal with γ = 120°, c = 20 Å. */
const CELL = hexagonal(3.25, 20);
const at = (...places: Vector3[]) =>
  structureOf(
    CELL,
    places.map((place) => ['Li', toCartesian(place, CELL)]),
  );
const FROM = at([0.05, 0, 0.5], [0.3333, 0.6667, 0.2]);
const TO = at([0.95, 0.05, 0.51], [0.3433, 0.6567, 0.2]);

const vector = (...values: number[]) => Float64Array.from(values);

describe('the distance between two images', () => {
  it('is the norm over all atoms of the shortest displacements', () => {
    // SCIENCE §3.2, example 1: 0.4775065 Å; without wrapping 2.8548008 Å.
    expectNear(norm3N(displacement(FROM, TO)), 0.4775065, 5e-8);
    const unwrapped = TO.cartesianAngstrom.map((value, index) => value - (FROM.cartesianAngstrom[index] ?? 0));
    expectNear(norm3N(unwrapped), 2.8548008, 5e-8);
  });

  it('is not divided by the number of atoms and not weighted by their masses', () => {
    // By hand: two atoms by 3 and 4 Å are 5 Å.
    const one = structureOf(cubic(20), [
      ['Li', [1, 1, 1]],
      ['Zn', [5, 5, 5]],
    ]);
    const other = structureOf(cubic(20), [
      ['Li', [4, 1, 1]],
      ['Zn', [5, 9, 5]],
    ]);
    expectNear(norm3N(displacement(one, other)), 5, 1e-12);
    expectNear(largestDisplacement(one, other), 4, 1e-12);
  });

  it('finds the image beyond the wrapped one in a skewed cell', () => {
    // SCIENCE §3.2, example 2: wrapping alone 4.2453651 Å, true 1.6652702 Å.
    const skewed: Matrix3 = [
      [5, 0, 0],
      [4.5, 3, 0],
      [0, 0, 10],
    ];
    const place = (f: number, g: number) => structureOf(skewed, [['Li', toCartesian([f, g, 0], skewed)]]);
    expectNear(norm3N(displacement(place(0, 0), place(0.4, 0.45))), 1.6652702, 5e-8);
  });
});

describe('the improved tangent (Henkelman & Jónsson 2000)', () => {
  /** Path bent by a right angle: 2 Å along x, then 1 Å along y. */
  const before = vector(2, 0, 0);
  const behind = vector(0, 1, 0);
  const tangent = (energiesEv: readonly [number, number, number]) => improvedTangent(before, behind, energiesEv);

  it('points to the higher neighbour on a slope', () => {
    expect(tangent([0, 1, 2])).toEqual(vector(0, 1, 0));
    expect(tangent([2, 1, 0])).toEqual(vector(1, 0, 0));
  });

  it('at a maximum weighs both directions by the energy differences, the larger one to the higher side', () => {
    // By hand: E = 0, 3, 1: ΔEmax = 3, ΔEmin = 2, the next image is higher: 3·(0,1,0) + 2·(2,0,0) = (4,3,0)/5.
    const [x, y] = tangent([0, 3, 1]) ?? [];
    expectNear(x, 0.8, 1e-12);
    expectNear(y, 0.6, 1e-12);
  });

  it('at a minimum does the same', () => {
    // By hand: E = 4, 1, 3: ΔEmax = 3 (behind us), ΔEmin = 2; the previous image is higher: 2·(0,1,0) + 3·(2,0,0).
    const [x, y] = tangent([4, 1, 3]) ?? [];
    expectNear(x, 6 / Math.sqrt(40), 1e-12);
    expectNear(y, 2 / Math.sqrt(40), 1e-12);
  });

  it('on a flat path is the mean direction, and there is none between identical images', () => {
    const [x, y] = tangent([1, 1, 1]) ?? [];
    expectNear(x, 2 / Math.sqrt(5), 1e-12);
    expectNear(y, 1 / Math.sqrt(5), 1e-12);
    expect(improvedTangent(vector(0, 0, 0), vector(0, 0, 0), [0, 1, 0])).toBeUndefined();
  });
});

describe('a force on the path', () => {
  it('along the tangent is positive where it pulls forward, and the energy falls', () => {
    expectNear(projection(vector(0.3, -0.4, 0), vector(0, 1, 0)), -0.4, 1e-15);
    expectNear(projection(vector(0.3, 0.4, 0), unit(vector(0, 2, 0))!), 0.4, 1e-15);
  });

  it('and what is left across it are at right angles: q² + b² = |F|²', () => {
    // SCIENCE §3.4, real image: b = −0.226121, q = 0.048369.
    const tangent = unit(vector(1, 2, 2, -1, 0, 3))!;
    const across = unit(vector(2, -1, 0, 0, 5, 0))!;
    const force = tangent.map((value, index) => -0.226121 * value + 0.048369 * (across[index] ?? 0));
    expectNear(projection(force, tangent), -0.226121, 1e-12);
    expectNear(norm3N(perpendicular(force, tangent)), 0.048369, 1e-12);
  });

  it('has its largest atomic norm over atoms, not over components', () => {
    expectNear(largestAtomNorm(vector(0.3, 0.4, 0, 0.1, 0.1, 0.45)), 0.5, 1e-12);
  });
});

describe('fixed directions', () => {
  it('take no part, one atom at a time', () => {
    const forces = vector(3, 4, 12, 3, 4, 12);
    expect(freeComponents(forces, Uint8Array.of(0, 0, 0, 1, 1, 1), cubic(4))).toEqual(vector(0, 0, 0, 3, 4, 12));
    expect(freeComponents(forces, Uint8Array.of(0, 0, 1, 1, 1, 0), cubic(4))).toEqual(vector(0, 0, 12, 3, 4, 0));
  });

  it('are those of the lattice vectors, not of x and y', () => {
    // By hand: in a hexagonal cell F = f_a·a + f_b·b with b = (−a/2, √3a/2): Fy = 1 gives f_b·|b| = 2/√3 and f_a·|a| = 1/√3.
    const [x, y, z] = freeComponents(vector(0, 1, 0.5), Uint8Array.of(1, 0, 1), hexagonal(3, 20));
    expectNear(x, 1 / Math.sqrt(3), 1e-12);
    expectNear(y, 0, 1e-12);
    expectNear(z, 0.5, 1e-12);
  });

  it('of another number of atoms are not used', () => {
    const forces = vector(1, 2, 3);
    expect(freeComponents(forces, Uint8Array.of(0, 0, 0, 0, 0, 0), cubic(5))).toBe(forces);
    expect(freeComponents(forces, undefined, cubic(5))).toBe(forces);
  });
});
