/**
 * A link as a branch: the evidence in short, the settings that do not agree with both values and what to run again, and
 * what else would have fitted.
 */
import type { CompatibilityCheck, Link } from '../../model/system.ts';
import { type InspectContext, issueBranches } from './inspect-context.ts';
import { visible } from './terminal.ts';
import { type Branch, branch } from './tree-text.ts';

/** Named of the calculations that would have fitted too. */
const MOST_OTHERS = 3;

export type ToldLink = Pick<Link, 'from' | 'to' | 'evidence' | 'others' | 'checks' | 'issues' | 'stated'>;

export function evidenceText({ evidence }: Pick<Link, 'evidence'>): string {
  return evidence.map(visible).join('; ');
}

/** What does not simply agree. */
export function linkRemarks(link: ToldLink, context: InspectContext): Branch[] {
  const remarkable = (link.checks ?? []).filter(
    ({ verdict, item, left, right }) =>
      verdict !== 'pass' && !(item === 'charge' && left === undefined && right === undefined),
  );
  const messages = new Set(remarkable.map(({ tag }) => tag));
  // A check says more than its issue: both values and what to run again.
  const others = link.issues.filter(({ details, code }) => {
    const tag = details.tag;
    if (code === 'W_SETTINGS_UNKNOWN' || code === 'E_CELL_MISMATCH' || code === 'W_CHARGED_CELL')
      return remarkable.length === 0;
    return !(typeof tag === 'string' && messages.has(tag));
  });
  return [
    ...remarkable.map((check) => checkBranch(check, context)),
    ...issueBranches(others, context),
    ...otherBranches(link.others, context),
  ];
}

function checkBranch(
  { verdict, item, tag, left, right, rerun }: CompatibilityCheck,
  { paint }: InspectContext,
): Branch {
  const style = verdict === 'block' ? 'red' : verdict === 'warn' ? 'yellow' : 'dim';
  const values = `${visible(left ?? 'not told')} against ${visible(right ?? 'not told')}`;
  const again = rerun === undefined ? '' : `; ${visible(rerun)}`;
  return branch(`${paint(style, verdict)} ${item}: ${visible(tag)} ${values}${again}`);
}

function otherBranches(others: readonly string[], { nameOf }: InspectContext): Branch[] {
  if (others.length === 0) return [];
  const named = others.slice(0, MOST_OTHERS).map(nameOf).join(', ');
  const more = others.length > MOST_OTHERS ? `, … and ${others.length - MOST_OTHERS} more` : '';
  return [branch(`would fit too: ${named}${more}`)];
}
