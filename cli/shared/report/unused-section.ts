/**
 * Calculations that stand behind no candidate. Those with the same reasons share an entry: a tree of thousands has a
 * handful of reasons, and a list of thousands of lines hides them.
 */
import type { ScreeningResult, UnusedCalculation } from '../../../model/screening.ts';
import { type Markup, markup } from '../markup.ts';
import { collapsible, issueList, placeText } from './issue-list.ts';
import { roleText } from './role-text.ts';

export function unusedSection({ unused }: ScreeningResult): Markup {
  const groups = [...groupsOf(unused).values()].map(groupMarkup);
  const list = markup`<ul class="groups" data-filter>${groups}</ul>`;
  const shown = collapsible(`${groups.length} reasons`, groups.length, list);
  return markup`<section id="unused" aria-labelledby="unused-title">
<h2 id="unused-title">Not used, and why <span class="count">${unused.length}</span></h2>
${unused.length === 0 ? markup`<p class="none">Every calculation stands behind a candidate.</p>` : shown}
</section>`;
}

/** By role and codes: texts that name a file or a number differ within a group and stand beside their calculation. */
function groupsOf(unused: readonly UnusedCalculation[]): ReadonlyMap<string, UnusedCalculation[]> {
  const groups = new Map<string, UnusedCalculation[]>();
  for (const entry of unused) {
    const key = JSON.stringify([entry.role, entry.reasons.map(({ code }) => code)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return groups;
}

function groupMarkup(group: readonly UnusedCalculation[]): Markup {
  const [first, ...others] = group;
  if (first === undefined) return markup``;
  const shared = first.reasons.map(({ message }, index) =>
    others.every((entry) => entry.reasons[index]?.message === message),
  );
  const common = first.reasons.filter((_, index) => shared[index] === true).map((reason) => ({ ...reason, where: {} }));
  const none = first.reasons.length === 0 ? markup`<p>no reason given</p>` : undefined;
  const all = markup`<ul class="paths">${group.map((entry) => calculationItem(entry, shared))}</ul>`;
  return markup`<li><h3>${group.length} × ${roleText(first.role)}</h3>
${issueList(common) ?? none}${collapsible(`All ${group.length} calculations`, group.length, all)}</li>
`;
}

function calculationItem({ calculation, reasons }: UnusedCalculation, shared: readonly boolean[]): Markup {
  const own = reasons.filter((_, index) => shared[index] !== true);
  const places = reasons.flatMap((reason, index) => (shared[index] === true ? placeText(reason, calculation) : []));
  const told = [...new Set(places)].filter((place) => place !== '').join('; ');
  const where = told === '' ? undefined : markup` <span class="where">${told}</span>`;
  return markup`<li><span class="path">${calculation}</span>${where}${issueList(own, calculation)}</li>
`;
}
