import { describe, expect, test } from 'vitest';
import { rankAcceptability, type UncertainCandidate } from '../../ranking/rank-acceptability.ts';
import { expectNear } from '../near.ts';

/** One barrier each, lower is better; bounds so wide that no draw saturates. */
function barriers(valuesEv: readonly number[], uncertaintyEv: number, descriptor = 'E_f'): UncertainCandidate[] {
  return valuesEv.map((value, index) => ({
    id: `facet-${index}`,
    terms: [
      {
        descriptor,
        value,
        uncertainty: uncertaintyEv,
        share: 1,
        shape: { kind: 'min', target: -10, upper: 10, exponent: 1 },
      },
    ],
  }));
}

const drawing = { seed: 20260101, draws: 40_000, correlations: {} };

function firstRank(candidates: readonly UncertainCandidate[], options = drawing): number[] {
  return rankAcceptability(candidates, options).map((entry) => entry.firstRankProbability);
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
    const worthless = barriers([12, 13, 14], 0.05);
    const shares = firstRank([...barriers([0.2, 0.3], 0.2), ...worthless]);
    expectNear(
      shares.reduce((sum, share) => sum + share, 0),
      1,
      1e-9,
    );
    // All worthless in every draw: a third each.
    for (const share of firstRank(worthless)) expectNear(share, 1 / 3, 1e-9);
  });

  test('values without uncertainty are ranked with certainty, and equal ones share', () => {
    expect(firstRank(barriers([0.2, 0.25, 0.4], 0))).toEqual([1, 0, 0]);
    expect(firstRank(barriers([0.2, 0.2, 0.4], 0))).toEqual([0.5, 0.5, 0]);
  });

  test('a tie group holds those who might well beat its first member, not all who are near a neighbour', () => {
    // By hand, σ√2 = 0.0707: 0.22 beats 0.20 with Φ(−0.283) = 0.389 (tied), 0.24 beats 0.20 with Φ(−0.566) = 0.286
    // (a new group, although it is as near to 0.22), 0.26 beats 0.24 with 0.389.
    const groups = rankAcceptability(barriers([0.2, 0.22, 0.24, 0.26, 0.6], 0.05), drawing);
    expect(groups.map((entry) => entry.tieGroup)).toEqual([1, 1, 2, 2, 3]);
  });

  test('the same seed gives the same numbers, another seed others', () => {
    const candidates = barriers([0.2, 0.22], 0.05);
    expect(firstRank(candidates)).toEqual(firstRank(candidates));
    expect(firstRank(candidates, { ...drawing, seed: 2 })).not.toEqual(firstRank(candidates));
  });

  test('one draw and no candidates are answered too', () => {
    expect(rankAcceptability([], drawing)).toEqual([]);
    expect(rankAcceptability(barriers([0.2], 0.05), { ...drawing, draws: 1 })).toEqual([
      { firstRankProbability: 1, tieGroup: 1 },
    ]);
  });
});
