/**
 * The same candidates under other profiles, and how far the profiles agree.
 *
 * The literature disagrees on what is good: who is first whatever one believes is worth more than who is first by one
 * belief, so the order of one profile does not stand alone on the page.
 */
import type { ProfileComparison } from '../../../model/ranking.ts';
import { type Markup, markup } from '../markup.ts';
import { fixedText, UNKNOWN } from '../number-text.ts';
import type { ReportContent } from './report-content.ts';

const MOST_ROWS = 30;

export function profilesSection(content: ReportContent): Markup | undefined {
  const comparison = content.result.profileComparison;
  if (comparison === undefined || comparison.candidates.length === 0) return undefined;
  const { profiles, candidates } = comparison;
  const shown = candidates.slice(0, MOST_ROWS);
  const left = candidates.length > shown.length ? ` The first ${shown.length} of ${candidates.length} candidates.` : '';
  const heads = profiles.map(
    ({ profile, method, ranked, unranked }) =>
      markup`<th scope="col" class="number">${profile}<span class="note">${method}; ${ranked} ranked, ${unranked} not</span></th>`,
  );
  return markup`<section id="profiles" aria-labelledby="profiles-title">
<h2 id="profiles-title">Under other profiles</h2>
<p class="note">Rank of each candidate, whoever is best under any of them first; ${UNKNOWN}: not ranked by this profile.${left}</p>
<div class="scroll" role="region" aria-labelledby="profiles-title" tabindex="0"><table class="plain">
<thead><tr><th scope="col">Candidate</th>${heads}</tr></thead>
<tbody>${shown.map((entry) => comparedRow(entry, profiles, content))}</tbody></table></div>
${agreementTable(comparison)}
</section>`;
}

function comparedRow(
  { id, ranks }: ProfileComparison['candidates'][number],
  profiles: ProfileComparison['profiles'],
  content: ReportContent,
): Markup {
  const cells = profiles.map(({ profile }) => {
    const rank = Object.hasOwn(ranks, profile) ? ranks[profile] : undefined;
    return markup`<td class="number">${rank ?? UNKNOWN}</td>`;
  });
  return markup`<tr><th scope="row"><a href="#${content.candidateAnchor(id)}">${content.label(id)}</a></th>${cells}</tr>
`;
}

function agreementTable({ agreements }: ProfileComparison): Markup {
  const rows = agreements.map(({ profiles: [left, right], candidates, kendallTau }) => {
    const tau = kendallTau === undefined ? UNKNOWN : fixedText(kendallTau, 2);
    return markup`<tr><th scope="row">${left}, ${right}</th><td class="number">${tau}</td><td class="number">${candidates}</td></tr>
`;
  });
  return markup`<h3 id="agreement-title">Agreement of the profiles</h3>
<p class="note">Kendall’s τ-b over the candidates that both rank: 1 the same order, −1 the reverse; ${UNKNOWN}: fewer than three candidates, or all alike.</p>
<div class="scroll" role="region" aria-labelledby="agreement-title" tabindex="0"><table class="plain">
<thead><tr><th scope="col">Profiles</th><th scope="col" class="number">τ</th><th scope="col" class="number">Candidates</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}
