/** What holds of every change of a ranking, whatever changed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Profile } from '../../model/profile.ts';
import type { CauseParts } from '../../model/ranking-change.ts';
import { explainChange, rankCandidates } from '../../ranking/index.ts';
import { expectNear } from '../near.ts';
import { candidatesOf, objective, profileOf, stand, type Table } from './change-stands.ts';

// Few numbers, so that equal values, equal scores and values at a limit are common.
const number = fc.integer({ min: 0, max: 6 });
const table: fc.Arbitrary<Table> = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  fc.record({ x: number, y: number, z: number }, { requiredKeys: ['x'] }),
  { noNullPrototype: true },
);
const weight = fc.integer({ min: 1, max: 4 });
const ways = [
  { method: 'desirability' },
  { method: 'weighted-sum' },
  { method: 'weighted-sum', normalisation: 'min-max' },
  { method: 'topsis' },
  { method: 'pareto' },
  { method: 'lexicographic' },
] as const;

const profile: fc.Arbitrary<Profile> = fc
  .record({
    way: fc.constantFrom(...ways),
    weights: fc.tuple(weight, weight),
    second: fc.constantFrom('y', 'z', undefined),
    missing: fc.constantFrom('exclude', 'interval', 'renormalise'),
    tolerance: fc.constantFrom(0, 2),
    limit: fc.option(fc.integer({ min: 3, max: 9 }), { nil: undefined }),
  })
  .map(({ way, weights, second, missing, tolerance, limit }) => {
    const policy = way.method === 'desirability' ? missing : 'exclude';
    const kept = way.method === 'lexicographic' ? tolerance : 0;
    return profileOf(
      [
        objective('x', { weight: weights[0], tolerance: kept }),
        ...(second === undefined ? [] : [objective(second, { weight: weights[1], missing: policy })]),
      ],
      { ...way, constraints: limit === undefined ? [] : [{ descriptor: 'x', unit: 'eV', maximum: limit }] },
    );
  });

const end = fc.record({ table, profile });
const RUNS = { numRuns: 100 };

function sum(parts: CauseParts = {}): number {
  return Object.values(parts).reduce((total, part) => total + part, 0);
}

const THREE = ['ownValues', 'otherValues', 'candidates'] as const;
const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

/** The definition of the Shapley value, word by word: every order, every world a table of its own. */
function meansOverOrders(id: string, before: Table, after: Table, by: Profile): Record<string, number> {
  const known = new Map<string, number>();
  const rankIn = (joined: ReadonlySet<number>): number => {
    const key = [...joined].sort().join(' ');
    const rank = known.get(key) ?? rankOf(joined);
    known.set(key, rank);
    return rank;
  };
  const rankOf = (joined: ReadonlySet<number>): number => {
    const rows = Object.keys(joined.has(2) ? after : before).map((name) => {
      const isNew = joined.has(name === id ? 0 : 1);
      const [first, second] = isNew ? [after, before] : [before, after];
      return [name, first[name] ?? second[name] ?? {}] as const;
    });
    const { ranked } = rankCandidates(candidatesOf(Object.fromEntries(rows)), by, { seed: 1 });
    return ranked.find((place) => place.id === id)?.rank ?? Number.NaN;
  };
  const sums = [0, 0, 0];
  for (const order of ORDERS) {
    const joined = new Set<number>();
    let rank = rankIn(joined);
    for (const cause of order) {
      const next = rankIn(joined.add(cause));
      sums[cause] = (sums[cause] ?? 0) + next - rank;
      rank = next;
    }
  }
  return Object.fromEntries(THREE.map((cause, at) => [cause, (sums[at] ?? 0) / ORDERS.length]));
}

