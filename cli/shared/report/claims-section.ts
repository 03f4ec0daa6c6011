/**
 * Published claims beside what was computed: the verdict, what was claimed and found, and the reading that the verdict is
 * about, with its difference in σ.
 */
import { type CheckedClaims, type ClaimCheck, toldHypothesis } from '../../../model/claim-check.ts';
import type { ScreeningResult } from '../../../model/screening.ts';
import { computedText, hypothesisText, pairText, sigmaPartsText } from '../claims-text.ts';
import { type Markup, markup } from '../markup.ts';
import { issueList } from './issue-list.ts';

/** Nothing when no claims were asked for. */
export function claimsSection({ claims }: Pick<ScreeningResult, 'claims'>): Markup | undefined {
  if (claims === undefined) return undefined;
  return markup`<section id="claims" aria-labelledby="claims-title">
<h2 id="claims-title">Published claims <span class="count">${claims.checks.length}</span></h2>
${about(claims)}
<div class="scroll" role="region" aria-label="Claims" tabindex="0"><table class="plain">
<thead><tr><th scope="col">Claim</th><th scope="col">Candidates</th><th scope="col">Claimed</th><th scope="col">Computed</th><th scope="col">Verdict</th></tr></thead>
<tbody>${claims.checks.map(row)}</tbody>
</table></div>
</section>
`;
}

function about({ title, source, caveat }: CheckedClaims): Markup {
  return markup`<p>${title}. ${source}.</p>${caveat === undefined ? undefined : markup`<p>${caveat}</p>`}`;
}

function row(check: ClaimCheck): Markup {
  const { claim, candidates, claimed, verdict, quantity, issues } = check;
  return markup`<tr><th scope="row">${claim}<br><span class="where">${quantity}</span></th><td>${candidates.join(', ')}</td><td>${claimed}</td><td>${computed(check)}</td><td><strong>${verdict}</strong>${reading(check)}${issueList(issues)}</td></tr>
`;
}

function computed(check: ClaimCheck): Markup | string {
  const value = computedText(check);
  return value === '' ? value : markup`${value}<br><span class="note">${sigmaPartsText(check)}</span>`;
}

function reading(check: ClaimCheck): Markup {
  const told = toldHypothesis(check);
  const pairs = check.pairs.map((pair) => markup`<br>${pairText(pair, check.unit)}`);
  return told === undefined ? markup`${pairs}` : markup`<br>${hypothesisText(told, check)}${pairs}`;
}
