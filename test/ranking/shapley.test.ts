import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shapleyParts } from '../../ranking/shared/shapley.ts';
import { expectNear } from '../near.ts';

describe('a change is divided among its causes', () => {
  test('two that act only together share it in halves', () => {
    // By hand: each adds 0 as the first and 3 as the second of two orders.
    expect(shapleyParts(2, (coalition) => (coalition === 3 ? 3 : 0))).toEqual([1.5, 1.5]);
  });

  test('the glove game gives the rare glove two thirds', () => {
    // By hand, one left and two right gloves, a pair is worth 1: in 4 of the 6 orders the left glove completes the pair.
    const parts = shapleyParts(3, (coalition) => ((coalition & 1) !== 0 && coalition > 1 ? 1 : 0));
    [2 / 3, 1 / 6, 1 / 6].forEach((part, player) => {
      expectNear(parts?.[player], part, 1e-15);
    });
  });

  test('orders through a set without a worth do not count', () => {
    // By hand: the second cause alone has no worth, so the first one comes first: 4 − 1 and 9 − 4.
    expect(shapleyParts(2, (coalition) => [1, 4, undefined, 9][coalition])).toEqual([3, 5]);
  });

  test('where every order passes through one without a worth, there are no parts', () => {
    expect(shapleyParts(2, (coalition) => [1, undefined, undefined, 9][coalition])).toBeUndefined();
    expect(shapleyParts(0, () => 2)).toEqual([]);
  });

  test('parts add up, nobody gets anything for nothing, and the way back is the way there', () => {
    const games = fc.integer({ min: 1, max: 5 }).chain((players) =>
      fc.record({
        players: fc.constant(players),
        // Sets without a worth among them, never the first and the last.
        worths: fc
          .array(
            fc.oneof(
              { arbitrary: fc.integer({ min: -9, max: 9 }), weight: 4 },
              { arbitrary: fc.constant(undefined), weight: 1 },
            ),
            {
              minLength: 2 ** players,
              maxLength: 2 ** players,
            },
          )
          .map((worths) => worths.map((worth, at) => (at === 0 || at === worths.length - 1 ? (worth ?? 0) : worth))),
      }),
    );
    fc.assert(
      fc.property(games, ({ players, worths }) => {
        const parts = shapleyParts(players, (coalition) => worths[coalition]);
        const back = shapleyParts(players, (coalition) => worths[worths.length - 1 - coalition]);
        expect(back === undefined).toBe(parts === undefined);
        if (parts === undefined || back === undefined) return;
        const sum = parts.reduce((total, part) => total + part, 0);
        expectNear(sum, (worths.at(-1) ?? 0) - (worths[0] ?? 0), 1e-9);
        parts.forEach((part, player) => {
          expectNear(back[player], -part, 1e-9);
        });
        // A player who changes no worth, added to the same game.
        const idle = shapleyParts(players + 1, (coalition) => worths[coalition & (worths.length - 1)]);
        expectNear(idle?.[players], 0, 0);
      }),
    );
  });
});
