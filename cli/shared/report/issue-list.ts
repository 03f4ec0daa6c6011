/**
 * Issues as lists: severity in a word and a sign, code, text, and the place in the file.
 */
import type { Issue, Severity } from '../../../model/issues.ts';
import { type Markup, markup } from '../markup.ts';

/** Longer lists start closed. */
const LONG_LIST = 50;

/** A sign beside the word, so that colour is never the only difference. */
const SIGNS: Readonly<Record<Severity, string>> = { error: '✕', warning: '▲', info: 'ℹ' };

/** Nothing for an empty list. `listedUnder` is a file that the reader knows already. */
export function issueList(issues: readonly Issue[], listedUnder = ''): Markup | undefined {
  if (issues.length === 0) return undefined;
  return markup`<ul class="issues">${issues.map((entry) => issueItem(entry, listedUnder))}</ul>`;
}

function issueItem(entry: Issue, listedUnder: string): Markup {
  const place = placeText(entry, listedUnder);
  const shown = place === '' ? undefined : markup` <span class="where">${place}</span>`;
  return markup`<li class="issue ${entry.severity}"><span class="severity"><span aria-hidden="true">${SIGNS[entry.severity]}</span> ${entry.severity}</span> <code>${entry.code}</code> <span>${entry.message}</span>${shown}</li>
`;
}

/** File with line, byte and block, as far as they are known. */
export function placeText({ where }: Issue, listedUnder: string): string {
  const { line, byteOffset, block } = where;
  const file = where.file === listedUnder ? undefined : where.file;
  const parts = [
    ...(file === undefined ? [] : [line === undefined ? file : `${file}:${line}`]),
    ...(file === undefined && line !== undefined ? [`line ${line}`] : []),
    ...(byteOffset === undefined ? [] : [`byte ${byteOffset}`]),
    ...(block === undefined ? [] : [block]),
  ];
  return parts.join(' · ');
}

export function issuesSection(issues: readonly Issue[]): Markup | undefined {
  if (issues.length === 0) return undefined;
  return markup`<section id="notes" aria-labelledby="notes-title">
<h2 id="notes-title">Notes on the whole screening</h2>
${collapsible(`${issues.length} notes`, issues.length, issueList(issues))}
</section>`;
}

/** A short list as it is, a long one behind its summary. */
export function collapsible(summary: string, length: number, list: Markup | undefined): Markup | undefined {
  return length <= LONG_LIST ? list : markup`<details><summary>${summary}</summary>${list}</details>`;
}
