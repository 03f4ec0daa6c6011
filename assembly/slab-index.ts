/**
 * Slabs by composition and cell, so that the clean slab of an adsorbed one is looked up and not searched among all.
 *
 * Two slabs can belong together only when they differ by an adsorbate and share a cell. Both are keys here: composition
 * without the element, or the molecules, that may be adsorbed; lengths of the cell in steps wider than their tolerance.
 * Copies of one geometry (the same relaxation in several folders) are one entry.
 */
import type { Calculation } from '../model/calculation.ts';
import { lengths, type Matrix3 } from '../model/lattice.ts';
import { composition, type Structure } from '../model/structure.ts';
import type { Adsorbate } from '../model/system.ts';
import { adsorbateBetween, type Counts, MOLECULAR } from './shared/adsorbate-between.ts';
import { cellMismatch } from './shared/cell-mismatch.ts';
import { type AtomMatcher, atomMatcher } from './shared/match-atoms.ts';
import { formulaOf } from './shared/remembered.ts';
import { type Axis, widestAxis } from './shared/slab-geometry.ts';

/** Slabs of one geometry. */
export interface SlabGroup {
  readonly members: readonly Calculation[];
  readonly structure: Structure;
  /** Across the vacuum. */
  readonly axis: () => Axis;
  readonly matcher: () => AtomMatcher;
  /** Formula of what stands on it; absent for a clean slab. */
  readonly adsorbate?: string;
}

/** Slabs of one composition that are another slab without some adsorbate. */
export interface Hosts {
  readonly adsorbate: Adsorbate;
  /** In the same cell. */
  readonly groups: readonly SlabGroup[];
  /** One slab for each of the other cells. */
  readonly elsewhere: () => readonly Calculation[];
}

export interface SlabIndex {
  /** `adsorbate`: formula of what stands on it, when something does. */
  readonly add: (calculation: Calculation, adsorbate?: string) => void;
  readonly hostsOf: (structure: Structure) => readonly Hosts[];
}

export function slabIndex(): SlabIndex {
  const kinds = new Map<string, SlabsOfKind>();
  const byKey = new Map<string, Set<SlabsOfKind>>();
  const kinByName = new Map<string, Kin>();
  // Sites of one surface have one composition: their hosts are looked up once, until a new composition is added.
  const kinOf = (structure: Structure): Kin['hosts'] => {
    const name = formulaOf(structure);
    const known = kinByName.get(name);
    if (known?.among === kinds.size) return known.hosts;
    const counts = composition(structure.species);
    const kin = new Set(hostKeysOf(counts).flatMap((key) => [...(byKey.get(key) ?? [])]));
    const hosts = [...kin].flatMap((kind) => {
      const adsorbate = adsorbateBetween(counts, kind.counts);
      return adsorbate === undefined ? [] : [{ kind, adsorbate }];
    });
    kinByName.set(name, { among: kinds.size, hosts });
    return hosts;
  };
  return {
    add: (calculation, adsorbate) => {
      const { structure } = calculation;
      if (structure === undefined) return;
      const name = formulaOf(structure);
      const known = kinds.get(name);
      const kind = known ?? { counts: composition(structure.species), cells: new Map() };
      if (known === undefined) {
        kinds.set(name, kind);
        for (const key of keysOf(kind.counts)) {
          const kin = byKey.get(key);
          if (kin === undefined) byKey.set(key, new Set([kind]));
          else kin.add(kind);
        }
      }
      addTo(kind, { calculation, structure, ...(adsorbate !== undefined && { adsorbate }) });
    },
    hostsOf: (structure) => {
      const lattice = structure.latticeAngstrom;
      return kinOf(structure).map(({ kind, adsorbate }) => ({
        adsorbate,
        groups: groupsIn(kind, lattice),
        elsewhere: () => otherCells(kind, lattice),
      }));
    },
  };
}

/** All slabs of one composition, by cell and by geometry. */
interface SlabsOfKind {
  readonly counts: Counts;
  readonly cells: Map<string, Map<string, MutableGroup>>;
}

/** Kinds that one composition may be with an adsorbate. */
interface Kin {
  /** Number of kinds that there were. */
  readonly among: number;
  readonly hosts: readonly { readonly kind: SlabsOfKind; readonly adsorbate: Adsorbate }[];
}

interface MutableGroup extends SlabGroup {
  readonly members: Calculation[];
}

/** Wider than the tolerance of cellMismatch, so that cells that agree lie in one step or in neighbours. */
const CELL_STEP_ANGSTROM = 0.05;
export const CELL_REACH_ANGSTROM = 0.011;
/** As many digits as a CONTCAR repeats of itself and an OUTCAR of the CONTCAR. */
const GEOMETRY_STEPS_PER_ANGSTROM = 1e4;

