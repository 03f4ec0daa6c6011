import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findBestCoincidences,
  findCoincidences,
} from '../../../../descriptors/shared/coincidence/find-coincidences.ts';
import { findLikePymatgen } from '../../../../descriptors/shared/coincidence/find-like-pymatgen.ts';
import { type CoincidenceMatch, DEFAULT_COINCIDENCE_LIMITS as LIMITS } from '../../../../model/coincidence.ts';
import { type PlaneLattice, planeArea, planeLattice } from '../../../../model/plane-lattice.ts';
import { expectNear } from '../../../near.ts';
import {
  angleOf,
  angles,
  bases,
  crossed,
  exchanged,
  hexagonal,
  kind,
  kindsOfAllPairs,
  lattices,
  multiples,
  SMALL,
  square,
  summary,
  supercell,
  turned,
  ZINC,
} from './coincidence-cases.ts';

describe('zinc (0001) fits', () => {
  // All of SCIENCE §5.4; its last digits are cut off in places (2ε/3 of 0.0037523 is 0.0025016), so 1e-7 of tolerance.
  it('vermiculite with a doubled cell and 0.38 % of strain', () => {
    const { minimumArea, leastStrain } = findCoincidences(ZINC, hexagonal(5.35));
    expect([multiples(minimumArea), multiples(leastStrain)]).toEqual(['4/1', '4/1']);
    expectNear(minimumArea?.filmAreaAngstrom2, 24.60283, 5e-6);
    for (const strain of minimumArea?.principalStrainFractions ?? []) expectNear(strain, 0.0037523, 1e-7);
    expectNear(minimumArea?.vonMisesFraction, 0.0025062, 1e-7);
    expectNear(minimumArea?.stradiFraction, 0.0032496, 1e-7);
    expectNear(minimumArea?.meanAbsoluteFraction, 0.0025015, 1.1e-7);
    expectNear(minimumArea?.rotationDegrees, 0, 1e-9);
  });

  it('vermiculite in its orthogonal cell with twice as many, and the same strain', () => {
    const { minimumArea } = findCoincidences(ZINC, planeLattice(5.35, 5.35 * Math.sqrt(3), 90));
    expect(multiples(minimumArea)).toBe('8/1');
    expectNear(minimumArea?.filmAreaAngstrom2, 49.20566, 5e-6);
    for (const strain of minimumArea?.principalStrainFractions ?? []) expectNear(strain, 0.0037523, 1e-7);
  });

  it('graphene in 13/16, and with least strain in 31/36', () => {
    const { minimumArea, leastStrain } = findCoincidences(ZINC, hexagonal(2.461));
    expect([multiples(minimumArea), multiples(leastStrain)]).toEqual(['13/16', '31/36']);
    expectNear(minimumArea?.filmAreaAngstrom2, 79.95919, 5e-6);
    expectNear(minimumArea?.maxAbsPrincipalFraction, 0.0244782, 1e-7);
    expectNear(leastStrain?.principalStrainFractions[0], -0.004859, 1e-6);
  });

  it('copper (111) in 12/13, and cell by cell only from a tolerance of 4.09 %', () => {
    const copper = hexagonal(2.55612);
    const { minimumArea } = findCoincidences(ZINC, copper);
    expect(multiples(minimumArea)).toBe('12/13');
    expectNear(minimumArea?.filmAreaAngstrom2, 73.80849, 5e-6);
    expectNear(minimumArea?.principalStrainFractions[0], -0.0016907, 1.1e-7);
    const smallest = (lengthTolerance: number) =>
      multiples(findBestCoincidences(ZINC, copper, { ...LIMITS, lengthTolerance }).minimumArea);
    expect([smallest(0.0408), smallest(0.0409)]).toEqual(['12/13', '1/1']);
  });

  it('titanium nitride (001) best in 19/13 by the largest strain, in 20/14 by the sum', () => {
    const { leastStrain, matches } = findCoincidences(ZINC, square(4.242 / Math.SQRT2));
    expect(multiples(leastStrain)).toBe('19/13');
    const sum = ({ principalStrainFractions: [a, b] }: CoincidenceMatch) => Math.abs(a) + Math.abs(b);
    expect(multiples([...matches].sort((left, right) => sum(left) - sum(right))[0])).toBe('20/14');
  });
});

