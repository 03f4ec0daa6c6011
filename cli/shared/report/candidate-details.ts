/**
 * What stands behind one row of the ranking: the score by objective, each descriptor with formula and inputs, and
 * everything that was said about the candidate.
 */
import { descriptorByName } from '../../../descriptors/index.ts';
import type { Contribution, RankedCandidate } from '../../../model/ranking.ts';
import { type Markup, markup } from '../markup.ts';
import { fixedText, millerText } from '../number-text.ts';
import { descriptorDetails } from './descriptor-details.ts';
import { formulaMarkup } from './formula.ts';
import { issueList } from './issue-list.ts';
import type { ReportContent } from './report-content.ts';

export function candidateDetails(id: string, content: ReportContent): Markup {
  const candidate = content.candidate(id);
  const ranked = content.ranked(id);
  return markup`${ranked === undefined ? undefined : scoreDetails(ranked)}
${content.descriptors.map((definition) => {
  const result = candidate?.descriptors[definition.identifier];
  return result === undefined ? undefined : descriptorDetails(definition, result, content);
})}
${systemDetails(candidate?.system ?? id, content)}
${remarks([...(candidate?.issues ?? []), ...(ranked?.issues ?? [])])}`;
}

function remarks(issues: RankedCandidate['issues']): Markup | undefined {
  return issues.length === 0 ? undefined : markup`<section><h3>On this candidate</h3>${issueList(issues)}</section>`;
}

function scoreDetails({ score, contributions }: RankedCandidate): Markup {
  return markup`<section><h3>Score ${fixedText(score)}</h3>
<div class="scroll" role="region" aria-label="Score by objective" tabindex="0"><table class="plain">
<thead><tr><th scope="col">Objective</th><th scope="col" class="number">Value</th><th scope="col" class="number">Weight</th><th scope="col" class="number">Desirability</th><th scope="col"><span class="unseen">Desirability as a bar</span></th></tr></thead>
<tbody>${Object.entries(contributions).map(([name, contribution]) => contributionRow(name, contribution))}</tbody></table></div>
<p class="note">Weighted geometric mean of the desirabilities: one of 0 makes the score 0.</p></section>`;
}

function contributionRow(name: string, { value, unit, desirability, weight }: Contribution): Markup {
  const percent = Number((100 * Math.min(Math.max(desirability, 0), 1)).toFixed(1));
  return markup`<tr><th scope="row">${objectiveName(name)}</th><td class="number">${fixedText(value)} ${unit}</td><td class="number">${fixedText(weight, 2)}</td><td class="number">${fixedText(desirability)}</td><td><span class="bar" aria-hidden="true"><span style="width:${percent}%"></span></span></td></tr>
`;
}

/** A profile may name a descriptor by identifier, symbol or alias: shown are the symbol and the name it used. */
function objectiveName(name: string): Markup {
  const definition = descriptorByName(name)?.definition;
  const alias = definition?.aliases.find((entry) => name === entry.identifier || name === entry.symbol);
  const symbol = alias?.symbol ?? definition?.symbol;
  if (symbol === undefined || symbol === name) return formulaMarkup(name);
  return markup`${formulaMarkup(symbol)} <span class="note">${name}</span>`;
}

function systemDetails(id: string, { system, systemAnchor }: ReportContent): Markup | undefined {
  const found = system(id);
  if (found === undefined) return undefined;
  const facet = found.facet === undefined ? undefined : markup`, facet ${millerText(found.facet)}`;
  return markup`<section><h3>System</h3><p>${found.formula}${facet}; ${found.adsorbed.length} adsorbed slab(s), ${found.paths.length} path(s). <a href="#${systemAnchor(id)}">Calculations and links with their evidence</a></p></section>`;
}
