/**
 * The facets of a bulk. Meshes and spacings are worked out by hand from the lattice constants of SCIENCE §12.3, or are
 * those of SCIENCE §4.6 and §5.3; numbers of families are also spglib's.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BulkFacet, bulkFacet, bulkFacets } from '../../assembly/bulk-facets.ts';
import { cross, dot, type Matrix3, norm, reciprocal, toCartesian, type Vector3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import { expectNear } from '../near.ts';
import {
  BADDELEYITE,
  CALCITE,
  COPPER,
  knownBulk,
  LITHIUM,
  RUTILE,
  TITANIUM_NITRIDE,
  ZINC,
  ZINC_OXIDE,
  ZINC_SELENIDE,
} from './bulk-crystals.ts';

const facetOf = (structure: Structure, miller: Vector3): BulkFacet => bulkFacet(knownBulk(structure), miller);

interface Mesh {
  readonly a: number;
  readonly b: number;
  readonly gammaDegrees: number;
}

function meshOf({ lattice: [u, v] }: BulkFacet): Mesh {
  const [a, b] = [Math.hypot(...u), Math.hypot(...v)];
  return { a, b, gammaDegrees: (Math.acos((u[0] * v[0] + u[1] * v[1]) / (a * b)) * 180) / Math.PI };
}

function expectMesh(facet: BulkFacet, { a, b, gammaDegrees }: Mesh, tolerance = 1e-6): void {
  const found = meshOf(facet);
  expectNear(found.a, a, tolerance);
  expectNear(found.b, b, tolerance);
  expectNear(found.gammaDegrees, gammaDegrees, 1e-4);
}

describe('the mesh of a facet', () => {
  it('of zinc is hexagonal on (0001) and a rectangle of a and c on (10-10)', () => {
    expectMesh(facetOf(ZINC, [0, 0, 1]), { a: 2.665, b: 2.665, gammaDegrees: 120 });
    expectMesh(facetOf(ZINC, [1, 0, 0]), { a: 2.665, b: 4.947, gammaDegrees: 90 });
    // 6.150707 Å²: SCIENCE §4.10.
    expectNear(facetOf(ZINC, [0, 0, 1]).areaAngstrom2, 6.150707, 1e-6);
  });

  it('is the primitive one where the crystal is centred', () => {
    // SCIENCE §5.3: a/√2.
    expectMesh(facetOf(COPPER, [1, 1, 1]), { a: 2.55612, b: 2.55612, gammaDegrees: 120 }, 1e-6);
    expectMesh(facetOf(TITANIUM_NITRIDE, [1, 1, 1]), { a: 2.999547, b: 2.999547, gammaDegrees: 120 });
    expectMesh(facetOf(ZINC_SELENIDE, [1, 1, 1]), { a: 4.007598, b: 4.007598, gammaDegrees: 120 });
    expectMesh(facetOf(COPPER, [1, 0, 0]), { a: 2.55612, b: 2.55612, gammaDegrees: 90 }, 1e-6);
    expectMesh(facetOf(COPPER, [1, 1, 0]), { a: 2.55612, b: 3.6149, gammaDegrees: 90 }, 1e-6);
  });

  it('of bcc (110) is a centred rectangle of a and a√2: two vectors of a√3/2 at arccos(−1/3)', () => {
    const side = (3.51 * Math.sqrt(3)) / 2;
    expectMesh(facetOf(LITHIUM, [1, 1, 0]), { a: side, b: side, gammaDegrees: 109.471221 });
    expectNear(facetOf(LITHIUM, [1, 1, 0]).areaAngstrom2, 3.51 ** 2 / Math.SQRT2, 1e-9);
    expectMesh(facetOf(LITHIUM, [1, 0, 0]), { a: 3.51, b: 3.51, gammaDegrees: 90 });
    expectMesh(facetOf(LITHIUM, [1, 1, 1]), { a: 3.51 * Math.SQRT2, b: 3.51 * Math.SQRT2, gammaDegrees: 120 });
  });

  it('of wurtzite (10-11) is a centred rectangle: a, and √(3a²/4 + c²) across it', () => {
    const [a, c] = [3.2495, 5.2069];
    const across = Math.hypot((a * Math.sqrt(3)) / 2, c);
    const facet = facetOf(ZINC_OXIDE, [1, 0, 1]);
    expectNear(facet.areaAngstrom2, a * across, 1e-6);
    const { a: first, b: second } = meshOf(facet);
    expectNear(first, a, 1e-6);
    expectNear(second, Math.hypot(a / 2, across), 1e-6);
  });

  it('of calcite (10-14), its cleavage, is a rectangle of 4.99 × 8.10 Å, which (01-14) is not', () => {
    // A third of the cell's volume over d(104) = 3.035 Å (JCPDS 5-586) is 40.4 Å².
    const cleavage = facetOf(CALCITE, [1, 0, 4]);
    expectNear(cleavage.spacingAngstrom, 3.035, 2e-3);
    expectMesh(cleavage, { a: 4.99, b: 40.4 / 4.99, gammaDegrees: 90 }, 0.02);
    expect(facetOf(CALCITE, [0, 1, 4]).label).not.toBe(cleavage.label);
    expect(facetOf(CALCITE, [0, 1, 4]).areaAngstrom2).toBeGreaterThan(2 * cleavage.areaAngstrom2);
  });

  it('of monoclinic zirconia is that of its cell, on (010) seen from +b: a, and −c at 180° − β', () => {
    expectMesh(facetOf(BADDELEYITE, [0, 0, 1]), { a: 5.1505, b: 5.2116, gammaDegrees: 90 });
    expectMesh(facetOf(BADDELEYITE, [0, 1, 0]), { a: 5.1505, b: 5.3173, gammaDegrees: 80.77 });
  });

  it('is spanned by vectors along the conventional axes that lie in the plane, the normal outward', () => {
    for (const structure of [ZINC, COPPER, LITHIUM, CALCITE, RUTILE, BADDELEYITE]) {
      const crystal = knownBulk(structure);
      for (const { miller, components, basisAngstrom, planeSpacingAngstrom } of bulkFacets(crystal, 2)) {
        const normal = toCartesian(miller, reciprocal(crystal.axes.lattice));
        const [u, v, w] = basisAngstrom;
        for (const at of [0, 1] as const) {
          expectNear(dot(components[at], miller), 0, 1e-12);
          expectNear(norm(toCartesian(components[at], crystal.axes.lattice)), norm(basisAngstrom[at]), 1e-9);
        }
        expectNear(dot(cross(u, v), normal) / (norm(cross(u, v)) * norm(normal)), 1, 1e-12);
        expectNear(dot(w, normal) / norm(normal), planeSpacingAngstrom, 1e-9);
      }
    }
  });
});

describe('the spacing', () => {
  it('is that of SCIENCE §4.6', () => {
    expectNear(facetOf(ZINC, [0, 0, 1]).spacingAngstrom / 2, 2.4735, 1e-9);
    expectNear(facetOf(ZINC, [1, 0, 0]).spacingAngstrom, 2.307958, 1e-6);
    expectNear(facetOf(ZINC, [1, 0, 1]).spacingAngstrom, 2.091536, 1e-6);
    expectNear(facetOf(ZINC_OXIDE, [0, 0, 1]).spacingAngstrom / 2, 2.60345, 1e-9);
    expectNear(facetOf(ZINC_OXIDE, [1, 0, 1]).spacingAngstrom / 2, 1.237852, 1e-6);
  });

  it('of bcc (100) is a, and its lattice planes are a/2 apart', () => {
    const facet = facetOf(LITHIUM, [1, 0, 0]);
    expectNear(facet.spacingAngstrom, 3.51, 1e-9);
    expectNear(facet.planeSpacingAngstrom, 1.755, 1e-9);
  });
});

describe('the families', () => {
  const namesOf = (structure: Structure, most: number) =>
    bulkFacets(knownBulk(structure), most).map(({ name }) => name);

  it('of zinc up to 1 are five, the densest first', () => {
    expect(namesOf(ZINC, 1)).toEqual(['(0001)', '(10-10)', '(10-11)', '(11-20)', '(11-21)']);
  });

  it('of cubic metals up to 1 are three, and the densest is (111) of fcc, (110) of bcc', () => {
    expect(namesOf(COPPER, 1)).toEqual(['(111)', '(100)', '(110)']);
    expect(namesOf(LITHIUM, 1)).toEqual(['(110)', '(100)', '(111)']);
  });

  it('of a polar crystal have both sides, with their terminations', () => {
    const facets = bulkFacets(knownBulk(ZINC_OXIDE), 1);
    expect(facets.map(({ name, termination = '' }) => `${name}${termination}`)).toEqual([
      '(0001)+',
      '(000-1)-',
      '(10-10)',
      '(10-11)+',
      '(10-1-1)-',
      '(11-20)',
      '(11-21)+',
      '(11-2-1)-',
    ]);
    expect(facets.filter(({ isPolar }) => isPolar).every(({ termination }) => termination !== undefined)).toBe(true);
  });

  it('of zincblende have two sides on {111} alone, up to 1', () => {
    const facets = bulkFacets(knownBulk(ZINC_SELENIDE), 1);
    expect(facets.map(({ label, isPolar }) => `${label}${isPolar ? ' polar' : ''}`)).toEqual([
      '{111} polar',
      '{111} polar',
      '{100}',
      '{110}',
    ]);
  });

  it('of a plane that is named are told for that plane, as it was named', () => {
    expect(facetOf(ZINC, [0, 2, 0])).toMatchObject({ name: '(01-10)', family: [1, 0, 0], label: '{10-10}' });
    expect(facetOf(COPPER, [0, 0, -2])).toMatchObject({ name: '(00-1)', family: [1, 0, 0], label: '{100}' });
  });

  it('are the same in a primitive cell, a supercell, a rotated cell and one with its atoms in another order', () => {
    for (const structure of [ZINC_OXIDE, COPPER, LITHIUM, CALCITE, RUTILE, BADDELEYITE]) {
      const expected = bulkFacets(knownBulk(structure), 1).map(summaryOf);
      const seen = fc.record({
        axis: fc.tuple(fc.double({ min: 0.1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })),
        shift: fc.tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true })),
        double: fc.boolean(),
        permuted: fc.boolean(),
        primitive: fc.boolean(),
      });
      fc.assert(
        fc.property(seen, (change) => {
          expect(bulkFacets(knownBulk(changed(structure, change)), 1).map(summaryOf)).toEqual(expected);
        }),
        { numRuns: 8, seed: 7 },
      );
    }
  });
});

function summaryOf(facet: BulkFacet): string {
  const { a, b } = meshOf(facet);
  const sides = `${facet.isPolar ? 'polar' : ''}${facet.termination ?? ''}`;
  return [facet.label, sides, ...[a, b, facet.spacingAngstrom].map(printed)].join(' ');
}

/** A little more: none of the lengths is then on the edge between two printed numbers. */
function printed(lengthAngstrom: number): string {
  return (lengthAngstrom + 3e-5).toFixed(4);
}

