/**
 * A link between calculations that belong to no slab system: made when their settings allow what it is for, else told as
 * refused with the difference that forbids it.
 *
 * The mistake avoided here: pairing calculations of two campaigns because their compositions fit. Another functional or
 * another POTCAR is another campaign, of which nothing is said at all; another cutoff is told (SCIENCE §11).
 */
import type { Calculation } from '../../model/calculation.ts';
import type { IssueCode } from '../../model/issues.ts';
import type { Relation } from '../../model/system.ts';
import { compatibilityIssues } from '../compatibility.ts';
import { bestLink, compareText, type LinkRequest } from '../link-candidates.ts';
import { functionalOf } from '../shared/functional.ts';
import { grouped } from '../shared/grouped.ts';

/** Differences that a repeated run would remove; others mean that the calculation was made for something else. */
const REPAIRABLE: ReadonlySet<IssueCode> = new Set(['E_ENCUT', 'E_VDW', 'E_LDAU']);
/** Partners that are compared in full: nearest in the tree, of those with the functional and cutoff of the other, and of all. */
const ALIKE_COMPARED = 4;
const ALL_COMPARED = 2;

/** What a calculation may be linked to, in order of their ids. */
export interface Partners {
  readonly all: readonly Calculation[];
  readonly bySettings: ReadonlyMap<string, readonly Calculation[]>;
}

export interface RelationRequest extends Omit<LinkRequest, 'partners'> {
  readonly partners: Partners;
}

export function partnersOf(calculations: readonly Calculation[]): Partners {
  const all = [...calculations].sort((left, right) => compareText(left.id, right.id));
  return { all, bySettings: grouped(all, settingsKey) };
}

/** The best partner; undefined when there is none, or none of the same campaign. */
export function bestRelation(request: RelationRequest): Relation | undefined {
  const { from } = request;
  const forbidding = new Map<string, number>();
  const partners = worthComparing(request).filter((partner) => {
    // What forbids is the same for every pair; meshes and spin, which only warn between unlike cells, are compared once.
    const errors = compatibilityIssues(from, partner, 'atom-reference').filter(({ severity }) => severity === 'error');
    forbidding.set(partner.id, errors.length);
    return errors.every(({ code }) => REPAIRABLE.has(code));
  });
  const link = bestLink({ ...request, partners });
  return link === undefined ? undefined : { ...link, accepted: forbidding.get(link.to) === 0 };
}

/** Of thousands that would fit equally the nearest in the tree decide: never are all compared with all. */
function worthComparing({ partners: { all, bySettings }, from }: RelationRequest): readonly Calculation[] {
  if (all.length <= ALIKE_COMPARED + ALL_COMPARED) return all;
  const alike = bySettings.get(settingsKey(from)) ?? [];
  return [...new Set([...nearestByName(alike, from, ALIKE_COMPARED), ...nearestByName(all, from, ALL_COMPARED)])];
}

/** `sorted` by id. */
export function nearestByName(sorted: readonly Calculation[], { id }: Calculation, count: number): Calculation[] {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (compareText(sorted[middle]?.id ?? '', id) < 0) from = middle + 1;
    else to = middle;
  }
  const start = Math.max(0, Math.min(from - Math.ceil(count / 2), sorted.length - count));
  return sorted.slice(start, start + count);
}

function settingsKey(calculation: Calculation): string {
  return `${functionalOf(calculation).name ?? ''} ${calculation.settings.ENCUT}`;
}
