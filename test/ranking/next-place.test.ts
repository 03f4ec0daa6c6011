import { describe, expect, test } from 'vitest';
import { profileSchema } from '../../model/profile.ts';
import type { RankableCandidate } from '../../model/ranking.ts';
import { rankCandidates } from '../../ranking/index.ts';
import { expectNear } from '../near.ts';

const sum = profileSchema.parse({
  name: 'sum',
  version: 1,
  description: '-',
  reference: '-',
  ion: 'Li',
  method: 'weighted-sum',
  objectives: [
    { descriptor: 'migration-barrier', unit: 'eV', weight: 3, desirability: { kind: 'min', target: 0, upper: 1 } },
    { descriptor: 'bulk-modulus', unit: 'GPa', weight: 1, desirability: { kind: 'max', lower: 0, target: 200 } },
  ],
  monteCarlo: { draws: 200 },
});

function candidate(id: string, barrierEv: number, modulusGpa: number): RankableCandidate {
  const value = (number: number, uncertainty: number) => ({ value: number, uncertainty, quality: 'ok' as const });
  return {
    id,
    values: { 'migration-barrier': value(barrierEv, 0.05), 'bulk-modulus': value(modulusGpa, 10) },
    missing: {},
  };
}

describe('what separates a candidate from the place above it', () => {
  const candidates = [candidate('a', 0.2, 100), candidate('b', 0.3, 120)];

  test('is a difference of scores, and what each of its values alone would have to do', () => {
    const { ranked } = rankCandidates(candidates, sum, { seed: 1 });
    // By hand: a ¾·0.8 + ¼·0.5 = 0.725; b ¾·0.7 + ¼·0.6 = 0.675.
    const place = ranked[1]?.nextPlace;
    expect(ranked[0]?.nextPlace).toBeUndefined();
    expect(place?.candidate).toBe('a');
    expectNear(place?.scoreDifference, 0.05, 1e-12);
    // b reaches 0.725 with d = 0.8 − 0.1·… : barrier d 0.7 + 0.05/0.75 = 0.766667 → 0.233333 eV; modulus d 0.8 → 160 GPa.
    expectNear(place?.neededChanges['migration-barrier']?.change, -0.0666667, 1e-6);
    expectNear(place?.neededChanges['bulk-modulus']?.change, 40, 1e-9);
    expect(place?.neededChanges['bulk-modulus']?.unit).toBe('GPa');
    // Weights: 0.1·w₁ = 0.1·w₂: w₁ from 3 to 1 (−67 %), or w₂ from 1 to 3 (+200 %).
    expect(place?.weightFlip?.descriptor).toBe('migration-barrier');
    expectNear(place?.weightFlip?.relativeChange, -2 / 3, 1e-12);
  });

  test('is sure or not in each objective, by the uncertainties of the two values', () => {
    const { ranked } = rankCandidates(candidates, sum, { seed: 1 });
    // SCIENCE §10.5: 0.1 eV apart with 0.05 each: 0.921350; 20 GPa the other way with 10 each the same: 1 − Φ(√2).
    expectNear(ranked[1]?.nextPlace?.aboveIsBetter['migration-barrier'], 0.92135, 5e-7);
    expectNear(ranked[1]?.nextPlace?.aboveIsBetter['bulk-modulus'], 1 - 0.92135, 5e-7);
  });

  test('cannot be made up for by a value that is best already', () => {
    const { ranked } = rankCandidates([candidate('a', 0, 100), candidate('b', 0.1, 210)], sum, { seed: 1 });
    // By hand: b ¾·0.9 + ¼ = 0.925 before a ¾ + ¼·½ = 0.875; a has the best barrier.
    expect(ranked[1]?.id).toBe('a');
    expect(Object.keys(ranked[1]?.nextPlace?.neededChanges ?? {})).toEqual(['bulk-modulus']);
  });

  test('is nothing where the scores are equal, however far beyond its target a value is', () => {
    // Both barriers are best; 0.05 eV more would be too, but b needs nothing to stand where a does.
    const tied = [candidate('a', -0.1, 100), candidate('b', -0.05, 100)];
    for (const profile of [sum, { ...sum, method: 'desirability' as const }]) {
      const place = rankCandidates(tied, profile, { seed: 1 }).ranked[1]?.nextPlace;
      expect(place?.scoreDifference).toBe(0);
      expect(place?.neededChanges).toEqual({});
      expect(place).not.toHaveProperty('weightFlip');
    }
  });

  test('effects of the values add up to the score of a sum, and multiply to that of a geometric mean', () => {
    const effectsOf = (profile: typeof sum) => {
      const [first] = rankCandidates(candidates, profile, { seed: 1 }).ranked;
      return {
        score: first?.score,
        effects: Object.values(first?.contributions ?? {}).map(({ effect = 0 }) => effect),
      };
    };
    const added = effectsOf(sum);
    expectNear(
      added.score,
      added.effects.reduce((total, effect) => total + effect, 0),
      1e-12,
    );
    const multiplied = effectsOf({ ...sum, method: 'desirability' });
    expectNear(
      multiplied.score,
      multiplied.effects.reduce((product, effect) => product * effect, 1),
      1e-12,
    );
  });

  test('other methods have no effects and no needed changes', () => {
    const { ranked, method } = rankCandidates(candidates, { ...sum, method: 'topsis' }, { seed: 1 });
    expect(method).toBe('topsis');
    expect(ranked[1]?.nextPlace?.neededChanges).toEqual({});
    expect(ranked[0]?.contributions['bulk-modulus']).not.toHaveProperty('effect');
  });
});
