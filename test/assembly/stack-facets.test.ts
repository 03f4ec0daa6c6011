/**
 * Films on substrates. Matches are those of SCIENCE §5.4 or plain ones worked out by hand; what a slab shows is asked of
 * `identifyFacet`, which knows nothing of how it was made.
 */
import { describe, expect, it } from 'vitest';
import { bulkFacet, bulkFacets } from '../../assembly/bulk-facets.ts';
import { identifyFacet } from '../../assembly/identify-facet.ts';
import { orientationRelation } from '../../assembly/orientation-relation.ts';
import { facesOf, terminationCount } from '../../assembly/shared/cut-slab.ts';
import { supercellOrigins } from '../../assembly/shared/plane-cells.ts';
import { type FacetStack, type StackPart, type StackRequest, stackFacets } from '../../assembly/stack-facets.ts';
import { anglesDegrees, determinant, lengths, periodicDistance, type Vector3 } from '../../model/lattice.ts';
import type { Matrix2 } from '../../model/plane-lattice.ts';
import { formula, position, type Structure } from '../../model/structure.ts';
import { expectNear } from '../near.ts';
import {
  COPPER,
  GRAPHITE,
  knownBulk,
  LITHIUM,
  QUARTZ,
  RUTILE,
  TITANIUM_NITRIDE,
  ZINC,
  ZINC_OXIDE,
  ZINC_SELENIDE,
} from './bulk-crystals.ts';

function part(structure: Structure, miller: Vector3, planes: number, termination = 0): StackPart {
  const bulk = knownBulk(structure);
  return { bulk, facet: bulkFacet(bulk, miller), planes, termination };
}

const ONE: Matrix2 = [
  [1, 0],
  [0, 1],
];
const SWAPPED: Matrix2 = [
  [0, 1],
  [1, 0],
];
/** SCIENCE §5.4: 13 cells of Zn(0001) on 16 of graphene. Meshes at 120°: 4u + v, and the same turned by 60°. */
const THIRTEEN: Matrix2 = [
  [4, 1],
  [3, 4],
];
const SIXTEEN: Matrix2 = [
  [4, 0],
  [4, 4],
];

function stacked(film: StackPart, substrate: StackPart, other: Partial<StackRequest> = {}): FacetStack {
  return stackFacets({
    film,
    substrate,
    match: { filmMatrix: ONE, substrateMatrix: ONE },
    strained: 'film',
    gapAngstrom: 2.5,
    vacuumAngstrom: 15,
    ...other,
  });
}

const zincOnGraphite = (strained: StackRequest['strained']): FacetStack =>
  stacked(part(ZINC, [0, 0, 1], 2), part(GRAPHITE, [0, 0, 1], 1), {
    match: { filmMatrix: THIRTEEN, substrateMatrix: SIXTEEN },
    strained,
  });

/** One of the two slabs alone. */
function slabOf({ structure, parts }: FacetStack, wanted: 'film' | 'substrate'): Structure {
  const atoms = parts.flatMap((name, atom) => (name === wanted ? [atom] : []));
  return {
    latticeAngstrom: structure.latticeAngstrom,
    species: atoms.map((atom) => structure.species[atom] ?? ''),
    cartesianAngstrom: Float64Array.from(atoms.flatMap((atom) => position(structure, atom))),
  };
}

function shortestDistance(structure: Structure): number {
  const distance = periodicDistance(structure.latticeAngstrom);
  let shortest = Number.POSITIVE_INFINITY;
  for (let left = 0; left < structure.species.length; left += 1) {
    for (let right = 0; right < left; right += 1) {
      const [[x, y, z], [u, v, w]] = [position(structure, left), position(structure, right)];
      shortest = Math.min(shortest, distance(x - u, y - v, z - w));
    }
  }
  return shortest;
}

function heightsOf(structure: Structure): number[] {
  return structure.species.map((_, atom) => position(structure, atom)[2]).sort((left, right) => left - right);
}

