import { describe, expect, test } from 'vitest';
import type { Profile } from '../../model/profile.ts';
import { explainChange } from '../../ranking/index.ts';
import { changeGames } from '../../ranking/shared/change-games.ts';
import { combinedWorlds } from '../../ranking/shared/combined-worlds.ts';
import { expectNear } from '../near.ts';
import { candidatesOf, changeOf, objective, profileOf, stand } from './change-stands.ts';

// One objective from 0 to 10: the order is that of the numbers.
const ONE = profileOf([objective('x')]);

describe('places are divided among the causes', () => {
  test('own value and a newcomer: what one adds hangs on the other, so each gets the mean of both orders', () => {
    const change = explainChange(
      stand({ a: { x: 5 }, b: { x: 4 } }, ONE),
      stand({ a: { x: 3 }, b: { x: 4 }, c: { x: 4.5 } }, ONE),
    );
    // By hand, rank of a: 1; own value alone 2; c alone 1; both 3. Own (1 + 2)/2, newcomer (0 + 1)/2.
    expect(changeOf('a', change)).toMatchObject({
      status: 'ranked',
      before: { rank: 1 },
      after: { rank: 3 },
      rankChange: 2,
      causes: { ownValues: 1.5, candidates: 0.5 },
    });
    // By hand, rank of b: 2; a alone lower 1; c alone 3; both 2: two causes that cancel.
    expect(changeOf('b', change)).toMatchObject({ rankChange: 0, causes: { otherValues: -1, candidates: 1 } });
    expect(changeOf('c', change)).toMatchObject({ status: 'came', after: { rank: 1 } });
    expect(changeOf('c', change).causes).toBeUndefined();
    expect(change.cameCandidates).toEqual(['c']);
    expect(change.wentCandidates).toEqual([]);
  });

  test('own and other values are two causes', () => {
    const change = explainChange(stand({ a: { x: 5 }, b: { x: 4 } }, ONE), stand({ a: { x: 3 }, b: { x: 6 } }, ONE));
    // By hand: each of the two alone is enough to put a second, so each gets half a place.
    expect(changeOf('a', change).causes).toEqual({ ownValues: 0.5, otherValues: 0.5 });
    expect(changeOf('b', change).causes).toEqual({ ownValues: -0.5, otherValues: -0.5 });
  });

  test('weights and an own value: the score is divided as the rank is', () => {
    const weighted = (weight: number) =>
      profileOf([objective('x', { weight }), objective('y')], { method: 'weighted-sum' });
    const change = explainChange(
      stand({ a: { x: 8, y: 2 }, b: { x: 4, y: 5 } }, weighted(1)),
      stand({ a: { x: 4, y: 2 }, b: { x: 4, y: 5 } }, weighted(3)),
    );
    // By hand, score of a: 0.5; x = 4 alone 0.3; weights 3:1 alone 0.65; both 0.35.
    // Own (−0.2 − 0.3)/2, weights (0.15 + 0.05)/2. b: 0.45, and 0.425 with the new weights: a is first only with x = 8.
    const { causes, scoreCauses } = changeOf('a', change);
    expect(causes).toEqual({ ownValues: 1, weights: 0 });
    expectNear(scoreCauses?.ownValues, -0.25, 1e-12);
    expectNear(scoreCauses?.weights, 0.1, 1e-12);
    // The two that changed places by the value of a alone.
    expect(changeOf('b', change).causes).toEqual({ otherValues: -1, weights: 0 });
  });

  test('weights that are all doubled change nothing', () => {
    const twice = (weight: number) => profileOf([objective('x', { weight }), objective('y', { weight: 3 * weight })]);
    const table = { a: { x: 8, y: 2 }, b: { x: 4, y: 5 }, c: { x: 1, y: 9 } };
    const change = explainChange(stand(table, twice(1)), stand(table, twice(2)));
    for (const { rankChange, causes } of change.changes) expect([rankChange, causes]).toEqual([0, { weights: 0 }]);
    expect(change.profileChanges).toEqual([
      expect.objectContaining({ descriptor: 'x', before: 1, after: 2, shareBefore: 0.25, shareAfter: 0.25 }),
      expect.objectContaining({ descriptor: 'y', before: 3, after: 6, shareBefore: 0.75, shareAfter: 0.75 }),
    ]);
  });

  test('an objective that came is a rule, and brings its share of the weight with it', () => {
    const table = { a: { x: 8, y: 2 }, b: { x: 4, y: 9 } };
    const both = profileOf([objective('x', { weight: 5 }), objective('y', { weight: 5 })], { method: 'weighted-sum' });
    const alone = profileOf([objective('x')], { method: 'weighted-sum' });
    const change = explainChange(stand(table, alone), stand(table, both));
    // By hand, a: 0.8, then (0.8 + 0.2)/2; the weight of x, 1 and 5, is all of the weight or half of it.
    const { causes, scoreCauses } = changeOf('a', change);
    expect(causes).toEqual({ rules: 1, weights: 0 });
    expectNear(scoreCauses?.rules, -0.3, 1e-12);
    expectNear(scoreCauses?.weights, 0, 1e-12);
  });

  test('another method is a cause of places, and of no score, whose scale it changes', () => {
    const table = { a: { x: 10, y: 1 }, b: { x: 4, y: 4 } };
    const of = (method: string) => profileOf([objective('x'), objective('y')], { method });
    const change = explainChange(stand(table, of('desirability')), stand(table, of('weighted-sum')));
    // By hand: √0.1 = 0.32 against 0.4, but 0.55 against 0.4.
    expect(changeOf('a', change)).toMatchObject({ rankChange: -1, causes: { method: -1 } });
    expect(changeOf('a', change).scoreCauses).toBeUndefined();
  });

  test('other values count through the scale that all make together', () => {
    // Min-max scales, x and y from 0 to the best. By hand, weights 1:1:
    // before x: a 1, b 0.5, c 0; y: a 0, b 0.8, c 1 → a 0.5, b 0.65, c 0.5.
    // c falls to y = 0 (the best y is that of b, 8, the least 0, that of a and c): b 1 → b 0.75, a 0.5, c 0.
    const minMax = profileOf([objective('x'), objective('y')], { method: 'weighted-sum', normalisation: 'min-max' });
    const change = explainChange(
      stand({ a: { x: 10, y: 0 }, b: { x: 5, y: 8 }, c: { x: 0, y: 10 } }, minMax),
      stand({ a: { x: 10, y: 0 }, b: { x: 5, y: 8 }, c: { x: 0, y: 0 } }, minMax),
    );
    expect(changeOf('b', change)).toMatchObject({ rankChange: 0, causes: { otherValues: 0 } });
    expectNear(changeOf('b', change).scoreCauses?.otherValues, 0.1, 1e-12);
    expect(changeOf('c', change).causes).toEqual({ ownValues: 0 });
    expectNear(changeOf('c', change).scoreCauses?.ownValues, -0.5, 1e-12);
  });
});

