/**
 * Choosing one partner out of several that would fit: the rule is the same for every kind of link, so that the choice
 * can be explained.
 *
 * Geometry first (another arrangement of the atoms is another slab), then fewest blocking differences, then usable
 * energies, then, of clean slabs, relaxed ones before single points of other geometries, then fewest warnings; then, of
 * clean slabs, the lowest energy before the closest places, of the others the closest before the lowest; then nearest in the folder tree, then by name. The others are listed with the link, and why
 * the best one was taken.
 */
import type { Calculation } from '../model/calculation.ts';
import { distinctIssues, issue } from '../model/issues.ts';
import type { Link, LinkKind } from '../model/system.ts';
import { type Compatibility, compatibility, type PairKind, settingsSummary } from './compatibility.ts';
import { type Comparer, openComparer, type PartnerGroup } from './partner-groups.ts';
import { type ReferenceShelves, referenceShelves } from './reference-shelves.ts';
import {
  arrangementOf,
  decisiveCriteria,
  firstDifference,
  type GroupedRequest,
  type LinkWanted,
  MOST_OTHERS,
  type Partners,
  reasonOfChoice,
  referenceEnergyStep,
  type Scored,
  sameEnergy,
  sameReferenceEnergy,
  scoreOf,
} from './score-partners.ts';
import { blockingIssues } from './usable-energy.ts';

export type { GroupedRequest, Partners } from './score-partners.ts';

/** Of so few references all are scored. */
const FEW_GROUPS = 16;

export interface LinkRequest extends LinkWanted {
  readonly partners: readonly Calculation[];
  /** Geometric distance of the partner, Å; smaller is better. */
  readonly distanceAngstrom?: (partner: Calculation) => number;
  /** Of the tree, when there is one: what was compared for other links need not be compared again. */
  readonly comparer?: Comparer;
}

/** Among which geometry does not choose. */
export interface ShelvedRequest extends LinkWanted {
  readonly references: ReferenceShelves;
  readonly comparer: Comparer;
}

/** References of one element for pairs of one kind. */
export function shelvesOf(groups: readonly PartnerGroup[], pair: PairKind, comparer: Comparer): ReferenceShelves {
  return referenceShelves(groups, {
    comparer,
    pair,
    mostListed: MOST_OTHERS + 1,
    stepOf: ({ energyPerAtomEv }) =>
      energyPerAtomEv === undefined ? Number.POSITIVE_INFINITY : referenceEnergyStep(energyPerAtomEv),
    isSameEnergy: sameReferenceEnergy,
  });
}

/** Partners among which geometry does not choose. */
function anyOf(groups: readonly PartnerGroup[]): Partners[] {
  return groups.map((group) => ({ group, distanceAngstrom: 0 }));
}

/** The best link to one of a few calculations, or undefined when there is none. */
export function bestLink({
  partners,
  distanceAngstrom,
  comparer = openComparer(),
  ...wanted
}: LinkRequest): Link | undefined {
  const each = partners.flatMap((partner) =>
    comparer
      .groupsOf([partner])
      .map((group): Partners => ({ group, distanceAngstrom: distanceAngstrom?.(partner) ?? 0 })),
  );
  return bestOfGroups({ ...wanted, partners: each, comparer });
}

/** The best link, or undefined when there is no partner at all. */
export function bestOfGroups(request: GroupedRequest): Link | undefined {
  const [only, another] = request.partners;
  if (only === undefined) return undefined;
  // Most links have a single partner: it is the best without a score.
  if (another === undefined && only.group.members.length === 1) {
    const { group } = only;
    const scored = [{ group, nearest: group.representative, members: group.members, score: [] }];
    return linkTo(request, { scored, rivals: [], memberCount: 1, rivalCount: 0 });
  }
  const scored = inOrder(request, request.partners);
  const rivals = rivalsIn(request, scored);
  return linkTo(request, { scored, rivals, memberCount: membersIn(scored), rivalCount: membersIn(rivals) });
}

