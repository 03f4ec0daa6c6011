/**
 * What a ranking says of itself beyond its table: how far the order hangs on uncertainties and weights, and what would be
 * worth calculating next.
 */
import type { CalculationFolder, RankedCandidate, Ranking, WeightVariation } from '../../model/ranking.ts';
import { shareText } from './number-text.ts';
import { type Paint, visible } from './terminal.ts';

type Noted = Pick<Ranking, 'ranked' | 'weightVariations' | 'nextCalculations'>;

/** Longer lists end with a count. */
const MAXIMUM_LISTED = 5;

export function rankingNotes(ranking: Noted, paint: Paint): string[] {
  const { lines, more } = calculationNotes(ranking);
  const calculations = [
    '',
    paint('bold', 'Worth calculating next'),
    ...lines.map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
  return [...orderNotes(ranking), ...(lines.length === 0 ? [] : calculations)];
}

/** How far the first place and the order can be trusted. */
export function orderNotes({ ranked, weightVariations }: Omit<Noted, 'nextCalculations'>): string[] {
  const [first, second] = ranked;
  return [
    ...(first === undefined || second === undefined ? [] : [firstLine(first, second)]),
    ...weightLines(weightVariations, first),
  ];
}

function firstLine(first: RankedCandidate, second: RankedCandidate): string {
  const share = shareText(first.firstRankProbability);
  const verdict = first.robust ? 'robust' : 'not robust';
  const flip = second.nextPlace?.weightFlip;
  const turned =
    flip === undefined
      ? 'no change of one weight puts the second before it'
      : `${signedPercent(flip.relativeChange)} of the weight of ${flip.descriptor} puts ${visible(second.id)} before it`;
  return `First place ${verdict}: ${visible(first.id)} in ${share} of the draws; ${turned}.`;
}

function weightLines(variations: readonly WeightVariation[], first: RankedCandidate | undefined): string[] {
  const turning = variations.filter(({ reversals }) => reversals > 0);
  if (variations.length === 0) return [];
  if (turning.length === 0) return ['A fifth more or less of any weight changes no order.'];
  return turning.map(({ descriptor, relativeChange, reversals, first: then }) => {
    const pairs = `${reversals} ${reversals === 1 ? 'pair changes' : 'pairs change'} order`;
    const lead = then === first?.id ? '' : `, ${visible(then)} comes first`;
    return `${signedPercent(relativeChange)} of the weight of ${descriptor}: ${pairs}${lead}.`;
  });
}

/** The most valuable calculations, and how many more there are. */
export function calculationNotes({ nextCalculations }: Pick<Noted, 'nextCalculations'>): {
  readonly lines: readonly string[];
  readonly more: number;
} {
  const lines = nextCalculations.slice(0, MAXIMUM_LISTED).map((calculation) => {
    const { candidate, descriptors, firstProbability, assumed, folders = [] } = calculation;
    const chance = `first in ${shareText(firstProbability)} of the outcomes assumed (${assumed})`;
    return [`${visible(candidate)}: ${descriptors.join(', ')}`, chance, ...folders.map(folderText)].join('; ');
  });
  return { lines, more: nextCalculations.length - lines.length };
}

function folderText({ folder, run }: CalculationFolder): string {
  return `${run === 'new' ? 'a new run in' : 'again'} ${visible(folder)}`;
}

/** `−25 %` */
function signedPercent(share: number): string {
  const percent = Math.round(1000 * share) / 10;
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent)} %`;
}
