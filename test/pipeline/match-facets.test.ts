/**
 * From bulks to matches to stacked structures. Multiples, areas and strains are those of SCIENCE §5.4; the strain of a
 * stacked film is measured on its atoms.
 */
import { describe, expect, it } from 'vitest';
import { bulkFacet, bulkFacets } from '../../assembly/bulk-facets.ts';
import { type Bulk, bulkOf } from '../../assembly/identify-facet.ts';
import { findBestCoincidences, findCoincidences } from '../../descriptors/shared/coincidence/find-coincidences.ts';
import { type CoincidenceMatch, DEFAULT_COINCIDENCE_LIMITS } from '../../model/coincidence.ts';
import { determinant, periodicDistance, type Vector3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import { matchFacets } from '../../pipeline/match-facets.ts';
import { type StackedMatch, stackedMatch } from '../../pipeline/stacked-match.ts';
import {
  BADDELEYITE,
  COPPER,
  GRAPHITE,
  KAOLINITE,
  LITHIUM,
  TITANIUM_NITRIDE,
  ZINC,
  ZINC_OXIDE,
} from '../assembly/bulk-crystals.ts';
import { expectNear } from '../near.ts';

function known(structure: Structure): Bulk {
  const found = bulkOf(structure);
  if (found === undefined) throw new Error('a bulk of few atoms');
  return found;
}

function slab(structure: Structure, miller: Vector3) {
  const bulk = known(structure);
  const facet = bulkFacet(bulk, miller);
  return { bulk, facet, lattice: facet.lattice };
}

describe('zinc (0001)', () => {
  it('fits graphite and copper (111) as SCIENCE §5.4 has it', () => {
    const pairs = matchFacets(
      [slab(ZINC, [0, 0, 1])],
      [slab(GRAPHITE, [0, 0, 1]), slab(COPPER, [1, 1, 1])],
      ({ lattice }, substrate) => findBestCoincidences(lattice, substrate.lattice),
    );
    const [copper, graphite] = pairs;
    expect(copper?.minimumArea).toMatchObject({ filmMultiple: 12, substrateMultiple: 13 });
    expectNear(copper?.minimumArea?.filmAreaAngstrom2, 73.80849, 1e-5);
    expectNear(copper?.minimumArea?.maxAbsPrincipalFraction, 0.0016907, 1e-7);
    expect(graphite?.minimumArea).toMatchObject({ filmMultiple: 13, substrateMultiple: 16 });
    expect(graphite?.leastStrain).toMatchObject({ filmMultiple: 31, substrateMultiple: 36 });
    expectNear(graphite?.leastStrain?.principalStrainFractions[0], -0.004859, 1e-6);
  });
});

describe('all facets against all', () => {
  const withMesh = (structure: Structure) => {
    const bulk = known(structure);
    return bulkFacets(bulk, 1).map((facet) => ({ bulk, facet, lattice: facet.lattice }));
  };

  it('are all pairs, the least strained first, those without a match last', () => {
    const limits = { ...DEFAULT_COINCIDENCE_LIMITS, maxAreaAngstrom2: 60 };
    const pairs = matchFacets(withMesh(ZINC), withMesh(ZINC_OXIDE), ({ lattice }, substrate) =>
      findBestCoincidences(lattice, substrate.lattice, limits),
    );
    // Five families of zinc, eight faces of wurtzite (both sides of the polar ones).
    expect(pairs).toHaveLength(40);
    const strains = pairs.map(({ leastStrain }) => leastStrain?.maxAbsPrincipalFraction ?? Number.POSITIVE_INFINITY);
    expect(strains.every((strain, at) => strain >= (strains[at - 1] ?? 0) - 1e-9)).toBe(true);
    for (const { leastStrain, issues } of pairs) {
      expect(issues.map(({ code }) => code)).toEqual(leastStrain === undefined ? ['W_NO_COINCIDENCE'] : []);
    }
  });
});

describe('a stacked match', () => {
  const pairs = [
    ['Zn(0001) on TiN(100)', slab(ZINC, [0, 0, 1]), slab(TITANIUM_NITRIDE, [1, 0, 0])],
    ['Zn(10-10) on ZnO(10-11)', slab(ZINC, [1, 0, 0]), slab(ZINC_OXIDE, [1, 0, 1])],
    ['Li(110) on ZnO(10-10)', slab(LITHIUM, [1, 1, 0]), slab(ZINC_OXIDE, [1, 0, 0])],
    ['Li(110) on ZrO2(111)', slab(LITHIUM, [1, 1, 0]), slab(BADDELEYITE, [1, 1, 1])],
    ['Zn(0001) on kaolinite (001)', slab(ZINC, [0, 0, 1]), slab(KAOLINITE, [0, 0, 1])],
    ['kaolinite (010) on ZrO2(111)', slab(KAOLINITE, [0, 1, 0]), slab(BADDELEYITE, [1, 1, 1])],
    ['ZrO2(111) on kaolinite (010)', slab(BADDELEYITE, [1, 1, 1]), slab(KAOLINITE, [0, 1, 0])],
  ] as const;
  const senses = new Set<string>();

  for (const [title, film, substrate] of pairs) {
    it(`of ${title} strains the film as the match says, in every match`, () => {
      const limits = { ...DEFAULT_COINCIDENCE_LIMITS, maxAreaAngstrom2: 300 };
      const { matches } = findCoincidences(film.lattice, substrate.lattice, limits);
      expect(matches.length).toBeGreaterThan(0);
      for (const match of chosen(matches)) {
        const [strained, soft] = (['film', 'substrate'] as const).map((part) =>
          stackedMatch(film, substrate, { match, strained: part, gapAngstrom: 2.5, vacuumAngstrom: 15 }),
        ) as [StackedMatch, StackedMatch]; // of two
        if (match.isFilmTurnedOver) senses.add(strained.filmSense);
        expect(strained.filmSense === 'as cut').toBe(!match.isFilmTurnedOver);
        const [least, most] = measuredStrains(soft, strained);
        expectNear(least, match.principalStrainFractions[0], 1e-9);
        expectNear(most, match.principalStrainFractions[1], 1e-9);
        expect(determinant(strained.structure.latticeAngstrom)).toBeGreaterThan(0);
        expect(strained.filmAtoms).toBe(film.bulk.crystal.atoms.length * match.filmMultiple * strained.filmPlanes);
        expect(strained.substrateAtoms).toBe(
          substrate.bulk.crystal.atoms.length * match.substrateMultiple * strained.substratePlanes,
        );
        expect(strained.structure.species).toHaveLength(strained.filmAtoms + strained.substrateAtoms);
        expect(shortest(strained)).toBeGreaterThan(0.95 * Math.min(bond(film.bulk), bond(substrate.bulk)));
        expect(strained.orientation).toMatch(/^\w+\([-\d]+\)\[[-\d ]+\] ∥ \w+\([-\d]+\)\[[-\d ]+\]$/);
      }
    });
  }

  it('turns a film over that has no mirror (kaolinite, P1), and lays one that has (ZrO2) down mirrored', () => {
    expect([...senses].sort()).toEqual(['mirrored', 'upside down']);
  });

  it('is at least 8 Å thick on both sides unless told otherwise', () => {
    const [film, substrate] = [slab(ZINC, [0, 0, 1]), slab(COPPER, [1, 1, 1])];
    const [match] = findCoincidences(film.lattice, substrate.lattice).matches;
    const choice = { match: match!, strained: 'film', gapAngstrom: 2.5, vacuumAngstrom: 15 } as const;
    // Planes 4.947 and 2.087 Å apart.
    expect(stackedMatch(film, substrate, choice)).toMatchObject({ filmPlanes: 2, substratePlanes: 4 });
    expect(stackedMatch({ ...film, planes: 1 }, { ...substrate, planes: 6 }, choice)).toMatchObject({
      filmPlanes: 1,
      substratePlanes: 6,
    });
  });
});

/** The smallest, one of the middle, and one with the film turned over where there is one. */
function chosen(matches: readonly CoincidenceMatch[]): CoincidenceMatch[] {
  const turned = matches.find(({ isFilmTurnedOver }) => isFilmTurnedOver);
  return [matches[0], matches[Math.floor(matches.length / 2)], turned].filter((match) => match !== undefined);
}

/** Of the film's atoms from where they are without strain, by least squares in the plane; ascending. */
function measuredStrains(free: StackedMatch, strained: StackedMatch): [number, number] {
  const [from, to] = [free, strained].map(filmDisplacements) as [Flat, Flat]; // of two
  const product = (left: Flat, right: Flat, row: 0 | 1, column: 0 | 1): number =>
    left.reduce((sum, vector, at) => sum + vector[row] * (right[at]?.[column] ?? 0), 0);
  const [a, b, d] = [product(from, from, 0, 0), product(from, from, 0, 1), product(from, from, 1, 1)];
  const size = a * d - b * b;
  const entry = (row: 0 | 1, column: 0 | 1): number => {
    const [p, q] = [product(from, to, 0, column), product(from, to, 1, column)];
    return row === 0 ? (d * p - b * q) / size : (a * q - b * p) / size;
  };
  const [xx, xy, yx, yy] = [entry(0, 0), entry(0, 1), entry(1, 0), entry(1, 1)];
  const [mean, spread] = [Math.hypot(xx + yy, xy - yx) / 2, Math.hypot(xx - yy, xy + yx) / 2];
  return [mean - spread - 1, mean + spread - 1];
}

type Flat = readonly (readonly [number, number])[];

/** From the first atom of the film to the others: the same fractions of the cell in both structures. */
function filmDisplacements({ structure, parts }: StackedMatch): Flat {
  const atoms = parts.flatMap((part, atom) => (part === 'film' ? [atom] : []));
  const [x0 = 0, y0 = 0] = structure.cartesianAngstrom.slice(3 * (atoms[0] ?? 0));
  return atoms.map((atom) => {
    const [x = 0, y = 0] = structure.cartesianAngstrom.slice(3 * atom);
    return [x - x0, y - y0];
  });
}

function shortest({ structure: { latticeAngstrom, cartesianAngstrom } }: StackedMatch): number {
  return shortestOf(latticeAngstrom, cartesianAngstrom);
}

function bond({ crystal: { primitive, atoms } }: Bulk): number {
  const own = Math.min(...primitive.map((vector) => Math.hypot(...vector)));
  return Math.min(
    own,
    shortestOf(
      primitive,
      atoms.flatMap(({ place }) => [...place]),
    ),
  );
}

function shortestOf(lattice: StackedMatch['structure']['latticeAngstrom'], flat: readonly number[]): number {
  const distance = periodicDistance(lattice);
  let least = Number.POSITIVE_INFINITY;
  for (let left = 0; left < flat.length; left += 3) {
    for (let right = 0; right < left; right += 3) {
      const [x, y, z] = [0, 1, 2].map((axis) => (flat[left + axis] ?? 0) - (flat[right + axis] ?? 0));
      least = Math.min(least, distance(x ?? 0, y ?? 0, z ?? 0));
    }
  }
  return least;
}
