/**
 * Choosing one partner out of several that would fit: the rule is the same for every kind of link, so that the choice
 * can be explained.
 *
 * Geometry first (another arrangement of the atoms is another slab), then fewest blocking differences, then usable
 * energies, then fewest warnings, then closest geometry, then lowest energy where the ground state is meant, then
 * nearest in the folder tree, then by name. The others are listed with the link, and why the best one was taken.
 */
import type { Calculation } from '../model/calculation.ts';
import { distinctIssues, type Issue, issue } from '../model/issues.ts';
import type { Link, LinkKind } from '../model/system.ts';
import {
  type Compatibility,
  compatibility,
  type PairKind,
  type SettingsSummary,
  settingsSummary,
} from './compatibility.ts';
import { blockingIssues, usableEnergy } from './usable-energy.ts';

/** Energies of references count per atom, those of slabs and images as they are. */
const SAME_ENERGY_EV_PER_ATOM = 1e-3;
const SAME_ENERGY_EV = 5e-3;
/** Partners farther away than this beyond the nearest one are another arrangement, Å. */
const SAME_ARRANGEMENT_ANGSTROM = 0.3;
/** Numerical noise must not decide between two relaxations of the same slab, Å. */
const DISTANCE_STEP_ANGSTROM = 0.01;

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
  const nearest = Math.min(...request.partners.map((partner) => distanceTo(request, partner)));
  const from = settingsSummary(request.from);
  const scored = request.partners
    .map((partner) => scoreOf(request, judged(request.pair, from, partner), { partner, nearestAngstrom: nearest }))
    .sort((left, right) => firstDifference(left.score, right.score) || compareText(left.partner.id, right.partner.id));
  const [best, ...others] = scored;
  if (best === undefined) return undefined;
  const otherIds = others.map((other) => other.partner.id);
  const rivals = others.filter(
    (other) =>
      firstDifference(other.score.slice(0, DECISIVE), best.score.slice(0, DECISIVE)) === 0 &&
      !sameEnergy(request, other.partner, best.partner),
  );
  const ambiguity = { role: request.role, chosen: best.partner.id, others: rivals.map((r) => r.partner.id).join(', ') };
  return {
    kind: request.kind,
    from: request.from.id,
    to: best.partner.id,
    stated: 'structure',
    evidence: [...request.evidence(best.partner), ...reasonOfChoice(best, others[0])],
    others: otherIds,
    checks: best.checks,
    issues: [...best.issues, ...(rivals.length > 0 ? [issue('W_AMBIGUOUS_LINK', ambiguity)] : [])],
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
    ...judged(pair, settingsSummary(from), to),
  };
}

/** What speaks against subtracting the two, and against the energy of the second: a link never hides it. */
function judged(pair: PairKind, from: SettingsSummary, to: Calculation): Compatibility {
  const { checks, issues } = compatibility(from, settingsSummary(to), pair);
  return { checks, issues: distinctIssues([...issues, ...blockingIssues(to)]) };
}

interface Scored extends Compatibility {
  readonly partner: Calculation;
  /** In the order of CRITERIA, compared one by one, smaller is better. */
  readonly score: readonly number[];
}

const CRITERIA = [
  'nearest arrangement of the atoms',
  'fewest differences that forbid it',
  'its energy may be used',
  'fewest differences in the settings',
  'nearest places of the atoms',
  'lowest energy per atom',
  'nearest folder',
] as const;
/** Criteria that make a partner better in substance; behind them the choice is one of several. */
const DECISIVE = 5;

interface Nearness {
  readonly partner: Calculation;
  readonly nearestAngstrom: number;
}

function scoreOf(
  request: LinkRequest,
  { checks, issues }: Compatibility,
  { partner, nearestAngstrom }: Nearness,
): Scored {
  const blocking = blockingIssues(partner).length;
  const count = (severity: Issue['severity']): number => issues.filter((entry) => entry.severity === severity).length;
  const distance = distanceTo(request, partner);
  return {
    partner,
    checks,
    issues,
    score: [
      distance > nearestAngstrom + SAME_ARRANGEMENT_ANGSTROM ? 1 : 0,
      count('error') - blocking,
      blocking > 0 ? 1 : 0,
      count('warning'),
      Math.round(distance / DISTANCE_STEP_ANGSTROM),
      meansGroundState(request) ? (energyPerAtomEv(partner) ?? Number.POSITIVE_INFINITY) : 0,
      treeDistance(request.from.id, partner.id),
    ],
  };
}

function reasonOfChoice(best: Scored, next: Scored | undefined): string[] {
  if (next === undefined) return [];
  const at = best.score.findIndex((value, index) => value !== next.score[index]);
  return [`taken before ${next.partner.id}: ${CRITERIA[at] ?? 'first by name'}`];
}

function distanceTo({ distanceAngstrom }: LinkRequest, partner: Calculation): number {
  return distanceAngstrom?.(partner) ?? 0;
}

/** Of several states of an atom, a bulk or a clean slab the lowest is meant; a name must not decide about an energy. */
function meansGroundState({ pair }: LinkRequest): boolean {
  return pair !== 'path-image';
}

/** Energies of an element's atom or bulk count per atom. */
function isReference({ pair }: LinkRequest): boolean {
  return pair === 'atom-reference' || pair === 'bulk-reference';
}

function energyPerAtomEv(calculation: Calculation): number | undefined {
  const energy = usableEnergy(calculation);
  return energy && energy.energySigma0Ev / Math.max(1, calculation.structure?.species.length ?? 1);
}

/** Copies and repetitions of one calculation are no ambiguity. */
function sameEnergy(request: LinkRequest, left: Calculation, right: Calculation): boolean {
  if (isReference(request)) {
    const [one, other] = [energyPerAtomEv(left), energyPerAtomEv(right)];
    return one === other || Math.abs((one ?? Number.NaN) - (other ?? Number.NaN)) <= SAME_ENERGY_EV_PER_ATOM;
  }
  const [one, other] = [left.final?.energySigma0Ev, right.final?.energySigma0Ev];
  return one === other || Math.abs((one ?? Number.NaN) - (other ?? Number.NaN)) <= SAME_ENERGY_EV;
}

function firstDifference(left: readonly number[], right: readonly number[]): number {
  for (const [index, value] of left.entries()) {
    const other = right[index] ?? value;
    if (value !== other) return value < other ? -1 : 1;
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