describe('13 cells of zinc on 16 of graphite', () => {
  const stack = zincOnGraphite('film');

  it('are 13 × 4 and 16 × 4 atoms, by element', () => {
    // Two planes of Zn(0001), each of a cell with two atoms; one of graphite, of a cell with four.
    expect([stack.filmAtoms, stack.substrateAtoms]).toEqual([52, 64]);
    expect(formula(stack.structure.species)).toBe('C64Zn52');
    expect(new Set(stack.structure.species.slice(0, 64))).toEqual(new Set(['C']));
  });

  it('have the cell of the substrate, a along x, right-handed, the normal along z', () => {
    const [a, b, c] = stack.structure.latticeAngstrom;
    expect([a[1], a[2], b[2], c[0], c[1]]).toEqual([0, 0, 0, 0, 0]);
    expect(determinant(stack.structure.latticeAngstrom)).toBeGreaterThan(0);
    expectNear(lengths(stack.structure.latticeAngstrom)[0], 4 * 2.461, 1e-9);
    expectNear(lengths(stack.structure.latticeAngstrom)[1], 4 * 2.461, 1e-9);
    expectNear(anglesDegrees(stack.structure.latticeAngstrom)[2], 60, 1e-9);
  });

  it('have gap and vacuum as asked, and between them the planes of both bulks', () => {
    const [heights, cell] = [heightsOf(stack.structure), stack.structure.latticeAngstrom[2][2]];
    // Graphite: planes c/2 = 3.354 apart. Zinc: four planes c/2 = 2.4735 apart.
    const expected = [0, 3.354, 3.354 + 2.5, 8.3275, 10.801, 13.2745].map((height) => 7.5 + height);
    for (const height of expected) expectNear(Math.min(...heights.map((z) => Math.abs(z - height))), 0, 1e-6);
    expectNear(cell - (heights.at(-1) ?? 0) + (heights[0] ?? 0), 15, 1e-9);
  });

  it('strain the film as SCIENCE §5.4 has it, by +0.0244782', () => {
    const [film, substrate] = [slabOf(stack, 'film'), slabOf(stack, 'substrate')];
    const top = Math.max(...heightsOf(film));
    const plane = film.species.flatMap((_, atom) => (position(film, atom)[2] > top - 0.1 ? [atom] : []));
    const alone: Structure = {
      ...film,
      species: plane.map(() => 'Zn'),
      cartesianAngstrom: Float64Array.from(plane.flatMap((atom) => position(film, atom))),
    };
    expect(plane).toHaveLength(13);
    expectNear(shortestDistance(alone) / 2.665 - 1, 0.0244782, 1e-6);
    // The bond of graphite is a/√3: it is as it was.
    expectNear(shortestDistance(substrate), 2.461 / Math.sqrt(3), 1e-6);
  });

  it('bring no two atoms nearer than the bonds of their bulks', () => {
    expectNear(shortestDistance(stack.structure), 2.461 / Math.sqrt(3), 1e-6);
  });

  it('may strain the substrate instead, or each half', () => {
    const film = 2.665 * Math.sqrt(13);
    expectNear(lengths(zincOnGraphite('substrate').structure.latticeAngstrom)[0], film, 1e-6);
    expectNear(lengths(zincOnGraphite('shared').structure.latticeAngstrom)[1], (film + 4 * 2.461) / 2, 1e-6);
  });

  it('lie in the orientation that the two first vectors say', () => {
    const [film, substrate] = [part(ZINC, [0, 0, 1], 2), part(GRAPHITE, [0, 0, 1], 1)];
    const told = orientationRelation(film, substrate, stack);
    expect(told).toMatch(/^Zn\(0001\)\[[-\d ]+\] ∥ C\(0001\)\[[-\d]+\]$/);
    // 4 u of graphite is along a: of the family <11-20> of directions.
    const [u, v, t] = /C\(0001\)\[(-?\d)(-?\d)(-?\d)0\]/.exec(told)?.slice(1).map(Number) ?? [];
    expect([u, v, t].map((index) => Math.abs(index ?? 0)).sort()).toEqual([1, 1, 2]);
  });
});

