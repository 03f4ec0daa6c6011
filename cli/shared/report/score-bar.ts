/**
 * A score as a bar, with the part that each objective has in it.
 *
 * The mistake avoided here: factors of a product stacked as if they added up. A weighted sum stacks its summands. Of a
 * geometric mean the bar is the score, and what it lacks of 1 is shared out by −w ln d, which does add up: a desirability of
 * 0 costs everything. Other methods are no sum over objectives and get no bar. Numbers tell the parts apart, not colours.
 */
import type { RankedCandidate } from '../../../model/ranking.ts';
import type { ScreeningResult } from '../../../model/screening.ts';
import { type Markup, markup } from '../markup.ts';
import { fixedText } from '../number-text.ts';
import { formulaMarkup } from './formula.ts';
import { objectiveSymbol } from './objective-name.ts';

export interface BarPart {
  /** Absent for the score as a whole, and for what a missing value costs. */
  readonly objective?: string;
  readonly kind: 'score' | 'gain' | 'loss' | 'missing';
  /** Of the bar. */
  readonly share: number;
}

export interface ScoreBars {
  readonly hint: string;
  readonly barOf: (ranked: RankedCandidate) => Markup;
  readonly legend: Markup;
}

/** Undefined for a method whose score has no parts. */
export function scoreBars({ method, ranked }: Pick<ScreeningResult, 'method' | 'ranked'>): ScoreBars | undefined {
  const partsOf = method === 'desirability' ? productParts : method === 'weighted-sum' ? sumParts : undefined;
  const objectives = [...new Set(ranked.flatMap(({ contributions }) => Object.keys(contributions)))];
  const isWhole = ranked.every((entry) => partsOf?.(entry) !== undefined);
  if (partsOf === undefined || objectives.length === 0 || !isWhole) return undefined;
  const isProduct = method === 'desirability';
  return {
    hint: isProduct ? 'the score, and what each objective costs' : 'what each objective adds to the score',
    barOf: (entry) => bar(partsOf(entry) ?? [], objectives),
    legend: legend(objectives, isProduct),
  };
}

/** Score and losses of a weighted geometric mean; they add up to 1. */
export function productParts({ score, contributions }: Pick<RankedCandidate, 'score' | 'contributions'>): BarPart[] {
  const entries = Object.entries(contributions).filter(([, { weight }]) => weight > 0);
  const zeros = entries.filter(([, { desirability }]) => desirability === 0);
  const costs = (zeros.length > 0 ? zeros : entries).map(([objective, { desirability, weight }]) => ({
    objective,
    cost: zeros.length > 0 ? weight : -weight * Math.log(desirability),
  }));
  const total = costs.reduce((sum, { cost }) => sum + cost, 0);
  const lost = 1 - score;
  if (score === 0 && zeros.length === 0) return [{ kind: 'missing', share: 1 }];
  return [
    { kind: 'score', share: score },
    ...costs.flatMap(({ objective, cost }) =>
      cost > 0 && lost > 0 ? [{ kind: 'loss' as const, objective, share: (lost * cost) / total }] : [],
    ),
  ];
}

/** Summands of a weighted sum; they add up to the score. Undefined where it is no sum of desirabilities. */
export function sumParts({ contributions }: Pick<RankedCandidate, 'contributions'>): BarPart[] | undefined {
  const parts: BarPart[] = [];
  for (const [objective, { effect }] of Object.entries(contributions)) {
    if (effect === undefined) return undefined;
    if (effect > 0) parts.push({ kind: 'gain', objective, share: effect });
  }
  return parts;
}

const WIDTH = 120;
const HEIGHT = 16;
/** Okabe and Ito's colours on which black is read; the blue one last, as the score itself is blue. */
const FILLS = ['#e69f00', '#009e73', '#f0e442', '#cc79a7', '#d55e00', '#56b4e9'] as const;
const NARROWEST_NUMBER = 12;

function bar(parts: readonly BarPart[], objectives: readonly string[]): Markup {
  let left = 0;
  const drawn = parts.map((part) => {
    const width = part.share * WIDTH;
    const x = left;
    left += width;
    return partMarkup(part, { x, width }, objectives);
  });
  return markup`<svg class="score-bar" role="img" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-size="11" aria-label="${toldParts(parts)}">
<rect class="score-rest" x="0" y="0.5" width="${WIDTH}" height="${HEIGHT - 1}"/>${drawn}</svg>`;
}

function toldParts(parts: readonly BarPart[]): string {
  return parts.map(toldPart).join(', ');
}

function toldPart({ kind, objective = '', share }: BarPart): string {
  if (kind === 'score') return `score ${fixedText(share)}`;
  if (kind === 'missing') return 'score 0 while a value is missing';
  return `${kind === 'loss' ? 'lost to' : 'from'} ${objectiveSymbol(objective)} ${fixedText(share)}`;
}

function partMarkup(
  part: BarPart,
  { x, width }: { readonly x: number; readonly width: number },
  objectives: readonly string[],
): Markup {
  const at = part.objective === undefined ? -1 : objectives.indexOf(part.objective);
  const colour = at < 0 ? undefined : markup` fill="${fillOf(at)}"`;
  const number =
    at >= 0 && width >= NARROWEST_NUMBER
      ? markup`<text x="${rounded(x + width / 2)}" y="12" text-anchor="middle">${at + 1}</text>`
      : undefined;
  return markup`<g class="score-${part.kind}"><rect x="${rounded(x)}" y="0.5" width="${rounded(width)}" height="${HEIGHT - 1}"${colour}/>${number}<title>${toldPart(part)}</title></g>`;
}

function legend(objectives: readonly string[], isProduct: boolean): Markup {
  const text = isProduct
    ? 'Bar: the score from 0 to 1; the coloured rest is what each objective costs, shared out by −w ln d (one desirability of 0 costs all).'
    : 'Bar: what each objective adds to the score, weight × desirability; the full width is 1.';
  const entries = objectives.map(
    (objective, at) =>
      markup`<li><svg class="score-bar" aria-hidden="true" width="16" height="${HEIGHT}" viewBox="0 0 16 ${HEIGHT}" font-size="11"><g class="score-loss"><rect x="0" y="0.5" width="16" height="${HEIGHT - 1}" fill="${fillOf(at)}"/><text x="8" y="12" text-anchor="middle">${at + 1}</text></g></svg> <span class="unseen">${at + 1}: </span>${formulaMarkup(objectiveSymbol(objective))}</li>`,
  );
  return markup`<div class="bar-legend"><p class="note">${text}</p><ul>${entries}</ul></div>`;
}

function fillOf(at: number): string {
  return FILLS[at % FILLS.length] ?? FILLS[0];
}

function rounded(value: number): number {
  return Math.round(100 * value) / 100;
}
