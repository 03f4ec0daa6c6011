import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { issue } from '../../model/issues.ts';
import { type Profile, profileSchema } from '../../model/profile.ts';
import type { RankableCandidate, RankableValue } from '../../model/ranking.ts';
import { rankCandidates } from '../../ranking/index.ts';
import { expectNear } from '../near.ts';

const moderate = profileSchema.parse({
  name: 'moderate',
  version: 3,
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
  monteCarlo: { draws: 2000 },
});

const sigmaEv: Readonly<Record<string, number>> = { 'binding-energy': 0.1, 'migration-barrier': 0.05 };

function candidate(
  id: string,
  bindingEnergyEv?: number,
  barrierEv?: number,
  quality: RankableValue['quality'] = 'ok',
): RankableCandidate {
  const given = { 'binding-energy': bindingEnergyEv, 'migration-barrier': barrierEv };
  const values: Record<string, RankableValue> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) values[name] = { value, uncertainty: sigmaEv[name]!, quality };
  }
  return { id, values, missing: {} };
}

function withPolicy(missing: 'exclude' | 'renormalise', weights: readonly [number, number]): Profile {
  const objectives = moderate.objectives.map((objective, index) => ({
    ...objective,
    weight: weights[index]!,
    missing: index === 1 ? missing : ('exclude' as const),
  }));
  return { ...moderate, constraints: [], objectives };
}

