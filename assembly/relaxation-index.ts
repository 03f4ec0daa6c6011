/**
 * The calculations that may stand behind the ends of bands, laid out so that an end looks only at those of its own atoms
 * and cell: a tree of 10,000 calculations and 500 bands would otherwise be 10 million comparisons of structures.
 *
 * The mistake avoided here: missing a relaxation because it counts the same atoms in another order. The energy does not
 * know the order, so such a relaxation is found too, and told as what it is.
 */
import type { Calculation } from '../model/calculation.ts';
import type { Matrix3 } from '../model/lattice.ts';
import { formula, type Structure } from '../model/structure.ts';
import { compareText } from './link-candidates.ts';
import { CELL_TOLERANCE_ANGSTROM, cellDeviation } from './shared/cell-deviation.ts';
import { type ComparedStructure, comparedStructure, geometryComparison } from './shared/same-geometry.ts';

/** How far the geometry of an end may be from that of its relaxation (SCIENCE §3.1). */
export const GEOMETRY_TOLERANCE_ANGSTROM = 0.05;

export interface NearCalculation {
  readonly calculation: Calculation;
  /** Largest of an atom, Å. */
  readonly displacementAngstrom: number;
  /** `same`: atom by atom as the files list them; `other`: each atom with the nearest one of its element. */
  readonly atomOrder: 'same' | 'other';
}

export interface RelaxationIndex {
  /** By formula; each list in the order of `cellAngstrom`. */
  readonly byFormula: ReadonlyMap<string, readonly IndexedRelaxation[]>;
}

interface IndexedRelaxation extends ComparedStructure {
  readonly calculation: Calculation;
  /** Sum of the nine components of the cell, Å: cells within tolerance differ little in it, most others much. */
  readonly cellAngstrom: number;
}

/** Nine components, each within the tolerance, and rounding. */
const CELL_WINDOW_ANGSTROM = 9 * CELL_TOLERANCE_ANGSTROM + 1e-9;

export function indexRelaxations(calculations: readonly Calculation[]): RelaxationIndex {
  const byFormula = new Map<string, IndexedRelaxation[]>();
  for (const calculation of calculations) {
    const { structure } = calculation;
    if (structure === undefined) continue;
    const entry = indexed(calculation, structure);
    const key = formula(structure.species);
    const others = byFormula.get(key);
    if (others === undefined) byFormula.set(key, [entry]);
    else others.push(entry);
  }
  for (const entries of byFormula.values()) entries.sort((left, right) => left.cellAngstrom - right.cellAngstrom);
  return { byFormula };
}

/** Those within tolerance, the nearest first; when there is none, the nearest one of the same atoms in the same order. */
export function nearCalculations(structure: Structure, index: RelaxationIndex): NearCalculation[] {
  const compare = geometryComparison(comparedStructure(structure));
  const found: NearCalculation[] = [];
  let nearest: NearCalculation | undefined;
  for (const entry of sameCell(structure, index)) {
    const { calculation } = entry;
    const limit = Math.max(GEOMETRY_TOLERANCE_ANGSTROM, nearest?.displacementAngstrom ?? Number.POSITIVE_INFINITY);
    const named = compare.namedAngstrom(entry, limit);
    if (named !== undefined && named <= GEOMETRY_TOLERANCE_ANGSTROM) {
      found.push({ calculation, displacementAngstrom: named, atomOrder: 'same' });
      continue;
    }
    const renamed = compare.renamedAngstrom(entry, GEOMETRY_TOLERANCE_ANGSTROM);
    if (renamed !== undefined) found.push({ calculation, displacementAngstrom: renamed, atomOrder: 'other' });
    else if (named !== undefined && isNearer(named, calculation, nearest)) {
      nearest = { calculation, displacementAngstrom: named, atomOrder: 'same' };
    }
  }
  if (found.length === 0) return nearest === undefined ? [] : [nearest];
  return found.sort(
    (left, right) =>
      left.displacementAngstrom - right.displacementAngstrom || compareText(left.calculation.id, right.calculation.id),
  );
}

/** Undefined when cell or atoms differ, or when only their order does and the geometry too. */
export function nearness(structure: Structure, calculation: Calculation): NearCalculation | undefined {
  const other = calculation.structure;
  if (other === undefined || cellDeviation(structure.latticeAngstrom, other.latticeAngstrom) !== undefined) {
    return undefined;
  }
  const [near] = nearCalculations(structure, indexRelaxations([calculation]));
  return near;
}

function isNearer(distance: number, { id }: Calculation, than: NearCalculation | undefined): boolean {
  if (than === undefined || distance < than.displacementAngstrom) return true;
  return distance === than.displacementAngstrom && compareText(id, than.calculation.id) < 0;
}

function indexed(calculation: Calculation, structure: Structure): IndexedRelaxation {
  return { ...comparedStructure(structure), calculation, cellAngstrom: cellSum(structure.latticeAngstrom) };
}

function sameCell({ species, latticeAngstrom }: Structure, { byFormula }: RelaxationIndex): IndexedRelaxation[] {
  const entries = byFormula.get(formula(species)) ?? [];
  const wanted = cellSum(latticeAngstrom);
  const found: IndexedRelaxation[] = [];
  for (let at = firstFrom(entries, wanted - CELL_WINDOW_ANGSTROM); at < entries.length; at += 1) {
    const entry = entries[at];
    if (entry === undefined || entry.cellAngstrom > wanted + CELL_WINDOW_ANGSTROM) break;
    if (cellDeviation(latticeAngstrom, entry.structure.latticeAngstrom) === undefined) found.push(entry);
  }
  return found;
}

/** First entry whose cell is not below `leastAngstrom`, by halving. */
function firstFrom(entries: readonly IndexedRelaxation[], leastAngstrom: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((entries[middle]?.cellAngstrom ?? 0) < leastAngstrom) low = middle + 1;
    else high = middle;
  }
  return low;
}

function cellSum(lattice: Matrix3): number {
  return lattice.flat().reduce((total, component) => total + component, 0);
}
