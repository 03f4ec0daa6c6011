import { describe, expect, test } from 'vitest';
import { profileSchema } from '../../model/profile.ts';
import type { RankableCandidate } from '../../model/ranking.ts';
import { compareProfiles, rankCandidates, rankedPlaces } from '../../ranking/index.ts';
import { expectNear } from '../near.ts';

function profile(name: string, kind: 'min' | 'max', descriptor = 'x') {
  const desirability = kind === 'min' ? { kind, target: 0, upper: 10 } : { kind, lower: 0, target: 10 };
  return profileSchema.parse({
    name,
    version: 1,
    description: '-',
    reference: '-',
    ion: 'any',
    objectives: [{ descriptor, unit: 'eV', desirability }],
    monteCarlo: { draws: 10 },
  });
}

const candidates: RankableCandidate[] = [
  { id: 'a', values: values({ x: 1, y: 2 }), missing: {} },
  { id: 'b', values: values({ x: 2, y: 1 }), missing: {} },
  { id: 'c', values: values({ x: 3, y: 4 }), missing: {} },
  { id: 'd', values: values({ x: 4 }), missing: {} },
];

function values(of: Readonly<Record<string, number>>): RankableCandidate['values'] {
  return Object.fromEntries(
    Object.entries(of).map(([name, value]) => [name, { value, uncertainty: 0, quality: 'ok' as const }]),
  );
}

describe('one set of candidates under several profiles', () => {
  const compared = compareProfiles(
    [profile('weak', 'min'), profile('strong', 'max'), profile('other', 'min', 'y')].map((each) =>
      rankCandidates(candidates, each, { seed: 1 }),
    ),
  );

  test('every candidate has a rank under each profile that ranks it', () => {
    expect(Object.fromEntries(compared.candidates.map(({ id, ranks }) => [id, ranks]))).toEqual({
      a: { weak: 1, strong: 4, other: 2 },
      b: { weak: 2, strong: 3, other: 1 },
      c: { weak: 3, strong: 2, other: 3 },
      d: { weak: 4, strong: 1 },
    });
    expect(compared.profiles[2]).toEqual({ profile: 'other', method: 'desirability', ranked: 3, unranked: 1 });
  });

  test('profiles with opposite directions disagree wholly', () => {
    expect(compared.agreements.map(({ profiles, candidates: count }) => [...profiles, count])).toEqual([
      ['weak', 'strong', 4],
      ['weak', 'other', 3],
      ['strong', 'other', 3],
    ]);
    expectNear(compared.agreements[0]?.kendallTau, -1, 1e-12);
    // By hand, a b c against b a c: two pairs agree, one does not: (2 − 1)/3.
    expectNear(compared.agreements[1]?.kendallTau, 1 / 3, 1e-12);
  });

  test('two candidates are too few for an agreement', () => {
    const few = [profile('weak', 'min'), profile('strong', 'max')].map((each) =>
      rankCandidates(candidates.slice(0, 2), each, { seed: 1 }),
    );
    expect(compareProfiles(few).agreements).toEqual([{ profiles: ['weak', 'strong'], candidates: 2 }]);
  });

  test('whoever is best under any profile comes first, whom none ranks last, equal ones by name', () => {
    const unknown = ['z', 'y'].map((id): RankableCandidate => ({ id, values: {}, missing: {} }));
    const places = [profile('weak', 'min'), profile('strong', 'max')].map((each) =>
      rankedPlaces([...unknown, ...candidates], each),
    );
    // a and d are each first once, their ranks add up to 5; b and c are each second once.
    expect(compareProfiles(places).candidates.map(({ id }) => id)).toEqual(['a', 'd', 'b', 'c', 'y', 'z']);
  });

  test('places without draws are those of the whole ranking', () => {
    for (const each of [profile('weak', 'min'), profile('other', 'min', 'y')]) {
      const { ranked, unranked } = rankCandidates(candidates, each, { seed: 1 });
      const places = rankedPlaces(candidates, each);
      expect(places.ranked).toEqual(ranked.map(({ id, rank, score }) => ({ id, rank, score })));
      expect(places.unranked.map(({ id }) => id)).toEqual(unranked.map(({ id }) => id));
    }
  });
});
