/**
 * Why each calculation counts as what it counts as, and why two of them belong together: in words that a scientist can
 * hold against the structures.
 */
import type { AdsorptionSite } from '../../../model/adsorption-site.ts';
import type { Link, RoleAssignment, SlabGeometry, System } from '../../../model/system.ts';
import { type Markup, markup } from '../markup.ts';
import { fixedText, millerText, UNKNOWN } from '../number-text.ts';
import { siteText } from '../site-text.ts';
import { collapsible, issueList } from './issue-list.ts';
import type { ReportContent } from './report-content.ts';
import { roleText } from './role-text.ts';

export function evidenceSection({ result, systemAnchor }: ReportContent): Markup {
  const { systems, roles } = result;
  const described = markup`${systems.map((system) => systemEvidence(system, systemAnchor(system.id)))}`;
  return markup`<section id="evidence" aria-labelledby="evidence-title">
<h2 id="evidence-title">Evidence</h2>
<p>What each calculation was taken for, and which were subtracted from each other. Where this is wrong, state it in <code>adatom.yaml</code>.</p>
${systems.length === 0 ? markup`<p class="none">No system with ${result.ion} was found.</p>` : described}
<h3>Roles of the calculations <span class="count">${roles.length}</span></h3>
${roles.length === 0 ? undefined : collapsible(`Roles of ${roles.length} calculations`, roles.length, roleTable(roles))}
</section>`;
}

function systemEvidence(system: System, anchor: string): Markup {
  const { links, sites = [] } = system;
  return markup`<section id="${anchor}" class="system"><h3>${system.label}</h3>
<dl class="facts">
<div><dt>formula</dt><dd>${system.formula}</dd></div>
<div><dt>facet</dt><dd>${facetText(system)}</dd></div>
<div><dt>clean slab</dt><dd class="path">${system.slab ?? `${UNKNOWN} none found`}</dd></div>
<div><dt>bulk</dt><dd class="path">${system.bulk ?? `${UNKNOWN} none found`}</dd></div>
</dl>
${sites.length === 0 ? undefined : collapsible(`${sites.length} adsorption sites`, sites.length, siteTable(sites))}
${links.length === 0 ? undefined : collapsible(`${links.length} links`, links.length, linkTable(links))}
${issueList(system.issues)}</section>
`;
}

/** What is stated, and what the atoms show. */
function facetText({ facet, exposedFacet: found }: System): string {
  const stated = facet === undefined ? [] : [`${millerText(facet)} stated`];
  const side = found?.termination === undefined ? '' : `, its ${found.termination === '-' ? '−' : '+'} side on top`;
  const shown = found === undefined ? [] : [`${found.label} by its atoms${side}`];
  return [...stated, ...shown].join('; ') || `${UNKNOWN} neither stated nor found`;
}

function siteTable(sites: readonly AdsorptionSite[]): Markup {
  return markup`<div class="scroll" role="region" aria-label="Adsorption sites" tabindex="0"><table class="plain">
<thead><tr><th scope="col">Calculation</th><th scope="col">Adsorbates</th><th scope="col">Site</th><th scope="col" class="number">Coverage / nm⁻²</th></tr></thead>
<tbody>${sites.map(
    (
      site,
    ) => markup`<tr><th scope="row" class="path">${site.calculation}</th><td>${site.count} ${site.adsorbate}, ${faceText(site)}</td><td>${siteText(site)}${issueList(site.issues, site.calculation)}</td><td class="number">${fixedText(site.coveragePerNm2)}</td></tr>
`,
  )}</tbody></table></div>`;
}

function faceText({ face }: AdsorptionSite): string {
  return face === 'both' ? 'both faces' : `${face} face`;
}

function linkTable(links: readonly Link[]): Markup {
  return markup`<div class="scroll" role="region" aria-label="Links" tabindex="0"><table class="plain">
<thead><tr><th scope="col">Link</th><th scope="col">From</th><th scope="col">To</th><th scope="col">Evidence</th></tr></thead>
<tbody>${links.map(
    (
      link,
    ) => markup`<tr><th scope="row">${link.kind}</th><td class="path">${link.from}</td><td class="path">${link.to}</td><td>${evidence(link)}${
      link.others.length === 0
        ? undefined
        : markup`<span class="note">would have fitted too: ${link.others.join(', ')}</span>`
    }${issueList(link.issues)}</td></tr>
`,
  )}</tbody></table></div>`;
}

function evidence({ stated, evidence: sentences }: Pick<Link, 'stated' | 'evidence'>): Markup {
  const source = stated === 'manifest' ? markup`<span class="stated">stated in the manifest</span> ` : undefined;
  return markup`${source}${sentences.join('; ')}`;
}

function roleTable(roles: readonly RoleAssignment[]): Markup {
  return markup`<div class="scroll" role="region" aria-label="Roles" tabindex="0"><table class="plain" data-filter>
<thead><tr><th scope="col">Calculation</th><th scope="col">Role</th><th scope="col">Evidence</th></tr></thead>
<tbody>${roles.map(
    (
      role,
    ) => markup`<tr><th scope="row" class="path">${role.calculation}</th><td>${roleText(role.role)}</td><td>${evidence(role)}${slabNote(role.slab)}${issueList(role.issues, role.calculation)}</td></tr>
`,
  )}</tbody></table></div>`;
}

function slabNote(slab: SlabGeometry | undefined): Markup | undefined {
  if (slab === undefined) return undefined;
  const axis = ['a', 'b', 'c'][slab.axis] ?? '';
  const side = { bottom: 'from below', top: 'from above', both: 'from both sides' }[slab.heldSide ?? 'bottom'];
  const fixed = slab.fixedBottomLayers === undefined ? '' : `, ${slab.fixedBottomLayers} fixed ${side}`;
  const { top, bottom } = slab.terminations;
  const faces = slab.symmetric ? 'equivalent faces' : slab.polar ? 'polar' : 'unlike faces';
  return markup`<span class="note">vacuum ${fixedText(slab.vacuumAngstrom, 2)} Å along ${axis}, area ${fixedText(slab.areaAngstrom2, 2)} Å², ${slab.layers} atomic planes${fixed}; ${top} above, ${bottom} below, ${faces}</span>`;
}
