/**
 * How firm the order is: what the ranking says of itself, and the probability of each place as a table of shades.
 *
 * The mistake avoided here: a shade alone. Each cell has its number, and what is left of a row stands in its last column, so
 * that every row adds up to 100 %.
 */
import type { RankedCandidate } from '../../../model/ranking.ts';
import { type Markup, markup } from '../markup.ts';
import { calculationNotes, orderNotes } from '../ranking-notes.ts';
import type { ReportContent } from './report-content.ts';

const MOST_ROWS = 30;
/** A share below shows nothing: one draw in a million. */
const LEAST_SHARE = 1e-6;
/** Opacity of the shade for certain: the ink of the page is still read on it, at 4.5 to 1 in both schemes. */
const FULL_SHADE = 0.5;

export function orderSection(content: ReportContent): Markup | undefined {
  const { ranked } = content.result;
  const notes = orderNotes(content.result);
  const { lines, more } = calculationNotes(content.result);
  if (notes.length + lines.length === 0) return undefined;
  const calculations = markup`<h3>Worth calculating next</h3>
<ul class="sentences">${lines.map((line) => markup`<li>${line}</li>`)}</ul>${more > 0 ? markup`<p class="note">and ${more} more, in ranking.json</p>` : undefined}`;
  return markup`<section id="order" aria-labelledby="order-title">
<h2 id="order-title">How firm the order is</h2>
<ul class="sentences">${notes.map((note) => markup`<li>${note}</li>`)}</ul>
${lines.length > 0 ? calculations : undefined}
${ranked.length > 1 ? placesTable(content) : undefined}
</section>`;
}

function placesTable(content: ReportContent): Markup {
  const { ranked, draws } = content.result;
  const shown = ranked.slice(0, MOST_ROWS);
  const places = Math.max(...shown.map(({ rankProbabilities }) => rankProbabilities.length));
  const hasRest = ranked.length > places;
  const heads = Array.from({ length: places }, (_, at) => markup`<th scope="col" class="number">${at + 1}</th>`);
  const rest = hasRest ? markup`<th scope="col" class="number">later</th>` : undefined;
  const left = ranked.length > shown.length ? ` The first ${shown.length} of ${ranked.length} candidates.` : '';
  return markup`<h3 id="places-title">Probability of each place</h3>
<p class="note">Share of ${draws} random draws within the uncertainties, in %. Candidates in one bracket form a tie group: their order is not settled.${left}</p>
<div class="scroll" role="region" aria-labelledby="places-title" tabindex="0"><table class="plain places">
<thead><tr><th scope="col">Tie group</th><th scope="col">Candidate</th>${heads}${rest}</tr></thead>
${tieGroups(shown).map(
  (group) =>
    markup`<tbody>${group.map((entry, at) => placesRow(entry, { content, bracket: at === 0 ? group : [], places, hasRest }))}</tbody>
`,
)}</table></div>`;
}

interface Row {
  readonly content: ReportContent;
  /** Of the first row of a group: all its rows. */
  readonly bracket: readonly RankedCandidate[];
  readonly places: number;
  readonly hasRest: boolean;
}

function placesRow(entry: RankedCandidate, { content, bracket, places, hasRest }: Row): Markup {
  const shares = Array.from({ length: places }, (_, at) => entry.rankProbabilities[at] ?? 0);
  const later = Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0));
  const robust = entry.robust ? markup` <span class="robust">✓ robust</span>` : undefined;
  const tie =
    bracket.length > 0
      ? markup`<th scope="rowgroup" rowspan="${bracket.length}" class="tie">${entry.tieGroup}</th>`
      : undefined;
  return markup`<tr>${tie}<th scope="row"><span class="rank">${entry.rank}</span> <a href="#${content.candidateAnchor(entry.id)}">${content.label(entry.id)}</a>${robust}</th>${shares.map(shareCell)}${hasRest ? shareCell(later) : undefined}</tr>
`;
}

/** Neighbours of one group. */
function tieGroups(shown: readonly RankedCandidate[]): RankedCandidate[][] {
  const groups: RankedCandidate[][] = [];
  for (const entry of shown) {
    const last = groups.at(-1);
    if (last?.[0]?.tieGroup === entry.tieGroup) last.push(entry);
    else groups.push([entry]);
  }
  return groups;
}

/** By the root of the share: a tenth is told from a hundredth, too. */
function shareCell(share: number): Markup {
  if (share < LEAST_SHARE) return markup`<td class="number share none">0</td>`;
  const opacity = Number((FULL_SHADE * Math.sqrt(share)).toFixed(3));
  return markup`<td class="number share" style="background:rgb(var(--shade)/${opacity})">${percentText(share)}</td>`;
}

/** Neither 0 nor 100 for what is not quite that. */
function percentText(share: number): string {
  const percent = Math.round(100 * share);
  if (percent === 0) return '< 1';
  return percent === 100 && share < 1 - LEAST_SHARE ? '> 99' : String(percent);
}
