/**
 * k-point meshes: how dense they are, and whether two calculations sample alike.
 *
 * Spacing is |b_i|/N_i with |b_i| without 2π, so that 0.04 Å⁻¹ here is VASP's KSPACING 0.2513 (SCIENCE §11).
 */
import type { Calculation, KPoints } from '../../model/calculation.ts';
import { type Issue, issue } from '../../model/issues.ts';
import { lengths, reciprocal, type Vector3 } from '../../model/lattice.ts';
import { cellDeviation } from './cell-deviation.ts';

export type Mesh = readonly [number, number, number];

/** Bulk and slab may differ by this ratio of their spacings. */
const SPACING_RATIO = 1.25;
/** Two fractional coordinates closer than this are one. */
const SAME_COORDINATE = 1e-4;

/** Subdivisions of the mesh: as stated, else read off the listed points; undefined when neither tells. */
export function meshOf(kpoints: KPoints | undefined): Mesh | undefined {
  if (kpoints?.mesh !== undefined) return kpoints.mesh;
  const points = kpoints?.fractional;
  if (points === undefined || points.length === 0) return undefined;
  return [subdivisions(points, 0), subdivisions(points, 1), subdivisions(points, 2)];
}

/** Spacings along the three reciprocal vectors, Å⁻¹, without 2π. */
export function spacings(calculation: Calculation): Vector3 | undefined {
  const mesh = meshOf(calculation.kpoints);
  const structure = calculation.structure;
  if (mesh === undefined || structure === undefined) return undefined;
  const [a, b, c] = lengths(reciprocal(structure.latticeAngstrom));
  return [a / mesh[0], b / mesh[1], c / mesh[2]];
}

/** `mesh`: equal cells need equal meshes. `density`: spacings of bulk and slab within 25 %. */
export function meshIssues(left: Calculation, right: Calculation, rule: 'mesh' | 'density'): Issue[] {
  const one = meshOf(left.kpoints);
  const other = meshOf(right.kpoints);
  if (one === undefined || other === undefined) {
    const missing = one === undefined ? left : right;
    return [issue('W_SETTINGS_UNKNOWN', { tag: 'KPOINTS', calculation: missing.id }, { file: missing.id })];
  }
  if (rule === 'mesh') {
    const sameCell =
      left.structure !== undefined &&
      right.structure !== undefined &&
      cellDeviation(left.structure.latticeAngstrom, right.structure.latticeAngstrom) === undefined;
    if (!sameCell || one.join() === other.join()) return [];
    return [issue('E_KMESH', { tag: 'mesh', left: one.join('×'), right: other.join('×') }, { file: right.id })];
  }
  return densityIssues(left, right);
}

/** Compared where both sample: an axis with one subdivision is a vacuum or long axis. */
function densityIssues(left: Calculation, right: Calculation): Issue[] {
  const one = coarsestSpacing(left);
  const other = coarsestSpacing(right);
  if (one === undefined || other === undefined) return [];
  const ratio = Math.max(one / other, other / one);
  if (ratio <= SPACING_RATIO) return [];
  const text = (spacing: number): string => `${spacing.toFixed(4)} Å⁻¹`;
  return [issue('W_KMESH', { tag: 'k spacing', left: text(one), right: text(other) }, { file: right.id })];
}

/** Largest spacing over the axes that are sampled, Å⁻¹. */
function coarsestSpacing(calculation: Calculation): number | undefined {
  const mesh = meshOf(calculation.kpoints);
  const all = spacings(calculation);
  if (mesh === undefined || all === undefined) return undefined;
  const sampled = all.filter((_, axis) => (mesh[axis] ?? 1) > 1);
  return sampled.length > 0 ? Math.max(...sampled) : undefined;
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