/** The same of references, of which there may be thousands. */
export function bestOfShelves({ references, ...request }: ShelvedRequest): Link | undefined {
  const { from } = request;
  if (references.groups.length <= FEW_GROUPS) return bestOfGroups({ ...request, partners: anyOf(references.groups) });
  const fronts = references.shelves.map((shelf) => ({ shelf, groups: shelf.first(from) }));
  const front = inOrder(request, anyOf(fronts.flatMap(({ groups }) => groups)));
  const [best] = front;
  if (best === undefined) return undefined;
  const decisive = decisiveCriteria(request);
  const asGood = new Set(front.filter(({ score }) => isAsGood(score, best.score, decisive)).map(({ group }) => group));
  const behind = fronts
    .filter(({ groups }) => groups.some((group) => asGood.has(group)))
    .map(({ shelf }) => shelf.rivals(best.group.energyPerAtomEv, from));
  const all = new Set([...front.map(({ group }) => group), ...behind.flatMap(({ groups }) => groups)]);
  const scored = inOrder(request, anyOf([...all]));
  return linkTo(request, {
    scored,
    rivals: rivalsIn(request, scored),
    memberCount: references.memberCount,
    rivalCount: behind.reduce((sum, { memberCount }) => sum + memberCount, 0),
  });
}

function inOrder(request: Omit<GroupedRequest, 'partners'>, partners: readonly Partners[]): Scored[] {
  const nearest = Math.min(...partners.map(arrangementOf));
  return partners
    .map((one) => scoreOf(request, one, nearest))
    .sort((left, right) => firstDifference(left.score, right.score) || compareText(left.nearest.id, right.nearest.id));
}

function isAsGood(score: readonly number[], best: readonly number[], decisive: number): boolean {
  return firstDifference(score.slice(0, decisive), best.slice(0, decisive)) === 0;
}

/** As good as the best in substance, and of another energy. */
function rivalsIn(request: LinkWanted, scored: readonly Scored[]): Scored[] {
  const [best] = scored;
  const decisive = decisiveCriteria(request);
  return scored.filter(
    ({ score, nearest }) =>
      best !== undefined && isAsGood(score, best.score, decisive) && !sameEnergy(request, nearest, best.nearest),
  );
}

/** The partners in their order: all of them, or as many as are named. */
interface Choice {
  readonly scored: readonly Scored[];
  readonly rivals: readonly Scored[];
  /** Of all partners, named or not. */
  readonly memberCount: number;
  readonly rivalCount: number;
}

function linkTo(
  request: Omit<GroupedRequest, 'partners'>,
  { scored, rivals, memberCount, rivalCount }: Choice,
): Link | undefined {
  const [best] = scored;
  if (best === undefined) return undefined;
  const { comparer, from } = request;
  const others = othersOf(scored, best.nearest);
  const { checks, issues } = judged(comparer.compatibility(from, best.nearest, request.pair), best.nearest);
  const ambiguity = { role: request.role, chosen: best.nearest.id, others: namesOf(rivals, rivalCount) };
  return {
    kind: request.kind,
    from: request.from.id,
    to: best.nearest.id,
    stated: 'structure',
    evidence: [
      ...request.evidence(best.nearest),
      ...reasonOfChoice(request, scored, { others, otherCount: memberCount - 1 }),
    ],
    others: others.map(({ id }) => id),
    checks,
    issues: [...issues, ...(rivals.length > 0 ? [issue('W_AMBIGUOUS_LINK', ambiguity)] : [])],
  };
}

function membersIn(scored: readonly Scored[]): number {
  return scored.reduce((sum, { members }) => sum + members.length, 0);
}

function namesOf(rivals: readonly Scored[], count: number): string {
  const named = rivals.flatMap(({ members }) => members.slice(0, MOST_OTHERS)).slice(0, MOST_OTHERS);
  const more = count > MOST_OTHERS ? ` and ${count - MOST_OTHERS} more` : '';
  return `${named.map(({ id }) => id).join(', ')}${more}`;
}

/** Best kinds first; of each kind the nearest first, then by name. As many as are named. */
function othersOf(scored: readonly Scored[], chosen: Calculation): Calculation[] {
  const others: Calculation[] = [];
  for (const { nearest, members } of scored) {
    if (others.length >= MOST_OTHERS) break;
    // One of the first may be the nearest, and one the chosen one.
    const first = members.slice(0, MOST_OTHERS + 2).filter((member) => member !== nearest);
    others.push(...[nearest, ...first].filter((member) => member !== chosen));
  }
  return others.slice(0, MOST_OTHERS);
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

export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
