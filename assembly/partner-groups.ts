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
import { formula } from '../model/structure.ts';
import {
  type Compatibility,
  compatibility,
  type PairKind,
  type SettingsSummary,
  settingsSummary,
} from './compatibility.ts';
import { type PairOfIds, renamedTable } from './renamed-table.ts';
import { MAGNETIC_LIMIT_BOHR } from './shared/compare-precision.ts';
import { nearestIn } from './shared/folder-tree.ts';
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
  readonly groupsOf: (partners: readonly Calculation[]) => readonly PartnerGroup[];
  readonly differences: (left: Calculation, right: Calculation, kind: PairKind) => Differences;
  readonly compatibility: (left: Calculation, right: Calculation, kind: PairKind) => Compatibility;
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

export function openComparer(): Comparer {
  const kinds = new Map<Calculation, number>();
  const numbers = new Map<string, number>();
  const known = new Map<string, Compared>();
  const summaries = new Map<Calculation, SettingsSummary>();
  const summaryOf = (calculation: Calculation): SettingsSummary => {
    const summary = summaries.get(calculation) ?? settingsSummary(calculation);
    summaries.set(calculation, summary);
    return summary;
  };
  const kindOf = (calculation: Calculation): number => {
    const found = kinds.get(calculation);
    if (found !== undefined) return found;
    const key = comparedKey(summaryOf(calculation));
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    kinds.set(calculation, number);
    return number;
  };
  const compared = (left: Calculation, right: Calculation, kind: PairKind): Compared => {
    const key = `${kindOf(left)} ${kindOf(right)} ${kind}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const table = compatibility(summaryOf(left), summaryOf(right), kind);
    const first = { ids: [left.id, right.id], table, ...differencesIn(table) } as const;
    known.set(key, first);
    return first;
  };
  return {
    groupsOf: (partners) => groupsOf(partners, kindOf),
    differences: compared,
    compatibility: (left, right, kind) => {
      const { table, ids } = compared(left, right, kind);
      return ids[0] === left.id && ids[1] === right.id ? table : renamedTable(table, ids, [left.id, right.id]);
    },
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

/** Names and parallel layout say nothing about energies, and differ from run to run. */
const INCOMPARABLE = new Set(['SYSTEM', 'NPAR', 'NCORE', 'KPAR', 'NSIM', 'LPLANE', 'LSCALU', 'LWAVE', 'LCHARG']);

/** Everything that the gate looks at. */
function comparedKey({ calculation, openAxes }: SettingsSummary): string {
  const { settings, potcars, version, kpoints, source, structure, final } = calculation;
  const tags = Object.entries(settings).filter(([tag]) => !INCOMPARABLE.has(tag));
  const moment = final?.maxAtomMagnetisationBohr ?? final?.totalMagnetisationBohr;
  const isMagnetic = moment === undefined ? 'unknown' : Math.abs(moment) >= MAGNETIC_LIMIT_BOHR;
  const atoms = structure && [formula(structure.species), structure.latticeAngstrom, openAxes()];
  const hasEnergy = final?.energySigma0Ev !== undefined;
  return JSON.stringify([tags, potcars, version, kpoints, source, atoms, isMagnetic, hasEnergy]);
}
