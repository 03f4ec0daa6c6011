/**
 * The axes that indices refer to: those of the file where its cell is a conventional one. Cells and sites are those of the
 * literature named beside them; which planes are alike is the International Tables' (A, space groups 12, 33, 164 and 205).
 */
import { describe, expect, it } from 'vitest';
import { bulkFacet } from '../../../assembly/bulk-facets.ts';
import { type Bulk, bulkOf } from '../../../assembly/identify-facet.ts';
import { planeText } from '../../../assembly/shared/miller.ts';
import { type Matrix3, norm, toCartesian, type Vector3 } from '../../../model/lattice.ts';
import type { Structure } from '../../../model/structure.ts';
import { expectNear } from '../../near.ts';
import { bulk, cell, hexagonalCell, type Site } from '../bulk-crystals.ts';

/** θ-Al2O3, C2/m (Zhou & Snyder, Acta Cryst. B47, 617, 1991), both halves of the centred cell. */
const THETA_CELL = cell(11.854, 2.904, 5.622, 103.83);
const THETA_SITES = [
  ['Al', 0.0904, 0.7948],
  ['Al', 0.3419, 0.6857],
  ['O', 0.1608, 0.1098],
  ['O', 0.4953, 0.2566],
  ['O', 0.8265, 0.4341],
] as const;
const HALF_OF_THETA = THETA_SITES.flatMap(([species, x, z]): Site[] => [
  [species, x, 0, z],
  [species, -x, 0, -z],
]);
const THETA = bulk(THETA_CELL, [
  ...HALF_OF_THETA,
  ...HALF_OF_THETA.map(([species, x, y, z]): Site => [species, x + 0.5, y + 0.5, z]),
]);
const [A, B, C] = THETA_CELL;
const HALF_WAY: Vector3 = [(A[0] + B[0]) / 2, (A[1] + B[1]) / 2, (A[2] + B[2]) / 2];
const THETA_PRIMITIVE: Structure = {
  latticeAngstrom: [HALF_WAY, B, C],
  species: HALF_OF_THETA.map(([species]) => species),
  cartesianAngstrom: Float64Array.from(HALF_OF_THETA.flatMap(([, x, y, z]) => toCartesian([x, y, z], THETA_CELL))),
};

/** Brucite, P-3m1 (Catti et al., Phys. Chem. Miner. 22, 200, 1995). */
const BRUCITE = bulk(hexagonalCell(3.147, 4.769), [
  ['Mg', 0, 0, 0],
  ['O', 1 / 3, 2 / 3, 0.2203],
  ['O', 2 / 3, 1 / 3, -0.2203],
  ['H', 1 / 3, 2 / 3, 0.413],
  ['H', 2 / 3, 1 / 3, -0.413],
]);

/** Pyrite, Pa-3, x = 0.385. */
const S = 0.385;
const PYRITE = bulk(cell(5.416, 5.416, 5.416), [
  ['Fe', 0, 0, 0],
  ['Fe', 0.5, 0, 0.5],
  ['Fe', 0, 0.5, 0.5],
  ['Fe', 0.5, 0.5, 0],
  ...[1, -1].flatMap((sign): Site[] => [
    ['S', sign * S, sign * S, sign * S],
    ['S', sign * (0.5 - S), -sign * S, sign * (0.5 + S)],
    ['S', -sign * S, sign * (0.5 + S), sign * (0.5 - S)],
    ['S', sign * (0.5 + S), sign * (0.5 - S), -sign * S],
  ]),
]);

function known(structure: Structure): Bulk {
  const found = bulkOf(structure);
  if (found === undefined) throw new Error('a bulk of few atoms');
  return found;
}

function expectAxes(found: Matrix3, expected: Matrix3): void {
  for (const [axis, vector] of expected.entries()) {
    for (const [at, part] of vector.entries()) expectNear(found[axis]?.[at], part, 1e-6);
  }
}

describe('indices', () => {
  it.each([
    ['pyrite, whose (210) and (120) are two faces', PYRITE],
    ['brucite, whose (10-11) and (01-11) are two faces', BRUCITE],
    ['θ-alumina, whose shortest vectors span another cell', THETA],
  ])('refer to the cell of the file: %s', (_, structure) => {
    expectAxes(known(structure).axes.lattice, structure.latticeAngstrom);
  });

  it('of θ-alumina give the spacings of its cell: (100) every a sin β / 2', () => {
    const sine = Math.sin((103.83 * Math.PI) / 180);
    const facet = bulkFacet(known(THETA), [1, 0, 0]);
    expectNear(facet.spacingAngstrom, 11.854 * sine, 1e-6);
    expectNear(facet.planeSpacingAngstrom, (11.854 * sine) / 2, 1e-6);
  });

  it('of a primitive cell refer to the base-centred one, C2/m with β obtuse', () => {
    const { family, lattice } = known(THETA_PRIMITIVE).axes;
    expect(family).toBe('monoclinic');
    for (const [axis, length] of [11.854, 2.904, 5.622].entries())
      expectNear(norm(lattice[axis] ?? [0, 0, 0]), length, 1e-6);
    expectNear(bulkFacet(known(THETA_PRIMITIVE), [0, 0, 1]).areaAngstrom2, (11.854 * 2.904) / 2, 1e-6);
  });

  it('of a cell with its axes in another order refer to the usual ones where the symmetry tells them', () => {
    const [a, b, c] = BRUCITE.latticeAngstrom;
    const turned = known({ ...BRUCITE, latticeAngstrom: [c, a, b] });
    expectNear(norm(turned.axes.lattice[2]), 4.769, 1e-6);
    expect(planeText([0, 0, 1], turned.axes)).toBe('(0001)');
  });
});

describe('the sign of a polar axis', () => {
  it('of an orthorhombic crystal (mm2) is that of the file', () => {
    // No centre: O above Zn along c, in a rectangle of three lengths.
    const polar = bulk(cell(3.1, 5.3, 4.9), [
      ['Zn', 0, 0, 0],
      ['O', 0, 0, 0.38],
      ['Zn', 0.5, 0.5, 0.1],
      ['O', 0.5, 0.5, 0.52],
    ]);
    expectAxes(known(polar).axes.lattice, polar.latticeAngstrom);
  });

  it('of wurtzite is that of the bond from metal to anion, also where the file has it the other way', () => {
    const upsideDown = bulk(hexagonalCell(3.2495, 5.2069), [
      ['Zn', 1 / 3, 2 / 3, 0],
      ['Zn', 2 / 3, 1 / 3, 0.5],
      ['O', 1 / 3, 2 / 3, -0.382],
      ['O', 2 / 3, 1 / 3, 0.118],
    ]);
    expectNear(known(upsideDown).axes.lattice[2][2], -5.2069, 1e-6);
  });
});
