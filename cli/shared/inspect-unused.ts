/** What stands behind no system, by role and reason: nothing that was found is left out of the count. */

import { ROLE_NAMES } from '../../model/role-names.ts';
import type { UnusedCalculation } from '../../model/screening.ts';
import { type InspectContext, issueBranches, remarksOn } from './inspect-context.ts';
import { visible } from './terminal.ts';
import { type Branch, branch, firstOf } from './tree-text.ts';

const MOST_LISTED = 30;

export function unusedTrees(unused: readonly UnusedCalculation[], context: InspectContext): Branch[] {
  const roles = new Map<UnusedCalculation['role'], UnusedCalculation[]>();
  for (const entry of unused) {
    const known = roles.get(entry.role);
    if (known === undefined) roles.set(entry.role, [entry]);
    else known.push(entry);
  }
  return [...roles].map(([role, entries]) =>
    branch(
      `${role === 'unreadable' ? 'without a complete ionic step' : ROLE_NAMES[role]} (${entries.length})`,
      ...reasonGroups(entries).map(([reason, members]) => [
        branch(
          reason,
          firstOf(members, MOST_LISTED, (entry) => calculationBranch(entry, context)),
        ),
      ]),
    ),
  );
}

/** Told once for all calculations that it is said of. */
function reasonGroups(entries: readonly UnusedCalculation[]): [string, UnusedCalculation[]][] {
  const groups = new Map<string, UnusedCalculation[]>();
  for (const entry of entries) {
    const [first] = entry.role === 'unreadable' ? [] : entry.reasons;
    const reason =
      first?.code === 'I_UNLINKED' ? String(first.details.reason) : (first?.message ?? 'no energy can be read');
    const key = first?.code === 'I_EARLIER_RUN' ? 'a later run in the same folder counts' : reason;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [entry]);
    else known.push(entry);
  }
  return [...groups];
}

function calculationBranch({ calculation: id, reasons }: UnusedCalculation, context: InspectContext): Branch {
  const calculation = context.calculations.get(id);
  const formula = calculation?.formula === undefined ? '' : `  ${calculation.formula}`;
  const others = reasons.slice(1);
  const remarks = [...issueBranches(others, context), ...remarksOn(id, context)];
  return branch(`${context.nameOf(id)}${visible(formula)}`, [
    ...new Map(remarks.map((remark) => [remark.text, remark])).values(),
  ]);
}
