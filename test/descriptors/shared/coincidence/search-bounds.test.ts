import { describe, expect, it } from 'vitest';
import {
  findBestCoincidences,
  findCoincidences,
} from '../../../../descriptors/shared/coincidence/find-coincidences.ts';
import { findLikePymatgen } from '../../../../descriptors/shared/coincidence/find-like-pymatgen.ts';
import { DEFAULT_COINCIDENCE_LIMITS as LIMITS } from '../../../../model/coincidence.ts';
import { type PlaneLattice, planeLattice } from '../../../../model/plane-lattice.ts';
import { codes, hexagonal, multiples, square, summary, turned, ZINC } from './coincidence-cases.ts';

describe('a search', () => {
  it.each([
    ['without length', planeLattice(0, 3, 90)],
    ['without area', planeLattice(3, 3, 0)],
    [
      'with parallel vectors',
      [
        [3, 0],
        [6, 1e-10],
      ] as const,
    ],
    ['of no numbers', planeLattice(Number.NaN, 3, 90)],
    ['of infinite length', planeLattice(Number.POSITIVE_INFINITY, 3, 90)],
    ['in another unit', planeLattice(1e-9, 1e-9, 90)],
  ])('refuses a lattice %s', (_, lattice) => {
    expect(codes(findCoincidences(ZINC, lattice))).toEqual(['E_LATTICE']);
    expect(codes(findBestCoincidences(lattice, ZINC))).toEqual(['E_LATTICE']);
    expect(codes(findLikePymatgen(lattice, ZINC))).toEqual(['E_LATTICE']);
  });

  it('takes a lattice whose vectors are only given nearly parallel', () => {
    const skewed: PlaneLattice = [
      [3, 0],
      [3000, 3],
    ];
    expect(summary(findCoincidences(skewed, ZINC))).toEqual(summary(findCoincidences(square(3), ZINC)));
  });

  it.each([
    ['lengthTolerance', -0.01],
    ['lengthTolerance', 3],
    ['angleTolerance', Number.NaN],
    ['areaRatioTolerance', Number.POSITIVE_INFINITY],
    ['maxAreaAngstrom2', 0],
    ['maxAreaAngstrom2', Number.POSITIVE_INFINITY],
  ])('refuses %s of %s', (name, value) => {
    expect(codes(findCoincidences(ZINC, ZINC, { ...LIMITS, [name]: value }))).toEqual(['E_INPUT']);
  });

  it('without tolerance still finds what is equal, in whatever vectors', () => {
    const limits = { ...LIMITS, lengthTolerance: 0, angleTolerance: 0, areaRatioTolerance: 0 };
    expect(multiples(findCoincidences(planeLattice(2.665, 2.665, 60), turned(ZINC, 1), limits).minimumArea)).toBe(
      '1/1',
    );
  });

  it('says that there is no match, and when one cell alone is too large', () => {
    const none = findCoincidences(ZINC, square(3.3), { ...LIMITS, maxAreaAngstrom2: 12, lengthTolerance: 0.001 });
    expect([codes(none), none.matches, none.minimumArea]).toEqual([['W_NO_COINCIDENCE'], [], undefined]);
    expect(findCoincidences(ZINC, square(20)).issues[0]?.message).toContain('400.00 Å², is larger');
    expect(codes(findCoincidences(ZINC, hexagonal(5.35)))).toEqual([]);
  });

  it.each([
    ['small cells up to 1e6 Å²', ZINC, planeLattice(2.6, 2.7, 100), { ...LIMITS, maxAreaAngstrom2: 1e6 }],
    ['cells of very different size', ZINC, square(900), { ...LIMITS, maxAreaAngstrom2: 1e9 }],
    [
      'tolerances that nearly everything fulfils',
      planeLattice(2.9, 3.6, 80),
      planeLattice(2.6, 2.7, 100),
      {
        maxAreaAngstrom2: 1e6,
        lengthTolerance: 0.9,
        angleTolerance: 0.9,
        areaRatioTolerance: 0.99,
      },
    ],
  ])('of %s ends, and says up to which area it is complete', (_, film, substrate, limits) => {
    const search = findCoincidences(film, substrate, limits);
    const bounded = search.issues.find(({ code }) => code === 'W_COINCIDENCE_BOUNDED');
    const completeAngstrom2 = Number(bounded?.details?.completeAngstrom2);
    expect(completeAngstrom2).toBeGreaterThan(0);
    for (const { filmAreaAngstrom2 } of search.matches) {
      expect(filmAreaAngstrom2).toBeLessThanOrEqual(completeAngstrom2 + 1e-6);
    }
    if (completeAngstrom2 > 500) return;
    const whole = findCoincidences(film, substrate, { ...limits, maxAreaAngstrom2: completeAngstrom2 * 2 });
    const within = whole.matches.filter((match) => match.filmAreaAngstrom2 <= completeAngstrom2 + 1e-6);
    expect(within.length).toBeLessThanOrEqual(search.matches.length);
  });
});