describe('the two slabs', () => {
  const cases: readonly (readonly [string, StackPart, StackPart])[] = [
    ['Zn(0001) on Cu(111)', part(ZINC, [0, 0, 1], 3), part(COPPER, [1, 1, 1], 5)],
    ['ZnO(0001) on Zn(0001)', part(ZINC_OXIDE, [0, 0, 1], 3), part(ZINC, [0, 0, 1], 3)],
    ['ZnO(000-1) on Zn(0001)', part(ZINC_OXIDE, [0, 0, -1], 3), part(ZINC, [0, 0, 1], 3)],
    ['Zn(10-10) on ZnO(10-10)', part(ZINC, [1, 0, 0], 4), part(ZINC_OXIDE, [1, 0, 0], 4)],
    ['Li(110) on itself', part(LITHIUM, [1, 1, 0], 5), part(LITHIUM, [1, 1, 0], 5)],
    ['TiN(100) on rutile (110)', part(TITANIUM_NITRIDE, [1, 0, 0], 5), part(RUTILE, [1, 1, 0], 3)],
  ];
  // The film as it is when the substrate gives way, so that the planes are found however large the misfit is.
  for (const [title, film, substrate] of cases) {
    it(`of ${title} show the facets that were asked for, each on its side`, () => {
      for (const filmMatrix of [ONE, SWAPPED]) {
        const match = { filmMatrix, substrateMatrix: ONE };
        const soft = stacked(film, substrate, { match, strained: 'substrate' });
        const hard = stacked(film, substrate, { match, strained: 'film' });
        expect(soft.filmSense).toBe(filmMatrix === ONE ? 'as cut' : 'mirrored');
        expect(determinant(soft.structure.latticeAngstrom)).toBeGreaterThan(0);
        for (const [slab, { facet, bulk }] of [
          [slabOf(soft, 'film'), film],
          [slabOf(hard, 'substrate'), substrate],
        ] as const) {
          const found = identifyFacet(slab, 2, bulk);
          expect(found).toMatchObject({ label: facet.label, matchedShare: 1 });
          expect(found?.termination).toBe(facet.termination);
          expectNear(found?.deviationAngstrom, 0, 1e-6);
        }
      }
    });
  }

  it('of wurtzite end where one bond per atom is cut: metal on top of (0001), the anion on top of (000-1)', () => {
    for (const [sign, top, bottom] of [
      [1, 'Zn', 'O'],
      [-1, 'O', 'Zn'],
    ] as const) {
      const film = slabOf(stacked(part(ZINC_OXIDE, [0, 0, sign], 2), part(ZINC, [0, 0, 1], 2)), 'film');
      const sorted = film.species
        .map((species, atom) => ({ species, z: position(film, atom)[2] }))
        .sort((left, right) => left.z - right.z);
      expect([sorted[0]?.species, sorted.at(-1)?.species]).toEqual([bottom, top]);
    }
  });

  it('tell the sides of a polar facet apart by what ends them, also where no sign does', () => {
    const facesAlong = (structure: Structure, miller: Vector3) => {
      const { bulk, facet } = part(structure, miller, 1);
      return facesOf(bulk.crystal, facet);
    };
    expect(facesAlong(ZINC_OXIDE, [0, 0, 1])).toEqual({ top: 'Zn', bottom: 'O' });
    expect(facesAlong(ZINC_OXIDE, [0, 0, -1])).toEqual({ top: 'O', bottom: 'Zn' });
    expect(facesAlong(ZINC_OXIDE, [1, 0, 0])).toEqual({ top: 'ZnO', bottom: 'ZnO' });
    // Zincblende: the two sides of {111} end with one element each, the other one below.
    const sides = bulkFacets(knownBulk(ZINC_SELENIDE), 1).filter(({ label }) => label === '{111}');
    const tops = sides.map((facet) => facesOf(knownBulk(ZINC_SELENIDE).crystal, facet).top);
    expect(tops.sort()).toEqual(['Se', 'Zn']);
  });

  it('may end elsewhere: wurtzite (0001) has four gaps, two of each kind', () => {
    const { bulk, facet } = part(ZINC_OXIDE, [0, 0, 1], 2);
    expect(terminationCount(bulk.crystal, facet)).toBe(4);
    const other = slabOf(stacked(part(ZINC_OXIDE, [0, 0, 1], 2, 2), part(ZINC, [0, 0, 1], 2)), 'film');
    const lowest = Math.min(...heightsOf(other));
    const atom = other.species.findIndex((_, at) => position(other, at)[2] < lowest + 0.01);
    expect(other.species[atom]).toBe('Zn');
  });
});