interface NewSlab {
  readonly calculation: Calculation;
  readonly structure: Structure;
  readonly adsorbate?: string;
}

function addTo({ cells }: SlabsOfKind, { calculation, structure, adsorbate }: NewSlab): void {
  const [key = ''] = cellKeys(structure.latticeAngstrom, 0);
  const groups = cells.get(key) ?? new Map<string, MutableGroup>();
  cells.set(key, groups);
  const geometry = `${adsorbate ?? ''} ${geometryKey(structure)}`;
  const group = groups.get(geometry);
  if (group !== undefined) {
    group.members.push(calculation);
    return;
  }
  let axis: Axis | undefined;
  let matcher: AtomMatcher | undefined;
  groups.set(geometry, {
    members: [calculation],
    structure,
    axis: () => {
      axis ??= widestAxis(structure);
      return axis;
    },
    matcher: () => {
      matcher ??= atomMatcher(structure);
      return matcher;
    },
    ...(adsorbate !== undefined && { adsorbate }),
  });
}

function groupsIn({ cells }: SlabsOfKind, lattice: Matrix3): SlabGroup[] {
  return cellKeys(lattice, CELL_REACH_ANGSTROM)
    .flatMap((key) => [...(cells.get(key)?.values() ?? [])])
    .filter((group) => cellMismatch(lattice, group.structure.latticeAngstrom) === undefined);
}

function otherCells({ cells }: SlabsOfKind, lattice: Matrix3): Calculation[] {
  return [...cells.values()].flatMap((groups) => {
    const other = [...groups.values()].find(
      ({ structure, adsorbate }) =>
        adsorbate === undefined && cellMismatch(lattice, structure.latticeAngstrom) !== undefined,
    );
    return other?.members[0] ?? [];
  });
}

/** Steps that the lengths of a cell fall into, and those within reach of them. */
export function cellKeys(lattice: Matrix3, reachAngstrom: number): string[] {
  let keys = [''];
  for (const length of lengths(lattice)) {
    const low = Math.floor((length - reachAngstrom) / CELL_STEP_ANGSTROM);
    const high = Math.floor((length + reachAngstrom) / CELL_STEP_ANGSTROM);
    keys = keys.flatMap((key) => (low === high ? [`${key} ${low}`] : [`${key} ${low}`, `${key} ${high}`]));
  }
  return keys;
}

/** Equal for equal cells and places, atom by atom. */
function geometryKey({ latticeAngstrom, cartesianAngstrom }: Structure): string {
  let [one, other] = [0x811c9dc5, 0x9e3779b9];
  for (const values of [...latticeAngstrom, cartesianAngstrom]) {
    for (let at = 0; at < values.length; at += 1) {
      const step = Math.round((values[at] ?? 0) * GEOMETRY_STEPS_PER_ANGSTROM) | 0;
      one = Math.imul(one ^ step, 0x01000193);
      other = Math.imul(other + step, 0x85ebca6b) ^ (other >>> 13);
    }
  }
  return `${one} ${other}`;
}

/** What a slab is found under: its composition without one element or none, for adatoms; its metals, for molecules. */
function keysOf(counts: Counts): string[] {
  const metals = Object.entries(counts).filter(isMetal);
  return [undefined, ...Object.keys(counts)]
    .map((element) => keyOf('atoms', Object.entries(counts), element))
    .concat(keyOf('metals', metals));
}

/** Under which keys a slab's clean one may stand: without an element, without molecules, without a complex of one metal. */
function hostKeysOf(counts: Counts): string[] {
  const metals = Object.entries(counts).filter(isMetal);
  const withoutOne = (left: string): [string, number][] =>
    metals.flatMap(([element, count]) => {
      const rest = element === left ? count - 1 : count;
      return rest === 0 ? [] : [[element, rest]];
    });
  return [
    ...Object.keys(counts).map((element) => keyOf('atoms', Object.entries(counts), element)),
    keyOf('metals', metals),
    ...metals.map(([element]) => keyOf('metals', withoutOne(element))),
  ];
}

function isMetal([element]: readonly [string, number]): boolean {
  return !MOLECULAR.has(element);
}

function keyOf(what: 'atoms' | 'metals', counts: readonly (readonly [string, number])[], without?: string): string {
  const kept = counts.filter(([element]) => element !== without).map(([element, count]) => `${element}${count}`);
  return `${what} ${kept.sort().join('')}`;
}