interface Change {
  readonly axis: readonly [number, number];
  readonly shift: readonly [number, number];
  readonly double: boolean;
  /** The vectors of the cell in another order, left-handed. */
  readonly permuted: boolean;
  readonly primitive: boolean;
}

/** The same crystal, rotated, moved, its atoms in reverse, in its primitive cell, or with the shortest vector doubled. */
function changed(structure: Structure, { axis, shift, double, permuted, primitive }: Change): Structure {
  const crystal = knownBulk(structure).crystal;
  const species = primitive ? crystal.atoms.map((atom) => atom.species) : [...structure.species];
  const places = primitive
    ? crystal.atoms.map(({ place }) => place)
    : species.map((_, at): Vector3 => {
        const [x = 0, y = 0, z = 0] = structure.cartesianAngstrom.slice(3 * at, 3 * at + 3);
        return [x, y, z];
      });
  const [a, b, c] = primitive ? crystal.primitive : structure.latticeAngstrom;
  const lattice: Matrix3 = double ? [a, b, [2 * c[0], 2 * c[1], 2 * c[2]]] : [a, b, c];
  const all = double ? [...places, ...places.map(([x, y, z]): Vector3 => [x + c[0], y + c[1], z + c[2]])] : places;
  const turn = (vector: Vector3): Vector3 => rotated(vector, axis);
  const moved = all.map(([x, y, z]) => turn([x + shift[0], y + shift[1], z])).reverse();
  const [p, q, r] = [turn(lattice[0]), turn(lattice[1]), turn(lattice[2])];
  const names = double ? [...species, ...species] : species;
  return {
    latticeAngstrom: permuted ? [q, p, r] : [p, q, r],
    species: names.reverse(),
    cartesianAngstrom: Float64Array.from(moved.flat()),
  };
}

/** About z, then about x. */
function rotated([x, y, z]: Vector3, [first, second]: readonly [number, number]): Vector3 {
  const [c, s, d, t] = [Math.cos(first), Math.sin(first), Math.cos(second), Math.sin(second)];
  const [u, v] = [c * x - s * y, s * x + c * y];
  return [u, d * v - t * z, t * v + d * z];
}
