/**
 * Choosing one partner out of several that would fit: the rule is the same for every kind of link, so that the choice
 * can be explained.
 *
 * Geometry first (another arrangement of the atoms is another slab), then fewest blocking differences, then usable
 * energies, then fewest warnings; then, of clean slabs, the lowest energy before the closest places, of the others the
 * closest before the lowest; then nearest in the folder tree, then by name. The others are listed with the link, and why
 * the best one was taken.
 */
import type { Calculation } from '../model/calculation.ts';
import { distinctIssues, issue } from '../model/issues.ts';
import type { Link, LinkKind } from '../model/system.ts';
import { type Compatibility, compatibility, type PairKind, settingsSummary } from './compatibility.ts';
import { type Comparer, openComparer, type PartnerGroup } from './partner-groups.ts';
import { treeDistance } from './shared/folder-tree.ts';
import { blockingIssues, usableEnergy } from './usable-energy.ts';

/** Energies of references count per atom, those of slabs and images as they are. */
const SAME_ENERGY_EV_PER_ATOM = 1e-3;
const SAME_ENERGY_EV = 5e-3;
/** Partners farther away than this beyond the nearest one are another arrangement, Å. */
const SAME_ARRANGEMENT_ANGSTROM = 0.3;
/** Numerical noise must not decide between two relaxations of the same slab, Å. */
const DISTANCE_STEP_ANGSTROM = 0.01;
/** More than anybody reads; how many there are is told. */
const MOST_OTHERS = 12;

interface LinkWanted {
  readonly kind: LinkKind;
  readonly pair: PairKind;
  readonly from: Calculation;
  /** Words for the role of the partner, e.g. "clean slab". */
  readonly role: string;
  readonly evidence: (partner: Calculation) => readonly string[];
}

export interface LinkRequest extends LinkWanted {
  readonly partners: readonly Calculation[];
  /** Geometric distance of the partner, Å; smaller is better. */
  readonly distanceAngstrom?: (partner: Calculation) => number;
}

export interface GroupedRequest extends LinkWanted {
  readonly partners: readonly Partners[];
  readonly comparer: Comparer;
}

/** Calculations that are alike for the gate, at one geometric distance. */
export interface Partners {
  readonly group: PartnerGroup;
  /** Å; smaller is better. */
  readonly distanceAngstrom: number;
  /** What tells another arrangement from a relaxed one, Å; the distance when absent. */
  readonly arrangementAngstrom?: number;
}

/** Partners among which geometry does not choose. */
export function anyOf(groups: readonly PartnerGroup[]): Partners[] {
  return groups.map((group) => ({ group, distanceAngstrom: 0 }));
}

/** The best link to one of a few calculations, or undefined when there is none. */
export function bestLink({ partners, distanceAngstrom, ...wanted }: LinkRequest): Link | undefined {
  const comparer = openComparer();
  const each = partners.flatMap((partner) =>
    comparer
      .groupsOf([partner])
      .map((group): Partners => ({ group, distanceAngstrom: distanceAngstrom?.(partner) ?? 0 })),
  );
  return bestOfGroups({ ...wanted, partners: each, comparer });
}

/** The best link, or undefined when there is no partner at all. */
export function bestOfGroups(request: GroupedRequest): Link | undefined {
  const nearest = Math.min(...request.partners.map(arrangementOf));
  const scored = request.partners
    .map((partners) => scoreOf(request, partners, nearest))
    .sort((left, right) => firstDifference(left.score, right.score) || compareText(left.nearest.id, right.nearest.id));
  const [best] = scored;
  if (best === undefined) return undefined;
  const decisive = decisiveCriteria(request);
  const rivals = scored.filter(
    (other) =>
      firstDifference(other.score.slice(0, decisive), best.score.slice(0, decisive)) === 0 &&
      !sameEnergy(request, other.nearest, best.nearest),
  );
  const others = othersOf(scored, best.nearest);
  const { comparer, from } = request;
  const { checks, issues } = judged(comparer.compatibility(from, best.nearest, request.pair), best.nearest);
  const ambiguity = { role: request.role, chosen: best.nearest.id, others: namesOf(rivals) };
  return {
    kind: request.kind,
    from: request.from.id,
    to: best.nearest.id,
    stated: 'structure',
    evidence: [...request.evidence(best.nearest), ...reasonOfChoice(request, scored, others)],
    others: others.slice(0, MOST_OTHERS).map(({ id }) => id),
    checks,
    issues: [...issues, ...(rivals.length > 0 ? [issue('W_AMBIGUOUS_LINK', ambiguity)] : [])],
  };
}

function namesOf(rivals: readonly Scored[]): string {
  const all = rivals.flatMap(({ members }) => members.map(({ id }) => id));
  const more = all.length > MOST_OTHERS ? ` and ${all.length - MOST_OTHERS} more` : '';
  return `${all.slice(0, MOST_OTHERS).join(', ')}${more}`;
}

/** Best kinds first; of each kind the nearest first, then by name. */
function othersOf(scored: readonly Scored[], chosen: Calculation): Calculation[] {
  return scored
    .flatMap(({ nearest, members }) => [nearest, ...members.filter((member) => member !== nearest)])
    .filter((member) => member !== chosen);
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
    ...judged(compatibility(settingsSummary(from), settingsSummary(to), pair), to),
  };
}

