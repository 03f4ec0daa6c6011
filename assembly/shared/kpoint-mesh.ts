/**
 * k-point meshes: how dense they are, and whether two calculations sample alike.
 *
 * Spacing is |b_i|/N_i with |b_i| without 2π, so that 0.04 Å⁻¹ here is VASP's KSPACING 0.2513 (SCIENCE §11). The mistake
 * avoided here: two meshes of the same subdivisions, one through Γ and one beside it, sample different points.
 */
import type { Calculation, KPoints } from '../../model/calculation.ts';
import { lengths, reciprocal, type Vector3 } from '../../model/lattice.ts';
import type { Structure } from '../../model/structure.ts';
import { cellMismatch } from './cell-mismatch.ts';
import { difference, type Finding, notTold, type Pair } from './setting-comparison.ts';
import { largestGaps, MINIMUM_VACUUM_ANGSTROM } from './slab-geometry.ts';

export type Mesh = readonly [number, number, number];

/** Bulk and slab may differ by this ratio of their spacings. */
const SPACING_RATIO = 1.25;
/** Two fractional coordinates closer than this are one. */
const SAME_COORDINATE = 1e-4;
/** Two offsets closer than this, in subdivisions, are one. */
const SAME_OFFSET = 0.02;

/** Subdivisions of the mesh: as stated, else read off the listed points; undefined when neither tells. */
export function meshOf({ kpoints, structure }: Pick<Calculation, 'kpoints' | 'structure'>): Mesh | undefined {
  if (kpoints?.mesh !== undefined) return kpoints.mesh;
  const points = kpoints === undefined ? [] : sampledPoints(kpoints);
  if (points.length > 0) return [subdivisions(points, 0), subdivisions(points, 1), subdivisions(points, 2)];
  return kpoints?.automaticLengthAngstrom === undefined || structure === undefined
    ? undefined
    : automaticMesh(kpoints.automaticLengthAngstrom, structure);
}

/** Spacings along the three reciprocal vectors, Å⁻¹, without 2π. */
export function spacings(calculation: Calculation): Vector3 | undefined {
  const mesh = meshOf(calculation);
  const structure = calculation.structure;
  if (mesh === undefined || structure === undefined) return undefined;
  const [a, b, c] = lengths(reciprocal(structure.latticeAngstrom));
  return [a / mesh[0], b / mesh[1], c / mesh[2]];
}

/** `mesh`: equal cells need equal meshes. `density`: spacings of bulk and slab within 25 %. */
export function meshFindings(pair: Pair, rule: 'mesh' | 'density'): Finding[] {
  const [one, other] = [meshOf(pair.left), meshOf(pair.right)];
  if (one === undefined || other === undefined) return notTold('KPOINTS', pair, meshOf);
  if (rule === 'density') return densityFindings(pair);
  const [left, right] = [pair.left.structure, pair.right.structure];
  if (left === undefined || right === undefined) return [];
  if (cellMismatch(left.latticeAngstrom, right.latticeAngstrom) !== undefined) return [];
  if (one.join() !== other.join()) return [difference('E_KMESH', 'mesh', pair, [one.join('×'), other.join('×')])];
  const [leftOffset, rightOffset] = [offsetOf(pair.left.kpoints, one), offsetOf(pair.right.kpoints, other)];
  if (leftOffset === undefined || rightOffset === undefined || sameOffset(leftOffset, rightOffset)) return [];
  return [difference('E_KMESH', 'mesh', pair, [meshText(one, leftOffset), meshText(other, rightOffset)])];
}

/** Compared where the crystal repeats: across a vacuum there is nothing to sample. */
function densityFindings(pair: Pair): Finding[] {
  const [one, other] = [coarsestSpacing(pair.left), coarsestSpacing(pair.right)];
  if (one === undefined || other === undefined) return [];
  const ratio = Math.max(one / other, other / one);
  if (ratio <= SPACING_RATIO) return [];
  const text = (spacing: number): string => `${spacing.toFixed(4)} Å⁻¹`;
  return [difference('W_KMESH', 'k spacing', pair, [text(one), text(other)])];
}

/** Largest spacing over the axes without vacuum, Å⁻¹. */
function coarsestSpacing(calculation: Calculation): number | undefined {
  const all = spacings(calculation);
  if (all === undefined || calculation.structure === undefined) return undefined;
  const gaps = largestGaps(calculation.structure);
  const periodic = all.filter((_, axis) => (gaps[axis]?.gapAngstrom ?? 0) < MINIMUM_VACUUM_ANGSTROM);
  return periodic.length > 0 ? Math.max(...periodic) : undefined;
}

/** Points that count; a band structure appends others with weight 0. */
function sampledPoints({ fractional = [], weights }: KPoints): readonly Vector3[] {
  return fractional.filter((_, index) => weights?.[index] !== 0);
}

/** 1 / (smallest distance of two coordinates on the circle): symmetry removes points, never the spacing of all of them. */
function subdivisions(points: readonly Vector3[], axis: 0 | 1 | 2): number {
  const folded = new Set<number>();
  for (const point of points) {
    const coordinate = point[axis] - Math.floor(point[axis]);
    // Time reversal: −k is sampled wherever k is.
    for (const value of [coordinate, 1 - coordinate]) folded.add(value >= 1 - SAME_COORDINATE ? 0 : value);
  }
  const sorted = [...folded].sort((left, right) => left - right);
  let smallest = 1;
  for (const [index, value] of sorted.entries()) {
    const next = sorted[index + 1] ?? (sorted[0] ?? 0) + 1;
    if (next - value > SAME_COORDINATE) smallest = Math.min(smallest, next - value);
  }
  return Math.round(1 / smallest);
}

function automaticMesh(lengthAngstrom: number, structure: Structure): Mesh {
  const [a, b, c] = lengths(reciprocal(structure.latticeAngstrom));
  const count = (reciprocalLength: number): number => Math.max(1, Math.floor(lengthAngstrom * reciprocalLength + 0.5));
  return [count(a), count(b), count(c)];
}

/** How far the mesh lies from Γ, in subdivisions, 0 … ½; undefined when neither KPOINTS nor a list tells. */
function offsetOf(kpoints: KPoints | undefined, mesh: Mesh): Vector3 | undefined {
  const [point] = kpoints === undefined ? [] : sampledPoints(kpoints);
  const fold = (value: number): number => Math.abs(value - Math.round(value));
  if (kpoints?.scheme === 'gamma' || kpoints?.scheme === 'monkhorst-pack') {
    const { shift = [0, 0, 0], scheme } = kpoints;
    const own = (axis: 0 | 1 | 2): number => (scheme === 'monkhorst-pack' && mesh[axis] % 2 === 0 ? 0.5 : 0);
    return [fold(own(0) + shift[0]), fold(own(1) + shift[1]), fold(own(2) + shift[2])];
  }
  return point === undefined
    ? undefined
    : [fold(point[0] * mesh[0]), fold(point[1] * mesh[1]), fold(point[2] * mesh[2])];
}

function sameOffset(left: Vector3, right: Vector3): boolean {
  return left.every((value, axis) => Math.abs(value - (right[axis] ?? 0)) <= SAME_OFFSET);
}

function meshText(mesh: Mesh, offset: Vector3): string {
  return `${mesh.join('×')} ${offset.every((value) => value <= SAME_OFFSET) ? 'through Γ' : 'beside Γ'}`;
}
