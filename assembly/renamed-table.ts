/**
 * The table of one pair of calculations, said of another pair that was computed with the same settings.
 *
 * In a tree of thousands of folders few kinds of calculations are held against each other again and again; the names in
 * a table are all that differs between the pairs of two kinds.
 */

import { type Issue, type IssueDetails, issue } from '../model/issues.ts';
import type { Compatibility } from './compatibility.ts';

export type PairOfIds = readonly [left: string, right: string];

export function renamedTable({ checks, issues }: Compatibility, from: PairOfIds, to: PairOfIds): Compatibility {
  if (checks.every(({ rerun }) => rerun === undefined) && issues.length === 0) return { checks, issues };
  const names = new Map([
    [from[0], to[0]],
    [from[1], to[1]],
  ]);
  // A name can be part of the other one: the longer is looked for first.
  const longestFirst = [...names.keys()].sort((left, right) => right.length - left.length);
  const inText = new RegExp(longestFirst.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
  return {
    checks: checks.map((check) =>
      check.rerun === undefined
        ? check
        : { ...check, rerun: check.rerun.replaceAll(inText, (name) => names.get(name) ?? name) },
    ),
    issues: issues.map((entry) => renamedIssue(entry, names)),
  };
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