describe('whatever changes between two rankings', () => {
  test('the places are those of the rankings, and the parts add up to their difference', () => {
    fc.assert(
      fc.property(end, end, (before, after) => {
        const change = explainChange(stand(before.table, before.profile), stand(after.table, after.profile));
        const [then, now] = [before, after].map((each) => {
          const { ranked } = rankCandidates(candidatesOf(each.table), each.profile, { seed: 1 });
          return new Map(
            ranked.map(({ id, rank, score, firstRankProbability }) => [id, [rank, score, firstRankProbability]]),
          );
        });
        for (const entry of change.changes) {
          const shown = [entry.before, entry.after].map((place) =>
            place === undefined ? undefined : [place.rank, place.score, place.firstRankProbability],
          );
          expect(shown).toEqual([then?.get(entry.id), now?.get(entry.id)]);
          expect(entry.causes === undefined).toBe(entry.status !== 'ranked');
          if (entry.rankChange === undefined) continue;
          expectNear(sum(entry.causes), entry.rankChange, 1e-9);
          if (entry.scoreCauses === undefined) continue;
          expectNear(sum(entry.scoreCauses), (entry.after?.score ?? 0) - (entry.before?.score ?? 0), 1e-9);
        }
        expect(change.changes.length).toBe(new Set([...Object.keys(before.table), ...Object.keys(after.table)]).size);
      }),
      RUNS,
    );
  });

  test('the parts are the means over all orders of the causes, each world ranked by itself', () => {
    const small = fc.constantFrom(...ways).map((way) => profileOf([objective('x'), objective('y')], way));
    const full = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.record({ x: number, y: number }), {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(full, full, small, (before, after, by) => {
        for (const { id, causes } of explainChange(stand(before, by), stand(after, by)).changes) {
          if (causes === undefined) continue;
          const means = meansOverOrders(id, before, after, by);
          for (const [cause, mean] of Object.entries(means)) {
            // Keys are those of a part; one that is no cause here is worth nothing in every order.
            expectNear(causes[cause as keyof CauseParts] ?? 0, mean, 1e-9);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('seen the other way round every part has the other sign', () => {
    fc.assert(
      fc.property(end, end, (before, after) => {
        const stands = [stand(before.table, before.profile), stand(after.table, after.profile)] as const;
        const forth = explainChange(stands[0], stands[1]);
        const back = explainChange(stands[1], stands[0]);
        const others = new Map(back.changes.map((change) => [change.id, change]));
        for (const { id, causes = {}, sufficient } of forth.changes) {
          const other = others.get(id);
          expect(Object.keys(other?.causes ?? {})).toEqual(Object.keys(causes));
          for (const [cause, part] of Object.entries(other?.causes ?? {})) {
            // Keys are those of `causes`, compared above.
            expectNear(part, -(causes[cause as keyof CauseParts] ?? 0), 1e-9);
          }
          expect(other?.sufficient === undefined).toBe(sufficient === undefined);
        }
      }),
      RUNS,
    );
  });

  test('the order in which candidates come changes nothing', () => {
    fc.assert(
      fc.property(end, end, fc.infiniteStream(fc.nat()), (before, after, keys) => {
        const shuffled = (of: Table): Table =>
          Object.fromEntries(
            Object.entries(of)
              .map((entry) => [keys.next().value, entry] as const)
              .sort(([a], [b]) => a - b)
              .map(([, entry]) => entry),
          );
        const told = explainChange(stand(before.table, before.profile), stand(after.table, after.profile));
        const mixed = explainChange(
          stand(shuffled(before.table), before.profile),
          stand(shuffled(after.table), after.profile),
        );
        expect(JSON.stringify(mixed)).toBe(JSON.stringify(told));
      }),
      RUNS,
    );
  });

  test('only what differs is a cause, and what leaves all ranks alone has no part', () => {
    fc.assert(
      fc.property(end, table, (before, other) => {
        const same = explainChange(stand(before.table, before.profile), stand(before.table, before.profile));
        expect([same.values, same.profileChanges]).toEqual([[], []]);
        for (const { causes } of same.changes) expect(causes ?? {}).toEqual({});
        const values = explainChange(stand(before.table, before.profile), stand(other, before.profile));
        for (const { causes = {} } of values.changes) {
          for (const cause of Object.keys(causes)) expect(['ownValues', 'otherValues', 'candidates']).toContain(cause);
        }
        // A version, words and draws are no cause.
        const reworded = { ...before.profile, version: 7, description: 'other words' };
        const words = explainChange(stand(before.table, before.profile), stand(before.table, reworded));
        for (const { causes } of words.changes) expect(causes ?? {}).toEqual({});
      }),
      RUNS,
    );
  });

  test('who is ranked only once has a smallest set of causes that is enough, none inside another', () => {
    fc.assert(
      fc.property(end, end, (before, after) => {
        const { changes } = explainChange(stand(before.table, before.profile), stand(after.table, after.profile));
        for (const { sufficient, status } of changes) {
          expect(sufficient === undefined).toBe(!status.startsWith('became'));
          if (sufficient === undefined) continue;
          expect(sufficient.length).toBeGreaterThan(0);
          for (const one of sufficient) {
            const others = sufficient.filter((other) => other !== one);
            expect(others.some((other) => other.every((cause) => one.includes(cause)))).toBe(false);
          }
        }
      }),
      RUNS,
    );
  });
});
