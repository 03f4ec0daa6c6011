/**
 * Bulk cells with a vacancy, a foreign atom or an interstitial → the perfect bulk they are cells of.
 *
 * A defect is claimed only when the bulk is found: its lattice repeats in the cell, most atoms lie on its sites, and few
 * atoms are more or fewer. The mistakes avoided here: taking a cell with a vacancy for the bulk metal that energies are
 * relative to, and taking an alloy or an intercalated phase for a defect. Names as of Kröger and Vink, without charge:
 * V_O, Li_i, Mg_O.
 */
import type { Calculation } from '../../model/calculation.ts';
import { volume } from '../../model/lattice.ts';
import { composition, type Structure } from '../../model/structure.ts';
import type { Relation, RoleAssignment } from '../../model/system.ts';
import { formulaInOrder, greatestCommonDivisor, reducedFormula } from '../shared/composition-difference.ts';
import { grouped } from '../shared/grouped.ts';
import { chargeIssue } from '../usable-energy.ts';
import { hostRepetition } from './host-repetition.ts';
import { bestRelation, nearestByName, partnersOf } from './relation.ts';

/** Atoms more, fewer or exchanged, of one defect or a small complex. */
const MOST_CHANGES = 4;
/** Of all atoms: beyond, it is another phase. */
const LARGEST_SHARE = 0.1;
/** A defect that relaxes its cell does so by less, relative volume. */
const VOLUME_TOLERANCE = 0.05;
/** Perfect bulks are looked at from the simplest formula on. */
const FORMULAS_TRIED = 32;
const HOSTS_TRIED = 4;

interface Cell {
  readonly calculation: Calculation;
  readonly structure: Structure;
  readonly counts: Readonly<Record<string, number>>;
  /** Atoms of the reduced formula. */
  readonly unit: number;
}

interface Material {
  readonly unit: number;
  readonly cells: readonly Cell[];
}

export interface Defect {
  readonly relation: Relation;
  /** `V_O`, `Li_i`, … */
  readonly name: string;
}

export function linkDefects(
  calculations: readonly Calculation[],
  roles: ReadonlyMap<string, RoleAssignment>,
): Defect[] {
  const cells = calculations.flatMap((calculation) => {
    const role = roles.get(calculation.id);
    const { structure } = calculation;
    if (role?.role !== 'bulk' || role.stated === 'manifest' || structure === undefined) return [];
    const counts = composition(structure.species);
    const unit = structure.species.length / Object.values(counts).reduce(greatestCommonDivisor, 0);
    return [{ calculation, structure, counts, unit }];
  });
  const materials = materialsByElements(cells);
  return cells.flatMap((cell) => defectOf(cell, materials) ?? []);
}

/** The bulks of each set of elements, simplest formula first. */
function materialsByElements(cells: readonly Cell[]): ReadonlyMap<string, readonly Material[]> {
  const byElements = grouped(cells, ({ counts }) => elementsKey(Object.keys(counts)));
  return new Map(
    [...byElements].map(([key, members]) => {
      const byFormula = grouped(members, ({ structure }) => reducedFormula(structure.species));
      const materials = [...byFormula.values()].map((same): Material => ({ unit: same[0]?.unit ?? 0, cells: same }));
      return [key, materials.sort((left, right) => left.unit - right.unit).slice(0, FORMULAS_TRIED)];
    }),
  );
}

