/**
 * Choosing one partner out of several that would fit: the rule is the same for every kind of link, so that the choice
 * can be explained.
 *
 * Fewest blocking differences first, then usable energies, then fewest warnings, then closest in geometry, then nearest
 * in the folder tree, then by name. The others are listed with the link.
 */
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { Link, LinkKind } from '../model/system.ts';
import { compatibilityIssues, type PairKind } from './compatibility.ts';
import { blockingIssues } from './usable-energy.ts';

const SAME_ENERGY_EV_PER_ATOM = 1e-3;

export interface LinkRequest {
  readonly kind: LinkKind;
  readonly pair: PairKind;
  readonly from: Calculation;
  /** Words for the role of the partner, e.g. "clean slab". */
  readonly role: string;
  readonly partners: readonly Calculation[];
  readonly evidence: (partner: Calculation) => readonly string[];
  /** Geometric distance of the partner, Å; smaller is better. */
  readonly distanceAngstrom?: (partner: Calculation) => number;
}

/** The best link, or undefined when there is no partner at all. */
export function bestLink(request: LinkRequest): Link | undefined {
  const scored = request.partners
    .map((partner) => score(request, partner))
    .sort((left, right) => compareScores(left.score, right.score) || compareText(left.partner.id, right.partner.id));
  const [best, ...others] = scored;
  if (best === undefined) return undefined;
  const otherIds = others.map((other) => other.partner.id);
  const ambiguous = others.some(
    (other) =>
      compareScores(other.score.slice(0, 4), best.score.slice(0, 4)) === 0 && !sameEnergy(other.partner, best.partner),
  );
  return {
    kind: request.kind,
    from: request.from.id,
    to: best.partner.id,
    stated: 'structure',
    evidence: request.evidence(best.partner),
    others: otherIds,
    issues: [
      ...best.issues,
      ...(ambiguous
        ? [issue('W_AMBIGUOUS_LINK', { role: request.role, chosen: best.partner.id, others: otherIds.join(', ') })]
        : []),
    ],
  };
}

/** A link that the manifest states; compatibility is checked all the same. */
export function statedLink(kind: LinkKind, pair: PairKind, from: Calculation, to: Calculation): Link {
  return {
    kind,
    from: from.id,
    to: to.id,
    stated: 'manifest',
    evidence: ['stated in the manifest'],
    others: [],
    issues: compatibilityIssues(from, to, pair),
  };
}

/** Copies and repetitions of one calculation are no ambiguity. */
function sameEnergy(left: Calculation, right: Calculation): boolean {
  const one = left.final?.energySigma0Ev;
  const other = right.final?.energySigma0Ev;
  if (one === undefined || other === undefined) return one === other;
  const perAtom = (calculation: Calculation, energyEv: number): number =>
    energyEv / Math.max(1, calculation.structure?.species.length ?? 1);
  return Math.abs(perAtom(left, one) - perAtom(right, other)) <= SAME_ENERGY_EV_PER_ATOM;
}

interface Scored {
  readonly partner: Calculation;
  readonly issues: readonly Issue[];
  /** Compared element by element, smaller is better. */
  readonly score: readonly number[];
}

function score(request: LinkRequest, partner: Calculation): Scored {
  const issues = compatibilityIssues(request.from, partner, request.pair);
  const errors = issues.filter((entry) => entry.severity === 'error').length;
  const unusable = blockingIssues(partner).length > 0 ? 1 : 0;
  const warnings = issues.filter((entry) => entry.severity === 'warning').length;
  const distance = request.distanceAngstrom?.(partner) ?? 0;
  // Rounded, so that numerical noise never decides between two relaxations of the same slab.
  const rounded = Math.round(distance * 100) / 100;
  return { partner, issues, score: [errors, unusable, warnings, rounded, treeDistance(request.from.id, partner.id)] };
}

function compareScores(left: readonly number[], right: readonly number[]): number {
  for (const [index, value] of left.entries()) {
    const other = right[index] ?? value;
    if (value !== other) return value - other;
  }
  return 0;
}

/** Steps from one file to the other through their common folder. */
function treeDistance(left: string, right: string): number {
  const one = left.split('/');
  const other = right.split('/');
  let common = 0;
  while (common < one.length && one[common] === other[common]) common += 1;
  return one.length + other.length - 2 * common;
}

export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