describe('a film whose mesh has the other sense', () => {
  it('is turned upside down when its crystal is no mirror image of itself', () => {
    const film = part(QUARTZ, [0, 0, 1], 2);
    const stack = stacked(film, part(ZINC, [0, 0, 1], 2), {
      match: { filmMatrix: SWAPPED, substrateMatrix: ONE },
      strained: 'substrate',
    });
    expect(stack.filmSense).toBe('upside down');
    const found = identifyFacet(slabOf(stack, 'film'), 2, film.bulk);
    expect(found).toMatchObject({ label: '{0001}', matchedShare: 1 });
    expectNear(found?.deviationAngstrom, 0, 1e-6);
    expect(orientationRelation(film, part(ZINC, [0, 0, 1], 2), stack)).toMatch(/^O2Si\(000-1\)|^SiO2\(000-1\)/);
  });

  it('is told as it lies: a mirror of zinc keeps (0001) and turns the direction', () => {
    const [film, substrate] = [part(ZINC, [0, 0, 1], 2), part(ZINC, [0, 0, 1], 2)];
    const stack = stacked(film, substrate, { match: { filmMatrix: SWAPPED, substrateMatrix: ONE } });
    expect(orientationRelation(film, substrate, stack)).toMatch(/^Zn\(0001\)\[[-\d]+\] ∥ Zn\(0001\)\[[-\d]+\]$/);
  });
});

describe('the orientation relation', () => {
  it('has four indices for hexagonal crystals and three for others', () => {
    const [film, substrate] = [part(ZINC, [1, 0, 0], 2), part(LITHIUM, [1, 0, 0], 2)];
    const told = orientationRelation(film, substrate, { filmMatrix: ONE, substrateMatrix: ONE, filmSense: 'as cut' });
    // The shorter vector of Zn(10-10) is a lattice vector a across [0001]: b = [010] is [-12-10].
    expect(told).toBe('Zn(10-10)[-12-10] ∥ Li(100)[0-10]');
  });

  it('names the directions of a centred crystal by the smallest whole numbers', () => {
    const [film, substrate] = [part(ZINC, [0, 0, 1], 2), part(COPPER, [1, 1, 1], 2)];
    const told = orientationRelation(film, substrate, { filmMatrix: ONE, substrateMatrix: ONE, filmSense: 'as cut' });
    expect(told).toMatch(/∥ Cu\(111\)\[(?:-110|1-10|0-11|01-1|-101|10-1)\]$/);
  });
});

it('a supercell holds as many points of the mesh as its determinant says, each once', () => {
  for (const matrix of [
    THIRTEEN,
    SIXTEEN,
    [
      [2, -1],
      [1, 3],
    ],
    [
      [0, 2],
      [3, 0],
    ],
    [
      [3, 0],
      [-1, -2],
    ],
  ] as const) {
    const origins = supercellOrigins(matrix);
    const [[p, q], [r, s]] = matrix;
    const size = p * s - q * r;
    expect(origins).toHaveLength(Math.abs(size));
    const places = new Set(
      origins.map(([i, j]) => {
        const [x, y] = [(i * s - j * r) / size, (j * p - i * q) / size];
        return [x - Math.floor(x + 1e-9), y - Math.floor(y + 1e-9)].map((part_) => part_.toFixed(6)).join();
      }),
    );
    expect(places.size).toBe(Math.abs(size));
  }
});
