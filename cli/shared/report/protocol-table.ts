/**
 * The settings of every calculation against the protocol: how many pass each item, then one row per calculation with a
 * column per check.
 */
import type { ScreeningResult } from '../../../model/screening.ts';
import type { ProtocolVerdict } from '../../../model/system.ts';
import { type Markup, markup } from '../markup.ts';
import { UNKNOWN } from '../number-text.ts';
import { itemSummaries, protocolVerdicts } from '../protocol-verdicts.ts';

const VERDICTS: Readonly<Record<ProtocolVerdict['verdict'], readonly [sign: string, text: string]>> = {
  pass: ['✓', 'pass'],
  fail: ['✕', 'fail'],
  'not-determinable': ['?', 'not determinable'],
};

export function protocolSection(result: ScreeningResult): Markup | undefined {
  const verdicts = protocolVerdicts(result);
  if (result.protocol === undefined && verdicts.length === 0) return undefined;
  const counts = (['pass', 'fail', 'not-determinable'] as const).map(
    (verdict) => `${verdicts.filter((entry) => entry.verdict === verdict).length} ${VERDICTS[verdict][1]}`,
  );
  const none = markup`<p class="none">No calculation to hold against it.</p>`;
  return markup`<section id="protocol" aria-labelledby="protocol-title">
<h2 id="protocol-title">Protocol ${result.protocol}</h2>
${verdicts.length === 0 ? none : markup`<p>${counts.join(', ')}.</p>${itemTable(verdicts)}${verdictTable(verdicts)}`}
</section>`;
}

/** Which items fail, before the long table. */
function itemTable(verdicts: readonly ProtocolVerdict[]): Markup {
  return markup`<table class="plain">
<thead><tr><th scope="col">Item</th><th scope="col">Pass</th><th scope="col">Fail</th><th scope="col">Not determinable</th></tr></thead>
<tbody>${itemSummaries(verdicts).map(
    ({ item, counts }) =>
      markup`<tr><th scope="row">${item}</th><td>${counts.pass}</td><td>${counts.fail}</td><td>${counts['not-determinable']}</td></tr>
`,
  )}</tbody></table>`;
}

function verdictTable(verdicts: readonly ProtocolVerdict[]): Markup {
  // What is expected belongs to a check: a second protocol, should there be one, gets columns of its own.
  const keyOf = ({ item, expected }: ProtocolVerdict): string => JSON.stringify([item, expected]);
  const columns = new Map(verdicts.map((entry) => [keyOf(entry), entry]));
  const rows = new Map<string, Map<string, ProtocolVerdict>>();
  for (const entry of verdicts) {
    const row = rows.get(entry.calculation) ?? new Map<string, ProtocolVerdict>();
    rows.set(entry.calculation, row.set(keyOf(entry), entry));
  }
  return markup`<div class="scroll" role="region" aria-labelledby="protocol-title" tabindex="0"><table class="plain verdicts" data-filter>
<thead><tr><th scope="col">Calculation</th>${[...columns.values()].map(
    ({ item, expected }) => markup`<th scope="col">${item}<span class="note">${expected}</span></th>`,
  )}</tr></thead>
<tbody>${[...rows].map(
    ([calculation, row]) =>
      markup`<tr><th scope="row" class="path">${calculation}</th>${[...columns.keys()].map((key) => verdictCell(row.get(key)))}</tr>
`,
  )}</tbody></table></div>`;
}

function verdictCell(entry: ProtocolVerdict | undefined): Markup {
  if (entry === undefined) return markup`<td>${UNKNOWN} <span class="note">not checked</span></td>`;
  const [sign, text] = VERDICTS[entry.verdict];
  return markup`<td><span class="verdict ${entry.verdict}"><span aria-hidden="true">${sign}</span> ${text}</span><span class="note">${entry.found}</span></td>`;
}
