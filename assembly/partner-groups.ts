/**
 * Partners for a link that are alike in everything but their folder, taken together.
 *
 * A tree of a thousand folders holds a few kinds of references and clean slabs, many of them copies. Whether two
 * calculations may be subtracted depends on what they were computed with and not on where they lie, so it is asked once
 * for each pair of kinds; only the last criterion, the nearest folder, is asked for every calculation.
 */
import type { Calculation } from '../model/calculation.ts';
import type { Issue } from '../model/issues.ts';
import type { Matrix3 } from '../model/lattice.ts';
import {
  type AgreedSettings,
  agreedSettings,
  type Compatibility,
  compatibility,
  type PairKind,
  settingsSummary,
} from './compatibility.ts';
import { type PairOfIds, renamedIssues, renamedTable } from './renamed-table.ts';
import { nearestIn } from './shared/folder-tree.ts';
import { kindsByNumber } from './shared/kinds.ts';
import { planeMisfit } from './shared/plane-misfit.ts';
import type { Axis } from './shared/slab-geometry.ts';
import { blockingIssues, usableEnergy } from './usable-energy.ts';

export interface PartnerGroup {
  /** Sorted by id. */
  readonly members: readonly Calculation[];
  /** The member nearest to a file in the tree. */
  readonly nearestTo: (path: string) => Calculation;
  readonly representative: Calculation;
  /** Its energy must not be used. */
  readonly isBlocked: boolean;
  /** How far the cell of a slab is from the lattice of the group, Å. */
  readonly planeMisfit?: (slab: Matrix3, axis: Axis) => number;
  /** Absent when it may not be used. */
  readonly energyPerAtomEv?: number;
}

/** Of one tree: remembers what was compared. */
export interface Comparer {
  /** Equal for calculations that the gate cannot tell apart in such a pair. */
  readonly kindOf: (calculation: Calculation, kind: PairKind) => number;
  readonly groupsOf: (partners: readonly Calculation[]) => readonly PartnerGroup[];
  readonly differences: (left: Calculation, right: Calculation, kind: PairKind) => Differences;
  readonly compatibility: (left: Calculation, right: Calculation, kind: PairKind) => Compatibility;
  /** Those of the table alone. */
  readonly issues: (left: Calculation, right: Calculation, kind: PairKind) => readonly Issue[];
}

export interface Differences {
  readonly errors: number;
  readonly warnings: number;
}

/** The first pair of two kinds that was compared, and what came out. */
interface Compared extends Differences {
  readonly ids: PairOfIds;
  readonly table: Compatibility;
}

interface Grouped {
  readonly count: number;
  readonly groups: readonly PartnerGroup[];
}

/** More kinds than a tree has calculations: two of their numbers are one key. */
const MOST_KINDS = 2 ** 26;

/** Of each pair of kinds; numbers for keys, because every link of a tree asks. */
type ByKinds<Value> = Readonly<Record<PairKind, Map<number, Value>>>;

export function openComparer(): Comparer {
  const kindsOf = kindsByNumber();
  const known = byKinds<Compared>();
  const grouped = new WeakMap<readonly Calculation[], Grouped>();
  const agreed = byKinds<AgreedSettings | undefined>();
  const kindOf = (calculation: Calculation, kind?: PairKind): number =>
    kindsOf(calculation)[kind === 'atom-reference' ? 'atoms' : 'all'];
  const compared = (left: Calculation, right: Calculation, kind: PairKind): Compared => {
    const key = kindOf(left, kind) * MOST_KINDS + kindOf(right, kind);
    const found = known[kind].get(key);
    if (found !== undefined) return found;
    const pair = { left: settingsSummary(left), right: settingsSummary(right), kind };
    // Few kinds of settings stand behind many kinds of cells.
    const settings = kindsOf(left).settings * MOST_KINDS + kindsOf(right).settings;
    if (!agreed[kind].has(settings)) agreed[kind].set(settings, agreedSettings(pair));
    const table = compatibility(pair.left, pair.right, kind, agreed[kind].get(settings));
    const first = { ids: [left.id, right.id], table, ...differencesIn(table) } as const;
    known[kind].set(key, first);
    return first;
  };
  return {
    kindOf,
    groupsOf: (partners) => {
      // Asked again for every slab on one clean slab; the list of its copies may have grown since.
      const found = grouped.get(partners);
      if (found?.count === partners.length) return found.groups;
      const groups = groupsOf(partners, (partner) => kindOf(partner));
      grouped.set(partners, { count: partners.length, groups });
      return groups;
    },
    differences: compared,
    compatibility: (left, right, kind) => {
      const { table, ids } = compared(left, right, kind);
      return renamedTable(table, ids, [left.id, right.id]);
    },
    issues: (left, right, kind) => {
      const { table, ids } = compared(left, right, kind);
      return renamedIssues(table.issues, ids, [left.id, right.id]);
    },
  };
}

function byKinds<Value>(): ByKinds<Value> {
  return {
    'slab-pair': new Map(),
    'atom-reference': new Map(),
    'bulk-reference': new Map(),
    'path-image': new Map(),
  };
}

function differencesIn({ issues }: Compatibility): Differences {
  const count = (severity: Issue['severity']): number => issues.filter((entry) => entry.severity === severity).length;
  return { errors: count('error'), warnings: count('warning') };
}

function groupsOf(
  partners: readonly Calculation[],
  kindOf: (calculation: Calculation) => number,
): readonly PartnerGroup[] {
  const groups = new Map<string, Calculation[]>();
  for (const partner of partners) {
    const { energySigma0Ev } = partner.final ?? {};
    const key = `${kindOf(partner)} ${energySigma0Ev ?? ''} ${blockingIssues(partner).length}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [partner]);
    else group.push(partner);
  }
  return [...groups.values()].flatMap((group): PartnerGroup[] => {
    const members = [...group].sort((left, right) => (left.id < right.id ? -1 : 1));
    const [representative] = members;
    if (representative === undefined) return [];
    const energy = usableEnergy(representative);
    const atoms = Math.max(1, representative.structure?.species.length ?? 1);
    const lattice = representative.structure?.latticeAngstrom;
    const nearest = members.length > 1 ? nearestIn(members) : undefined;
    return [
      {
        members,
        nearestTo: (path) => nearest?.(path) ?? representative,
        representative,
        ...(lattice !== undefined && { planeMisfit: planeMisfit(lattice) }),
        isBlocked: blockingIssues(representative).length > 0,
        ...(energy !== undefined && { energyPerAtomEv: energy.energySigma0Ev / atoms }),
      },
    ];
  });
}