function defectOf(cell: Cell, materials: ReadonlyMap<string, readonly Material[]>): Defect | undefined {
  const elements = Object.keys(cell.counts);
  const names = new Map<string, string>();
  const evidence = new Map<string, string>();
  const keys = [elements, ...elements.map((left) => elements.filter((element) => element !== left))].map(elementsKey);
  const hosts = keys.flatMap((key) => (materials.get(key) ?? []).flatMap((material) => hostsIn(material, cell)));
  const fitting = hosts.flatMap((host) => {
    const changes = changesOf(cell, host);
    if (changes === undefined) return [];
    const repetition = hostRepetition(cell.structure, host.structure);
    if (repetition === undefined) return [];
    names.set(host.calculation.id, defectName(changes));
    const share = `${(100 * repetition.share).toFixed(0)} % of the atoms on its sites`;
    const cells = repetition.cells === 1 ? 'one cell' : `${repetition.cells} cells`;
    evidence.set(host.calculation.id, `${cells} of ${formulaInOrder(host.structure.species)}, ${share}`);
    return [host.calculation];
  });
  const charge = chargeText(cell.calculation);
  const relation = bestRelation({
    kind: 'defect-host',
    pair: 'bulk-reference',
    from: cell.calculation,
    role: 'perfect bulk',
    partners: partnersOf(fitting),
    evidence: ({ id }) => [`${names.get(id)} in ${evidence.get(id)}`, ...(charge === undefined ? [] : [charge])],
  });
  return relation === undefined ? undefined : { relation, name: names.get(relation.to) ?? '' };
}

function hostsIn(material: Material, cell: Cell): readonly Cell[] {
  // Of an element every formula is the same: there the smaller cell is the perfect one.
  const isElement = Object.keys(cell.counts).length === 1;
  if (!isElement && 2 * material.unit > cell.unit) return [];
  const smaller = material.cells.filter(
    ({ structure }) => !isElement || 2 * structure.species.length <= cell.structure.species.length,
  );
  if (smaller.length <= HOSTS_TRIED) return smaller;
  const byCalculation = new Map(smaller.map((host) => [host.calculation, host]));
  const near = nearestByName([...byCalculation.keys()], cell.calculation, HOSTS_TRIED);
  return near.flatMap((calculation) => byCalculation.get(calculation) ?? []);
}

/** By element, what the cell has more (> 0) or less than whole repetitions of the host; undefined when it is none of its cells. */
function changesOf(cell: Cell, host: Cell): ReadonlyMap<string, number> | undefined {
  const ratio = volume(cell.structure.latticeAngstrom) / volume(host.structure.latticeAngstrom);
  const cells = Math.round(ratio);
  if (cells < 1 || Math.abs(ratio / cells - 1) > VOLUME_TOLERANCE) return undefined;
  const changes = new Map<string, number>();
  let [more, fewer] = [0, 0];
  for (const element of new Set([...Object.keys(cell.counts), ...Object.keys(host.counts)])) {
    const change = (cell.counts[element] ?? 0) - cells * (host.counts[element] ?? 0);
    if (change !== 0) changes.set(element, change);
    if (change > 0) more += change;
    else fewer -= change;
  }
  const changed = Math.max(more, fewer);
  const isSmall = changed > 0 && changed <= MOST_CHANGES && changed <= LARGEST_SHARE * cell.structure.species.length;
  return isSmall ? changes : undefined;
}

/** Atoms more sit in the place of those missing, as far as there are any. */
function defectName(changes: ReadonlyMap<string, number>): string {
  const listed = [...changes].sort(([left], [right]) => (left < right ? -1 : 1));
  const extra = listed.flatMap(([element, change]) => Array<string>(Math.max(0, change)).fill(element));
  const missing = listed.flatMap(([element, change]) => Array<string>(Math.max(0, -change)).fill(element));
  const paired = Math.min(extra.length, missing.length);
  return [
    ...extra.slice(0, paired).map((element, at) => `${element}_${missing[at]}`),
    ...missing.slice(paired).map((element) => `V_${element}`),
    ...extra.slice(paired).map((element) => `${element}_i`),
  ].join(' + ');
}

/** Told by the electrons: NELECT against those of the neutral atoms. */
function chargeText(calculation: Calculation): string | undefined {
  const { nelect, neutral } = chargeIssue(calculation)?.details ?? {};
  if (typeof nelect !== 'number' || typeof neutral !== 'number') return undefined;
  const charge = neutral - nelect;
  return `charge ${charge > 0 ? '+' : '−'}${Math.abs(charge).toFixed(0)}: ${nelect} electrons, ${neutral} when neutral`;
}

function elementsKey(elements: readonly string[]): string {
  return [...elements].sort().join(' ');
}
