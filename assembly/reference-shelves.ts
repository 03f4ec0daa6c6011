/**
 * References of one element, laid out so that a slab looks at those that may be chosen or named, and not at all of them.
 *
 * A tree in which every campaign brings its own atom and its own metal, each with a slightly different energy, has as
 * many references as campaigns. Those that the gate cannot tell apart stand on one shelf, lowest energy first: of a shelf
 * only the first few can be the best one or be listed beside it. The answer is that of scoring all.
 */
import type { Calculation } from '../model/calculation.ts';
import type { Comparer, PartnerGroup } from './partner-groups.ts';
import { nearestFewIn } from './shared/folder-tree.ts';
import type { PairKind } from './shared/setting-comparison.ts';

export interface ReferenceShelves {
  readonly groups: readonly PartnerGroup[];
  readonly memberCount: number;
  readonly shelves: readonly Shelf[];
}

export interface Shelf {
  /** Those that hold its first members in the order of the choice. */
  readonly first: (from: Calculation) => readonly PartnerGroup[];
  readonly rivals: (bestEv: number | undefined, from: Calculation) => Rivals;
}

/** Of a shelf those whose energy is another one than that of the best. */
export interface Rivals {
  /** Those that hold the first members in the order of the choice. */
  readonly groups: readonly PartnerGroup[];
  /** Of all of them. */
  readonly memberCount: number;
}

export interface ShelfRules {
  readonly comparer: Comparer;
  readonly pair: PairKind;
  /** How many members are the first. */
  readonly mostListed: number;
  /** Energies of one step are not told apart by the choice; a step is narrower than what counts as the same energy. */
  readonly stepOf: (group: PartnerGroup) => number;
  readonly isSameEnergy: (leftEv: number | undefined, rightEv: number | undefined) => boolean;
}

export function referenceShelves(groups: readonly PartnerGroup[], rules: ShelfRules): ReferenceShelves {
  const { comparer, pair } = rules;
  const ofKinds = grouped(groups, (group) => `${comparer.kindOf(group.representative, pair)} ${group.isBlocked}`);
  return {
    groups,
    memberCount: membersIn(groups),
    shelves: [...ofKinds.values()].map((ofKind) => shelfOf(ofKind, rules)),
  };
}

function shelfOf(groups: readonly PartnerGroup[], rules: ShelfRules): Shelf {
  const steps = [...grouped(groups, rules.stepOf)]
    .sort(([left], [right]) => left - right)
    .map(([, ofStep]) => stepOf(ofStep, rules.mostListed));
  return {
    first: ({ id }) => {
      const found: PartnerGroup[] = [];
      let count = 0;
      for (const { nearest, memberCount } of steps) {
        if (count >= rules.mostListed) break;
        found.push(...nearest(id));
        count += memberCount;
      }
      return found;
    },
    rivals: (bestEv, { id }) => {
      const isRival = ({ energyPerAtomEv }: PartnerGroup): boolean => !rules.isSameEnergy(energyPerAtomEv, bestEv);
      const found: PartnerGroup[] = [];
      let memberCount = 0;
      for (const step of steps) {
        const [lowest, highest] = [isRival(step.lowest), isRival(step.highest)];
        if (!lowest && !highest) continue;
        // What counts as the same energy is wider than a step: both of its ends are outside on one side.
        const isWhole = lowest && highest;
        const others = isWhole ? step.groups : step.groups.filter(isRival);
        if (memberCount < rules.mostListed) found.push(...(isWhole ? step.nearest(id) : others));
        memberCount += isWhole ? step.memberCount : membersIn(others);
      }
      return { groups: found, memberCount };
    },
  };
}

/** Groups whose energies are one for the choice: there the nearest folder decides. */
interface Step {
  readonly groups: readonly PartnerGroup[];
  readonly lowest: PartnerGroup;
  readonly highest: PartnerGroup;
  readonly memberCount: number;
  /** Those that hold the members nearest to a file. */
  readonly nearest: (path: string) => readonly PartnerGroup[];
}

/** Looking so many up costs more than scoring them. */
const FEW_GROUPS = 24;

function stepOf([first, ...more]: NonEmpty<PartnerGroup>, mostListed: number): Step {
  const groups = [first, ...more];
  const energy = ({ energyPerAtomEv = 0 }: PartnerGroup): number => energyPerAtomEv;
  const groupOf = new Map(groups.flatMap((group) => group.members.map((member) => [member, group] as const)));
  const few = groups.length <= FEW_GROUPS ? undefined : nearestFewIn([...groupOf.keys()], mostListed);
  return {
    groups,
    lowest: groups.reduce((lowest, group) => (energy(group) < energy(lowest) ? group : lowest)),
    highest: groups.reduce((highest, group) => (energy(group) > energy(highest) ? group : highest)),
    memberCount: groupOf.size,
    nearest: (path) =>
      few === undefined ? groups : [...new Set(few(path).flatMap((member) => groupOf.get(member) ?? []))],
  };
}

function membersIn(groups: readonly PartnerGroup[]): number {
  return groups.reduce((sum, { members }) => sum + members.length, 0);
}

type NonEmpty<T> = readonly [T, ...T[]];

function grouped<Key>(groups: readonly PartnerGroup[], keyOf: (group: PartnerGroup) => Key) {
  const byKey = new Map<Key, [PartnerGroup, ...PartnerGroup[]]>();
  for (const group of groups) {
    const key = keyOf(group);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [group]);
    else known.push(group);
  }
  return byKey;
}
