/**
 * The report of a screening: one page that needs no network, no server and no script, and answers "why?" for each line.
 *
 * The mistakes avoided here: a ranking that hides who is not in it (candidates without a rank, paths without a barrier
 * and calculations without a use stand beside the others with their reasons), and a page that can be made to run what a
 * file name says: all text is escaped, and the content policy admits the page's own script only.
 */
import { createHash } from 'node:crypto';
import type { ScreeningResult } from '../../../model/screening.ts';
import { type Markup, markup } from '../markup.ts';
import { claimsSection } from './claims-section.ts';
import { evidenceSection } from './evidence-section.ts';
import { FIGURE_STYLES } from './figure-styles.ts';
import { frontsSection } from './fronts-section.ts';
import { issuesSection } from './issue-list.ts';
import { orderSection } from './order-section.ts';
import { pageHeader, type ReportContext } from './page-header.ts';
import { pathsSection } from './path-plot.ts';
import { profilesSection } from './profiles-section.ts';
import { protocolSection } from './protocol-table.ts';
import { rankingSection, unrankedSection } from './ranking-table.ts';
import { readingSection } from './reading-section.ts';
import { reportContent } from './report-content.ts';
import { SCRIPT } from './script.ts';
import { STYLES } from './styles.ts';
import { unusedSection } from './unused-section.ts';

/** The page as text. Pure: the same result gives the same bytes. */
export function reportHtml(result: ScreeningResult, context: ReportContext): string {
  const content = reportContent(result, context.profile);
  const figures = [
    { id: 'order', title: 'How firm the order is', section: orderSection(content) },
    { id: 'fronts', title: 'Pareto fronts', section: frontsSection(content) },
    { id: 'profiles', title: 'Under other profiles', section: profilesSection(content) },
  ];
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="adatom ${result.adatomVersion}">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}">
<link rel="icon" href="data:,">
<title>${context.title} – ${result.ion} – Adatom</title>
<style>${STYLE_TEXT}</style>
</head>
<body>
<a class="skip" href="#ranking">Skip to the ranking</a>
${pageHeader(
  result,
  context,
  figures.filter(({ section }) => section !== undefined),
)}
<main>
${rankingSection(content)}
${unrankedSection(content)}
${figures.map(({ section }) => section)}
${pathsSection(content)}
${claimsSection(result)}${protocolSection(result)}
${unusedSection(result)}
${issuesSection(result.issues)}
${evidenceSection(content)}
${readingSection(content)}
</main>
<footer><p>Adatom ${result.adatomVersion}. The same numbers for programs: <code>ranking.json</code>, <code>ranking.csv</code> and <code>calculations.ndjson</code>.</p></footer>
<script>${SCRIPT_TEXT}</script>
</body>
</html>
`;
  return page.markup;
}

// Style and script are our own text, and a browser takes their content as it is: escaping would break them.
const STYLE_TEXT: Markup = { markup: STYLES + FIGURE_STYLES };
const SCRIPT_TEXT: Markup = { markup: SCRIPT };

const SCRIPT_HASH = createHash('sha256').update(SCRIPT).digest('base64');
const CONTENT_POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${SCRIPT_HASH}'; img-src data:; base-uri 'none'; form-action 'none'`;
