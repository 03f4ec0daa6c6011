/** Laws that hold whatever makes the order. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NORMALISATIONS, type Profile, profileSchema, RANKING_METHODS } from '../../model/profile.ts';
import type { RankableCandidate, Ranking } from '../../model/ranking.ts';
import { rankCandidates } from '../../ranking/index.ts';

const METHODS = RANKING_METHODS.flatMap((method): Pick<Profile, 'method' | 'normalisation'>[] =>
  method === 'weighted-sum' ? NORMALISATIONS.map((normalisation) => ({ method, normalisation })) : [{ method }],
);

/** Three objectives, one of each kind. Few draws: the laws are about the order. */
function profileOf(method: (typeof METHODS)[number], weights: readonly number[]): Profile {
  const shapes = [
    { kind: 'min', target: 0, upper: 10 },
    { kind: 'max', lower: 0, target: 10 },
    { kind: 'target', lower: 0, target: 5, upper: 10 },
  ];
  return profileSchema.parse({
    name: 'laws',
    version: 1,
    description: '',
    reference: '',
    ion: 'Li',
    ...method,
    objectives: shapes.map((desirability, at) => ({
      descriptor: `x${at}`,
      unit: '1',
      weight: weights[at],
      desirability,
    })),
    monteCarlo: { draws: 20 },
  });
}

function candidate(id: string, values: readonly number[]): RankableCandidate {
  const entries = values.map((value, at) => [`x${at}`, { value, uncertainty: 0.5, quality: 'ok' }] as const);
  return { id, values: Object.fromEntries(entries), missing: {} };
}

const named = (rows: readonly (readonly number[])[]) => rows.map((row, at) => candidate(`c${at}`, row));
const placesOf = ({ ranked }: Ranking) => ranked.map(({ id, rank, front }) => [id, rank, front]);
const row = fc.tuple(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 10 }));
const rows = fc.array(row, { minLength: 1, maxLength: 12 });
const weights = fc.tuple(...[0, 1, 2].map(() => fc.double({ min: 0.1, max: 10, noNaN: true })));

/** Costs to minimise: the first as it is, the second negated, the third by its distance from 5. */
const costs = ([a = 0, b = 0, c = 0]: readonly number[]) => [a, -b, Math.abs(c - 5)];
const isNoWorse = (a: readonly number[], b: readonly number[]) => costs(a).every((cost, at) => cost <= costs(b)[at]!);
const dominates = (a: readonly number[], b: readonly number[]) => isNoWorse(a, b) && !isNoWorse(b, a);

describe.each(METHODS)('by $method $normalisation', (method) => {
  test('the order of the input changes nothing', () => {
    fc.assert(
      fc.property(rows, weights, fc.infiniteStream(fc.nat()), (some, w, keys) => {
        const shuffled = named(some)
          .map((each) => ({ each, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        const profile = profileOf(method, w);
        expect(rankCandidates(shuffled, profile, { seed: 1 })).toEqual(
          rankCandidates(named(some), profile, { seed: 1 }),
        );
      }),
      { numRuns: 25 },
    );
  });

  test('a common factor of all weights changes no place', () => {
    // A power of two: another factor may turn equal scores by a rounding error.
    fc.assert(
      fc.property(rows, weights, fc.integer({ min: -4, max: 4 }), (some, w, power) => {
        const ranking = (factor: number) =>
          rankCandidates(
            named(some),
            profileOf(
              method,
              w.map((weight) => weight * factor),
            ),
            { seed: 1 },
          );
        expect(placesOf(ranking(2 ** power))).toEqual(placesOf(ranking(1)));
      }),
      { numRuns: 40 },
    );
  });

  test('a candidate that is better everywhere is never lower', () => {
    fc.assert(
      fc.property(rows, weights, (some, w) => {
        const { ranked } = rankCandidates(named(some), profileOf(method, w), { seed: 1 });
        const scores = new Map(ranked.map(({ id, score }) => [id, score]));
        some.forEach((a, i) => {
          some.forEach((b, j) => {
            if (!dominates(a, b)) return;
            // Within rounding: two may be equally good in what the method looks at.
            expect(scores.get(`c${i}`)!).toBeGreaterThanOrEqual(scores.get(`c${j}`)! - 1e-12);
          });
        });
      }),
      { numRuns: 60 },
    );
  });

  test('a newcomer who is beaten moves nobody from the first front, and nobody at all when it beats nobody', () => {
    fc.assert(
      fc.property(rows, row, weights, (some, newcomer, w) => {
        fc.pre(some.some((each) => dominates(each, newcomer)));
        const profile = profileOf(method, w);
        const frontsOf = (candidates: readonly RankableCandidate[]) =>
          new Map(rankCandidates(candidates, profile, { seed: 1 }).ranked.map(({ id, front }) => [id, front]));
        const before = frontsOf(named(some));
        const after = frontsOf([...named(some), candidate('new', newcomer)]);
        const beatsNobody = !some.some((each) => dominates(newcomer, each));
        for (const [id, front] of before) {
          if (beatsNobody) expect(after.get(id)).toBe(front);
          else expect(after.get(id) === 1).toBe(front === 1);
        }
      }),
      { numRuns: 60 },
    );
  });
});