describe('who is ranked only once', () => {
  const limited = profileOf([objective('x')], {
    constraints: [{ descriptor: 'x', unit: 'eV', minimum: 3, reason: 'too weak' }],
  });

  test('has reasons in place of parts, and the causes that are enough for them', () => {
    const change = explainChange(
      stand({ a: { x: 5 }, b: { x: 2.5 }, c: { x: 4 }, d: {} }, ONE),
      stand({ a: { x: 2 }, b: { x: 2.5 }, c: {}, d: {} }, limited),
    );
    const a = changeOf('a', change);
    expect(a).toMatchObject({ status: 'became-unranked', before: { rank: 1 } });
    expect([a.after, a.causes, a.rankChange]).toEqual([undefined, undefined, undefined]);
    expect(a.reasonsAfter?.map(({ code }) => code)).toEqual(['E_CONSTRAINT']);
    // Its new value passes the old rules, and its old one the new rules.
    expect(a.sufficient).toEqual([['ownValues', 'rules']]);
    // b is what it was: the limit alone shuts it out. c has no value any more, whatever the rules are.
    expect(changeOf('b', change).sufficient).toEqual([['rules']]);
    expect(changeOf('c', change).sufficient).toEqual([['ownValues']]);
    const d = changeOf('d', change);
    expect([d.status, d.reasonsBefore?.[0]?.code, d.reasonsAfter?.[0]?.code]).toEqual([
      'unranked',
      'E_DESCRIPTOR_MISSING',
      'E_DESCRIPTOR_MISSING',
    ]);
  });

  test('two causes that are each enough are both told', () => {
    const change = explainChange(stand({ a: { x: 2 } }, limited), stand({ a: { x: 4 } }, ONE));
    expect(changeOf('a', change)).toMatchObject({ status: 'became-ranked', after: { rank: 1 } });
    expect(changeOf('a', change).sufficient).toEqual([['ownValues'], ['rules']]);
  });

  test('came or went is told without a change of rank, ranked or not', () => {
    const change = explainChange(stand({ a: { x: 2 }, b: {} }, ONE), stand({ c: { x: 4 }, d: {} }, ONE));
    expect(change.changes.map(({ id, status }) => [id, status])).toEqual([
      ['a', 'went'],
      ['c', 'came'],
      ['b', 'went'],
      ['d', 'came'],
    ]);
    expect(change.issues.map(({ code }) => code)).toEqual(['W_NO_COMMON_CANDIDATE']);
    expect([change.cameCandidates, change.wentCandidates]).toEqual([
      ['c', 'd'],
      ['a', 'b'],
    ]);
  });
});

