/**
 * A run made for a property (bands, density of states, vibrations) → the calculation whose structure it took, an image
 * of a path among them: the same atoms in the same cell, each within 0.05 Å.
 *
 * Candidates are looked up by composition and by a number that the places of all atoms make, so that a tree with
 * thousands of sites on one slab is not compared pair by pair.
 */
import type { Calculation } from '../../model/calculation.ts';
import { norm, periodicDistance, reciprocal, toFractional, volume } from '../../model/lattice.ts';
import { formula, position, type Structure } from '../../model/structure.ts';
import type { Relation, RoleAssignment } from '../../model/system.ts';
import { cellMismatch } from '../shared/cell-mismatch.ts';
import { bestRelation, partnersOf } from './relation.ts';

const SAME_PLACE_ANGSTROM = 0.05;
/** Roles of calculations that stand for a structure at rest, or at a saddle. */
const AT_REST: ReadonlySet<RoleAssignment['role']> = new Set([
  'bulk',
  'defect-cell',
  'slab',
  'adsorbed-slab',
  'interface',
  'isolated-atom',
  'isolated-molecule',
  'low-dimensional',
  'neb-image',
]);

interface Marked {
  readonly calculation: Calculation;
  readonly structure: Structure;
  readonly mark: number;
}

export function linkSinglePoints(
  calculations: readonly Calculation[],
  roles: ReadonlyMap<string, RoleAssignment>,
): Relation[] {
  const roleOf = ({ id }: Calculation): RoleAssignment['role'] => roles.get(id)?.role ?? 'undetermined';
  const points = marked(calculations.filter((calculation) => roleOf(calculation) === 'single-point'));
  if (points.length === 0) return [];
  const wanted = new Set(points.map(({ structure }) => formula(structure.species)));
  const byFormula = new Map<string, Marked[]>([...wanted].map((key) => [key, []]));
  const atRest = calculations.filter(
    (calculation) =>
      AT_REST.has(roleOf(calculation)) &&
      calculation.structure !== undefined &&
      wanted.has(formula(calculation.structure.species)),
  );
  for (const entry of marked(atRest)) byFormula.get(formula(entry.structure.species))?.push(entry);
  for (const group of byFormula.values()) group.sort((left, right) => left.mark - right.mark);
  return points.flatMap((point) => parentOf(point, byFormula.get(formula(point.structure.species)) ?? []) ?? []);
}

function parentOf(point: Marked, group: readonly Marked[]): Relation | undefined {
  const apart = new Map<string, number>();
  const partners: Calculation[] = [];
  const reach = markReach(point.structure);
  const distanceIn = periodicDistance(point.structure.latticeAngstrom);
  for (let at = firstFrom(group, point.mark - reach); at < group.length; at += 1) {
    const other = group[at];
    if (other === undefined || other.mark > point.mark + reach) break;
    const distance = largestDistance(point.structure, other.structure, distanceIn);
    if (distance === undefined) continue;
    apart.set(other.calculation.id, distance);
    partners.push(other.calculation);
  }
  return bestRelation({
    kind: 'single-point-of',
    // Nothing is subtracted: bands have other k-points than the density they are made of.
    pair: 'atom-reference',
    from: point.calculation,
    role: 'calculation of this structure',
    partners: partnersOf(partners),
    evidence: ({ id }) => [`the same atoms in the same cell, each within ${(apart.get(id) ?? 0).toFixed(3)} Å`],
    distanceAngstrom: ({ id }) => apart.get(id) ?? 0,
  });
}

/** Undefined as soon as an atom is farther than allowed, or the lists of atoms differ. */
function largestDistance(
  one: Structure,
  other: Structure,
  distanceIn: (x: number, y: number, z: number) => number,
): number | undefined {
  let largest = 0;
  for (let atom = one.species.length - 1; atom >= 0; atom -= 1) {
    if (one.species[atom] !== other.species[atom]) return undefined;
    const [x, y, z] = position(one, atom);
    const [u, v, w] = position(other, atom);
    largest = Math.max(largest, distanceIn(x - u, y - v, z - w));
    if (largest > SAME_PLACE_ANGSTROM) return undefined;
  }
  return cellMismatch(one.latticeAngstrom, other.latticeAngstrom) === undefined ? largest : undefined;
}

function marked(calculations: readonly Calculation[]): Marked[] {
  return calculations.flatMap((calculation) => {
    const { structure } = calculation;
    if (structure === undefined || !(volume(structure.latticeAngstrom) > 0)) return [];
    return [{ calculation, structure, mark: markOf(structure) }];
  });
}

/** Mean over the atoms of cos 2πf along the three vectors: the same for places that differ by whole cells. */
function markOf(structure: Structure): number {
  const inverse = reciprocal(structure.latticeAngstrom);
  let sum = 0;
  for (let atom = 0; atom < structure.species.length; atom += 1) {
    for (const fraction of toFractional(position(structure, atom), inverse)) sum += Math.cos(2 * Math.PI * fraction);
  }
  return sum / structure.species.length;
}

/** No atom that moved by the tolerance changes the mark by more than this. */
function markReach({ latticeAngstrom }: Structure): number {
  return reciprocal(latticeAngstrom).reduce((sum, vector) => sum + 2 * Math.PI * norm(vector) * SAME_PLACE_ANGSTROM, 0);
}

function firstFrom(sorted: readonly Marked[], least: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle]?.mark ?? 0) < least) from = middle + 1;
    else to = middle;
  }
  return from;
}