describe('a match', () => {
  it('is made by whole numbers of both cells, whose strain is that of its supercells', () => {
    fc.assert(
      fc.property(lattices, lattices, (film, substrate) => {
        for (const match of findCoincidences(film, substrate, SMALL).matches) {
          const [u, v] = supercell(match.filmMatrix, film);
          const [s, t] = supercell(match.substrateMatrix, substrate);
          expectNear(Math.abs(crossed(u, v)), match.filmAreaAngstrom2, 1e-8);
          expectNear(Math.abs(crossed(u, v)), match.filmMultiple * planeArea(film), 1e-8);
          expectNear(Math.abs(crossed(s, t)), match.substrateMultiple * planeArea(substrate), 1e-8);
          expect(Math.hypot(...u)).toBeLessThanOrEqual(Math.hypot(...v) * (1 + 2e-6));
          expectNear(angleOf(u, v), match.angleDegrees, 1e-3);
          expect(match.isFilmTurnedOver).toBe(crossed(u, v) * crossed(s, t) < 0);
          expectDeformation(match, [u, v], [s, t]);
        }
      }),
      // A supercell of 2 × 30 Å whose longer vectors differ by 6e-7 of their length: two angles, 0.001° apart.
      {
        numRuns: 60,
        examples: [
          [
            [
              [2, 0],
              [1.5625162684941158, 1.8621343764647615],
            ],
            hexagonal(2),
          ],
        ],
      },
    );
  });

  it('of a lattice with itself is one cell without strain', () => {
    fc.assert(
      fc.property(lattices, (film) => {
        const { minimumArea, leastStrain } = findCoincidences(film, film, SMALL);
        for (const match of [minimumArea, leastStrain]) {
          expect(multiples(match)).toBe('1/1');
          expectNear(match?.maxAbsPrincipalFraction, 0, 1e-9);
          expectNear(match?.rotationDegrees, 0, 1e-6);
        }
      }),
    );
  });

  it('turns the film over where nothing else fits: an oblique lattice and its mirror image', () => {
    const film = planeLattice(3, 4, 75);
    const mirrored: PlaneLattice = [film[0], [-film[1][0], film[1][1]]];
    const limits = { ...LIMITS, maxAreaAngstrom2: planeArea(film) };
    expect(findBestCoincidences(film, film, limits).minimumArea?.isFilmTurnedOver).toBe(false);
    expect(findBestCoincidences(film, mirrored, limits).minimumArea?.isFilmTurnedOver).toBe(true);
    // A rectangle is its own mirror image.
    const rectangle = planeLattice(3, 4, 90);
    expect(findBestCoincidences(rectangle, rectangle, LIMITS).minimumArea?.isFilmTurnedOver).toBe(false);
  });

  it('is not turned over because a file has six decimals', () => {
    // Zn(0001) and vermiculite, each off by less than a rounding of their POSCARs.
    const film: PlaneLattice = [
      [2.665, 0],
      [-1.3325, 2.307958],
    ];
    const substrate: PlaneLattice = [
      [5.35, 0],
      [-2.675001, 4.633236],
    ];
    const { matches } = findCoincidences(film, substrate);
    expect(matches.length).toBeGreaterThan(10);
    for (const match of matches) {
      expect(match.isFilmTurnedOver).toBe(false);
      expect(Math.abs(match.rotationDegrees)).toBeLessThanOrEqual(30.001);
    }
    expectNear(matches[0]?.rotationDegrees, 0, 1e-3);
  });
});