describe('combinations that do not rank a candidate', () => {
  test('are passed by: a rule that needs new values acts after them', () => {
    const more = profileOf([objective('x'), objective('y')], { method: 'weighted-sum' });
    const fewer = profileOf([objective('x')], { method: 'weighted-sum' });
    const change = explainChange(
      stand({ a: { x: 8 }, b: { x: 7 } }, fewer),
      stand({ a: { x: 6, y: 1 }, b: { x: 7, y: 5 } }, more),
    );
    // By hand: under the new rules the old table ranks nobody. a: 0.8, x = 6 alone 0.6, then 0.35; so −0.2 and −0.25.
    const a = changeOf('a', change);
    expect(a.isRestricted).toBe(true);
    expectNear(a.scoreCauses?.ownValues, -0.2, 1e-12);
    expectNear(a.scoreCauses?.rules, -0.25, 1e-12);
  });

  test('are few, because each table is read by both profiles: the old one, too, has what only the new one defines', () => {
    const plain = profileOf([objective('x')]);
    const descriptors = [{ identifier: 'd', unit: 'eV', expression: 'x - y' }];
    const defining = profileOf([objective('d')], { descriptors });
    const read = (rows: Readonly<Record<string, { readonly x: number; readonly y: number }>>) => (by: Profile) =>
      candidatesOf(
        Object.fromEntries(
          Object.entries(rows).map(([id, { x, y }]) => [id, by.descriptors.length === 0 ? { x } : { d: x - y }]),
        ),
      );
    const change = explainChange(
      { profile: plain, seed: 1, read: read({ a: { x: 8, y: 5 }, b: { x: 6, y: 1 } }) },
      { profile: defining, seed: 1, read: read({ a: { x: 8, y: 1 }, b: { x: 6, y: 1 } }) },
    );
    // By hand, rank of a: 1 by x; y alone 1; x − y of the old table, 3 and 5, 2; of the new one, 7 and 5, 1.
    expect(changeOf('a', change)).toMatchObject({ rankChange: 0, causes: { ownValues: -0.5, rules: 0.5 } });
    expect(changeOf('a', change).isRestricted).toBeUndefined();
    expect(change.values.map(({ id, descriptor, change: by }) => [id, descriptor, by])).toEqual([['a', 'd', 4]]);
  });

  test('make one cause of those that leave no way between the two', () => {
    const change = explainChange(
      stand({ a: { x: 8 }, b: { x: 7 } }, profileOf([objective('x')])),
      stand({ a: { y: 1 }, b: { y: 5 }, c: { y: 3 } }, profileOf([objective('y')])),
    );
    // By hand: neither x under the new rules nor y under the old ones is ranked. The old rules rank a alone, first; the
    // new ones a behind b with its new value, and behind c: others and c put it one place down each, both only beside
    // the new rules, with which they share that place.
    const a = changeOf('a', change);
    expect(a.together).toEqual(['ownValues', 'rules']);
    expect(a.rankChange).toBe(2);
    expect(a.causes).toEqual({ together: 1, otherValues: 0.5, candidates: 0.5 });
  });
});

