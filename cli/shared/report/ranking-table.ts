/**
 * The ranked and the unranked candidates: the same kind of table for both, with all descriptors, and behind each row
 * where its numbers come from.
 */

import type { Issue } from '../../../model/issues.ts';
import type { RankedCandidate, UnrankedCandidate } from '../../../model/ranking.ts';
import type { DescriptorDescription } from '../../../model/screening.ts';
import type { Candidate } from '../../../model/system.ts';
import { type Markup, markup } from '../markup.ts';
import { exactText, fixedText, shareText, UNKNOWN } from '../number-text.ts';
import { candidateDetails } from './candidate-details.ts';
import { formulaMarkup } from './formula.ts';
import { issueList } from './issue-list.ts';
import { quantityCell } from './quantity.ts';
import type { ReportContent } from './report-content.ts';
import { type ScoreBars, scoreBars } from './score-bar.ts';

interface Column {
  readonly title: string;
  readonly heading?: Markup;
  readonly hint: string;
  readonly numeric?: boolean;
}

interface Cell {
  readonly content: Markup | string;
  /** What the row is sorted by in this column; absent for an unknown value, which sorts last. */
  readonly sortBy?: string | number;
  readonly rowHeader?: boolean;
}

const RANK: Column = { title: 'Rank', hint: 'place by score; equal scores by identifier', numeric: true };
const CANDIDATE: Column = { title: 'Candidate', hint: 'material and facet' };
const SCORE: Column = { title: 'Score', hint: 'between 0 and 1, larger is better', numeric: true };
const RANKED_COLUMNS: readonly Column[] = [
  { title: 'Pareto front', hint: '1: no other candidate is better in every objective', numeric: true },
  { title: 'P(first)', hint: 'share of the random draws in which the candidate is first', numeric: true },
  { title: 'Tie group', hint: 'candidates whose order the uncertainties do not settle share a group', numeric: true },
];
const REASONS: Column = { title: 'Why it is not ranked', hint: 'every reason that was found' };
const WETTING: Column = { title: 'Wetting', hint: 'verdict on the first layer against the bulk metal' };

export function rankingSection(content: ReportContent): Markup {
  const { ranked } = content.result;
  const bars = scoreBars(content.result);
  const barColumns = bars === undefined ? [] : [{ title: 'Score by objective', hint: bars.hint }];
  const columns = [
    RANK,
    CANDIDATE,
    SCORE,
    ...barColumns,
    ...RANKED_COLUMNS,
    ...content.descriptors.map(descriptorColumn),
    WETTING,
  ];
  const tieSizes = new Map<number, number>();
  for (const { tieGroup } of ranked) tieSizes.set(tieGroup, (tieSizes.get(tieGroup) ?? 0) + 1);
  const rows = ranked.map((entry) =>
    candidateRow(
      entry.id,
      columns,
      rankedCells(entry, content, { bars, tieSize: tieSizes.get(entry.tieGroup) ?? 1 }),
      content,
    ),
  );
  const table = candidateTable('ranking-title', columns, rows);
  return markup`<section id="ranking" aria-labelledby="ranking-title">
<h2 id="ranking-title">Ranking <span class="count">${ranked.length}</span></h2>
${rows.length > 0 ? markup`${table}${bars?.legend}` : markup`<p class="none">No candidate could be ranked.</p>`}
</section>`;
}

export function unrankedSection(content: ReportContent): Markup {
  const { unranked } = content.result;
  const columns = [CANDIDATE, REASONS, ...content.descriptors.map(descriptorColumn), WETTING];
  const rows = unranked.map((entry) => candidateRow(entry.id, columns, unrankedCells(entry, content), content));
  const table = candidateTable('unranked-title', columns, rows);
  return markup`<section id="unranked" aria-labelledby="unranked-title">
<h2 id="unranked-title">Not ranked <span class="count">${unranked.length}</span></h2>
${rows.length > 0 ? table : markup`<p class="none">Every candidate is ranked.</p>`}
</section>`;
}

function descriptorColumn({ symbol, title, unit, sign }: DescriptorDescription): Column {
  const heading = markup`${formulaMarkup(symbol)} <span class="unit">(${unit})</span>`;
  return { title: symbol, heading, hint: `${title}; ${sign}`, numeric: true };
}

