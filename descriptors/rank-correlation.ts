/**
 * Spearman's rank correlation of two quantities over the same candidates, with its exact p-value for few of them
 * (SCIENCE §12.2).
 *
 * The mistake avoided here: three facets whose order agrees look like a law. Of three points every third order agrees as
 * well; below five no order is rarer than one in twenty.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { exactTwoSidedP, normalTwoSidedP, ranksOf, spearman } from './shared/rank-statistics.ts';

/** 2/5! = 0.017: with five points an order can be rarer than one in twenty, with four (2/4! = 0.083) it cannot. */
const FEWEST_POINTS = 5;
/** 9! = 362,880 orders are gone through at once; beyond, the distribution is close to normal. */
const MOST_EXACT_POINTS = 9;

const inputs = z
  .strictObject({
    x: z.array(z.number()).min(2).readonly().describe('first quantity, one number per candidate'),
    y: z.array(z.number()).min(2).readonly().describe('second quantity of the same candidates in the same order'),
  })
  .refine(({ x, y }) => x.length === y.length, 'x and y have one number per candidate each');

export const rankCorrelation: DescriptorDefinition<typeof inputs> = {
  identifier: 'rank-correlation',
  version: 1,
  symbol: 'ρ_S',
  unit: '1',
  title: 'Rank correlation of two quantities (Spearman), with the chance of one as large',
  sign: 'positive = both grow together',
  formula: 'ρ_S = Pearson correlation of the ranks, equal values sharing the mean of theirs; p over all orders of y',
  reference: 'C. Spearman, Am. J. Psychol. 15, 72 (1904); docs/science.md §12.2',
  group: 'statistics',
  better: 'none',
  inScreening: false,
  aliases: [],
  example: {
    inputs: { x: [3.4, 1.61, 4.32], y: [99.89, 95.53, 96.48] },
    prints: '0.5',
    source: 'docs/science.md §12.2: E_b and Aurbach efficiency of three facets of ZnO',
  },
  inputs,
  compute,
};

function compute({ x, y }: z.output<typeof inputs>): DescriptorResult {
  const [first, second] = [ranksOf(x), ranksOf(y)];
  const value = spearman(first, second);
  const n = x.length;
  const isExact = n <= MOST_EXACT_POINTS;
  const issues: Issue[] = [
    ...(value === undefined
      ? [issue('E_INPUT', { input: 'x, y', reason: 'all numbers of one of them are equal' })]
      : []),
    ...(n < FEWEST_POINTS ? [issue('W_SMALL_N', { n, needed: FEWEST_POINTS })] : []),
  ];
  return descriptorResult({
    value,
    unit: '1',
    convention: 'ranks, ties share the mean rank',
    uncertainty: propagated(undefined),
    parts: {
      n,
      ...(value !== undefined && {
        pTwoSided: isExact ? exactTwoSidedP(first, second) : normalTwoSidedP(value, n),
        pMethod: isExact ? 'all orders' : 'normal approximation',
      }),
    },
    issues,
  });
}
