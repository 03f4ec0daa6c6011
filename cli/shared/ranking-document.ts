/** A ranking as `adatom rank` prints it: in JSON, and as a table for the terminal. */
import type { Issue } from '../../model/issues.ts';
import type { Ranking } from '../../model/ranking.ts';
import { issueDocument } from '../../pipeline/issue-document.ts';
import { issueLine } from './issue-line.ts';
import { shareText } from './number-text.ts';
import { rankingNotes } from './ranking-notes.ts';
import { type Column, tableLines } from './table.ts';
import { type Paint, visible } from './terminal.ts';

/** `noticed`: issues of the table that was ranked. */
export function rankingDocument(ranking: Ranking, noticed: readonly Issue[]): object {
  const { ranked, unranked, issues, weightVariations, nextCalculations, ...head } = ranking;
  return {
    ...head,
    ranked: ranked.map((candidate) => ({ ...candidate, issues: candidate.issues.map(issueDocument) })),
    unranked: unranked.map((candidate) => ({ ...candidate, reasons: candidate.reasons.map(issueDocument) })),
    weightVariations,
    nextCalculations,
    issues: [...noticed, ...issues].map(issueDocument),
  };
}

const COLUMNS: readonly Column[] = [
  { title: 'rank', align: 'right' },
  { title: 'candidate' },
  { title: 'score', align: 'right' },
  { title: 'front', align: 'right' },
  { title: 'P(first)', align: 'right' },
  { title: 'tie group', align: 'right' },
];

export function rankingText(ranking: Ranking, noticed: readonly Issue[], paint: Paint): string[] {
  const { profile, profileVersion, method, seed, draws, ranked, unranked } = ranking;
  const issues = [...noticed, ...ranking.issues].map((entry) => issueLine(entry, paint));
  return [
    paint('bold', `profile ${profile}, version ${profileVersion}; ${method}; ${draws} draws, seed ${seed}`),
    '',
    ...(ranked.length === 0 ? ['No candidate could be ranked.'] : rankedLines(ranking, paint)),
    ...withBlankBefore(rankingNotes(ranking, paint)),
    ...(unranked.length === 0 ? [] : ['', paint('bold', 'Not ranked')]),
    ...unranked.flatMap(({ id, reasons }) => [
      `  ${visible(id)}`,
      ...reasons.map((reason) => `    ${issueLine(reason, paint)}`),
    ]),
    ...withBlankBefore([...issues, ...candidateIssueLines(ranking, paint)]),
  ];
}

function withBlankBefore(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? lines : ['', ...lines];
}

/** What is told of several candidates stands once, with their names. */
function candidateIssueLines({ ranked }: Ranking, paint: Paint): string[] {
  const ids = new Map<string, string[]>();
  for (const candidate of ranked) {
    for (const entry of candidate.issues) {
      const line = issueLine(entry, paint);
      ids.set(line, [...(ids.get(line) ?? []), visible(candidate.id)]);
    }
  }
  return [...ids].map(([line, names]) => `${line} (${names.join(', ')})`);
}

function rankedLines({ ranked }: Ranking, paint: Paint): string[] {
  const rows = ranked.map(({ id, rank, score, front, firstRankProbability, tieGroup }) => [
    String(rank),
    visible(id),
    score.toFixed(4),
    front === undefined ? '' : String(front),
    shareText(firstRankProbability),
    String(tieGroup),
  ]);
  const [titles = '', ...lines] = tableLines(COLUMNS, rows);
  return [paint('bold', titles), ...lines];
}