describe('the set of matches', () => {
  it('does not know how either lattice is turned, nor by which vectors it is given', () => {
    fc.assert(
      fc.property(lattices, lattices, angles, bases, (film, substrate, angle, basis) => {
        const expected = summary(findCoincidences(film, substrate, SMALL));
        expectSame(summary(findCoincidences(turned(film, angle), substrate, SMALL)), expected);
        expectSame(summary(findCoincidences(film, turned(substrate, angle), SMALL)), expected);
        expectSame(summary(findCoincidences(supercell(basis, film), substrate, SMALL)), expected);
        expectSame(summary(findCoincidences(film, supercell(basis, substrate), SMALL)), expected);
        expectSame(summary(findCoincidences(exchanged(film), substrate, SMALL)), expected);
      }),
      { numRuns: 60 },
    );
  });

  it('does not know the unit of length', () => {
    fc.assert(
      fc.property(lattices, lattices, fc.double({ min: 0.5, max: 3, noNaN: true }), (film, substrate, factor) => {
        const scaled = (lattice: PlaneLattice) =>
          supercell(
            [
              [factor, 0],
              [0, factor],
            ],
            lattice,
          );
        const limits = { ...SMALL, maxAreaAngstrom2: SMALL.maxAreaAngstrom2 * factor ** 2 };
        expectSame(
          summary(findCoincidences(scaled(film), scaled(substrate), limits)),
          summary(findCoincidences(film, substrate, SMALL)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('is that of every supercell against every other', () => {
    fc.assert(
      fc.property(lattices, lattices, (film, substrate) => {
        const limits = { ...SMALL, maxAreaAngstrom2: 60 };
        const found = findCoincidences(film, substrate, limits).matches;
        expectSame(found.map(kind).sort(), kindsOfAllPairs(film, substrate, limits));
      }),
      { numRuns: 40 },
    );
  });

  it('is ordered by area, then by strain, and holds no kind twice', () => {
    const { matches, minimumArea, leastStrain } = findCoincidences(
      planeLattice(2.9, 3.3, 104),
      planeLattice(2.5, 3.9, 81),
    );
    expect(matches.length).toBeGreaterThan(20);
    for (const [at, match] of matches.entries()) {
      const next = matches[at + 1];
      if (next === undefined) continue;
      expect(next.filmAreaAngstrom2).toBeGreaterThanOrEqual(match.filmAreaAngstrom2 - 1e-6);
      if (next.filmMultiple === match.filmMultiple) {
        expect(next.maxAbsPrincipalFraction).toBeGreaterThanOrEqual(match.maxAbsPrincipalFraction - 1e-9);
      }
    }
    expect(new Set(matches.map(kind)).size).toBe(matches.length);
    expect(minimumArea).toEqual(matches[0]);
    expectNear(leastStrain?.maxAbsPrincipalFraction, Math.min(...matches.map((m) => m.maxAbsPrincipalFraction)), 1e-9);
  });

  // The rectangle 1 × 2 and the square √2 × √2 are one kind: equal multiples, strain and angle (SCIENCE §5.4, step 7).
  it('has the largest area inside, which pymatgen leaves out with its neighbour', () => {
    const limits = { ...LIMITS, maxAreaAngstrom2: 27 };
    expect(findCoincidences(square(3), square(3), limits).matches.map(multiples)).toEqual(['1/1', '2/2', '3/3', '3/3']);
    expect(new Set(findLikePymatgen(square(3), square(3), limits).matches.map(multiples))).toEqual(
      new Set(['1/1', '2/2']),
    );
  });
});

/** F of the two pairs has the principal strains of the match, and turns by its rotation. */
function expectDeformation(match: CoincidenceMatch, film: PlaneLattice, substrate: PlaneLattice): void {
  const area = crossed(film[0], film[1]);
  // Columns of the inverse of [u v].
  const at = (row: 0 | 1, column: 0 | 1): number => {
    const inverse = column === 0 ? [film[1][1], -film[0][1]] : [-film[1][0], film[0][0]];
    return (substrate[0][row] * (inverse[0] ?? 0) + substrate[1][row] * (inverse[1] ?? 0)) / area;
  };
  const [xx, xy, yx, yy] = [at(0, 0), at(0, 1), at(1, 0), at(1, 1)];
  const [trace, square_] = [xx * xx + xy * xy + yx * yx + yy * yy, (xx * yy - xy * yx) ** 2];
  const root = Math.sqrt(Math.max(0, trace * trace - 4 * square_));
  const [least, most] = match.principalStrainFractions;
  expectNear((1 + least) ** 2, (trace - root) / 2, 1e-5);
  expectNear((1 + most) ** 2, (trace + root) / 2, 1e-5);
  if (match.isFilmTurnedOver) return;
  expectNear(Math.atan2(yx - xy, xx + yy), (match.rotationDegrees * Math.PI) / 180, 1e-5);
}

/** In any order. */
function expectSame(found: readonly string[], expected: readonly string[]): void {
  expect([...found].sort()).toEqual([...expected].sort());
}
