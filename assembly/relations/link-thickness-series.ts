/**
 * Slabs of one material and facet that differ in thickness: from two of them the surface energy follows without a bulk,
 * E(N) = 2Aγ + N·E_b (Fiorentini & Methfessel, J. Phys. Condens. Matter 8, 6525, 1996; SCIENCE §4.4).
 *
 * The mistake avoided here: taking a slab with an adatom of its own element for a thicker slab. Of an element, the atoms
 * more must be whole planes. Slabs of one thickness with other vacua are partners of the same vacuum each.
 */
import type { Calculation } from '../../model/calculation.ts';
import { lengths } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import type { Relation, RoleAssignment, SlabGeometry } from '../../model/system.ts';
import { formulaInOrder, reducedFormula } from '../shared/composition-difference.ts';
import { grouped } from '../shared/grouped.ts';
import { atomicLayers, planeVectors } from '../shared/slab-geometry.ts';
import { bestRelation, partnersOf } from './relation.ts';

/** Slabs of a series share the vectors in the plane to what is printed of them. */
const SAME_CELL_ANGSTROM = 0.01;
/** Slabs whose cells are rounded apart must not fall into different groups. */
const CELL_STEP_ANGSTROM = 0.05;

interface Slab {
  readonly calculation: Calculation;
  readonly structure: Structure;
  readonly geometry: SlabGeometry;
  /** |a|, |b| and |a + b| in the plane, Å, the shorter vector first. */
  readonly plane: readonly [number, number, number];
}

export function linkThicknessSeries(
  calculations: readonly Calculation[],
  roles: ReadonlyMap<string, RoleAssignment>,
): Relation[] {
  const slabs = calculations.flatMap((calculation) => {
    const role = roles.get(calculation.id);
    if (role?.role !== 'slab' || role.slab === undefined || calculation.structure === undefined) return [];
    return [slabOf(calculation, calculation.structure, role.slab)];
  });
  const groups = grouped(slabs, ({ structure }) => reducedFormula(structure.species));
  return [...groups.values()].flatMap((group) => (hasSeveralThicknesses(group) ? seriesIn(group) : []));
}

/** Most slabs of one formula are one slab with its adatoms in other places. */
function hasSeveralThicknesses(group: readonly Slab[]): boolean {
  const [first] = group;
  return group.some(({ structure }) => structure.species.length !== first?.structure.species.length);
}

function slabOf(calculation: Calculation, structure: Structure, geometry: SlabGeometry): Slab {
  const [a, b] = planeVectors(structure.latticeAngstrom, geometry.axis);
  const sum = [a[0] + b[0], a[1] + b[1], a[2] + b[2]] as const;
  const [one, other, diagonal] = lengths([a, b, sum]);
  return { calculation, structure, geometry, plane: [Math.min(one, other), Math.max(one, other), diagonal] };
}

/** Each slab with the next thinner one in its cell. */
function seriesIn(group: readonly Slab[]): Relation[] {
  const byPlane = new Map(
    [...grouped(group, ({ plane }) => cellKey(plane, [0, 0, 0]))].map(([key, slabs]) => [
      key,
      grouped(slabs, ({ structure }) => structure.species.length),
    ]),
  );
  return group.flatMap((slab) => {
    const near = neighbourCells(slab.plane).flatMap((key) => byPlane.get(key) ?? []);
    const counts = [...new Set(near.flatMap((cells) => [...cells.keys()]))]
      .filter((count) => count < slab.structure.species.length)
      .sort((left, right) => right - left);
    for (const count of counts) {
      const thinner = near.flatMap((cells) => cells.get(count) ?? []).filter((other) => isThinner(other, slab));
      const relation = relationTo(slab, thinner);
      if (relation !== undefined) return [relation];
    }
    return [];
  });
}

function relationTo(slab: Slab, thinner: readonly Slab[]): Relation | undefined {
  const byId = new Map(thinner.map((other) => [other.calculation.id, other]));
  const vacuumOf = (other: Calculation): number => byId.get(other.id)?.geometry.vacuumAngstrom ?? 0;
  return bestRelation({
    kind: 'thickness-series',
    pair: 'bulk-reference',
    from: slab.calculation,
    role: 'thinner slab',
    partners: partnersOf(thinner.map(({ calculation }) => calculation)),
    evidence: (other) => [
      `${slab.structure.species.length} and ${other.structure?.species.length ?? 0} atoms of ${formulaInOrder(slab.structure.species)}`,
      `vectors in the plane ${slab.plane[0].toFixed(4)} and ${slab.plane[1].toFixed(4)} Å agree within ${SAME_CELL_ANGSTROM} Å`,
      `vacuum ${slab.geometry.vacuumAngstrom.toFixed(1)} and ${vacuumOf(other).toFixed(1)} Å`,
    ],
    distanceAngstrom: (other) => Math.abs(vacuumOf(other) - slab.geometry.vacuumAngstrom),
  });
}

function isThinner(other: Slab, slab: Slab): boolean {
  if (other.geometry.polar !== slab.geometry.polar) return false;
  if (other.plane.some((length, at) => Math.abs(length - (slab.plane[at] ?? 0)) > SAME_CELL_ANGSTROM)) return false;
  const isElement = new Set(slab.structure.species).size === 1;
  const more = slab.structure.species.length - other.structure.species.length;
  return !isElement || more % atomsPerPlane(other) === 0;
}

/** Of the plane in the middle. */
function atomsPerPlane({ structure, geometry }: Slab): number {
  const layers = atomicLayers(structure, geometry.axis);
  return layers[Math.floor(layers.length / 2)]?.length ?? 1;
}

function neighbourCells(plane: Slab['plane']): string[] {
  const steps = [-SAME_CELL_ANGSTROM, SAME_CELL_ANGSTROM];
  const keys = steps.flatMap((i) => steps.flatMap((j) => steps.map((k) => cellKey(plane, [i, j, k]))));
  return [...new Set(keys)];
}

function cellKey(plane: Slab['plane'], shift: readonly [number, number, number]): string {
  return plane.map((length, at) => Math.floor((length + (shift[at] ?? 0)) / CELL_STEP_ANGSTROM)).join(' ');
}
