/**
 * How to read the page: the descriptors as their definitions document them, and the words of the ranking.
 */
import type { DescriptorDescription } from '../../../model/screening.ts';
import { type Markup, markup } from '../markup.ts';
import { formulaMarkup } from './formula.ts';
import type { ReportContent } from './report-content.ts';

export function readingSection({ descriptors }: ReportContent): Markup {
  return markup`<section id="reading" aria-labelledby="reading-title">
<h2 id="reading-title">How to read this</h2>
<dl class="terms">
<div><dt>value ± σ</dt><dd>One standard deviation. All digits of a value stand in its tooltip.</dd></div>
<div><dt>✓ ok, ▲ degraded, ✕ unreliable</dt><dd>A warning degrades a value; an unreliable one is not ranked. The warnings are listed behind the row.</dd></div>
<div><dt>—</dt><dd>Not known. The reason stands beside it; it is never counted as 0.</dd></div>
<div><dt>Pareto front</dt><dd>On front 1 stand the candidates that no other one beats in every objective.</dd></div>
<div><dt>P(first)</dt><dd>Share of random draws within the uncertainties in which the candidate comes first.</dd></div>
<div><dt>✓ robust</dt><dd>First in at least 70 % of these draws.</dd></div>
<div><dt>Tie group</dt><dd>Inside a group the uncertainties do not settle the order.</dd></div>
<div><dt>≈ borderline</dt><dd>Zero within the tolerance: neither wetting nor not wetting.</dd></div>
</dl>
${descriptors.length === 0 ? undefined : descriptorTable(descriptors)}
</section>`;
}

function descriptorTable(descriptors: readonly DescriptorDescription[]): Markup {
  return markup`<div class="scroll" role="region" aria-label="Descriptors" tabindex="0"><table class="plain">
<thead><tr><th scope="col">Symbol</th><th scope="col">Descriptor</th><th scope="col">Unit</th><th scope="col">Sign</th><th scope="col">Formula and reference</th></tr></thead>
<tbody>${descriptors.map(
    ({ symbol, title, unit, sign, formula, reference }) =>
      markup`<tr><th scope="row">${formulaMarkup(symbol)}</th><td>${title}</td><td>${unit}</td><td>${sign}</td><td><span class="formula">${formulaMarkup(formula)}</span><span class="note">${reference}</span></td></tr>
`,
  )}</tbody></table></div>`;
}
