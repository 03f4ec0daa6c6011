/**
 * How well a partner fits, criterion by criterion: in the order in which link-candidates.ts tells them.
 *
 * The mistake avoided here: letting numerical noise decide. Energies and distances are counted in steps within which two
 * of them are one, and behind them the folder decides, which anybody can follow.
 */
import type { Calculation } from '../model/calculation.ts';
import type { LinkKind } from '../model/system.ts';
import type { PairKind } from './compatibility.ts';
import type { Comparer, PartnerGroup } from './partner-groups.ts';
import { treeDistance } from './shared/folder-tree.ts';
import { relaxes } from './shared/told-settings.ts';
import { usableEnergy } from './usable-energy.ts';

/** Energies of references count per atom, those of slabs and images as they are. */
const SAME_ENERGY_EV_PER_ATOM = 1e-3;
const SAME_ENERGY_EV = 5e-3;
/** Partners farther away than this beyond the nearest one are another arrangement, Å. */
const SAME_ARRANGEMENT_ANGSTROM = 0.3;
/** Numerical noise must not decide between two relaxations of the same slab, Å. */
const DISTANCE_STEP_ANGSTROM = 0.01;
/** More than anybody reads; how many there are is told. */
export const MOST_OTHERS = 12;

export interface LinkWanted {
  readonly kind: LinkKind;
  readonly pair: PairKind;
  readonly from: Calculation;
  /** Words for the role of the partner, e.g. "clean slab". */
  readonly role: string;
  readonly evidence: (partner: Calculation) => readonly string[];
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

export interface Scored {
  readonly group: PartnerGroup;
  readonly nearest: Calculation;
  readonly members: readonly Calculation[];
  /** In the order of criteriaOf, compared one by one, smaller is better. */
  readonly score: readonly number[];
}

const COMMON_CRITERIA = [
  'nearest arrangement of the atoms',
  'fewest differences that forbid it',
  'its energy may be used',
  'its atoms were relaxed',
  'fewest differences in the settings',
] as const;
const PLACES = 'nearest places of the atoms';
const ENERGY = 'lowest energy per atom';
const FOLDER = 'nearest folder';
const LAST = COMMON_CRITERIA.length + 2;
/** A single point with no larger force stands where a relaxation ended, eV/Å. */
const AT_REST_EV_PER_ANGSTROM = 0.05;
const NOT_COMPARED = { errors: 0, warnings: 0 };

/**
 * Of several states of one clean slab the relaxed one is meant, also where the adatom drew the atoms back to where they
 * were cut. Of several bulks the one that the slab consists of is meant: there geometry decides before the energy.
 */
function relaxedBeforeNear({ kind }: LinkWanted): boolean {
  return kind === 'clean-slab';
}

/** Below a relaxed adsorbed slab a single point counts as a clean slab at rest only where its forces say so. */
function isLeftUnrelaxed({ kind, from }: LinkWanted, partner: Calculation): boolean {
  if (kind !== 'clean-slab' || relaxes(from) !== true || relaxes(partner) !== false) return false;
  const { maxFreeForceEvPerAngstrom, maxForceEvPerAngstrom } = partner.final ?? {};
  const force = maxFreeForceEvPerAngstrom ?? maxForceEvPerAngstrom ?? Number.POSITIVE_INFINITY;
  return force > AT_REST_EV_PER_ANGSTROM;
}

function criteriaOf(request: LinkWanted): readonly string[] {
  return [...COMMON_CRITERIA, ...(relaxedBeforeNear(request) ? [ENERGY, PLACES] : [PLACES, ENERGY]), FOLDER];
}

/** How many criteria make a partner better in substance; behind them the choice is one of several. */
export function decisiveCriteria(request: LinkWanted): number {
  return COMMON_CRITERIA.length + (relaxedBeforeNear(request) ? 0 : 1);
}

export function arrangementOf({ distanceAngstrom, arrangementAngstrom }: Partners): number {
  return arrangementAngstrom ?? distanceAngstrom;
}

export function scoreOf(
  request: Omit<GroupedRequest, 'partners'>,
  partners: Partners,
  nearestAngstrom: number,
): Scored {
  const { group, distanceAngstrom } = partners;
  const { from, pair, comparer } = request;
  const isFarther = arrangementOf(partners) > nearestAngstrom + SAME_ARRANGEMENT_ANGSTROM;
  // What geometry rules out need not be compared.
  const { errors, warnings } = isFarther ? NOT_COMPARED : comparer.differences(from, group.representative, pair);
  const nearest = group.nearestTo(from.id);
  const places = Math.round(distanceAngstrom / DISTANCE_STEP_ANGSTROM);
  const energy = meansGroundState(request) ? energySteps(request, group) : 0;
  return {
    group,
    nearest,
    members: group.members,
    score: [
      isFarther ? 1 : 0,
      errors,
      group.isBlocked ? 1 : 0,
      isLeftUnrelaxed(request, group.representative) ? 1 : 0,
      warnings,
      ...(relaxedBeforeNear(request) ? [energy, places] : [places, energy]),
      treeDistance(from.id, nearest.id),
    ],
  };
}

/** Per atom, of a reference. */
export function referenceEnergyStep(energyPerAtomEv: number): number {
  return Math.round(energyPerAtomEv / SAME_ENERGY_EV_PER_ATOM);
}

/** In steps within which two energies are one: numerical noise must not decide before the folder does. */
function energySteps(request: LinkWanted, { energyPerAtomEv, representative }: PartnerGroup): number {
  if (energyPerAtomEv === undefined) return Number.POSITIVE_INFINITY;
  if (isReference(request)) return referenceEnergyStep(energyPerAtomEv);
  const atoms = Math.max(1, representative.structure?.species.length ?? 1);
  return Math.round((energyPerAtomEv * atoms) / SAME_ENERGY_EV);
}

export interface Others {
  /** In their order, as many as are named. */
  readonly others: readonly Calculation[];
  readonly otherCount: number;
}

/** Which criterion decided, and how many partners there were. */
export function reasonOfChoice(
  request: LinkWanted,
  [best, next]: readonly Scored[],
  { others, otherCount }: Others,
): string[] {
  const [first] = others;
  if (best === undefined || first === undefined) return [];
  const isAlike = next === undefined || best.members.includes(first);
  const scoreOfFirst = isAlike ? best.score.with(LAST, treeDistance(request.from.id, first.id)) : next.score;
  const at = best.score.findIndex((value, index) => value !== scoreOfFirst[index]);
  const reason = `taken before ${first.id}: ${criteriaOf(request)[at] ?? 'first by name'}`;
  return otherCount > MOST_OTHERS ? [reason, `${otherCount} others would fit`] : [reason];
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
export function sameEnergy(request: LinkWanted, left: Calculation, right: Calculation): boolean {
  if (isReference(request)) return sameReferenceEnergy(energyPerAtomEv(left), energyPerAtomEv(right));
  const [one, other] = [left.final?.energySigma0Ev, right.final?.energySigma0Ev];
  return one === other || Math.abs((one ?? Number.NaN) - (other ?? Number.NaN)) <= SAME_ENERGY_EV;
}

/** eV per atom; two that are not known are one. */
export function sameReferenceEnergy(one: number | undefined, other: number | undefined): boolean {
  return one === other || Math.abs((one ?? Number.NaN) - (other ?? Number.NaN)) <= SAME_ENERGY_EV_PER_ATOM;
}

export function firstDifference(left: readonly number[], right: readonly number[]): number {
  for (const [index, value] of left.entries()) {
    const other = right[index] ?? value;
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
}