function candidateTable(titleId: string, columns: readonly Column[], rows: readonly Markup[]): Markup {
  return markup`<div class="scroll" role="region" aria-labelledby="${titleId}" tabindex="0"><table class="candidates" data-sortable>
<thead><tr>${columns.map(
    ({ title, heading, hint, numeric }) =>
      markup`<th scope="col" title="${hint}"${numeric === true ? markup` class="number"` : undefined}>${heading ?? title}</th>`,
  )}</tr></thead>
${rows}</table></div>`;
}

/** A row and the row that opens below it keep together when the table is sorted: they share a `tbody`. */
function candidateRow(id: string, columns: readonly Column[], cells: readonly Cell[], content: ReportContent): Markup {
  const shown = cells.map((cell, index) => {
    const column = columns[index];
    const sortBy = cell.sortBy === undefined ? undefined : markup` data-sort="${String(cell.sortBy)}"`;
    const kind = column?.numeric === true ? markup` class="number"` : undefined;
    // The head of the column again, shown where the window is too narrow for columns.
    const label = markup`<span class="label" aria-hidden="true">${column?.heading ?? column?.title}</span>`;
    const shownCell = markup`${label}<div>${cell.content}</div>`;
    return cell.rowHeader === true
      ? markup`<th scope="row"${sortBy}>${shownCell}</th>`
      : markup`<td${sortBy}${kind}>${shownCell}</td>`;
  });
  return markup`<tbody id="${content.candidateAnchor(id)}"><tr>${shown}</tr>
<tr class="more"><td colspan="${columns.length}"><details><summary>Where the numbers of ${content.label(id)} come from</summary>
<div class="details">${candidateDetails(id, content)}</div></details></td></tr></tbody>
`;
}

function rankedCells(
  entry: RankedCandidate,
  content: ReportContent,
  { bars, tieSize }: { readonly bars: ScoreBars | undefined; readonly tieSize: number },
): Cell[] {
  const candidate = content.candidate(entry.id);
  const tied = tieSize > 1 ? markup`<span class="note">shared by ${tieSize}</span>` : '';
  return [
    { content: String(entry.rank), sortBy: entry.rank },
    nameCell(entry.id, content),
    {
      content: markup`<span title="${exactText(entry.score)}">${fixedText(entry.score)}</span>`,
      sortBy: entry.score,
    },
    ...(bars === undefined ? [] : [{ content: bars.barOf(entry), sortBy: entry.score }]),
    { content: entry.front === undefined ? '' : String(entry.front), sortBy: entry.front ?? Number.POSITIVE_INFINITY },
    { content: shareText(entry.firstRankProbability), sortBy: entry.firstRankProbability },
    { content: markup`${entry.tieGroup}${tied}`, sortBy: entry.tieGroup },
    ...descriptorCells(candidate, content),
    wettingCell(candidate),
  ];
}

function unrankedCells(entry: UnrankedCandidate, content: ReportContent): Cell[] {
  const candidate = content.candidate(entry.id);
  return [
    nameCell(entry.id, content),
    { content: issueList(entry.reasons) ?? 'no reason given', sortBy: entry.reasons[0]?.code ?? '' },
    ...descriptorCells(candidate, content, entry.reasons),
    wettingCell(candidate),
  ];
}

function nameCell(id: string, content: ReportContent): Cell {
  const label = content.label(id);
  const own = label === id ? undefined : markup`<span class="note">${id}</span>`;
  return { content: markup`<span class="name">${label}</span>${own}`, sortBy: label, rowHeader: true };
}

function descriptorCells(
  candidate: Candidate | undefined,
  { descriptors }: ReportContent,
  told: readonly Issue[] = [],
): Cell[] {
  return descriptors.map(({ identifier }) => {
    const result = candidate?.descriptors[identifier];
    return { content: quantityCell(result, told), ...(result?.available === true && { sortBy: result.value }) };
  });
}

/** The verdict "borderline" is marked by a sign and a frame, not by colour alone. */
function wettingCell(candidate: Candidate | undefined): Cell {
  const wetting = candidate?.wetting;
  if (wetting === undefined) return { content: markup`${UNKNOWN} <span class="reason">not determined</span>` };
  const content =
    wetting === 'borderline'
      ? markup`<span class="borderline"><span aria-hidden="true">≈</span> borderline</span>`
      : wetting;
  return { content, sortBy: wetting };
}
