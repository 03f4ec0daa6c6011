/**
 * Where the objectives pull against each other: a plane for every two of them, with the Pareto fronts.
 *
 * The values are those that the ranking used, under the names of the profile and with its uncertainties; an unreliable value
 * is not drawn, because it does not rank either.
 */
import type { Objective, Profile } from '../../../model/profile.ts';
import type { RankableCandidate } from '../../../model/ranking.ts';
import { allDescriptorNames } from '../../../pipeline/defined-descriptors.ts';
import { rankableCandidates } from '../../../pipeline/rank-screening.ts';
import { type Markup, markup } from '../markup.ts';
import type { Scatter, ScatterAxis, ScatterPoint } from '../scatter-frame.ts';
import { MOST_WITH_BARS, scatterSvg } from '../scatter-svg.ts';
import { inlineSvg } from './inline-svg.ts';
import { objectiveSymbol } from './objective-name.ts';
import type { ReportContent } from './report-content.ts';

/** Six planes; of more objectives those that weigh most. */
const MOST_OBJECTIVES = 4;
const MOST_POINTS = 400;

/** Undefined without a profile, and where there is nothing to weigh against each other. */
export function frontsSection(content: ReportContent): Markup | undefined {
  const { profile, result } = content;
  if (profile === undefined || profile.objectives.length < 2 || result.ranked.length === 0) return undefined;
  const heaviest = [...profile.objectives].sort((a, b) => b.weight - a.weight).slice(0, MOST_OBJECTIVES);
  const shown = profile.objectives.filter((objective) => heaviest.includes(objective));
  const candidates = new Map(rankableCandidates(result.candidates, profile).map((entry) => [entry.id, entry]));
  const pairs = shown.flatMap((first, at) => shown.slice(at + 1).map((second) => [first, second] as const));
  return markup`<section id="fronts" aria-labelledby="fronts-title">
<h2 id="fronts-title">Pareto fronts</h2>
<p class="note">${explanation(profile, shown)}</p>
<div class="figures">${pairs.map((pair) => planeFigure(pair, { profile, candidates, content }))}</div>
</section>`;
}

function explanation({ objectives }: Profile, shown: readonly Objective[]): string {
  const fronts =
    objectives.length === 2
      ? 'Lines: the edge of what front 1 beats.'
      : `Fronts are those of all ${objectives.length} objectives together: in one plane a front has no edge.`;
  const hasTarget = shown.some(({ desirability }) => desirability.kind === 'target');
  const window = hasTarget ? ' Shaded: where a target counts at all, dotted its best value.' : '';
  const left = shown.length < objectives.length ? ` Planes of the ${shown.length} objectives that weigh most.` : '';
  return `No candidate of front 1 is beaten in every objective. ${fronts} Bars: 1σ, of more than ${MOST_WITH_BARS} ranked candidates that of front 1 only.${window}${left}`;
}

interface Plane {
  readonly profile: Profile;
  readonly candidates: ReadonlyMap<string, RankableCandidate>;
  readonly content: ReportContent;
}

function planeFigure(pair: readonly [Objective, Objective], plane: Plane): Markup {
  const points = pointsOf(pair, plane);
  const [x, y] = [axisOf(pair[0], plane.profile), axisOf(pair[1], plane.profile)];
  const hasStairs = plane.profile.objectives.length === 2;
  const scatter: Scatter = { x, y, points: points.slice(0, MOST_POINTS), hasStairs };
  const { ranked, unranked } = plane.content.result;
  const lacking = ranked.length + unranked.length - points.length;
  const told = [
    ...(lacking > 0 ? [`${lacking} without a reliable value of both`] : []),
    ...(points.length > MOST_POINTS ? [`the first ${MOST_POINTS} of ${points.length} are drawn`] : []),
  ];
  const names = `${pair[0].descriptor} and ${pair[1].descriptor}`;
  if (points.length === 0) return markup`<p class="none">No candidate has reliable values of ${names}.</p>`;
  return markup`<figure>${inlineSvg(scatterSvg(scatter))}<figcaption><p class="note">${names}${told.length > 0 ? `: ${told.join('; ')}` : ''}</p></figcaption></figure>
`;
}

/** Front by front, each in the order of the ranks; then those that are not ranked. */
function pointsOf([first, second]: readonly [Objective, Objective], { candidates, content }: Plane): ScatterPoint[] {
  const { ranked, unranked } = content.result;
  const byFront = [...ranked].sort((a, b) => (a.front ?? ranked.length + 1) - (b.front ?? ranked.length + 1));
  return [...byFront, ...unranked].flatMap((entry): ScatterPoint[] => {
    const values = candidates.get(entry.id)?.values ?? {};
    const [x, y] = [values[first.descriptor], values[second.descriptor]];
    if (x === undefined || y === undefined || x.quality === 'unreliable' || y.quality === 'unreliable') return [];
    const place = 'rank' in entry ? { rank: entry.rank, ...(entry.front !== undefined && { front: entry.front }) } : {};
    const sigmas = [x.uncertainty, y.uncertainty] as const;
    return [{ label: content.label(entry.id), x: x.value, y: y.value, sigmas, ...place }];
  });
}

function axisOf({ descriptor, unit, desirability }: Objective, profile: Profile): ScatterAxis {
  return { symbol: objectiveSymbol(descriptor), unit, desirability, refused: refusedOf(descriptor, profile) };
}

/** Limits of constraints on the same descriptor, whatever name they use for it. */
function refusedOf(descriptor: string, { constraints }: Profile): ScatterAxis['refused'] {
  const { resolve } = allDescriptorNames();
  const own = resolve(descriptor);
  const [minima, maxima]: [number[], number[]] = [[], []];
  for (const constraint of constraints) {
    const other = resolve(constraint.descriptor);
    const isSame = constraint.descriptor === descriptor || (own !== undefined && own.identifier === other?.identifier);
    if (!isSame) continue;
    const factor = (own?.factor ?? 1) / (other?.factor ?? 1);
    const { minimum, maximum } = constraint;
    if (minimum !== undefined) (factor > 0 ? minima : maxima).push(factor * minimum);
    if (maximum !== undefined) (factor > 0 ? maxima : minima).push(factor * maximum);
  }
  return {
    ...(minima.length > 0 && { below: Math.max(...minima) }),
    ...(maxima.length > 0 && { above: Math.min(...maxima) }),
  };
}
