import { describe, expect, test } from 'vitest';
import type { Desirability } from '../../model/profile.ts';
import { desirability } from '../../ranking/desirability.ts';
import { type DrawOptions, rankAcceptability } from '../../ranking/rank-acceptability.ts';
import { decisionMatrix } from '../../ranking/shared/decision-matrix.ts';
import { expectNear } from '../near.ts';
import { matrixOf } from './matrices.ts';

interface Barriers {
  readonly valuesEv: readonly number[];
  readonly uncertaintyEv: number;
  readonly descriptor: string;
}

/** One barrier each, lower is better; bounds so wide that no draw saturates. */
function barriers(valuesEv: readonly number[], uncertaintyEv: number, descriptor = 'E_f'): Barriers {
  return { valuesEv, uncertaintyEv, descriptor };
}

const drawing = { seed: 20260101, draws: 40_000, correlations: {} };

/** The list is that of the values, best first. */
function acceptability({ valuesEv, uncertaintyEv, descriptor }: Barriers, options: DrawOptions = drawing) {
  const criterion = { kind: 'min', descriptor, bounds: [-10, 10] } as const;
  const matrix = matrixOf(
    [criterion],
    valuesEv.map((value) => [value]),
    uncertaintyEv,
  );
  const list = valuesEv.map((_, row) => row);
  return rankAcceptability(matrix, desirability(matrix), list, options);
}

function firstRank(candidates: Barriers, options: DrawOptions = drawing): number[] {
  return acceptability(candidates, options).places.map(({ rankProbabilities }) => rankProbabilities[0] ?? Number.NaN);
}

