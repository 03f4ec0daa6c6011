import { describe, expect, it } from 'vitest';
import { productParts, scoreBars, sumParts } from '../../cli/shared/report/score-bar.ts';
import type { Contribution, RankedCandidate } from '../../model/ranking.ts';
import { expectNear } from '../near.ts';
import { readTags, readText } from './markup-reading.ts';

function contribution(desirability: number, weight: number, effect?: number): Contribution {
  return { value: 1, unit: 'eV', desirability, weight, ...(effect !== undefined && { effect }) };
}

function ranked(score: number, contributions: RankedCandidate['contributions']): RankedCandidate {
  return {
    id: 'a',
    rank: 1,
    score,
    contributions,
    firstRankProbability: 1,
    rankProbabilities: [1],
    robust: true,
    weightAcceptability: 1,
    tieGroup: 1,
    issues: [],
  };
}

describe('a score as a bar', () => {
  it('of a geometric mean is the score, and what each objective costs by −w ln d', () => {
    // SCIENCE §10.2, candidate D: d 0.717514 and 0.8, D 0.757635. By hand: −½ ln 0.717514 = 0.165982 and
    // −½ ln 0.8 = 0.111572 share the lost 0.242365 as 0.144939 and 0.097426.
    const parts = productParts(
      ranked(0.757635, { 'binding-energy': contribution(0.717514, 0.5), 'migration-barrier': contribution(0.8, 0.5) }),
    );
    expect(parts.map(({ kind, objective }) => [kind, objective])).toEqual([
      ['score', undefined],
      ['loss', 'binding-energy'],
      ['loss', 'migration-barrier'],
    ]);
    expectNear(parts[0]?.share, 0.757635, 1e-12);
    expectNear(parts[1]?.share, 0.144939, 2e-6);
    expectNear(parts[2]?.share, 0.097426, 2e-6);
  });

  it('a desirability of 0 costs everything, whatever the others cost', () => {
    const parts = productParts(
      ranked(0, { a: contribution(0, 0.25), b: contribution(0.5, 0.5), c: contribution(0, 0.25) }),
    );
    expect(parts).toEqual([
      { kind: 'score', share: 0 },
      { kind: 'loss', objective: 'a', share: 0.5 },
      { kind: 'loss', objective: 'c', share: 0.5 },
    ]);
  });

  it('a perfect candidate has lost nothing, and a missing value is no objective’s loss', () => {
    expect(productParts(ranked(1, { a: contribution(1, 1) }))).toEqual([{ kind: 'score', share: 1 }]);
    expect(productParts(ranked(0, { a: contribution(0.9, 0.5) }))).toEqual([{ kind: 'missing', share: 1 }]);
  });

  it('of a weighted sum stacks its summands up to the score', () => {
    // By hand: 0.75·0.4 + 0.25·0.8 = 0.5.
    const parts = sumParts(ranked(0.5, { a: contribution(0.4, 0.75, 0.3), b: contribution(0.8, 0.25, 0.2) }));
    expect(parts).toEqual([
      { kind: 'gain', objective: 'a', share: 0.3 },
      { kind: 'gain', objective: 'b', share: 0.2 },
    ]);
    expect(sumParts(ranked(0.5, { a: contribution(0.4, 1) }))).toBeUndefined();
  });

  it('parts have numbers of the legend and are told to who sees no picture', () => {
    const entry = ranked(0.5, { 'binding-energy': contribution(1, 0.5), 'migration-barrier': contribution(0.25, 0.5) });
    const bars = scoreBars({ method: 'desirability', ranked: [entry] })!;
    const bar = bars.barOf(entry).markup;
    const [svg] = readTags(bar);
    expect(svg?.attributes.role).toBe('img');
    expect(svg?.attributes['aria-label']).toBe('score 0.500, lost to E_f 0.500');
    // Half of 120 pixels is the score, the other half the barrier's: its number is that of its place.
    const widths = [...bar.matchAll(/<rect x="([\d.]+)" y="0.5" width="([\d.]+)"/g)].map(([, x, width]) => [x, width]);
    expect(widths).toEqual([
      ['0', '60'],
      ['60', '60'],
    ]);
    expect(bar).toContain('>2</text>');
    expect(readText(bars.legend.markup)).toMatch(/1: Eb.*2: Ef/s);
  });

  it('is not drawn for methods whose score is no sum over objectives', () => {
    const entry = ranked(0.5, { a: contribution(1, 1) });
    for (const method of ['topsis', 'pareto', 'lexicographic', 'weighted-sum'] as const) {
      expect(scoreBars({ method, ranked: [entry] })).toBeUndefined();
    }
    expect(scoreBars({ method: 'desirability', ranked: [] })).toBeUndefined();
  });
});