/** What speaks against subtracting the two, and against the energy of the second: a link never hides it. */
function judged({ checks, issues }: Compatibility, to: Calculation): Compatibility {
  return { checks, issues: distinctIssues([...issues, ...blockingIssues(to)]) };
}

interface Scored {
  readonly nearest: Calculation;
  readonly members: readonly Calculation[];
  /** In the order of criteriaOf, compared one by one, smaller is better. */
  readonly score: readonly number[];
}

const COMMON_CRITERIA = [
  'nearest arrangement of the atoms',
  'fewest differences that forbid it',
  'its energy may be used',
  'fewest differences in the settings',
] as const;
const PLACES = 'nearest places of the atoms';
const ENERGY = 'lowest energy per atom';
const FOLDER = 'nearest folder';
const LAST = COMMON_CRITERIA.length + 2;
const NOT_COMPARED = { errors: 0, warnings: 0 };

/**
 * Of several states of one clean slab the relaxed one is meant, also where the adatom drew the atoms back to where they
 * were cut. Of several bulks the one that the slab consists of is meant: there geometry decides before the energy.
 */
function relaxedBeforeNear({ kind }: LinkWanted): boolean {
  return kind === 'clean-slab';
}

function criteriaOf(request: LinkWanted): readonly string[] {
  return [...COMMON_CRITERIA, ...(relaxedBeforeNear(request) ? [ENERGY, PLACES] : [PLACES, ENERGY]), FOLDER];
}

/** How many criteria make a partner better in substance; behind them the choice is one of several. */
function decisiveCriteria(request: LinkWanted): number {
  return COMMON_CRITERIA.length + (relaxedBeforeNear(request) ? 0 : 1);
}

function arrangementOf({ distanceAngstrom, arrangementAngstrom }: Partners): number {
  return arrangementAngstrom ?? distanceAngstrom;
}

function scoreOf(request: GroupedRequest, partners: Partners, nearestAngstrom: number): Scored {
  const { group, distanceAngstrom } = partners;
  const { from, pair, comparer } = request;
  const isFarther = arrangementOf(partners) > nearestAngstrom + SAME_ARRANGEMENT_ANGSTROM;
  // What geometry rules out need not be compared.
  const { errors, warnings } = isFarther ? NOT_COMPARED : comparer.differences(from, group.representative, pair);
  const nearest = group.nearestTo(from.id);
  const places = Math.round(distanceAngstrom / DISTANCE_STEP_ANGSTROM);
  const energy = meansGroundState(request) ? energySteps(request, group) : 0;
  return {
    nearest,
    members: group.members,
    score: [
      isFarther ? 1 : 0,
      errors,
      group.isBlocked ? 1 : 0,
      warnings,
      ...(relaxedBeforeNear(request) ? [energy, places] : [places, energy]),
      treeDistance(from.id, nearest.id),
    ],
  };
}

/** In steps within which two energies are one: numerical noise must not decide before the folder does. */
function energySteps(request: LinkWanted, { energyPerAtomEv, representative }: PartnerGroup): number {
  if (energyPerAtomEv === undefined) return Number.POSITIVE_INFINITY;
  if (isReference(request)) return Math.round(energyPerAtomEv / SAME_ENERGY_EV_PER_ATOM);
  const atoms = Math.max(1, representative.structure?.species.length ?? 1);
  return Math.round((energyPerAtomEv * atoms) / SAME_ENERGY_EV);
}

/** Which criterion decided, and how many partners there were. */
function reasonOfChoice(
  request: LinkWanted,
  [best, next]: readonly Scored[],
  others: readonly Calculation[],
): string[] {
  const [first] = others;
  if (best === undefined || first === undefined) return [];
  const isAlike = next === undefined || best.members.includes(first);
  const scoreOfFirst = isAlike ? best.score.with(LAST, treeDistance(request.from.id, first.id)) : next.score;
  const at = best.score.findIndex((value, index) => value !== scoreOfFirst[index]);
  const reason = `taken before ${first.id}: ${criteriaOf(request)[at] ?? 'first by name'}`;
  return others.length > MOST_OTHERS ? [reason, `${others.length} others would fit`] : [reason];
}

/** Of several states of an atom, a bulk or a clean slab the lowest is meant; a name must not decide about an energy. */
function meansGroundState({ pair }: LinkWanted): boolean {
  return pair !== 'path-image';
}

/** Energies of an element's atom or bulk count per atom. */
function isReference({ pair }: LinkWanted): boolean {
  return pair === 'atom-reference' || pair === 'bulk-reference';
}

function energyPerAtomEv(calculation: Calculation): number | undefined {
  const energy = usableEnergy(calculation);
  return energy && energy.energySigma0Ev / Math.max(1, calculation.structure?.species.length ?? 1);
}

/** Copies and repetitions of one calculation are no ambiguity. */
function sameEnergy(request: LinkWanted, left: Calculation, right: Calculation): boolean {
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

export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