describe('rank acceptability', () => {
  test('three barriers of 0.20, 0.25 and 0.40 ± 0.05 eV are best with the probabilities of the specification', () => {
    // SCIENCE §10.5: 0.7597, 0.2397, 0.0006 (±0.01).
    const [first, second, third] = firstRank(barriers([0.2, 0.25, 0.4], 0.05), { ...drawing, draws: 10_000 });
    expectNear(first, 0.7597, 0.01);
    expectNear(second, 0.2397, 0.01);
    expectNear(third, 0.0006, 0.01);
  });

  test('of two barriers the lower one wins with the probability of the normal distribution', () => {
    // SCIENCE §10.5: Φ((0.20 − 0.10)/√(2·0.05²)) = 0.921350.
    expectNear(firstRank(barriers([0.1, 0.2], 0.05))[0], 0.92135, 0.005);
  });

  test('a shared error settles the order more often', () => {
    // By hand: ρ = 0.5 → Φ(0.10/√(2·0.05²·0.5)) = Φ(2) = 0.977250 (tables of the normal distribution).
    const half = { ...drawing, correlations: { E_f: 0.5 } };
    expectNear(firstRank(barriers([0.1, 0.2], 0.05), half)[0], 0.97725, 0.005);
    // ρ = 1: both move together, the order never changes.
    expect(firstRank(barriers([0.1, 0.2], 0.05), { ...drawing, correlations: { E_f: 1 } })).toEqual([1, 0]);
  });

  test('adsorption energies share half of their error variance unless the profile says otherwise', () => {
    // SCIENCE §10.5 default: Φ(2) with ρ = 0.5, Φ(√2) = 0.921350 with ρ = 0.
    for (const name of ['adsorption-energy', 'binding-energy', 'nucleation-driving-force']) {
      expectNear(firstRank(barriers([0.1, 0.2], 0.05, name))[0], 0.97725, 0.005);
      const independent = { ...drawing, correlations: { [name]: 0 } };
      expectNear(firstRank(barriers([0.1, 0.2], 0.05, name), independent)[0], 0.92135, 0.005);
    }
  });

  test('probabilities of being first add up to 1, also when draws are tied', () => {
    const shares = firstRank(barriers([0.2, 0.3, 12, 13, 14], 0.2));
    expectNear(
      shares.reduce((sum, share) => sum + share, 0),
      1,
      1e-9,
    );
    // All worthless in every draw: a third each.
    for (const share of firstRank(barriers([12, 13, 14], 0.05))) expectNear(share, 1 / 3, 1e-9);
  });

  test('values without uncertainty are ranked with certainty, and equal ones share', () => {
    expect(firstRank(barriers([0.2, 0.25, 0.4], 0))).toEqual([1, 0, 0]);
    expect(firstRank(barriers([0.2, 0.2, 0.4], 0))).toEqual([0.5, 0.5, 0]);
  });

  test('a tie group holds those who might well beat its first member, not all who are near a neighbour', () => {
    // By hand, σ√2 = 0.0707: 0.22 beats 0.20 with Φ(−0.283) = 0.389 (tied), 0.24 beats 0.20 with Φ(−0.566) = 0.286
    // (a new group, although it is as near to 0.22), 0.26 beats 0.24 with 0.389.
    const { places } = acceptability(barriers([0.2, 0.22, 0.24, 0.26, 0.6], 0.05));
    expect(places.map((entry) => entry.tieGroup)).toEqual([1, 1, 2, 2, 3]);
  });

  test('the same seed gives the same numbers, another seed others', () => {
    const candidates = barriers([0.2, 0.22], 0.05);
    expect(firstRank(candidates)).toEqual(firstRank(candidates));
    expect(firstRank(candidates, { ...drawing, seed: 2 })).not.toEqual(firstRank(candidates));
  });

  test('one draw and no candidates are answered too', () => {
    expect(acceptability(barriers([], 0.05))).toEqual({ places: [], draws: 40_000 });
    expect(acceptability(barriers([0.2], 0.05), { ...drawing, draws: 1 })).toEqual({
      places: [{ rankProbabilities: [1], beatsNextProbability: undefined, tieGroup: 1 }],
      draws: 1,
    });
  });

  test('the places of two candidates mirror each other, and the upper one beats the lower as often as it is first', () => {
    const { places } = acceptability(barriers([0.1, 0.2], 0.05));
    const [upper, lower] = places;
    expect(upper?.rankProbabilities).toEqual([...(lower?.rankProbabilities ?? [])].reverse());
    expectNear(upper?.beatsNextProbability, upper?.rankProbabilities[0] ?? Number.NaN, 1e-12);
    // SCIENCE §10.5: Φ(√2).
    expectNear(upper?.beatsNextProbability, 0.92135, 0.005);
  });

  test('candidates with one score share the places they take', () => {
    // Two equal ones before a third: places 1 and 2 half each.
    const { places } = acceptability(barriers([0.2, 0.2, 0.4], 0));
    expect(places.map(({ rankProbabilities }) => rankProbabilities)).toEqual([
      [0.5, 0.5, 0],
      [0.5, 0.5, 0],
      [0, 0, 1],
    ]);
    expect(places.map(({ beatsNextProbability }) => beatsNextProbability)).toEqual([0.5, 1, undefined]);
  });

  test('draws of one row at a time are those of all rows at once', () => {
    const shapes: Desirability[] = [
      { kind: 'min', target: 0.1, upper: 0.9, exponent: 1 },
      { kind: 'target', lower: 0.2, target: 0.5, upper: 0.8, lowerExponent: 1, upperExponent: 2 },
      { kind: 'max', lower: 0, target: 0.7, exponent: 1 },
    ];
    const objectives = shapes.map((shape, at) => ({
      descriptor: ['E_ads', 'E_f', 'area'][at] ?? '',
      unit: '1',
      weight: [1, 1, 2][at] ?? 0,
      missing: 'interval' as const,
      tolerance: 0,
      desirability: shape,
    }));
    // 300 rows: of so many, places are counted by digits. Some have no value, with or without its weight; some no error.
    for (const gaps of [[], [1], [0, 2]]) {
      const rows = Array.from({ length: 300 }, (_, row) => ({
        id: String(row).padStart(3, '0'),
        cells: shapes.map((_shape, at) =>
          gaps.includes(at) && row % 7 === at
            ? undefined
            : { value: ((row * (at + 3)) % 101) / 100, uncertainty: row % 5 === 0 ? 0 : 0.03 },
        ),
        keepsWeight: shapes.map((_shape, at) => at === 1),
      }));
      const matrix = decisionMatrix(rows, objectives);
      const { order, scoreOf, skipped } = desirability(matrix);
      const list = rows.map((_, row) => row);
      const options = { ...drawing, draws: 200, correlations: { area: 1 } };
      const byRow = rankAcceptability(matrix, desirability(matrix), list, options);
      expect(byRow).toEqual(rankAcceptability(matrix, { order, scoreOf, skipped }, list, options));
    }
  });
});
