/** The ranks of candidates under several profiles, for the terminal. */
import type { Issue } from '../../model/issues.ts';
import type { ProfileComparison } from '../../model/ranking.ts';
import { issueLine } from './issue-line.ts';
import { fixedText } from './number-text.ts';
import { tableLines } from './table.ts';
import { type Paint, visible } from './terminal.ts';

/** `noticed`: issues of the table. */
export function comparisonText(
  { profiles, candidates, agreements }: ProfileComparison,
  noticed: readonly Issue[],
  paint: Paint,
): string[] {
  const columns = [
    { title: 'candidate' },
    ...profiles.map(({ profile }) => ({ title: visible(profile), align: 'right' as const })),
  ];
  const rows = candidates.map(({ id, ranks }) => [
    visible(id),
    ...profiles.map(({ profile }) => (ranks[profile] === undefined ? '–' : String(ranks[profile]))),
  ]);
  const [titles = '', ...lines] = tableLines(columns, rows);
  const told = agreements.flatMap(({ profiles: [left, right], candidates: count, kendallTau }) =>
    kendallTau === undefined
      ? []
      : [`  ${visible(left)}, ${visible(right)}: ${fixedText(kendallTau, 2)} over ${count} candidates`],
  );
  return [
    paint('bold', titles),
    ...lines,
    '',
    '–: not ranked by this profile; adatom rank --profile NAME says why.',
    ...(told.length === 0 ? [] : ['', paint('bold', 'Agreement of the profiles (Kendall’s τ-b)'), ...told]),
    ...(noticed.length === 0 ? [] : ['', ...noticed.map((entry) => issueLine(entry, paint))]),
  ];
}