describe('what does not move the order', () => {
  test('identical rankings have no causes and nothing to tell', () => {
    const table = { a: { x: 5 }, b: { x: 5 }, c: {} };
    const change = explainChange(stand(table, ONE), stand(table, ONE));
    expect(change).toMatchObject({
      values: [],
      profileChanges: [],
      cameCandidates: [],
      wentCandidates: [],
      issues: [],
    });
    for (const { causes, rankChange } of change.changes.slice(0, 2)) expect([rankChange, causes]).toEqual([0, {}]);
    expect(change.changes.map(({ before }) => before?.equalScores)).toEqual([1, 1, undefined]);
  });

  test('a new uncertainty moves probabilities only, and is told', () => {
    const table = { a: { x: 5 }, b: { x: 4.9 } };
    const sure = profileOf([objective('x')], { monteCarlo: { draws: 500 } });
    const change = explainChange(stand(table, sure), stand(candidatesOf(table, { uncertainty: 1 }), sure));
    expect(
      change.values.map(({ id, affects, before, after }) => [id, affects, before?.uncertainty, after?.uncertainty]),
    ).toEqual([
      ['a', 'probabilities', 0, 1],
      ['b', 'probabilities', 0, 1],
    ]);
    const a = changeOf('a', change);
    expect([a.causes, a.before?.firstRankProbability]).toEqual([{}, 1]);
    // Φ(0.1/√2) = 0.528
    expectNear(a.after?.firstRankProbability, 0.528, 0.07);
  });

  test('names of one quantity are one objective', () => {
    const table = [
      { id: 'a', values: { x: value(5), 'x-alias': value(5) }, missing: {} },
      { id: 'b', values: { x: value(4), 'x-alias': value(4) }, missing: {} },
    ];
    const renamed = profileOf([objective('x-alias')]);
    const change = explainChange(stand(table, ONE), stand(table, renamed), (name) => name.replace('-alias', ''));
    expect([change.profileChanges, changeOf('a', change).causes]).toEqual([[], {}]);
    const strange = explainChange(stand(table, ONE), stand(table, renamed));
    expect(changeOf('a', strange).causes).toEqual({ rules: 0 });
  });

  function value(number: number) {
    return { value: number, uncertainty: 0, quality: 'ok' as const };
  }
});

describe('own and other values', () => {
  test('are told apart for the best places first where every combination must be ranked anew', () => {
    const topsis = profileOf([objective('x'), objective('y')], { method: 'topsis' });
    const before = stand({ a: { x: 9, y: 1 }, b: { x: 5, y: 5 }, c: { x: 1, y: 7 } }, topsis);
    const after = stand({ a: { x: 2, y: 1 }, b: { x: 6, y: 5 }, c: { x: 3, y: 7 } }, topsis);
    const contest = { moved: new Set(['a', 'b', 'c']), ranked: ['b', 'a', 'c'] };
    const worlds = combinedWorlds(before, after, (name) => name);
    // By hand: two combinations with own and others' values from different sides, of three rows each.
    const { gameOf, together } = changeGames(worlds, { ...contest, mostRows: 13 });
    expect(together).toEqual({ candidates: 1, of: 3 });
    expect(['b', 'a', 'c'].map((id) => Object.keys(gameOf(id).parts().causes ?? {}))).toEqual([
      ['ownValues', 'otherValues'],
      ['ownValues', 'otherValues'],
      ['values'],
    ]);
    expect(changeGames(worlds, contest).together.candidates).toBe(0);
  });
});

describe('the facts beside the parts', () => {
  test('a value tells its change and how many combined σ that is; one that vanished tells why', () => {
    const old = candidatesOf({ a: { x: 5 }, b: { x: 4 } }, { uncertainty: 0.3 });
    const now = candidatesOf({ a: { x: 6 } }, { uncertainty: 0.4 });
    const why = { code: 'E_NO_VALUE', severity: 'error', message: 'no value', where: {}, details: {} } as const;
    const change = explainChange(stand(old, ONE), stand([...now, { id: 'b', values: {}, missing: { x: [why] } }], ONE));
    // By hand: √(0.3² + 0.4²) = 0.5.
    expect(change.values[0]).toMatchObject({ id: 'a', descriptor: 'x', unit: 'eV', change: 1, affects: 'order' });
    expectNear(change.values[0]?.combinedSigmas, 2, 1e-12);
    expect(change.values[1]).toEqual({
      id: 'b',
      descriptor: 'x',
      unit: 'eV',
      before: { value: 4, uncertainty: 0.3, quality: 'ok' },
      affects: 'order',
      reasons: [why],
    });
  });
});
