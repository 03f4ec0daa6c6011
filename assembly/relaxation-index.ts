/**
 * The calculations that may stand behind the ends of bands, laid out so that an end looks only at those of its own atoms
 * and cell: a tree of 10,000 calculations and 500 bands would otherwise be 10 million comparisons of structures.
 *
 * The mistake avoided here: missing a relaxation because it counts the same atoms in another order. The energy does not
 * know the order, so such a relaxation is found too, and told as what it is.
 */
import type { Calculation } from '../model/calculation.ts';
import type { Matrix3 } from '../model/lattice.ts';
import type { Structure } from '../model/structure.ts';
import { compareText } from './link-candidates.ts';
import { type Comparer, openComparer } from './partner-groups.ts';
import { CELL_TOLERANCE_ANGSTROM, cellDeviation } from './shared/cell-deviation.ts';
import { numberedLattices } from './shared/numbered.ts';
import { mayBeWithin, type PlacePhases, placePhases } from './shared/place-phases.ts';
import { formulaOf } from './shared/remembered.ts';
import { type GeometryComparison, geometryComparison } from './shared/same-geometry.ts';

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
  /** By formula, then by cell; the cells of a formula in the order of `sumAngstrom`. */
  readonly byFormula: ReadonlyMap<string, readonly IndexedCell[]>;
  /** Of the tree that they belong to. */
  readonly comparer: Comparer;
}

interface IndexedCell {
  readonly latticeAngstrom: Matrix3;
  /** Of its nine components: cells within tolerance differ little in it, most others much. */
  readonly sumAngstrom: number;
  /** In the order of their first phase. */
  readonly relaxations: IndexedRelaxation[];
}

interface IndexedRelaxation {
  readonly calculation: Calculation;
  readonly structure: Structure;
  readonly phases: PlacePhases;
}

/** Nine components, each within the tolerance, and rounding. */
const CELL_WINDOW_ANGSTROM = 9 * CELL_TOLERANCE_ANGSTROM + 1e-9;
/** Fractions of two cells within tolerance are those of places this far apart at most: three components of 0.01 Å. */
const PHASE_TOLERANCE_ANGSTROM = GEOMETRY_TOLERANCE_ANGSTROM + 3 * CELL_TOLERANCE_ANGSTROM;

export function indexRelaxations(calculations: readonly Calculation[], comparer = openComparer()): RelaxationIndex {
  const cells = new Map<string, Map<number, IndexedCell>>();
  const numberOf = numberedLattices();
  for (const calculation of calculations) {
    const { structure } = calculation;
    if (structure === undefined) continue;
    const { latticeAngstrom } = structure;
    const atoms = formulaOf(structure);
    const ofAtoms = cells.get(atoms) ?? new Map<number, IndexedCell>();
    cells.set(atoms, ofAtoms);
    const key = numberOf(latticeAngstrom);
    const cell = ofAtoms.get(key) ?? { latticeAngstrom, sumAngstrom: cellSum(latticeAngstrom), relaxations: [] };
    ofAtoms.set(key, cell);
    cell.relaxations.push({ calculation, structure, phases: placePhases(structure) });
  }
  for (const ofAtoms of cells.values()) {
    for (const { relaxations } of ofAtoms.values()) {
      relaxations.sort((left, right) => firstPhase(left) - firstPhase(right));
    }
  }
  const sorted = [...cells].map(([atoms, ofAtoms]) => {
    const list = [...ofAtoms.values()].sort((left, right) => left.sumAngstrom - right.sumAngstrom);
    return [atoms, list] as const;
  });
  return { byFormula: new Map(sorted), comparer };
}

/** Those within tolerance, the nearest first; when there is none, the nearest one of the same atoms in the same order. */
export function nearCalculations(structure: Structure, index: RelaxationIndex): NearCalculation[] {
  const compare = geometryComparison(structure);
  const phases = placePhases(structure);
  const cells = sameCell(structure, index);
  const candidates = cells.flatMap(({ relaxations }) => withinPhase(relaxations, phases));
  const found = candidates.flatMap((entry): NearCalculation[] => {
    const { calculation, structure: other } = entry;
    const named = compare.namedAngstrom(other, GEOMETRY_TOLERANCE_ANGSTROM);
    if (named !== undefined) return [{ calculation, displacementAngstrom: named, atomOrder: 'same' }];
    const renamed = compare.renamedAngstrom(other, GEOMETRY_TOLERANCE_ANGSTROM);
    return renamed === undefined ? [] : [{ calculation, displacementAngstrom: renamed, atomOrder: 'other' }];
  });
  if (found.length === 0) return nearestOf(cells, compare);
  return found.sort(
    (left, right) =>
      left.displacementAngstrom - right.displacementAngstrom || compareText(left.calculation.id, right.calculation.id),
  );
}

/** Those whose adatom can be near enough: cut out by the first phase, then held against all of them. */
function withinPhase(relaxations: readonly IndexedRelaxation[], own: PlacePhases): IndexedRelaxation[] {
  const middle = own.sums[0] ?? 0;
  const reach = (own.slopesPerAngstrom[0] ?? 0) * PHASE_TOLERANCE_ANGSTROM;
  const found: IndexedRelaxation[] = [];
  for (let at = firstFrom(relaxations, firstPhase, middle - reach); at < relaxations.length; at += 1) {
    const entry = relaxations[at];
    if (entry === undefined || firstPhase(entry) > middle + reach) break;
    if (mayBeWithin(own, entry.phases, PHASE_TOLERANCE_ANGSTROM)) found.push(entry);
  }
  return found;
}

function firstPhase({ phases }: IndexedRelaxation): number {
  return phases.sums[0] ?? 0;
}

function nearestOf(cells: readonly IndexedCell[], compare: GeometryComparison): NearCalculation[] {
  let nearest: NearCalculation | undefined;
  for (const entry of cells.flatMap(({ relaxations }) => relaxations)) {
    const { calculation, structure } = entry;
    const named = compare.namedAngstrom(structure, nearest?.displacementAngstrom ?? Number.POSITIVE_INFINITY);
    if (named === undefined || !isNearer(named, calculation, nearest)) continue;
    nearest = { calculation, displacementAngstrom: named, atomOrder: 'same' };
  }
  return nearest === undefined ? [] : [nearest];
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

function sameCell(structure: Structure, { byFormula }: RelaxationIndex): IndexedCell[] {
  const { latticeAngstrom } = structure;
  const cells = byFormula.get(formulaOf(structure)) ?? [];
  const wanted = cellSum(latticeAngstrom);
  const found: IndexedCell[] = [];
  for (
    let at = firstFrom(cells, ({ sumAngstrom }) => sumAngstrom, wanted - CELL_WINDOW_ANGSTROM);
    at < cells.length;
    at += 1
  ) {
    const cell = cells[at];
    if (cell === undefined || cell.sumAngstrom > wanted + CELL_WINDOW_ANGSTROM) break;
    if (cellDeviation(latticeAngstrom, cell.latticeAngstrom) === undefined) found.push(cell);
  }
  return found;
}

/** First place in a list sorted by `key` that is not below `least`, by halving. */
function firstFrom<Item>(sorted: readonly Item[], key: (item: Item) => number, least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const item = sorted[middle];
    if (item !== undefined && key(item) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function cellSum(lattice: Matrix3): number {
  return lattice.flat().reduce((total, component) => total + component, 0);
}
