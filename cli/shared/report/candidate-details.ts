/**
 * What stands behind one row of the ranking: the score by objective, each descriptor with formula and inputs, and
 * everything that was said about the candidate.
 */
import type { RankingMethod } from '../../../model/profile.ts';
import type { Contribution, RankedCandidate } from '../../../model/ranking.ts';
import { type Markup, markup } from '../markup.ts';
import { fixedText, millerText } from '../number-text.ts';
import { descriptorDetails } from './descriptor-details.ts';
import { issueList } from './issue-list.ts';
import { objectiveName } from './objective-name.ts';
import type { ReportContent } from './report-content.ts';

export function candidateDetails(id: string, content: ReportContent): Markup {
  const candidate = content.candidate(id);
  const ranked = content.ranked(id);
  return markup`${ranked === undefined ? undefined : scoreDetails(ranked, content.result.method)}
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

function scoreDetails({ score, contributions }: RankedCandidate, method: RankingMethod): Markup {
  const isOfDesirabilities = Object.values(contributions).some(({ effect }) => effect !== undefined);
  return markup`<section><h3>Score ${fixedText(score)}</h3>
<div class="scroll" role="region" aria-label="Score by objective" tabindex="0"><table class="plain">
<thead><tr><th scope="col">Objective</th><th scope="col" class="number">Value</th><th scope="col" class="number">Weight</th><th scope="col" class="number">Desirability</th><th scope="col"><span class="unseen">Desirability as a bar</span></th></tr></thead>
<tbody>${Object.entries(contributions).map(([name, contribution]) => contributionRow(name, contribution))}</tbody></table></div>
<p class="note">${scoreMeaning(method, isOfDesirabilities)}</p></section>`;
}

function scoreMeaning(method: RankingMethod, isOfDesirabilities: boolean): string {
  const aside = 'the desirabilities do not enter it';
  switch (method) {
    case 'desirability':
      return 'Weighted geometric mean of the desirabilities: one of 0 makes the score 0.';
    case 'weighted-sum':
      return isOfDesirabilities
        ? 'Weighted sum of the desirabilities: a good one makes up for a bad one.'
        : `Weighted sum of the values, scaled over the ranked candidates; ${aside}.`;
    case 'topsis':
      return `How close it comes to the best value of every objective, against the worst (TOPSIS); ${aside}.`;
    case 'pareto':
      return `1 over the number of the Pareto front; ${aside}.`;
    case 'lexicographic':
      return `By its place: the first objective decides, the next one where values are within its tolerance; ${aside}.`;
  }
}

function contributionRow(name: string, { value, unit, desirability, weight }: Contribution): Markup {
  const percent = Number((100 * Math.min(Math.max(desirability, 0), 1)).toFixed(1));
  return markup`<tr><th scope="row">${objectiveName(name)}</th><td class="number">${fixedText(value)} ${unit}</td><td class="number">${fixedText(weight, 2)}</td><td class="number">${fixedText(desirability)}</td><td><span class="bar" aria-hidden="true"><span style="width:${percent}%"></span></span></td></tr>
`;
}

function systemDetails(id: string, { system, systemAnchor }: ReportContent): Markup | undefined {
  const found = system(id);
  if (found === undefined) return undefined;
  const facet = found.facet === undefined ? undefined : markup`, facet ${millerText(found.facet)}`;
  return markup`<section><h3>System</h3><p>${found.formula}${facet}; ${found.adsorbed.length} adsorbed slab(s), ${found.paths.length} path(s). <a href="#${systemAnchor(id)}">Calculations and links with their evidence</a></p></section>`;
}
