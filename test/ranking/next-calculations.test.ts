import { describe, expect, test } from 'vitest';
import { type Profile, profileSchema } from '../../model/profile.ts';
import type { RankableCandidate } from '../../model/ranking.ts';
import { rankCandidates } from '../../ranking/index.ts';
import { expectNear } from '../near.ts';

const profile: Profile = profileSchema.parse({
  name: 'moderate',
  version: 1,
  description: 'SCIENCE §10.2',
  reference: '-',
  ion: 'Li',
  constraints: [{ descriptor: 'migration-barrier', unit: 'eV', maximum: 1 }],
  objectives: [
    {
      descriptor: 'binding-energy',
      unit: 'eV',
      desirability: { kind: 'target', lower: 1.63, target: 3.4, upper: 4.6 },
    },
    { descriptor: 'migration-barrier', unit: 'eV', desirability: { kind: 'min', target: 0.1, upper: 0.6 } },
  ],
  monteCarlo: { draws: 100 },
});

function candidate(id: string, bindingEnergyEv?: number, barrierEv?: number): RankableCandidate {
  const given = Object.entries({ 'binding-energy': bindingEnergyEv, 'migration-barrier': barrierEv });
  const values = given.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, { value, uncertainty: 0.05, quality: 'ok' as const }]],
  );
  return { id, values: Object.fromEntries(values), missing: {} };
}

const nextOf = (candidates: readonly RankableCandidate[], by: Profile = profile) =>
  rankCandidates(candidates, by, { seed: 1 }).nextCalculations;

describe('the most valuable next calculation', () => {
  test('of the ZnO facets is the barrier of (202), which the paper does not have', () => {
    // SCIENCE §10.7, §12.2: binding energies of the paper; barriers of the other two invented, as in §10.2.
    const found = nextOf([candidate('(002)', 3.4, 0.12), candidate('(020)', 1.61, 0.35), candidate('(202)', 4.32)]);
    expect(found.map(({ candidate: id, descriptors }) => [id, descriptors])).toEqual([
      ['(202)', ['migration-barrier']],
    ]);
    // By hand: two barriers are known, so d = 0, ¼, ½, ¾, 1 is assumed. D of (202) is 0 or √(0.2333·d) ≤ 0.483, below the
    // 0.98 of (002) always; above the 0 of (020) in four of five, level with it (and so before nobody) in one: at d = 0 both
    // have 0 and it moves nobody up or down but takes the place beside it. Moves of the first two: one, each time.
    expect(found[0]?.firstProbability).toBe(0);
    expectNear(found[0]?.expectedRankChange, 1, 1e-12);
    expect(found[0]?.assumed).toBe('desirabilities 0, ¼, ½, ¾, 1');
  });

  test('is the one that may become first before the one that cannot', () => {
    const known = [candidate('a', 3.2, 0.2), candidate('b', 3.0, 0.3), candidate('c', 2.5, 0.45)];
    const found = nextOf([...known, candidate('hopeful', 3.3), candidate('late', 2.3)]);
    expect(found.map(({ candidate: id }) => id)).toEqual(['hopeful', 'late']);
    // By hand: with the barriers 0.20, 0.30, 0.45 of the others `hopeful` (d 0.9435) has D 0.869, 0.752, 0.532 against
    // 0.842 (a, d 0.887·0.8), 0.681 (b), 0.384 (c): first once in three.
    expectNear(found[0]?.firstProbability, 1 / 3, 1e-12);
    // Places 0, 1, 2 of three: 3, 2 and 1 of the first three move down.
    expectNear(found[0]?.expectedRankChange, 2, 1e-12);
    // `late` (d 0.3785): D 0.550, 0.476, 0.337: twice before c alone.
    expectNear(found[1]?.expectedRankChange, 2 / 3, 1e-12);
    expect(found[0]?.assumed).toBe('the values of the ranked candidates');
  });

  test('is not asked for where a constraint is failed already, or nothing is missing', () => {
    const slow: RankableCandidate = candidate('slow', undefined, 1.4);
    expect(nextOf([candidate('a', 3.2, 0.2), slow])).toEqual([]);
  });

  test('names all values a candidate lacks, the same each time', () => {
    const candidates = [candidate('a', 3.2, 0.2), candidate('empty')];
    const found = nextOf(candidates);
    expect(found[0]?.descriptors).toEqual(['binding-energy', 'migration-barrier']);
    expect(nextOf([...candidates].reverse())).toEqual(found);
  });

  test('moves a candidate that is ranked by its bounds', () => {
    const bounded: Profile = {
      ...profile,
      constraints: [],
      objectives: profile.objectives.map((objective) => ({ ...objective, missing: 'interval' })),
    };
    const { ranked, nextCalculations } = rankCandidates(
      [candidate('a', 3.2, 0.2), candidate('b', 2.9, 0.3), candidate('part', 3.4)],
      bounded,
      { seed: 1 },
    );
    expect(ranked.map(({ id }) => id)).toEqual(['a', 'b', 'part']);
    // Lower bound 0, upper bound √(1·1).
    expect(ranked[2]?.scoreInterval).toEqual({ lower: 0, upper: 1, bestRank: 1 });
    expect([ranked[2]?.front, ranked[2]?.issues.map(({ code }) => code)]).toEqual([undefined, ['W_SCORE_INTERVAL']]);
    expect(nextCalculations.map(({ candidate: id }) => id)).toEqual(['part']);
  });
});