describe('ranking', () => {
  test('candidates of the specification come out in its order with its scores, the worthless one last', () => {
    // SCIENCE §10.2.
    const { ranked, unranked, profile, profileVersion, seed, draws } = rankCandidates(
      [candidate('B', 1.61, 0.35), candidate('D', 2.9, 0.2), candidate('A', 3.4, 0.12)],
      moderate,
      { seed: 7 },
    );
    expect(ranked.map(({ id, rank, front }) => [id, rank, front])).toEqual([
      ['A', 1, 1],
      ['D', 2, 2],
      ['B', 3, 3],
    ]);
    expectNear(ranked[0]?.score, 0.979796, 5e-7);
    expectNear(ranked[1]?.score, 0.757635, 5e-7);
    expect(ranked[2]?.score).toBe(0);
    expect(unranked).toEqual([]);
    expect({ profile, profileVersion, seed, draws }).toEqual({
      profile: 'moderate',
      profileVersion: 3,
      seed: 7,
      draws: 2000,
    });
    const binding = ranked[1]?.contributions['binding-energy'];
    expectNear(binding?.desirability, 0.717514, 5e-7);
    expect([binding?.value, binding?.unit, binding?.weight]).toEqual([2.9, 'eV', 0.5]);
  });

  test('ZnO(202) has no barrier in the paper and is listed as unranked with that reason', () => {
    // SCIENCE §10.7, §12.2: binding energies 3.40, 1.61, 4.32 eV; barriers of the first two only (invented here).
    const facet202: RankableCandidate = {
      ...candidate('ZnO(202)', 4.32),
      missing: { 'migration-barrier': [issue('E_REFERENCE_MISSING', { needed: 'an NEB calculation' })] },
    };
    const { ranked, unranked } = rankCandidates(
      [facet202, candidate('ZnO(002)', 3.4, 0.12), candidate('ZnO(020)', 1.61, 0.35)],
      moderate,
      { seed: 1 },
    );
    expect(ranked.map((entry) => entry.id)).toEqual(['ZnO(002)', 'ZnO(020)']);
    expect(unranked.map((entry) => entry.id)).toEqual(['ZnO(202)']);
    // Constraint and objective both miss the barrier; it is said once.
    expect(unranked[0]?.reasons.map((reason) => reason.code)).toEqual(['E_DESCRIPTOR_MISSING', 'E_REFERENCE_MISSING']);
    expect(unranked[0]?.reasons[0]?.message).toBe('required descriptor missing: migration-barrier');
  });

  test('all reasons of an unranked candidate are told', () => {
    const { unranked } = rankCandidates(
      [candidate('slow', undefined, 1.5), candidate('doubtful', 3.4, 0.2, 'unreliable')],
      moderate,
      {
        seed: 1,
      },
    );
    expect(unranked.map(({ id, reasons }) => [id, ...reasons.map((reason) => reason.code)])).toEqual([
      ['doubtful', 'E_UNRELIABLE', 'E_UNRELIABLE'],
      ['slow', 'E_CONSTRAINT', 'E_DESCRIPTOR_MISSING'],
    ]);
  });

  test('a candidate that fails a constraint takes part in no front and no draw', () => {
    // Without the constraint the slow one would be best in binding energy and so on the first front.
    const { ranked } = rankCandidates([candidate('slow', 3.4, 1.2), candidate('a', 3.3, 0.2)], moderate, { seed: 1 });
    expect(ranked.map(({ id, front, firstRankProbability }) => [id, front, firstRankProbability])).toEqual([
      ['a', 1, 1],
    ]);
  });

  test('so many candidates that their draws would fill the memory are drawn less often, and that is told', () => {
    // 26,000 × 2,000 places are more than the 50 million that are kept: 50e6 / 26,000 = 1,923.08.
    const many = Array.from({ length: 26_000 }, (_, at) => candidate(`c${at}`, 3.4 - at / 26_000, 0.1));
    const { ranked, draws, issues } = rankCandidates(many, moderate, { seed: 1 });
    expect([ranked.length, draws]).toEqual([26_000, 1923]);
    const told = issues.find(({ code }) => code === 'W_FEWER_DRAWS');
    expect(told?.details).toEqual({ draws: 1923, wanted: 2000, candidates: 26_000 });
  });

  test('an optional value that is missing gives its weight to the others, down to 60 % of the weight', () => {
    const half = rankCandidates([candidate('x', 2.9)], withPolicy('renormalise', [1, 1]), { seed: 1 });
    expect(half.unranked[0]?.reasons.map((reason) => reason.code)).toEqual(['E_PARTIAL_SCORE', 'E_DESCRIPTOR_MISSING']);
    // 0.3 of 0.3 + 0.2: 60 % although 0.3/0.5 is not exact in binary.
    const sixty = rankCandidates([candidate('x', 2.9)], withPolicy('renormalise', [0.3, 0.2]), { seed: 1 });
    expect(sixty.ranked[0]?.issues.map((entry) => entry.message)).toEqual([
      'scored without migration-barrier: 60 % of the weight',
    ]);
    // Only the binding energy counts: d = 0.717514 (SCIENCE §10.2).
    expectNear(sixty.ranked[0]?.score, 0.717514, 5e-7);
    expect(sixty.ranked[0]?.contributions['binding-energy']?.weight).toBe(1);
    expect(Object.keys(sixty.ranked[0]?.contributions ?? {})).toEqual(['binding-energy']);
    expect(rankCandidates([candidate('x', 2.9)], withPolicy('exclude', [3, 2]), { seed: 1 }).ranked).toEqual([]);
  });

  test('a candidate without an optional value never pushes a complete one off its front', () => {
    const { ranked } = rankCandidates(
      [candidate('complete', 3.0, 0.5), candidate('partial', 3.4), candidate('partial-too', 3.2)],
      withPolicy('renormalise', [3, 2]),
      { seed: 1 },
    );
    const fronts = Object.fromEntries(ranked.map((entry) => [entry.id, entry.front]));
    expect(fronts).toEqual({ complete: 1, partial: 1, 'partial-too': 2 });
  });

  test('equal scores are ordered by id in code-unit order and share a tie group', () => {
    const names = ['b', 'B', 'a10', 'a9', 'ä'];
    const { ranked } = rankCandidates(
      names.map((id) => candidate(id, 3, 0.2)),
      moderate,
      { seed: 1 },
    );
    expect(ranked.map((entry) => entry.id)).toEqual(['B', 'a10', 'a9', 'b', 'ä']);
    expect(ranked.map((entry) => entry.rank)).toEqual([1, 2, 3, 4, 5]);
    expect(ranked.map((entry) => entry.tieGroup)).toEqual([1, 1, 1, 1, 1]);
    expect(ranked.map((entry) => entry.front)).toEqual([1, 1, 1, 1, 1]);
  });

  test('the order of the input changes nothing', () => {
    const value = fc.option(fc.double({ min: -1, max: 5, noNaN: true }), { nil: undefined });
    const set = fc.uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 6 }), value, value), {
      selector: ([id]) => id,
      maxLength: 12,
    });
    const shuffled = set.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    const quick: Profile = { ...moderate, monteCarlo: { draws: 50, correlations: {} } };
    fc.assert(
      fc.property(shuffled, ([rows, other]) => {
        const rank = (entries: typeof rows) =>
          rankCandidates(
            entries.map(([id, bindingEv, barrierEv]) => candidate(id, bindingEv, barrierEv)),
            quick,
            { seed: 5 },
          );
        expect(rank(other)).toEqual(rank(rows));
      }),
    );
  });

  test('every candidate comes out exactly once', () => {
    const value = fc.option(fc.double({ min: -1, max: 5, noNaN: true }), { nil: undefined });
    const set = fc.array(fc.tuple(value, value), { maxLength: 30 });
    const quick: Profile = { ...moderate, monteCarlo: { draws: 1, correlations: {} } };
    fc.assert(
      fc.property(set, (rows) => {
        const candidates = rows.map(([bindingEv, barrierEv], index) => candidate(`c${index}`, bindingEv, barrierEv));
        const { ranked, unranked } = rankCandidates(candidates, quick, { seed: 5 });
        const out = [...ranked, ...unranked].map((entry) => entry.id);
        expect(out.sort()).toEqual(candidates.map((entry) => entry.id).sort());
        for (const entry of unranked) expect(entry.reasons.some((reason) => reason.severity === 'error')).toBe(true);
      }),
    );
  });

  test('a candidate is first as often with a hopeless rival added', () => {
    const two = [candidate('a', 3.4, 0.2), candidate('b', 3.3, 0.18)];
    const first = (entries: RankableCandidate[]) =>
      rankCandidates(entries, moderate, { seed: 3 }).ranked.find((entry) => entry.id === 'a')?.firstRankProbability;
    expect(first([candidate('0', 1.7, 0.59), ...two])).toBe(first(two));
  });

  test('an objective that tells nobody apart takes no part, and the ranking says so', () => {
    const { ranked, issues } = rankCandidates(
      [candidate('a', 3.2, 0), candidate('b', 3.0, 0)],
      { ...moderate, method: 'topsis' },
      { seed: 1 },
    );
    // By hand: of |E_b − 3.40| = 0.2 and 0.4 alone a is the best value and b the worst: C = 1 and 0.
    expect(ranked.map(({ id, score }) => [id, score])).toEqual([
      ['a', 1],
      ['b', 0],
    ]);
    expect(issues.map(({ message }) => message)).toEqual([
      'objective migration-barrier takes no part, it tells no candidates apart: all its values are 0',
    ]);
  });

  test('two candidates of one name are a mistake of the caller', () => {
    expect(() => rankCandidates([candidate('a', 3, 0.2), candidate('a', 2, 0.3)], moderate, { seed: 1 })).toThrow(
      RangeError,
    );
  });

  test('nothing to rank is an empty ranking', () => {
    expect(rankCandidates([], moderate, { seed: 1 })).toMatchObject({ ranked: [], unranked: [] });
  });
});
