/**
 * What was screened, by which rules, and what came of it, before any table.
 */
import type { Profile } from '../../../model/profile.ts';
import type { ScreeningResult } from '../../../model/screening.ts';
import { type Markup, markup } from '../markup.ts';
import { fixedText, shareText } from '../number-text.ts';

export interface ReportContext {
  /** What was screened, in the words of whoever asked. */
  readonly title: string;
  /** Folders that were searched. */
  readonly sources: readonly string[];
  /** That the candidates were ranked by; without it the page has no Pareto fronts. */
  readonly profile?: Profile;
}

interface SectionTitle {
  readonly id: string;
  readonly title: string;
}

/** `figures`: sections that a ranking may have or not. */
export function pageHeader(result: ScreeningResult, context: ReportContext, figures: readonly SectionTitle[]): Markup {
  const { found, parsed, unreadable } = result.calculations;
  return markup`<header>
<p class="kind">Adatom screening for ${result.ion}</p>
<h1>${context.title}</h1>
<p class="lead">${leadText(result)}</p>
<dl class="facts">
${fact('Working ion', result.ion)}
${fact('Ranking profile', `${result.profile}, version ${result.profileVersion}`)}
${context.profile === undefined ? undefined : fact('Temperature of rates', `${context.profile.temperatureKelvin} K`)}
${fact('Protocol', result.protocol ?? 'none')}
${fact('Calculations found', found)}
${fact('with results', parsed)}
${fact('unreadable', unreadable)}
${fact('Random draws', `${result.draws}, seed ${result.seed}, ${result.generator}`)}
${fact('Adatom version', result.adatomVersion)}
<div class="wide"><dt>${context.sources.length === 1 ? 'Folder' : 'Folders'}</dt><dd>${context.sources.map((source) => markup`<code>${source}</code> `)}</dd></div>
</dl>
${sectionLinks(result, figures)}
</header>`;
}

function leadText(result: ScreeningResult): string {
  const { ranked, unranked, candidates } = result;
  const [first] = ranked;
  if (first === undefined) {
    return candidates.length + unranked.length === 0
      ? `No candidate for ${result.ion} was found in these calculations.`
      : `None of ${unranked.length} candidates could be ranked; the reasons stand below.`;
  }
  const label = candidates.find(({ id }) => id === first.id)?.label || first.id;
  const share = shareText(first.firstRankProbability);
  const unrankedText = unranked.length === 0 ? '' : ` ${unranked.length} not ranked.`;
  return `${label} ranks first of ${ranked.length}: score ${fixedText(first.score)}, probability ${share} of being first within the uncertainties.${unrankedText}`;
}

function fact(term: string, value: string | number): Markup {
  return markup`<div><dt>${term}</dt><dd>${value}</dd></div>`;
}

function sectionLinks(result: ScreeningResult, figures: readonly SectionTitle[]): Markup {
  const links: readonly (readonly [id: string, title: string, count?: number])[] = [
    ['ranking', 'Ranking', result.ranked.length],
    ['unranked', 'Not ranked', result.unranked.length],
    ...figures.map(({ id, title }) => [id, title] as const),
    ['paths', 'Energy paths', result.paths.length],
    ...(result.claims === undefined ? [] : [['claims', 'Claims', result.claims.checks.length] as const]),
    ...(result.protocol === undefined ? [] : [['protocol', 'Protocol'] as const]),
    ['unused', 'Not used', result.unused.length],
    ...(result.issues.length === 0 ? [] : [['notes', 'Notes', result.issues.length] as const]),
    ['evidence', 'Evidence', result.roles.length],
  ];
  return markup`<nav aria-label="Sections"><ul>${links.map(
    ([id, title, count]) =>
      markup`<li><a href="#${id}">${title} ${count === undefined ? undefined : markup`<span class="count">${count}</span>`}</a></li>`,
  )}<li><a href="#reading">How to read this</a></li></ul></nav>`;
}
