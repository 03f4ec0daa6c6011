/**
 * The table of one pair of calculations, said of another pair that was computed with the same settings.
 *
 * In a tree of thousands of folders few kinds of calculations are held against each other again and again; the names in
 * a table are all that differs between the pairs of two kinds. Most tables name one of the two, and only where something
 * would have to be re-run: what holds no name that changes is left as it is.
 */

import { type Issue, type IssueDetails, issue } from '../model/issues.ts';
import type { CompatibilityCheck } from '../model/system.ts';
import type { Compatibility } from './compatibility.ts';

export type PairOfIds = readonly [left: string, right: string];

export function renamedTable({ checks, issues }: Compatibility, from: PairOfIds, to: PairOfIds): Compatibility {
  return { checks: renamedChecks(checks, from, to), issues: renamedIssues(issues, from, to) };
}

export function renamedIssues(issues: readonly Issue[], from: PairOfIds, to: PairOfIds): readonly Issue[] {
  if (issues.length === 0 || changing(from, to).length === 0) return issues;
  const names = newNames(from, to);
  return issues.map((entry) => renamedIssue(entry, names));
}

function renamedChecks(
  checks: readonly CompatibilityCheck[],
  from: PairOfIds,
  to: PairOfIds,
): readonly CompatibilityCheck[] {
  const old = changing(from, to);
  const isTold = ({ rerun }: CompatibilityCheck): boolean =>
    rerun !== undefined && old.some((name) => rerun.includes(name));
  if (!checks.some(isTold)) return checks;
  const names = newNames(from, to);
  // A name can be part of the other one: the longer is looked for first.
  const longestFirst = [...names.keys()].sort((left, right) => right.length - left.length);
  const inText = new RegExp(longestFirst.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
  return checks.map((check) =>
    check.rerun === undefined || !isTold(check)
      ? check
      : { ...check, rerun: check.rerun.replaceAll(inText, (name) => names.get(name) ?? name) },
  );
}

/** Those of the names that the other pair does not have in their place. */
function changing(from: PairOfIds, to: PairOfIds): string[] {
  return from.filter((name, at) => name !== to[at]);
}

function newNames(from: PairOfIds, to: PairOfIds): Map<string, string> {
  return new Map([
    [from[0], to[0]],
    [from[1], to[1]],
  ]);
}

function renamedIssue(entry: Issue, names: ReadonlyMap<string, string>): Issue {
  const { calculation } = entry.details;
  const details =
    typeof calculation === 'string' ? { ...entry.details, calculation: names.get(calculation) } : entry.details;
  const { file } = entry.where;
  const where = file === undefined ? entry.where : { ...entry.where, file: names.get(file) ?? file };
  // The details are those of the issue's own code.
  return issue(entry.code, details as IssueDetails<typeof entry.code>, where);
}
